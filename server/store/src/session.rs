//! Sessions. Only the SHA-256 of a token is stored: who reads the table cannot take a session over. A plain hash is enough for 256
//! random bits, which nobody can guess their way through.

use crate::{
    Store,
    entity::{firm, member, session},
    key::hex,
    outage::{Answer, OrOutage},
    store::commit,
};
use portfolio::{
    client::SignedIn,
    ids::{FirmId, MemberId, Scope},
    ports::{Outage, SESSION_IDLE, SESSION_LIFE, Session, SessionToken},
    time::{DAY, MINUTE, Timestamp},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, NotSet, QueryFilter,
    QuerySelect, RelationTrait, Set, sea_query::Expr,
};
use sha2::{Digest, Sha256};
use std::time::Duration;
use uuid::Uuid;

/// How often « last seen » is written at most, so that looking at a page is usually a mere read.
const TOUCH_EVERY: i64 = MINUTE;
/// How long a page waits for that write; then it goes on by itself. An import of the registry may hold the database for a while.
const WRITE_PATIENCE: Duration = Duration::from_millis(250);

/// A new session's secret, from the system's randomness.
///
/// # Errors
/// When the system has none to give.
pub fn new_token() -> Result<SessionToken, Outage> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
    Ok(SessionToken::new(hex(&bytes)))
}

fn hash(token: &SessionToken) -> Vec<u8> {
    Sha256::digest(token.expose().as_bytes()).to_vec()
}

#[derive(FromQueryResult)]
struct Found {
    member_id: Uuid,
    member: String,
    firm_id: Uuid,
    firm: String,
    suspended_at: Option<i64>,
    created_at: i64,
    last_seen_at: i64,
}

impl Found {
    /// Whether the session is in force. One that began or was seen in the future is not, once the clock has been set back by more
    /// than people may be idle: nobody knows how long it would go on.
    const fn in_force(&self, now: Timestamp) -> bool {
        self.last_seen_at > now.0 - SESSION_IDLE
            && self.created_at > now.0 - SESSION_LIFE
            && self.last_seen_at <= now.0 + SESSION_IDLE
            && self.created_at <= now.0 + SESSION_IDLE
    }
}

impl Store {
    /// Starts a session, and forgets those that were over a day ago.
    ///
    /// # Errors
    /// An outage.
    pub async fn start_session(
        &self,
        member: MemberId,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let row = session::ActiveModel {
            token_hash: Set(hash(token)),
            member_id: Set(member.0),
            created_at: Set(now.0),
            last_seen_at: Set(now.0),
            ended_at: NotSet,
        };
        session::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("starting a session")?;
        let over = Condition::any()
            .add(session::Column::EndedAt.lt(now.0 - DAY))
            .add(session::Column::LastSeenAt.lt(now.0 - SESSION_IDLE - DAY))
            .add(session::Column::CreatedAt.lt(now.0 - SESSION_LIFE - DAY));
        session::Entity::delete_many()
            .filter(over)
            .exec(&tx)
            .await
            .or_outage("forgetting old sessions")?;
        commit(tx).await
    }

    /// The session of a token, if it is in force: see [`portfolio::ports::Door::session`]. Being asked for keeps it alive. One that
    /// was once found to be over stays so, whatever the clock does.
    ///
    /// # Errors
    /// An outage.
    pub async fn session(
        &self,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        let hash = hash(token);
        let found = session::Entity::find_by_id(hash.clone())
            .filter(session::Column::EndedAt.is_null())
            .join(JoinType::InnerJoin, session::Relation::Member.def())
            .join(JoinType::InnerJoin, member::Relation::Firm.def())
            .select_only()
            .columns([
                session::Column::MemberId,
                session::Column::CreatedAt,
                session::Column::LastSeenAt,
            ])
            .column(member::Column::FirmId)
            .column_as(member::Column::Name, "member")
            .column_as(firm::Column::Name, "firm")
            .column_as(firm::Column::SuspendedAt, "suspended_at")
            .into_model::<Found>()
            .one(self.reader())
            .await
            .or_outage("sessions")?;
        let Some(found) = found else {
            return Ok(None);
        };
        let store = self.clone();
        if !found.in_force(now) {
            soon("ended", async move { store.end(hash, now).await }).await;
            return Ok(None);
        }
        if found.last_seen_at <= now.0 - TOUCH_EVERY {
            soon("kept alive", async move { store.touch(hash, now).await }).await;
        }
        Ok(Some(Session {
            scope: Scope {
                firm: FirmId(found.firm_id),
                member: MemberId(found.member_id),
            },
            suspended: found.suspended_at.is_some(),
            shown: SignedIn {
                member: found.member,
                firm: found.firm,
            },
        }))
    }

    /// Ends the session of a token; no matter when there is none.
    ///
    /// # Errors
    /// An outage.
    pub async fn end_session(&self, token: &SessionToken, now: Timestamp) -> Result<(), Outage> {
        self.end(hash(token), now).await
    }

    async fn end(&self, hash: Vec<u8>, now: Timestamp) -> Answer<()> {
        let tx = self.write().await?;
        session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now.0))
            .filter(session::Column::TokenHash.eq(hash))
            .filter(session::Column::EndedAt.is_null())
            .exec(&tx)
            .await
            .or_outage("ending a session")?;
        commit(tx).await
    }

    async fn touch(&self, hash: Vec<u8>, now: Timestamp) -> Answer<()> {
        let tx = self.write().await?;
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(now.0))
            .filter(session::Column::TokenHash.eq(hash))
            .filter(session::Column::LastSeenAt.lt(now.0))
            .exec(&tx)
            .await
            .or_outage("keeping a session alive")?;
        commit(tx).await
    }
}

/// Writes what a page found out without keeping it waiting for long. A write that fails is only a session that ends a little early,
/// or is found to be over once more.
async fn soon(what: &'static str, write: impl Future<Output = Answer<()>> + Send + 'static) {
    let writing = tokio::spawn(async move {
        if let Err(error) = write.await {
            tracing::warn!(%error, "a session was not {what}");
        }
    });
    // Either it is done, or it goes on by itself.
    let _ = tokio::time::timeout(WRITE_PATIENCE, writing).await;
}
