//! What ends on days of its own: counted by day, with the first few by name.

use super::Of;
use crate::{
    find::sql::Sql,
    outage::{Answer, refused},
    stored,
};
use portfolio::{
    calendar::{ClientDates, Dated, DatedDay, Named},
    ids::{EnrolmentId, FirmId, MobilityId},
    mobility::day::Day,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// Where the days of one kind are.
struct Source {
    what: Dated,
    /// The tables, `client` among them.
    from: &'static str,
    /// What tells the firm of a row.
    firm: &'static str,
    /// Which rows count.
    which: &'static str,
    /// The last day, as `2026-11-24`.
    day: &'static str,
    /// Whom it is about; `''` where it is about the client.
    who: &'static str,
    /// The id of a request to work abroad; `NULL` of anything else.
    request: &'static str,
    /// What tells rows of one client and day apart.
    id: &'static str,
}

/// All of them. Another kind of date is another entry here, and a variant of [`Dated`]: everything else follows.
const SOURCES: [Source; 2] = [
    Source {
        what: Dated::Mobility,
        from: "mobility_request r JOIN client ON client.enrolment_id = r.enrolment_id",
        firm: "r.firm_id",
        which: "r.state = 'accordee'",
        day: "r.certified_until",
        who: "r.who",
        request: "r.id",
        id: "r.id",
    },
    // The last paper of each holder: one that another has followed ends unnoticed.
    Source {
        what: Dated::Attestation,
        from: "attestation a JOIN client ON client.holder_key = a.holder_key",
        firm: "client.firm_id",
        which: "NOT EXISTS (SELECT 1 FROM attestation b WHERE b.holder_key = a.holder_key AND (b.good_until, b.id) > (a.good_until, a.id)) \
            AND EXISTS (SELECT 1 FROM enrolment_service s WHERE s.enrolment_id = client.enrolment_id AND s.code = 'ATT_VIGILANCE')",
        day: "a.good_until",
        who: "''",
        request: "NULL",
        id: "a.id",
    },
];

#[derive(FromQueryResult)]
struct Read {
    day: String,
    client: Uuid,
    name: String,
    who: String,
    request: Option<Uuid>,
    many: i64,
}

fn read_day(text: String, of: Uuid) -> Answer<Day> {
    Day::try_from(text).map_err(|_| refused("a date of client", of))
}

/// What ends from one day to another, both counted: by day, at most `named` by name.
pub(super) async fn between(
    db: &impl ConnectionTrait,
    firm: FirmId,
    of: &Of,
    (from, until): (Day, Day),
    named: u64,
) -> Answer<Vec<DatedDay>> {
    let mut days: Vec<DatedDay> = Vec::new();
    for source in &SOURCES {
        let Source {
            what,
            from: tables,
            firm: owner,
            which,
            day,
            who,
            request,
            id,
        } = source;
        let mut sql = Sql::new(db);
        sql.push(&format!(
            "SELECT * FROM (SELECT {day} AS day, client.enrolment_id AS client, client.name AS name, {who} AS who, {request} AS request, \
             ROW_NUMBER() OVER (PARTITION BY {day} ORDER BY client.name_key, client.enrolment_id, {id}) AS place, \
             COUNT(*) OVER (PARTITION BY {day}) AS many FROM {tables} WHERE {owner} = "
        ))
        .value(firm.0)
        .push(&format!(" AND {which} AND {day} >= "))
        .value(from.iso())
        .push(&format!(" AND {day} <= "))
        .value(until.iso());
        of.push(&mut sql);
        sql.push(&format!(") d WHERE place <= {named} ORDER BY day, place"));
        for row in sql.read::<Read>(db, "what ends").await? {
            let day = read_day(row.day, row.client)?;
            let is_new = days
                .last()
                .is_none_or(|last| (last.day, last.what) != (day, *what));
            if is_new {
                days.push(DatedDay {
                    day,
                    what: *what,
                    count: stored::count(row.many),
                    named: Vec::new(),
                });
            }
            if let Some(last) = days.last_mut() {
                last.named.push(Named {
                    client: EnrolmentId(row.client),
                    name: row.name,
                    who: row.who,
                    request: row.request.map(MobilityId),
                });
            }
        }
    }
    Ok(days)
}

#[derive(FromQueryResult)]
struct First {
    client: Uuid,
    day: String,
}

/// Tells of each of these clients the first day on which something of each kind ends.
pub(super) async fn ends(
    db: &impl ConnectionTrait,
    firm: FirmId,
    clients: &mut [ClientDates],
    today: Day,
    months: u32,
) -> Answer<()> {
    if clients.is_empty() {
        return Ok(());
    }
    for source in &SOURCES {
        let Source {
            what,
            from,
            firm: owner,
            which,
            day,
            ..
        } = source;
        let mut sql = Sql::new(db);
        sql.push(&format!(
            "SELECT client.enrolment_id AS client, MIN({day}) AS day FROM {from} WHERE {owner} = "
        ))
        .value(firm.0)
        .push(&format!(" AND {which} AND {day} >= "))
        .value(today.iso())
        .push(&format!(" AND {day} <= "))
        .value(today.plus_months(months).iso())
        .push(" AND client.enrolment_id IN ")
        .ids(clients.iter().map(|client| client.id.0))
        .push(" GROUP BY client.enrolment_id");
        for row in sql.read::<First>(db, "what ends").await? {
            let day = read_day(row.day, row.client)?;
            let of = clients.iter_mut().find(|client| client.id.0 == row.client);
            if let Some(client) = of {
                client.ends.push((*what, day));
            }
        }
    }
    Ok(())
}
