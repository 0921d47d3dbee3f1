//! Whether every request to work abroad is what its history makes of it, and belongs where it says.

use super::{AT_ONCE, Checked, Fault, ranged};
use crate::outage::{Answer, OrOutage};
use portfolio::mobility::{
    day::{Day, Period},
    life::{Happened, State},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Each a query for the ids of rows that are wrong, and what is wrong with them.
pub(super) const WRONG: [(&str, &str); 6] = [
    (
        "somebody who works abroad is of a client of another firm",
        "SELECT w.id FROM worker w WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = w.enrolment_id AND e.firm_id = w.firm_id)",
    ),
    (
        "a request to work abroad is of a client of another firm",
        "SELECT r.id FROM mobility_request r WHERE NOT EXISTS \
         (SELECT 1 FROM enrolment e WHERE e.id = r.enrolment_id AND e.firm_id = r.firm_id)",
    ),
    (
        "a request to work abroad names somebody of another client",
        "SELECT r.id FROM mobility_request r WHERE r.worker_id IS NOT NULL AND NOT EXISTS \
         (SELECT 1 FROM worker w WHERE w.id = r.worker_id AND w.firm_id = r.firm_id AND w.enrolment_id = r.enrolment_id)",
    ),
    (
        "an event belongs to no request to work abroad",
        "SELECT DISTINCT v.request_id AS id FROM mobility_event v \
         WHERE NOT EXISTS (SELECT 1 FROM mobility_request r WHERE r.id = v.request_id)",
    ),
    (
        "the number of somebody who works abroad is not there",
        "SELECT w.id FROM worker w WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.purpose = 'nir' AND s.owner = w.id)",
    ),
    (
        "a number is kept of somebody who is not there",
        "SELECT s.owner AS id FROM sealed s WHERE s.purpose = 'nir' AND NOT EXISTS (SELECT 1 FROM worker w WHERE w.id = s.owner)",
    ),
];

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    worker_id: Option<Uuid>,
    state: String,
    decision: Option<String>,
    certificate: Option<String>,
    number: Option<String>,
    code: Option<String>,
    certified_from: Option<String>,
    certified_until: Option<String>,
    last_day: Option<String>,
    created_at: i64,
    created_by: Uuid,
    changed_at: i64,
    submitted_at: Option<i64>,
    submitted_by: Option<Uuid>,
    decided_at: Option<i64>,
    decided_by: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct Read {
    request_id: Uuid,
    seq: i32,
    at: i64,
    member_id: Option<Uuid>,
    detail: String,
}

/// Replays the history of every request, and compares.
pub(super) async fn replay(db: &impl ConnectionTrait, checked: &mut Checked) -> Answer<()> {
    let mut after = Uuid::nil();
    loop {
        let select = format!(
            "SELECT id, worker_id, state, decision, certificate, number, code, certified_from, certified_until, last_day, \
             created_at, created_by, changed_at, submitted_at, submitted_by, decided_at, decided_by FROM mobility_request \
             WHERE id > $1 ORDER BY id LIMIT {AT_ONCE}"
        );
        let rows = Row::find_by_statement(ranged(db, &select, &[after]));
        let rows = rows.all(db).await.or_outage("requests")?;
        let Some(last) = rows.last().map(|row| row.id) else {
            return Ok(());
        };
        let mut events: BTreeMap<Uuid, Vec<Read>> = BTreeMap::new();
        let read = Read::find_by_statement(ranged(
            db,
            "SELECT request_id, seq, at, member_id, detail FROM mobility_event \
             WHERE request_id > $1 AND request_id <= $2 ORDER BY request_id, seq",
            &[after, last],
        ));
        for event in read.all(db).await.or_outage("history of requests")? {
            events.entry(event.request_id).or_default().push(event);
        }
        for row in &rows {
            checked.requests += 1;
            let events = events.remove(&row.id).unwrap_or_default();
            if let Err(what) = agrees(row, &events) {
                let id = row.id;
                checked.faults.push(Fault { what, id });
            }
        }
        after = last;
    }
}

/// Whether a request is what its events make of it; else the first thing that is not.
fn agrees(row: &Row, events: &[Read]) -> Result<(), &'static str> {
    let history: Option<Vec<Happened>> = events
        .iter()
        .map(|event| serde_json::from_str(&event.detail).ok())
        .collect();
    let history = history.ok_or("what happened to a request to work abroad cannot be read")?;
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        return Err("a request to work abroad has no history");
    };
    let counted = (1..).zip(events).all(|(n, event)| event.seq == n);
    let onwards = events.is_sorted_by_key(|event| event.at);
    if !counted || !onwards {
        return Err("the history of a request to work abroad is not in order");
    }
    let state = State::from_code(&row.state);
    if state.is_none() || State::replayed(&history) != state {
        return Err("a request to work abroad does not stand where its history leads");
    }
    let authored = events
        .iter()
        .zip(&history)
        .all(|(event, what)| event.member_id.is_none() == what.by_body());
    if !authored || (first.at, first.member_id) != (row.created_at, Some(row.created_by)) {
        return Err("a request to work abroad and its history disagree on who did what");
    }
    let draft = state == Some(State::Draft);
    // A draft changes at every step, which is no event.
    if if draft {
        row.changed_at < last.at
    } else {
        row.changed_at != last.at
    } {
        return Err("a request to work abroad and its history disagree on when it changed");
    }
    let sent = events
        .iter()
        .zip(&history)
        .find(|(_, what)| **what == Happened::Submitted)
        .map(|(event, _)| (event.at, event.member_id));
    if sent != row.submitted_at.map(|at| (at, row.submitted_by)) {
        return Err("a request to work abroad and its history disagree on when it was sent");
    }
    if !draft && (row.worker_id.is_none() || row.decision.is_none()) {
        return Err(
            "a request to work abroad was sent without a person, or without what the rules said",
        );
    }
    certified(row, events, &history)
}

/// Whether there is a certificate where there should be one, and its days are in order.
fn certified(row: &Row, events: &[Read], history: &[Happened]) -> Result<(), &'static str> {
    let decided = events
        .iter()
        .zip(history)
        .find_map(|(event, what)| match what {
            Happened::Granted { by } => Some((event.at, by.map(|by| by.0))),
            Happened::Refused { by, .. } => Some((event.at, Some(by.0))),
            _ => None,
        });
    if decided != row.decided_at.map(|at| (at, row.decided_by)) {
        return Err("a request to work abroad and its history disagree on who decided it and when");
    }
    let granted = history
        .iter()
        .any(|what| matches!(what, Happened::Granted { .. }));
    let whole = [
        &row.certificate,
        &row.number,
        &row.code,
        &row.certified_from,
        &row.certified_until,
    ]
    .iter()
    .all(|part| part.is_some());
    if granted && !whole {
        return Err("a request to work abroad was granted, and has no whole certificate");
    }
    if !granted && (row.number.is_some() || row.code.is_some() || row.certified_from.is_some()) {
        return Err("a request to work abroad has a certificate, and was not granted");
    }
    let read = |text: &Option<String>| text.clone().map(Day::try_from).transpose();
    let days = (
        read(&row.certified_from),
        read(&row.certified_until),
        read(&row.last_day),
    );
    let (Ok(from), Ok(until), Ok(last_day)) = days else {
        return Err("a day of a certificate cannot be read");
    };
    let period = from.zip(until).map(|(start, end)| Period { start, end });
    if period.is_some_and(|days| days.start > days.end) {
        return Err("a certificate ends before it begins");
    }
    let early = history.iter().find_map(|what| match what {
        Happened::EndedEarly { last_day, .. } => Some(*last_day),
        _ => None,
    });
    let covered =
        last_day.is_none_or(|day| period.is_some_and(|days| days.start <= day && day < days.end));
    if last_day != early || !covered {
        return Err(
            "a certificate was cut short to a day that its history does not know, or that it does not cover",
        );
    }
    Ok(())
}
