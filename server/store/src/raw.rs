//! Statements that are written by hand, alike for both engines: values are `$1`, `$2` and so on, never a part of the text.

use crate::outage::{Answer, OrOutage};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement, Value};

fn statement(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Runs one that answers nothing, and tells how many rows it touched.
pub(crate) async fn run(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
    what: &'static str,
) -> Answer<u64> {
    let done = db
        .execute_raw(statement(db, sql, values))
        .await
        .or_outage(what)?;
    Ok(done.rows_affected())
}

/// Every row that one answers.
pub(crate) async fn all<T: FromQueryResult + Send + Sync>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
    what: &'static str,
) -> Answer<Vec<T>> {
    T::find_by_statement(statement(db, sql, values))
        .all(db)
        .await
        .or_outage(what)
}

/// The first row that one answers.
pub(crate) async fn one<T: FromQueryResult + Send + Sync>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
    what: &'static str,
) -> Answer<Option<T>> {
    T::find_by_statement(statement(db, sql, values))
        .one(db)
        .await
        .or_outage(what)
}

/// The number that a query of one row and one column named `n` answers.
pub(crate) async fn number(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
    what: &'static str,
) -> Answer<i64> {
    #[derive(FromQueryResult)]
    struct Found {
        n: i64,
    }
    let found: Option<Found> = one(db, sql, values, what).await?;
    Ok(found.map_or(0, |found| found.n))
}

/// `$2, $3, $4`.
pub(crate) fn places(from: usize, count: usize) -> String {
    let places: Vec<String> = (from..from + count)
        .map(|place| format!("${place}"))
        .collect();
    places.join(", ")
}
