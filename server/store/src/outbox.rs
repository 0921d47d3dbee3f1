//! Messages on their way: written by the transaction that causes them, claimed by one server at a time, forgotten once sent.
//!
//! A server that is killed between claiming and saying that it sent leaves its claim to run out: the message goes out again, since
//! nobody knows whether it had gone. Its id stays the same, so that whoever receives it twice can tell.

use crate::{
    Store,
    entity::outbox::{ActiveModel, Column, Entity, Model},
    notices,
    outage::{Answer, OrOutage, refused},
    store::commit,
    stored,
    sweep::sweep,
    vault::purpose::MAIL,
};
use portfolio::{
    letter::Message,
    ports::{CLAIM, Claimed, Outage, Outbox, PATIENCE, pause},
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
    sea_query::{Expr, LockBehavior, LockType, OnConflict},
};

/// How long it is remembered that a message was sent, or given up, in seconds.
const REMEMBERED: i64 = 30 * DAY;
/// Characters of an error that are kept.
const LONGEST_ERROR: usize = 200;

impl Store {
    /// Writes a message, unless one was written for this reason before. It goes out when the transaction counts; whoever commits
    /// says so with [`Store::mail_was_written`].
    pub(crate) async fn post(
        &self,
        db: &impl ConnectionTrait,
        message: &Message,
        reason: &str,
        now: Timestamp,
    ) -> Answer<()> {
        forget(db, now).await?;
        let id = stored::new_id(now);
        let row = ActiveModel {
            id: Set(id),
            recipient: Set(message.to.to_string()),
            reason: Set(reason.to_owned()),
            created_at: Set(now.0),
            tries: Set(0),
            next_try_at: Set(now.0),
            claimed_until: NotSet,
            sent_at: NotSet,
            failed_at: NotSet,
            last_error: Set(String::new()),
        };
        let written = Entity::insert(row)
            .on_conflict(OnConflict::column(Column::Reason).do_nothing().to_owned())
            .exec_without_returning(db)
            .await
            .or_outage("writing a message")?;
        if written == 0 {
            return Ok(());
        }
        let text = serde_json::to_vec(message).map_err(|_| refused("outbox", id))?;
        self.seal(db, MAIL, id, &text).await
    }

    /// Wakes who sends messages.
    pub(crate) fn mail_was_written(&self) {
        self.mail().notify_one();
    }
}

#[async_trait::async_trait]
impl Outbox for Store {
    async fn claim(&self, now: Timestamp) -> Result<Option<Claimed>, Outage> {
        // Mostly nothing is due, and a look does not keep anybody from writing.
        while due(now)
            .one(self.reader())
            .await
            .or_outage("due messages")?
            .is_some()
        {
            let tx = self.write().await?;
            let found = due(now)
                .order_by_asc(Column::NextTryAt)
                .order_by_asc(Column::Id)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .one(&tx)
                .await
                .or_outage("due messages")?;
            let Some(row) = found else {
                return Ok(None);
            };
            let until = now.plus(CLAIM);
            let message = self.message(&tx, &row).await?;
            match &message {
                Some(_) => {
                    Entity::update_many()
                        .col_expr(Column::ClaimedUntil, Expr::value(until.0))
                        .col_expr(Column::Tries, Expr::value(row.tries.saturating_add(1)))
                        .filter(Column::Id.eq(row.id))
                        .exec(&tx)
                        .await
                        .or_outage("claiming a message")?;
                }
                None => self.give_up(&tx, row.id, "it cannot be read", now).await?,
            }
            commit(tx).await?;
            if let Some(message) = message {
                return Ok(Some(Claimed {
                    id: row.id,
                    until,
                    written_at: Timestamp(row.created_at),
                    message,
                }));
            }
        }
        Ok(None)
    }

    async fn sent(&self, claimed: &Claimed, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        if self.claim_of(&tx, claimed).await?.is_none() {
            return Ok(());
        }
        Entity::update_many()
            .col_expr(Column::SentAt, Expr::value(now.0))
            .col_expr(Column::ClaimedUntil, Expr::value(None::<i64>))
            .col_expr(Column::LastError, Expr::value(""))
            .filter(Column::Id.eq(claimed.id))
            .exec(&tx)
            .await
            .or_outage("a message that was sent")?;
        self.unbox(&tx, MAIL, claimed.id).await?;
        notices::accepted(&tx, &claimed.message.to).await?;
        commit(tx).await
    }

    async fn no_such_address(
        &self,
        claimed: &Claimed,
        why: &str,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let Some(row) = self.claim_of(&tx, claimed).await? else {
            return Ok(());
        };
        let why: String = why.chars().take(LONGEST_ERROR).collect();
        self.give_up(&tx, row.id, &why, now).await?;
        notices::refused(&tx, &claimed.message.to, now).await?;
        commit(tx).await
    }

    async fn not_sent(
        &self,
        claimed: &Claimed,
        why: &str,
        last: bool,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let Some(row) = self.claim_of(&tx, claimed).await? else {
            return Ok(());
        };
        let why: String = why.chars().take(LONGEST_ERROR).collect();
        let next = now.plus(pause(u32::try_from(row.tries).unwrap_or_default()));
        if last || next.0 >= row.created_at + PATIENCE {
            self.give_up(&tx, row.id, &why, now).await?;
        } else {
            Entity::update_many()
                .col_expr(Column::NextTryAt, Expr::value(next.0))
                .col_expr(Column::ClaimedUntil, Expr::value(None::<i64>))
                .col_expr(Column::LastError, Expr::value(why))
                .filter(Column::Id.eq(row.id))
                .exec(&tx)
                .await
                .or_outage("a message that was not sent")?;
        }
        commit(tx).await
    }

    async fn next_due(&self) -> Result<Option<Timestamp>, Outage> {
        let least = async |column: Column, claimed: Condition| -> Answer<Option<i64>> {
            let least: Option<Option<i64>> = open()
                .filter(claimed)
                .select_only()
                .expr(column.min())
                .into_tuple()
                .one(self.reader())
                .await
                .or_outage("messages that wait")?;
            Ok(least.flatten())
        };
        let free = Condition::all().add(Column::ClaimedUntil.is_null());
        let claimed = Condition::all().add(Column::ClaimedUntil.is_not_null());
        let free = least(Column::NextTryAt, free).await?;
        let claimed = least(Column::ClaimedUntil, claimed).await?;
        Ok(free.into_iter().chain(claimed).min().map(Timestamp))
    }

    async fn written(&self) {
        self.mail().notified().await;
    }
}

impl Store {
    /// What a message says; none when it cannot be read, which no further try mends.
    async fn message(&self, db: &impl ConnectionTrait, row: &Model) -> Answer<Option<Message>> {
        let text = self.opened(db, MAIL, row.id).await?.flatten();
        let message = text.and_then(|text| serde_json::from_slice(&text).ok());
        if message.is_none() {
            tracing::error!(message = %row.id, "a message cannot be read");
        }
        Ok(message)
    }

    async fn give_up(
        &self,
        db: &impl ConnectionTrait,
        id: uuid::Uuid,
        why: &str,
        now: Timestamp,
    ) -> Answer<()> {
        Entity::update_many()
            .col_expr(Column::FailedAt, Expr::value(now.0))
            .col_expr(Column::ClaimedUntil, Expr::value(None::<i64>))
            .col_expr(Column::LastError, Expr::value(why))
            .filter(Column::Id.eq(id))
            .exec(db)
            .await
            .or_outage("giving a message up")?;
        self.unbox(db, MAIL, id).await
    }

    /// The row of a claim, locked, while the claim is the one in force.
    async fn claim_of(
        &self,
        db: &impl ConnectionTrait,
        claimed: &Claimed,
    ) -> Answer<Option<Model>> {
        open()
            .filter(Column::Id.eq(claimed.id))
            .filter(Column::ClaimedUntil.eq(claimed.until.0))
            .lock_exclusive()
            .one(db)
            .await
            .or_outage("claimed messages")
    }
}

/// Messages that are neither sent nor given up.
fn open() -> Select<Entity> {
    Entity::find()
        .filter(Column::SentAt.is_null())
        .filter(Column::FailedAt.is_null())
}

/// The first of those that may be sent now.
fn due(now: Timestamp) -> Select<Entity> {
    let free = Condition::any()
        .add(Column::ClaimedUntil.is_null())
        .add(Column::ClaimedUntil.lte(now.0));
    open()
        .filter(Column::NextTryAt.lte(now.0))
        .filter(free)
        .limit(1)
}

/// Forgets to whom messages went long ago.
async fn forget(db: &impl ConnectionTrait, now: Timestamp) -> Answer<()> {
    let over = Condition::any()
        .add(Column::SentAt.lt(now.0 - REMEMBERED))
        .add(Column::FailedAt.lt(now.0 - REMEMBERED));
    sweep::<Entity>(db, Column::Id, over, "forgetting old messages").await
}
