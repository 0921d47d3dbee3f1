//! The next batch of a change, carried out: all of it or nothing, so that a server that is killed leaves whole batches only.
//!
//! The row of the change is locked for as long as the batch lasts. No other server works on it meanwhile, and nobody has to claim
//! anything that would have to run out.

use super::{
    apply,
    item::{self, Item, Judged, Wanted, Written, signed},
    job::{self, Job},
    known::Known,
};
use crate::{
    entity::bulk::{self, Column, Entity, Model},
    member,
    outage::{Answer, OrOutage},
    raw,
};
use portfolio::{
    bulk::{Change, State, Tally},
    ids::BulkId,
    journal::Entry,
    time::{MINUTE, Timestamp},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
    sea_query::{LockBehavior, LockType},
};
use uuid::Uuid;

/// Clients of a batch: few enough that nobody waits long for what is locked.
const BATCH: u64 = 400;

/// How long a change whose batch failed lets others go first, in seconds.
const PUT_BACK: i64 = 5 * MINUTE;

/// The change that has waited longest, locked; one that another server works on is passed over.
pub(super) async fn next(db: &impl ConnectionTrait) -> Answer<Option<Model>> {
    Entity::find()
        .filter(Column::State.eq(State::Running.code()))
        .order_by_asc(Column::WorkedAt)
        .order_by_asc(Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(db)
        .await
        .or_outage("changes under way")
}

/// Puts a change whose batch failed behind all others.
pub(super) async fn put_back(db: &impl ConnectionTrait, id: Uuid, now: Timestamp) -> Answer<()> {
    let row = bulk::ActiveModel {
        id: Set(id),
        worked_at: Set(now.plus(PUT_BACK).0),
        ..Default::default()
    };
    row.update(db).await.or_outage("putting a change back")?;
    Ok(())
}

/// Whether a change is under way anywhere: a look that keeps nobody from writing.
pub(super) async fn is_under_way(db: &impl ConnectionTrait) -> Answer<bool> {
    let found = Entity::find()
        .filter(Column::State.eq(State::Running.code()))
        .limit(1)
        .one(db)
        .await
        .or_outage("changes under way")?;
    Ok(found.is_some())
}

/// Carries the next batch out; the journal's entries are for whoever commits.
pub(super) async fn batch(
    db: &impl ConnectionTrait,
    job: &mut Job,
    now: Timestamp,
) -> Answer<Vec<Entry>> {
    keep_label(db, job).await?;
    let known = Known::of(db, job.scope.firm).await?;
    if !member::may_change(db, &job.scope).await? {
        return end(db, job, &known, State::Stopped, now).await;
    }
    hold(db, job).await?;
    let wanted = Wanted {
        after: job.done,
        most: BATCH,
        states: &[],
    };
    let items = item::read(db, job, &wanted).await?;
    let judged: Vec<(Item, Judged)> = items
        .into_iter()
        .map(|item| {
            let judged = item.judged(job, &known);
            (item, judged)
        })
        .collect();
    for (_, (planned, left_out)) in &judged {
        job.tally.count(planned, left_out);
    }
    let pairs = judged.iter().map(|(item, (planned, _))| (item, planned));
    let changed = apply::changed(pairs);
    let mut entries = apply::apply(db, job, &known, &changed, now).await?;
    let written: Answer<Vec<_>> = judged.iter().map(written).collect();
    item::write(db, job.id, written?).await?;
    if let Some((last, _)) = judged.last() {
        job.done = last.number;
    }
    if (judged.len() as u64) < BATCH {
        entries.extend(end(db, job, &known, State::Done, now).await?);
    } else {
        note(db, job, now).await?;
    }
    Ok(entries)
}

/// What is written of a client: what was foreseen gives way to what became of it.
fn written((item, (planned, _)): &(Item, Judged)) -> Answer<Written> {
    let state = item::word(planned);
    let is_changed = state == item::state::CHANGED;
    // Of what takes another change back, it stays what the client becomes again.
    let before = match &item.before {
        Some(before) => job::written(before, item.id)?,
        None if is_changed => job::written(&item.now, item.id)?,
        None => String::new(),
    };
    Ok(Written {
        number: item.number,
        enrolment: item.id,
        version: if is_changed {
            item.wanted + 1
        } else {
            item.wanted
        },
        state,
        before,
    })
}

/// Holds the label that is put on before its clients: whoever deletes one takes the same way.
async fn keep_label(db: &impl ConnectionTrait, job: &Job) -> Answer<()> {
    let (Change::Label(label) | Change::Unlabel(label)) = job.touches() else {
        return Ok(());
    };
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT id FROM label WHERE id = $1 AND firm_id = $2 FOR KEY SHARE";
        let values = vec![label.0.into(), job.scope.firm.0.into()];
        raw::run(db, sql, values, "holding a label").await?;
    }
    Ok(())
}

/// Locks the enrolments of the batch, in one order for everybody. SQLite has one writer and needs none of it.
async fn hold(db: &impl ConnectionTrait, job: &Job) -> Answer<()> {
    if db.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let sql = "SELECT id FROM enrolment WHERE firm_id = $2 AND id IN \
        (SELECT enrolment_id FROM bulk_item WHERE bulk_id = $1 AND number > $3 ORDER BY number LIMIT $4) \
        ORDER BY id FOR UPDATE";
    let values = vec![
        job.id.into(),
        job.scope.firm.0.into(),
        signed(job.done).into(),
        signed(BATCH).into(),
    ];
    raw::run(db, sql, values, "holding enrolments").await?;
    Ok(())
}

/// Ends a change, done or not.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    job: &mut Job,
    known: &Known,
    state: State,
    now: Timestamp,
) -> Answer<Vec<Entry>> {
    job.state = state;
    job.ended_at = Some(now);
    note(db, job, now).await?;
    let told = known.told(&job.change, job.undone.as_ref().map(|(_, change)| change));
    let stopped = state == State::Stopped;
    Ok(vec![job::ended(&job.scope, told, &job.tally, stopped)])
}

/// Has a change begin: what was foreseen is counted anew.
pub(super) async fn begin(db: &impl ConnectionTrait, job: &mut Job, now: Timestamp) -> Answer<()> {
    job.state = State::Running;
    job.tally = Tally::default();
    note(db, job, now).await?;
    let row = bulk::ActiveModel {
        id: Set(job.id),
        origin: Set(job::origin(&job.scope)),
        ..Default::default()
    };
    row.update(db).await.or_outage("beginning a change")?;
    Ok(())
}

/// Writes down how far a change is.
async fn note(db: &impl ConnectionTrait, job: &Job, now: Timestamp) -> Answer<()> {
    let row = bulk::ActiveModel {
        id: Set(job.id),
        state: Set(job.state.code().to_owned()),
        done: Set(signed(job.done)),
        tally: Set(job::written(&job.tally, job.id)?),
        worked_at: Set(now.0),
        ended_at: Set(job.ended_at.map(|at| at.0)),
        ..Default::default()
    };
    row.update(db)
        .await
        .or_outage("noting how far a change is")?;
    Ok(())
}

/// The change with this id, locked, while it is under way.
pub(super) async fn under_way(
    db: &impl ConnectionTrait,
    firm: portfolio::ids::FirmId,
    id: BulkId,
) -> Answer<Option<Job>> {
    let job = job::find(db, firm, id, true).await?;
    Ok(job.filter(|job| job.state == State::Running))
}
