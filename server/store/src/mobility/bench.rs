//! The body's side: what waits for a decision, the facts of one request, and what was decided.

use super::{
    case,
    row::{self, Brief, Whose},
    sent, worker,
};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, refused},
};
use portfolio::{
    ids::{EnrolmentId, FirmId, MobilityId, OfficerId, WorkerId},
    journal::{About, Entry, What},
    mobility::{
        form::Of,
        life::{Act, State},
        search::PAGE,
    },
    nir::Nir,
    permission::Officer,
    ports::{Case, Queue, QueueRow, QueueWanted, Ruling, Stepped},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use uuid::Uuid;

/// See [`portfolio::ports::Bench::queue`].
pub(super) async fn queue(db: &impl ConnectionTrait, wanted: &QueueWanted) -> Answer<Queue> {
    let total = {
        let mut sql = Sql::new(db);
        sql.push("SELECT COUNT(*)");
        of_queue(&mut sql, wanted);
        sql.number(db, "requests").await?
    };
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    of_queue(&mut sql, wanted);
    let waiting = wanted.states.iter().all(|state| state.awaits_decision());
    sql.push(if waiting {
        " ORDER BY r.submitted_at, r.id"
    } else {
        " ORDER BY r.changed_at DESC, r.id DESC"
    });
    let from = wanted.page.saturating_sub(1).saturating_mul(PAGE);
    sql.push(&format!(" LIMIT {PAGE} OFFSET {from}"));
    let briefs = sql.read::<Brief>(db, "requests").await?;
    let names = firms(db).await?;
    let rows: Answer<Vec<_>> = briefs
        .into_iter()
        .map(|brief| {
            let sent = brief
                .submitted_at
                .ok_or_else(|| refused(row::TABLE, brief.id))?;
            Ok(QueueRow {
                row: brief.shown()?,
                firm: names.get(&brief.firm_id).cloned().unwrap_or_default(),
                submitted_at: Timestamp(sent),
            })
        })
        .collect();
    Ok(Queue {
        rows: rows?,
        total,
        examination: in_state(db, State::Examination).await?,
        asked: in_state(db, State::Asked).await?,
    })
}

fn of_queue(sql: &mut Sql, wanted: &QueueWanted) {
    row::of_body(sql).push(" AND r.state IN (''");
    for state in &wanted.states {
        sql.push(", ").value(state.code());
    }
    sql.push(")");
    if let Some(country) = wanted.country {
        sql.push(" AND r.countries LIKE ")
            .value(format!("%,{},%", country.code()));
    }
    if let Some(kind) = wanted.kind {
        sql.push(" AND r.journey = ").value(kind.code());
    }
}

async fn in_state(db: &impl ConnectionTrait, state: State) -> Answer<u64> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM mobility_request WHERE state = ")
        .value(state.code());
    sql.number(db, "requests").await
}

#[derive(FromQueryResult)]
struct Firm {
    id: Uuid,
    name: String,
}

/// The names of the firms that have requests.
async fn firms(db: &impl ConnectionTrait) -> Answer<HashMap<Uuid, String>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name FROM firm WHERE id IN (SELECT firm_id FROM mobility_request)");
    let firms = sql.read::<Firm>(db, "firms").await?;
    Ok(firms.into_iter().map(|firm| (firm.id, firm.name)).collect())
}

/// See [`portfolio::ports::Bench::case`].
pub(super) async fn case(
    store: &Store,
    db: &impl ConnectionTrait,
    officer: &Officer,
    id: MobilityId,
    now: Timestamp,
) -> Answer<Option<Case>> {
    let Some(found) = row::one(db, Whose::Body, id, false).await? else {
        return Ok(None);
    };
    let person = found
        .brief
        .worker_id
        .ok_or_else(|| refused(row::TABLE, id))?;
    let (digest, masked) = worker::number(db, person).await?;
    let others = worker::others(db, &digest, id.0).await?;
    let earlier = others.iter().map(|other| other.earlier.clone()).collect();
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name FROM firm WHERE id = ")
        .value(found.brief.firm_id);
    let firm = sql.read::<Firm>(db, "firms").await?.into_iter().next();
    let firm = firm.ok_or_else(|| refused(row::TABLE, id))?;
    let who = WorkerId(person);
    let shown = if worker::is_granted(store, db, officer.id().0, who, now).await? {
        Some(worker::unsealed(store, db, person).await?.shown())
    } else {
        None
    };
    Ok(Some(Case {
        shown,
        request: case::whole(db, &found, earlier, Some(masked), true, now).await?,
        firm: (FirmId(firm.id), firm.name),
        decided_by: found.rest.decided_by.map(OfficerId),
        others: others
            .into_iter()
            .map(|other| (other.id, other.state, other.earlier))
            .collect(),
    }))
}

/// See [`portfolio::ports::Bench::decide`]; and what the firm's journal is to say of it.
pub(super) async fn decide(
    db: &impl ConnectionTrait,
    officer: &Officer,
    of: Of,
    ruling: &Ruling,
    now: Timestamp,
) -> Answer<(Option<Stepped>, Option<Entry>)> {
    let only = |answer| Ok((answer, None));
    let Some(id) = of.request else {
        return only(None);
    };
    let Some(found) = row::one(db, Whose::Body, id, true).await? else {
        return only(None);
    };
    let (brief, state) = (&found.brief, found.brief.state()?);
    if brief.version != of.version {
        let version = brief.version;
        return only(Some(Stepped::Stale { version }));
    }
    let step = match ruling {
        Ruling::Grant(..) => Act::Grant,
        Ruling::Refuse(_) => Act::Refuse,
        Ruling::Ask(_) => Act::Ask,
    };
    let Some(to) = state.after(step) else {
        return only(Some(Stepped::NotNow(state)));
    };
    // The body may grant less than was asked, never more.
    if let (Ruling::Grant(_, days), Some(asked)) = (ruling, found.answers()?.period())
        && (days.start < asked.start || days.end > asked.end)
    {
        return only(Some(Stepped::NotCovered(asked)));
    }
    let mut sql = Sql::new(db);
    sql.push("UPDATE mobility_request SET version = version + 1, state = ")
        .value(to.code())
        .push(", changed_at = ")
        .value(now.0);
    if !matches!(ruling, Ruling::Ask(_)) {
        sql.push(", decided_at = ")
            .value(now.0)
            .push(", decided_by = ")
            .value(officer.id().0);
    }
    sent::put(db, sql, brief.id, brief.version).await?;
    if let Ruling::Grant(kind, days) = ruling {
        sent::certify(db, brief.id, *kind, *days, Some(officer.id()), now).await?;
    }
    let what = ruling.happened(officer.id());
    row::record(db, brief.id, None, now, &what).await?;
    Ok((
        Some(Stepped::Done),
        Some(entry(officer, brief, What::Mobility { id, what })),
    ))
}

/// See [`portfolio::ports::Bench::reveal_to_officer`]; and what the firm's journal is to say of it.
pub(super) async fn reveal(
    store: &Store,
    db: &impl ConnectionTrait,
    officer: &Officer,
    id: MobilityId,
    now: Timestamp,
) -> Answer<Option<(Nir, Entry)>> {
    let Some(found) = row::one(db, Whose::Body, id, false).await? else {
        return Ok(None);
    };
    let person = found
        .brief
        .worker_id
        .ok_or_else(|| refused(row::TABLE, id))?;
    let nir = worker::unsealed(store, db, person).await?;
    worker::grant(store, db, officer.id().0, WorkerId(person), now).await?;
    let what = What::NirRevealed {
        worker: WorkerId(person),
        officer: Some(officer.id()),
    };
    Ok(Some((nir, entry(officer, &found.brief, what))))
}

/// An entry of the firm's journal about what the body did: it names the officer, not where from.
fn entry(_officer: &Officer, brief: &Brief, what: What) -> Entry {
    Entry {
        firm: Some(FirmId(brief.firm_id)),
        by: None,
        from: portfolio::origin::Origin::default(),
        about: Some(About::Client(EnrolmentId(brief.enrolment_id))),
        what,
    }
}
