//! How a failure of the database is told: what was asked and its code, never a value.

use portfolio::ports::Outage;
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, sqlite::SqliteError},
};

/// Shorthand of every function here.
pub(crate) type Answer<T> = Result<T, Outage>;

/// Tells what failed.
pub(crate) trait OrOutage<T> {
    /// `what` is a few words of ours on what was asked.
    fn or_outage(self, what: &'static str) -> Answer<T>;
}

impl<T> OrOutage<T> for Result<T, DbErr> {
    fn or_outage(self, what: &'static str) -> Answer<T> {
        self.map_err(|error| outage(what, &error))
    }
}

/// What failed, told.
pub(crate) fn outage(what: &'static str, error: &DbErr) -> Outage {
    Outage(format!("{what}: {}", told(error)))
}

/// SQLite's own code of a failure, without what it adds for details.
pub(crate) fn sqlite_code(error: &DbErr) -> Option<i32> {
    let (DbErr::Conn(RuntimeErr::SqlxError(inner))
    | DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    let database = inner.as_database_error()?;
    database.try_downcast_ref::<SqliteError>()?;
    let code: i32 = database.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// A row that the rules refuse: something else wrote it.
pub(crate) fn refused(table: &'static str, id: impl std::fmt::Display) -> Outage {
    Outage(format!("{table} {id} holds what the rules refuse"))
}

/// PostgreSQL puts values into some of its messages (« invalid input syntax … »), so only its code and constraint are told;
/// SQLite's messages name tables and columns alone.
fn told(error: &DbErr) -> String {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner)) => match inner.as_ref() {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                if database.try_downcast_ref::<SqliteError>().is_some() {
                    format!("SQLite {code}, {}", database.message())
                } else {
                    format!(
                        "PostgreSQL {code}, {}",
                        database.constraint().unwrap_or("no constraint")
                    )
                }
            }
            sqlx::Error::Io(io) => format!("connection: {io}"),
            sqlx::Error::PoolTimedOut => "no connection came free in time".to_owned(),
            sqlx::Error::ColumnDecode { index, .. } => format!("column {index} has another type"),
            _ => "the driver failed".to_owned(),
        },
        DbErr::ConnectionAcquire(inner) => inner.to_string(),
        DbErr::Migration(text) => text.clone(),
        _ => "the answer could not be read".to_owned(),
    }
}
