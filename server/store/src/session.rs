//! Sessions. Only the SHA-256 of a token is stored: who reads the table cannot take a session over. A plain hash is enough for 256
//! random bits, which nobody can guess their way through.

use crate::{
    Store, client_house,
    entity::{firm, member, passkey, session, sign_in_step, totp},
    journal::commit_with,
    key::hex,
    outage::{Answer, OrOutage},
    store::{commit, soon},
    stored,
    sweep::sweep,
};
use portfolio::{
    client::SignedIn,
    ids::{FirmId, MemberId, Oneself, SessionId},
    journal::{Entry, What},
    origin::Origin,
    permission::Seat,
    ports::{
        Outage, SESSION_IDLE, SESSION_LIFE, STEP_LIFE, Session, SessionToken, StepToken, Visit,
    },
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, NotSet,
    QueryFilter, QuerySelect, RelationTrait, Set, sea_query::Expr,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How often « last seen » is written at most, so that looking at a page is usually a mere read.
const TOUCH_EVERY: i64 = portfolio::idle::NOTED_EVERY;

/// A new secret, 256 bits of the system's randomness in hexadecimal: for sessions, steps and links.
///
/// # Errors
/// When the system has none to give.
pub fn new_token() -> Result<String, Outage> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
    Ok(hex(&bytes))
}

/// What a secret of 256 random bits is stored and found by.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[derive(FromQueryResult)]
struct Found {
    member_id: Uuid,
    member: String,
    firm_id: Uuid,
    firm: String,
    suspended_at: Option<i64>,
    second_factor_since: Option<i64>,
    is_body: bool,
    is_client: bool,
    id: Uuid,
    role: String,
    language: String,
    created_at: i64,
    last_seen_at: i64,
    confirmed_at: i64,
}

/// Whether a second factor is asked of a member: a confirmed application, or a passkey. Both are looked for whatever is found, and for
/// nobody as for somebody, so that its time tells nothing.
pub(crate) async fn has_second_factor(db: &impl ConnectionTrait, member: Uuid) -> Answer<bool> {
    let application = totp::Entity::find_by_id(member)
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .one(db)
        .await
        .or_outage("second factors")?;
    let passkey = passkey::Entity::find()
        .filter(passkey::Column::MemberId.eq(member))
        .one(db)
        .await
        .or_outage("second factors")?;
    Ok(application.is_some() || passkey.is_some())
}

/// Begins the wait for a second factor, and forgets the waits that are over.
pub(crate) async fn start_step(
    db: &impl ConnectionTrait,
    member: MemberId,
    token: &StepToken,
    now: Timestamp,
) -> Answer<()> {
    let row = sign_in_step::ActiveModel {
        token_hash: Set(hash(token.expose())),
        member_id: Set(member.0),
        created_at: Set(now.0),
        used_at: NotSet,
    };
    sign_in_step::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .or_outage("starting a second step")?;
    let over = sign_in_step::Column::CreatedAt.lt(now.0 - STEP_LIFE);
    let key = sign_in_step::Column::TokenHash;
    sweep::<sign_in_step::Entity>(db, key, over, "forgetting second steps").await
}

/// Ends a session, unless it has ended.
async fn end(db: &impl ConnectionTrait, hash: Vec<u8>, now: Timestamp) -> Answer<()> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now.0))
        .filter(session::Column::TokenHash.eq(hash))
        .filter(session::Column::EndedAt.is_null())
        .exec(db)
        .await
        .or_outage("ending a session")?;
    Ok(())
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
    pub(crate) async fn start(
        &self,
        tx: &impl ConnectionTrait,
        member: MemberId,
        token: &SessionToken,
        visit: &Visit,
        now: Timestamp,
    ) -> Answer<()> {
        let row = session::ActiveModel {
            token_hash: Set(hash(token.expose())),
            id: Set(stored::new_id(now)),
            member_id: Set(member.0),
            created_at: Set(now.0),
            last_seen_at: Set(now.0),
            confirmed_at: Set(now.0),
            ended_at: NotSet,
            device: Set(visit.device.clone()),
            address: Set(visit.from.to_string()),
        };
        session::Entity::insert(row)
            .exec_without_returning(tx)
            .await
            .or_outage("starting a session")?;
        let over = Condition::any()
            .add(session::Column::EndedAt.lt(now.0 - DAY))
            .add(session::Column::LastSeenAt.lt(now.0 - SESSION_IDLE - DAY))
            .add(session::Column::CreatedAt.lt(now.0 - SESSION_LIFE - DAY));
        let key = session::Column::TokenHash;
        sweep::<session::Entity>(tx, key, over, "forgetting old sessions").await
    }

    /// The session of a token, if it is in force: see [`portfolio::ports::Door::session`]. Being asked for keeps it alive. One that
    /// was once found to be over stays so, whatever the clock does.
    ///
    /// # Errors
    /// An outage.
    pub async fn session(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        self.asked_for(token, from, now, true).await
    }

    /// The same, without keeping it alive: see [`portfolio::ports::Door::watching`].
    ///
    /// # Errors
    /// An outage.
    pub async fn watching(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        self.asked_for(token, from, now, false).await
    }

    async fn asked_for(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
        keep: bool,
    ) -> Result<Option<Session>, Outage> {
        let hash = hash(token.expose());
        let found = session::Entity::find_by_id(hash.clone())
            .filter(session::Column::EndedAt.is_null())
            .join(JoinType::InnerJoin, session::Relation::Member.def())
            .join(JoinType::InnerJoin, member::Relation::Firm.def())
            .filter(member::Column::SuspendedAt.is_null())
            .filter(member::Column::RemovedAt.is_null())
            .select_only()
            .columns([
                session::Column::Id,
                session::Column::MemberId,
                session::Column::CreatedAt,
                session::Column::LastSeenAt,
                session::Column::ConfirmedAt,
            ])
            .columns([
                member::Column::FirmId,
                member::Column::Role,
                member::Column::Language,
            ])
            .column_as(member::Column::Name, "member")
            .column_as(firm::Column::Name, "firm")
            .column_as(firm::Column::SuspendedAt, "suspended_at")
            .column(firm::Column::SecondFactorSince)
            .column(firm::Column::IsBody)
            .column(firm::Column::IsClient)
            .into_model::<Found>()
            .one(self.reader())
            .await
            .or_outage("sessions")?;
        let Some(found) = found else {
            return Ok(None);
        };
        let store = self.clone();
        if !found.in_force(now) {
            soon("a session was not ended", async move {
                store.over(hash, now).await
            })
            .await;
            return Ok(None);
        }
        if keep && found.last_seen_at <= now.0 - TOUCH_EVERY {
            soon("a session was not kept alive", async move {
                store.touch(hash, now).await
            })
            .await;
        }
        let asked = self.asks_everybody() || found.second_factor_since.is_some();
        let wants_second_factor =
            asked && !has_second_factor(self.reader(), found.member_id).await?;
        let seat = stored::seat(found.is_body, found.is_client, &found.role, found.member_id)?;
        let house = FirmId(found.firm_id);
        let firm = match seat {
            Seat::Client => client_house::name(self.reader(), house).await?,
            Seat::Firm(_) | Seat::Body => found.firm,
        };
        Ok(Some(Session {
            id: SessionId(found.id),
            me: Oneself {
                house,
                member: MemberId(found.member_id),
                from,
            },
            seat,
            confirmed_at: Timestamp(found.confirmed_at),
            suspended: found.suspended_at.is_some(),
            wants_second_factor,
            language: stored::language(&found.language),
            shown: SignedIn {
                member: found.member,
                firm,
                seat,
            },
        }))
    }

    /// Ends the session of a token; no matter when there is none.
    ///
    /// # Errors
    /// An outage.
    pub async fn end_session(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let found = session::Entity::find_by_id(hash(token.expose()))
            .filter(session::Column::EndedAt.is_null())
            .lock_exclusive()
            .one(&tx)
            .await
            .or_outage("sessions")?;
        let Some(found) = found else {
            return Ok(());
        };
        end(&tx, found.token_hash, now).await?;
        let member = MemberId(found.member_id);
        let entry = Entry {
            firm: Some(self.firm_of(&tx, member).await?),
            by: Some(member),
            from,
            about: None,
            what: What::SignedOut,
        };
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// Writes down that a session is over.
    async fn over(&self, hash: Vec<u8>, now: Timestamp) -> Answer<()> {
        let tx = self.write().await?;
        end(&tx, hash, now).await?;
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
