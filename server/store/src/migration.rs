//! The schema and how it grows: forward only, one file a step, never edited once it has run anywhere.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

mod m0001_first;
mod m0002_trust;

/// Every step, in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_first::First), Box::new(m0002_trust::Trust)]
    }
}

/// Runs SQL written once for both engines: the words in braces are each engine's own.
///
/// Texts compare by their bytes on both, so that both sort alike. SQLite's tables are `STRICT`: it refuses a value of the wrong
/// type as PostgreSQL does.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let words = match manager.get_database_backend() {
        DbBackend::Postgres => [
            ("{id}", "uuid"),
            ("{text}", "text COLLATE \"C\""),
            ("{bytes}", "bytea"),
            ("{number}", "integer"),
            ("{big}", "bigint"),
            ("{flag}", "boolean"),
            ("{strict}", ""),
        ],
        _ => [
            ("{id}", "BLOB"),
            ("{text}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{number}", "INTEGER"),
            ("{big}", "INTEGER"),
            ("{flag}", "INTEGER"),
            ("{strict}", "STRICT"),
        ],
    };
    let sql = words
        .iter()
        .fold(sql.to_owned(), |sql, (word, own)| sql.replace(word, own));
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}
