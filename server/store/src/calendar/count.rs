//! How many clients have each rhythm, along the one index that holds it.

use super::Of;
use crate::{
    find::sql::{Index, Sql},
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{calendar::Rhythm, ids::FirmId};
use sea_orm::{ConnectionTrait, QueryResult};

const INDEX: Index = Index::Named("client_by_calendar");
const WHAT: &str = "counting what falls due";

/// How many clients of these have each rhythm.
pub(super) async fn by_rhythm(
    db: &impl ConnectionTrait,
    firm: FirmId,
    of: &Of,
) -> Answer<Vec<(Rhythm, u64)>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT client.calendar, COUNT(*) FROM ")
        .clients(firm, INDEX);
    of.push(&mut sql);
    sql.push(" AND client.calendar <> '' GROUP BY client.calendar");
    sql.all(db, WHAT).await?.iter().map(counted).collect()
}

/// A row of a rhythm and how many have it.
pub(crate) fn counted(row: &QueryResult) -> Answer<(Rhythm, u64)> {
    let code: String = row.try_get_by_index(0).or_outage(WHAT)?;
    let clients = row.try_get_by_index(1).or_outage(WHAT)?;
    let rhythm = Rhythm::from_code(&code).ok_or_else(|| refused("client of calendar", code))?;
    Ok((rhythm, stored::count(clients)))
}

/// The names of those who have a rhythm, of which there are few.
pub(super) async fn names(
    db: &impl ConnectionTrait,
    firm: FirmId,
    of: &Of,
    rhythm: Rhythm,
    most: u64,
) -> Answer<Vec<String>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT client.name FROM ").clients(firm, INDEX);
    of.push(&mut sql);
    sql.push(" AND client.calendar = ").value(rhythm.code());
    sql.push(&format!(
        " ORDER BY client.name_key, client.enrolment_id LIMIT {most}"
    ));
    let rows = sql.all(db, WHAT).await?;
    rows.iter()
        .map(|row| row.try_get_by_index(0).or_outage(WHAT))
        .collect()
}
