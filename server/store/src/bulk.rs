//! Changes of many clients: prepared, confirmed, carried out in batches, stopped, taken back.

mod apply;
mod item;
mod job;
mod known;
mod own;
mod prepare;
mod view;
mod work;

use crate::{Store, journal::commit_with, outage::Answer, raw, store::commit};
use known::Known;
use portfolio::{
    bulk::{AT_ONCE, Change, Job, JobRow, Shown, State, undo_until},
    ids::{BulkId, Scope},
    permission::{Editor, Fresh},
    ports::{Bulk, BulkWork, Confirmed, Outage, Prepared, Undone},
    time::Timestamp,
};
use prepare::{Fixed, Foreseen};
use sea_orm::ConnectionTrait;

#[async_trait::async_trait]
impl Bulk for Store {
    async fn prepare(
        &self,
        editor: &Editor,
        change: &Change,
        now: Timestamp,
    ) -> Result<Prepared, Outage> {
        let tx = self.write().await?;
        let fixed = prepare::fix(&tx, editor, change, now).await?;
        commit(tx).await?;
        let id = match fixed {
            Fixed::Clients(id) => id,
            Fixed::Not(why) => return Ok(why),
        };
        let mut so_far = Foreseen::default();
        loop {
            let tx = self.write().await?;
            let over = prepare::foresee(&tx, editor, id, &mut so_far).await?;
            commit(tx).await?;
            if over {
                return Ok(Prepared::Ready(id));
            }
        }
    }

    async fn jobs(&self, scope: &Scope) -> Result<Vec<JobRow>, Outage> {
        let tx = self.read().await?;
        let answer = view::jobs(&tx, scope).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn job(
        &self,
        scope: &Scope,
        id: BulkId,
        shown: Shown,
        now: Timestamp,
    ) -> Result<Option<Job>, Outage> {
        let tx = self.read().await?;
        let answer = view::job(&tx, scope, id, shown, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn confirm(
        &self,
        editor: &Editor,
        fresh: Option<&Fresh<Editor>>,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<Confirmed>, Outage> {
        let tx = self.write().await?;
        let Some(mut job) = job::find(&tx, editor.firm, id, true).await? else {
            return Ok(None);
        };
        if job.scope.member != editor.member {
            return Ok(Some(Confirmed::NotTheirs));
        }
        if job.change.sensitive() && fresh.is_none() {
            return Ok(Some(Confirmed::Unconfirmed));
        }
        // Said twice, it goes on as it is.
        if job.state == State::Ready {
            job.scope.from = editor.from;
            work::begin(&tx, &mut job, now).await?;
            commit(tx).await?;
            self.go(editor, id, job.total, now).await?;
        }
        Ok(Some(Confirmed::Done))
    }

    async fn abandon(&self, editor: &Editor, id: BulkId) -> Result<Option<()>, Outage> {
        let tx = self.write().await?;
        let gone = raw::run(
            &tx,
            "DELETE FROM bulk WHERE id = $1 AND firm_id = $2 AND member_id = $3 AND state = 'ready'",
            vec![id.0.into(), editor.firm.0.into(), editor.member.0.into()],
            "forgetting a change",
        )
        .await?;
        commit(tx).await?;
        Ok((gone > 0).then_some(()))
    }

    async fn stop(
        &self,
        editor: &Editor,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<()>, Outage> {
        let tx = self.write().await?;
        let Some(mut job) = job::find(&tx, editor.firm, id, true).await? else {
            return Ok(None);
        };
        if job.state != State::Running {
            return Ok(Some(()));
        }
        let known = Known::of(&tx, editor.firm).await?;
        // The journal names who stopped it.
        job.scope = Scope::clone(editor);
        let entries = work::end(&tx, &mut job, &known, State::Stopped, now).await?;
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(Some(()))
    }

    async fn undo(
        &self,
        editor: &Editor,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<Undone>, Outage> {
        let tx = self.write().await?;
        let Some(job) = job::find(&tx, editor.firm, id, true).await? else {
            return Ok(None);
        };
        let until = undo_until(&job.change, job.state, job.ended_at);
        if until.is_none_or(|until| until <= now) || job.tally.changed == 0 {
            return Ok(Some(Undone::TooLate));
        }
        let before = raw::number(
            &tx,
            "SELECT COUNT(*) AS n FROM bulk WHERE undo_of = $1",
            vec![id.0.into()],
            "changes taken back",
        )
        .await?;
        if before > 0 {
            return Ok(Some(Undone::TooLate));
        }
        let undo =
            prepare::insert(&tx, editor, &Change::Undo, Some(id.0), State::Running, now).await?;
        let total = raw::run(
            &tx,
            "INSERT INTO bulk_item (bulk_id, number, enrolment_id, version, state, before) \
             SELECT $1, ROW_NUMBER() OVER (ORDER BY number), enrolment_id, version, state, before \
             FROM bulk_item WHERE bulk_id = $2 AND state = 'changed' AND number <= $3",
            vec![undo.into(), id.0.into(), item::signed(job.done).into()],
            "taking a change back",
        )
        .await?;
        raw::run(
            &tx,
            "UPDATE bulk SET total = $1 WHERE id = $2",
            vec![item::signed(total).into(), undo.into()],
            "taking a change back",
        )
        .await?;
        commit(tx).await?;
        self.go(editor, BulkId(undo), total, now).await?;
        Ok(Some(Undone::By(BulkId(undo))))
    }
}

impl Store {
    /// Carries a small change out while its page waits; a large one is the worker's.
    async fn go(&self, scope: &Scope, id: BulkId, total: u64, now: Timestamp) -> Answer<()> {
        if total > AT_ONCE {
            self.bulk().notify_one();
            return Ok(());
        }
        loop {
            let tx = self.write().await?;
            let Some(mut job) = work::under_way(&tx, scope.firm, id).await? else {
                return Ok(());
            };
            let entries = work::batch(&tx, &mut job, now).await?;
            commit_with(tx, self.key(), &entries, now).await?;
        }
    }
}

#[async_trait::async_trait]
impl BulkWork for Store {
    async fn work(&self, now: Timestamp) -> Result<bool, Outage> {
        if !work::is_under_way(self.reader()).await? {
            return Ok(false);
        }
        let tx = self.write().await?;
        let Some(row) = work::next(&tx).await? else {
            return Ok(false);
        };
        let id = row.id;
        let done = async {
            let mut job = job::read(&tx, row).await?;
            let entries = work::batch(&tx, &mut job, now).await?;
            commit_with(tx, self.key(), &entries, now).await
        };
        if let Err(outage) = done.await {
            // One that cannot be read, or that storage refuses, keeps nobody else's waiting.
            let tx = self.write().await?;
            work::put_back(&tx, id, now).await?;
            commit(tx).await?;
            return Err(outage);
        }
        Ok(true)
    }

    async fn bulk_asked(&self) {
        self.bulk().notified().await;
    }
}

/// How many clients a change of a firm has left alone, or will; none where there is no such change.
pub(crate) async fn left(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: BulkId,
) -> Answer<Option<u64>> {
    let job = job::find(db, scope.firm, id, false).await?;
    Ok(job.map(|job| job.tally.left_alone()))
}
