//! Whether what is stored holds together: every enrolment is what its history makes of it, and nothing points nowhere.
//!
//! It is asked by those who run the portal, so it is the one reading that names no firm; it answers with ids and a few words, never
//! with what a row holds. Storage that lost a commit, applied half of one, or made two of one shows here.

mod mobility;
mod people;
mod sealed;

use crate::{
    Store, index, message,
    outage::{Answer, OrOutage},
    store::commit,
    stored,
};
use portfolio::{catalogue::ServiceCode, client::Happening, ports::Outage};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use uuid::Uuid;

/// Enrolments that are read at once.
const AT_ONCE: usize = 100;

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Enrolments that were looked at.
    pub enrolments: u64,
    /// Events that were replayed.
    pub events: u64,
    /// Requests to work abroad that were replayed.
    pub requests: u64,
    /// Sealed texts that were opened.
    pub sealed: u64,
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What, in a few words.
    pub what: &'static str,
    /// The row that shows it.
    pub id: Uuid,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.id, self.what)
    }
}

#[derive(FromQueryResult)]
struct EnrolmentRow {
    id: Uuid,
    version: i32,
    created_at: i64,
    created_by: Uuid,
    changed_at: i64,
    changed_by: Uuid,
    ended_at: Option<i64>,
    ended_by: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct EventRow {
    enrolment_id: Uuid,
    version: i32,
    at: i64,
    by: Uuid,
    what: String,
    added: String,
    removed: String,
}

#[derive(FromQueryResult)]
struct ServiceRow {
    enrolment_id: Uuid,
    code: String,
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// Each a query for the ids of rows that are wrong, and what is wrong with them.
const WRONG: [(&str, &str); 14] = [
    (
        "an event belongs to no enrolment",
        "SELECT DISTINCT enrolment_id AS id FROM enrolment_event v \
         WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = v.enrolment_id)",
    ),
    (
        "a service belongs to no enrolment",
        "SELECT DISTINCT enrolment_id AS id FROM enrolment_service s \
         WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = s.enrolment_id)",
    ),
    (
        "an enrolment belongs to no holder",
        "SELECT id FROM enrolment e WHERE NOT EXISTS (SELECT 1 FROM holder h WHERE h.key = e.holder_key)",
    ),
    (
        "a firm manages a scheme of a holder twice",
        "SELECT firm_id AS id FROM enrolment WHERE ended_at IS NULL GROUP BY firm_id, holder_key HAVING COUNT(*) > 1",
    ),
    (
        "a draft leads to an enrolment that is not there, or not its own",
        "SELECT d.id FROM enrolment_draft d LEFT JOIN enrolment e ON e.id = d.enrolment_id \
         WHERE d.enrolment_id IS NOT NULL AND (e.id IS NULL OR e.firm_id <> d.firm_id \
         OR d.proven_holder_key IS NULL OR e.holder_key <> d.proven_holder_key)",
    ),
    (
        "a draft is proved for a holder that is not there",
        "SELECT d.id FROM enrolment_draft d WHERE d.proven_holder_key IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM holder h WHERE h.key = d.proven_holder_key)",
    ),
    (
        "a draft is half proved",
        "SELECT id FROM enrolment_draft WHERE (proven_holder_key IS NULL) <> (proven_at IS NULL)",
    ),
    (
        "a house that is no client's may see an account",
        "SELECT DISTINCT a.house_id AS id FROM client_access a LEFT JOIN firm f ON f.id = a.house_id \
         WHERE f.id IS NULL OR NOT f.is_client",
    ),
    (
        "an invitation is not for a client of its firm",
        "SELECT i.id FROM client_invitation i LEFT JOIN enrolment e ON e.id = i.enrolment_id \
         WHERE i.enrolment_id IS NOT NULL AND (e.id IS NULL OR e.firm_id <> i.firm_id OR e.holder_key <> i.holder_key)",
    ),
    (
        "of an attestation nobody knows what it says",
        "SELECT id FROM attestation a WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'attestation' AND s.owner = a.id)",
    ),
    (
        "what an attestation says is kept, and the attestation is not there",
        "SELECT owner AS id FROM sealed s WHERE s.purpose = 'attestation' AND NOT EXISTS (SELECT 1 FROM attestation a WHERE a.id = s.owner)",
    ),
    (
        "an attestation ends before it begins",
        "SELECT id FROM attestation WHERE good_until < issued_on",
    ),
    (
        "a day of an attestation is none",
        "SELECT id FROM attestation WHERE issued_on NOT LIKE '____-__-__' OR good_until NOT LIKE '____-__-__'",
    ),
    (
        "an attestation was fetched by nobody of its firm",
        "SELECT a.id FROM attestation a WHERE a.member_id IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM member m WHERE m.id = a.member_id AND m.firm_id = a.firm_id)",
    ),
];

impl Store {
    /// Looks whether everything stored holds together, as it is at one moment. It reads all enrolments and opens all that is
    /// sealed, in small portions; on SQLite it reads the whole file besides.
    ///
    /// # Errors
    /// When the database does not answer, which a damaged file can bring about.
    pub async fn faults(&self) -> Result<Checked, Outage> {
        let tx = self.read().await?;
        let mut checked = Checked::default();
        if tx.get_database_backend() == DbBackend::Sqlite {
            sound(&tx, &mut checked).await?;
        }
        for (what, sql) in WRONG.into_iter().chain(mobility::WRONG) {
            look(&tx, &mut checked, what, sql).await?;
        }
        for (what, sql) in message::WRONG {
            look(&tx, &mut checked, what, sql).await?;
        }
        let engine = tx.get_database_backend();
        for (what, sql) in index::wrong(engine).into_iter().chain(people::wrong()) {
            look(&tx, &mut checked, what, &sql).await?;
        }
        people::read(&tx, &mut checked).await?;
        replay(&tx, &mut checked).await?;
        mobility::replay(&tx, &mut checked).await?;
        sealed::opened(self, &tx, &mut checked).await?;
        commit(tx).await?;
        Ok(checked)
    }
}

/// Looks for the rows that a query finds wrong.
async fn look(
    db: &impl ConnectionTrait,
    checked: &mut Checked,
    what: &'static str,
    sql: &str,
) -> Answer<()> {
    let found = Found::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
        .all(db)
        .await
        .or_outage("looking for faults")?;
    checked
        .faults
        .extend(found.into_iter().map(|row| Fault { what, id: row.id }));
    Ok(())
}

/// SQLite's own opinion of its file. A row that points nowhere has no id of its own here: the nil one stands for the file.
async fn sound(db: &impl ConnectionTrait, checked: &mut Checked) -> Answer<()> {
    let id = Uuid::nil();
    if !integrity(db, "PRAGMA integrity_check(1)").await? {
        let what = "the database file is damaged";
        checked.faults.push(Fault { what, id });
    }
    if points_nowhere(db).await? {
        let what = "a row names another that is not there";
        checked.faults.push(Fault { what, id });
    }
    Ok(())
}

/// Whether one of SQLite's integrity checks finds nothing.
pub(crate) async fn integrity(db: &impl ConnectionTrait, pragma: &'static str) -> Answer<bool> {
    let statement = Statement::from_string(DbBackend::Sqlite, pragma);
    let row = db
        .query_one_raw(statement)
        .await
        .or_outage("checking the file")?;
    let told: Option<String> = row
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("checking the file")?;
    Ok(told.as_deref() == Some("ok"))
}

/// Whether a row of SQLite names another that is not there.
pub(crate) async fn points_nowhere(db: &impl ConnectionTrait) -> Answer<bool> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_key_check");
    let row = db
        .query_one_raw(statement)
        .await
        .or_outage("checking what rows name")?;
    Ok(row.is_some())
}

/// Replays the history of every enrolment, and compares.
async fn replay(db: &impl ConnectionTrait, checked: &mut Checked) -> Answer<()> {
    let mut after = Uuid::nil();
    loop {
        let enrolments: Vec<EnrolmentRow> = EnrolmentRow::find_by_statement(ranged(
            db,
            &format!(
                "SELECT id, version, created_at, created_by, changed_at, changed_by, ended_at, ended_by FROM enrolment \
                 WHERE id > $1 ORDER BY id LIMIT {AT_ONCE}"
            ),
            [after].as_slice(),
        ))
        .all(db)
        .await
        .or_outage("enrolments")?;
        let Some(last) = enrolments.last().map(|enrolment| enrolment.id) else {
            return Ok(());
        };
        let range = [after, last];
        let mut events: BTreeMap<Uuid, Vec<EventRow>> = BTreeMap::new();
        let read = EventRow::find_by_statement(ranged(
            db,
            "SELECT enrolment_id, version, at, \"by\", what, added, removed FROM enrolment_event \
             WHERE enrolment_id > $1 AND enrolment_id <= $2 ORDER BY enrolment_id, version",
            &range,
        ));
        for event in read.all(db).await.or_outage("history")? {
            events.entry(event.enrolment_id).or_default().push(event);
        }
        let mut services: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
        let read = ServiceRow::find_by_statement(ranged(
            db,
            "SELECT enrolment_id, code FROM enrolment_service WHERE enrolment_id > $1 AND enrolment_id <= $2",
            &range,
        ));
        for service in read.all(db).await.or_outage("services")? {
            services
                .entry(service.enrolment_id)
                .or_default()
                .push(service.code);
        }
        for enrolment in &enrolments {
            let events = events.remove(&enrolment.id).unwrap_or_default();
            let services = services.remove(&enrolment.id).unwrap_or_default();
            checked.enrolments += 1;
            checked.events += u64::try_from(events.len()).unwrap_or_default();
            if let Err(what) = agrees(enrolment, &events, &services) {
                let id = enrolment.id;
                checked.faults.push(Fault { what, id });
            }
        }
        after = last;
    }
}

fn ranged(db: &impl ConnectionTrait, sql: &str, ids: &[Uuid]) -> Statement {
    let values = ids.iter().map(|id| sea_orm::Value::from(*id));
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// Whether an enrolment is what its events make of it; else the first thing that is not.
fn agrees(
    enrolment: &EnrolmentRow,
    events: &[EventRow],
    services: &[String],
) -> Result<(), &'static str> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Err("an enrolment has no event");
    };
    let counted = (1..).zip(events).all(|(n, event)| event.version == n);
    if !counted || last.version != enrolment.version {
        return Err("the events of an enrolment do not count up to its version");
    }
    if (first.at, first.by) != (enrolment.created_at, enrolment.created_by) {
        return Err("an enrolment and its first event disagree on who made it and when");
    }
    if (last.at, last.by) != (enrolment.changed_at, enrolment.changed_by) {
        return Err("an enrolment and its last event disagree on who changed it and when");
    }
    let mut on: BTreeSet<ServiceCode> = BTreeSet::new();
    let mut ended = None;
    for event in events {
        let refused = "an event holds what the rules refuse";
        let what = stored::happening(&event.what, &event.added, &event.removed, enrolment.id)
            .map_err(|_| refused)?;
        if ended.is_some() {
            return Err("something happened to an enrolment after its end");
        }
        if matches!(what, Happening::Enrolled(_)) != (event.version == 1) {
            return Err("an enrolment was not made by its first event alone");
        }
        let (added, removed) = match what {
            Happening::Enrolled(added) => (added, Vec::new()),
            Happening::Changed { added, removed } => (added, removed),
            Happening::Ended => {
                ended = Some((event.at, event.by));
                continue;
            }
            Happening::Own { .. } | Happening::Reviewed => continue,
        };
        if !removed.iter().all(|code| on.remove(code)) || !added.iter().all(|code| on.insert(*code))
        {
            return Err("an event adds what was on, or removes what was off: a change was lost");
        }
    }
    if enrolment.ended_at.zip(enrolment.ended_by) != ended {
        return Err("an enrolment and its events disagree on its end");
    }
    let stored = stored::services(
        services.iter().map(String::as_str),
        "enrolment",
        enrolment.id,
    )
    .map_err(|_| "a service that no catalogue knows is on")?;
    if stored != on {
        return Err("the services of an enrolment are not those that its events leave on");
    }
    Ok(())
}
