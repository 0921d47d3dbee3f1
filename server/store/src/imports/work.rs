//! The worker's side: one import is claimed, and done step by step. Of a firm one import at a time is worked on, so that its failures
//! are counted one after the other.

use super::{Job, lines};
use crate::{
    Store,
    entity::firm,
    journal::commit_with,
    member,
    outage::{Answer, OrOutage},
    scoped::{self, ImportColumn},
    store::commit,
};
use portfolio::{
    import::{Counts, Halt, State},
    journal::Entry,
    ports::{ImportClaim, Outage, WORK_CLAIM},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};

/// What a step did to an import.
#[derive(Default)]
pub(super) struct Done {
    /// Lines that it did.
    pub lines: u32,
    /// Boxes that it did.
    pub boxes: usize,
    /// By how much the counts grow.
    pub grown: Counts,
    /// By how much `ready` shrinks.
    pub taken: u32,
    /// Clients that were proved, for the first time within a day.
    pub good: u32,
    /// Proofs that failed.
    pub failed: u32,
    /// The state that it leads to, if another.
    pub next: Option<(State, Option<Halt>)>,
    /// What the journal is to say.
    pub entries: Vec<Entry>,
}

impl Store {
    /// See [`portfolio::ports::ImportWork::claim_import`].
    pub(super) async fn take_up(&self, now: Timestamp) -> Result<Option<ImportClaim>, Outage> {
        let free = Condition::any()
            .add(ImportColumn::ClaimedUntil.is_null())
            .add(ImportColumn::ClaimedUntil.lte(now.0));
        let waiting = || {
            scoped::waiting_imports(now)
                .filter(free.clone())
                .order_by_asc(ImportColumn::CreatedAt)
                .limit(1)
        };
        // Mostly nothing waits, and a look does not keep anybody from writing.
        let seen = waiting().one(self.reader()).await.or_outage("imports")?;
        let Some(seen) = seen else {
            return Ok(None);
        };
        let tx = self.write().await?;
        // Two servers do not take up two imports of one firm at the same moment.
        firm::Entity::find_by_id(seen.firm_id)
            .lock(LockType::NoKeyUpdate)
            .one(&tx)
            .await
            .or_outage("firms")?;
        let found = waiting()
            .filter(ImportColumn::Id.eq(seen.id))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(&tx)
            .await
            .or_outage("imports")?;
        let Some(row) = found else {
            return Ok(None);
        };
        let claim = ImportClaim {
            id: row.id,
            until: now.plus(WORK_CLAIM),
        };
        let job = Job::of(row)?;
        scoped::change_imports(job.scope.firm)
            .col_expr(ImportColumn::ClaimedUntil, Expr::value(claim.until.0))
            .filter(ImportColumn::Id.eq(claim.id))
            .exec(&tx)
            .await
            .or_outage("claiming an import")?;
        commit(tx).await?;
        Ok(Some(claim))
    }

    /// See [`portfolio::ports::ImportWork::step`].
    pub(super) async fn do_step(
        &self,
        claim: ImportClaim,
        now: Timestamp,
    ) -> Result<Option<ImportClaim>, Outage> {
        let tx = self.write().await?;
        let found = scoped::claimed_import(claim)
            .lock_exclusive()
            .one(&tx)
            .await
            .or_outage("imports")?;
        let Some(row) = found else {
            return Ok(None);
        };
        let job = Job::of(row)?;
        let done = if !member::may_change(&tx, &job.scope).await? {
            Done {
                next: Some((State::Stopped, Some(Halt::Access))),
                ..Done::default()
            }
        } else if job.state == State::Checking {
            self.check_some(&tx, &job, now).await?
        } else {
            self.add_some(&tx, &job, now).await?
        };
        let next = ImportClaim {
            until: Timestamp(claim.until.0.max(now.plus(WORK_CLAIM).0)),
            ..claim
        };
        note(&tx, &job, &done, next, now).await?;
        commit_with(tx, self.key(), &done.entries, now).await?;
        Ok(done.next.is_none().then_some(next))
    }
}

async fn note(
    db: &impl ConnectionTrait,
    job: &Job,
    done: &Done,
    next: ImportClaim,
    now: Timestamp,
) -> Answer<()> {
    let row = &job.row;
    let by = |number: u32| i64::from(number);
    let boxes = i32::try_from(done.boxes).unwrap_or_default();
    let counts = [
        (ImportColumn::Done, row.done + by(done.lines)),
        (
            ImportColumn::Ready,
            row.ready + by(done.grown.ready) - by(done.taken),
        ),
        (ImportColumn::Added, row.added + by(done.grown.added)),
        (ImportColumn::Already, row.already + by(done.grown.already)),
        (ImportColumn::Refused, row.refused + by(done.grown.refused)),
        (ImportColumn::Good, row.good + by(done.good)),
        (ImportColumn::Failed, row.failed + by(done.failed)),
    ];
    let claimed = done.next.is_none().then_some(next.until.0);
    let mut change = scoped::change_imports(job.scope.firm)
        .col_expr(ImportColumn::NextChunk, Expr::value(row.next_chunk + boxes))
        .col_expr(ImportColumn::ClaimedUntil, Expr::value(claimed));
    for (column, to) in counts {
        change = change.col_expr(column, Expr::value(to));
    }
    if done.good + done.failed > 0 {
        change = change.col_expr(ImportColumn::ProvedAt, Expr::value(now.0));
    }
    if let Some((state, halt)) = done.next {
        let halt = halt.map_or("", Halt::code);
        change = change
            .col_expr(ImportColumn::State, Expr::value(state.code()))
            .col_expr(ImportColumn::Halt, Expr::value(halt));
        if job.state == State::Checking {
            change = change.col_expr(ImportColumn::CheckedAt, Expr::value(now.0));
        }
        if state.over() {
            change = change.col_expr(ImportColumn::EndedAt, Expr::value(now.0));
        }
    }
    change
        .filter(ImportColumn::Id.eq(row.id))
        .exec(db)
        .await
        .or_outage("noting a step")?;
    Ok(())
}

/// The counts of a row.
pub(super) fn counts(row: &scoped::Import) -> Counts {
    Counts {
        ready: lines(row.ready),
        added: lines(row.added),
        already: lines(row.already),
        refused: lines(row.refused),
    }
}
