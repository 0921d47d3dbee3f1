//! Getting in: what a try is counted under, what a right pair is followed by. Passwords are compared elsewhere.

use crate::{
    Store,
    entity::member,
    guard::{self, Subject},
    journal::commit_with,
    key::hex,
    member::{NO_PASSWORD, folded},
    outage::{Answer, OrOutage, refused},
    session,
    store::commit,
};
use portfolio::{
    attempts::Limit,
    ids::{FirmId, MemberId, Oneself},
    journal::{About, Entry, Means, What},
    origin::Origin,
    ports::{Outage, SessionToken, StepToken, Visit},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

/// What a sign-in is tried against.
#[derive(Clone)]
pub struct Credentials {
    /// Who it would be.
    pub member: MemberId,
    /// For which firm.
    pub firm: FirmId,
    /// The PHC string of the password; none while the person has chosen none.
    pub password_hash: Option<String>,
    /// Whether a second factor is asked for as well.
    pub second_factor: bool,
}

/// Logs never see the hash.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.member)
    }
}

/// Whether somebody is still who the password was compared for, and nothing was changed since: comparing takes a while, in which
/// the password may have been changed and all sessions ended. The row is locked, so that a change waits or is seen.
async fn still(db: &impl ConnectionTrait, known: &Credentials) -> Answer<bool> {
    let found = member::Entity::find_by_id(known.member.0)
        .filter(member::Column::SuspendedAt.is_null())
        .filter(member::Column::RemovedAt.is_null())
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await
        .or_outage("members")?;
    let same = found.is_some_and(|member| Some(member.password_hash) == known.password_hash);
    Ok(same && session::has_second_factor(db, known.member.0).await? == known.second_factor)
}

/// Whether a try may be made.
#[derive(Debug)]
pub enum Try {
    /// It may. It is counted as a failure already, so that many tries at the same moment cannot all be made before the first of
    /// them is known to have failed.
    Go(Option<Credentials>),
    /// There were too many.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}

impl Store {
    /// Counts a try to sign in, and gives what it is tried against. The same is done whether the identifier exists or not.
    ///
    /// # Errors
    /// An outage.
    pub async fn try_sign_in(
        &self,
        identifier: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Try, Outage> {
        let tx = self.write().await?;
        for subject in self.subjects(identifier, from) {
            let mut failures = guard::locked(&tx, &subject, now).await?;
            if let Some(until) = failures.paused_until(now) {
                return Ok(Try::Paused { until });
            }
            failures.fail(now);
            guard::remember(&tx, &subject, &failures, now).await?;
        }
        let found = member::Entity::find()
            .filter(member::Column::Identifier.eq(folded(identifier)))
            .filter(member::Column::SuspendedAt.is_null())
            .filter(member::Column::RemovedAt.is_null())
            .one(&tx)
            .await
            .or_outage("members")?;
        let whose = found.as_ref().map_or_else(Uuid::nil, |member| member.id);
        let second_factor = session::has_second_factor(&tx, whose).await?;
        let credentials = found.map(|member| Credentials {
            second_factor,
            member: MemberId(member.id),
            firm: FirmId(member.firm_id),
            password_hash: Some(member.password_hash).filter(|hash| hash != NO_PASSWORD),
        });
        commit(tx).await?;
        Ok(Try::Go(credentials))
    }

    /// Writes down that a try failed; it is counted since [`Store::try_sign_in`].
    ///
    /// # Errors
    /// An outage.
    pub async fn sign_in_failed(
        &self,
        identifier: &str,
        known: Option<&Credentials>,
        from: Origin,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let [account, _] = self.subjects(identifier, from);
        let failures = guard::locked(&tx, &account, now).await?;
        let entry = Entry {
            firm: known.map(|known| known.firm),
            by: None,
            from,
            about: known.map(|known| About::Member(known.member)),
            what: What::SignInRefused {
                paused: failures.paused_until(now).is_some(),
            },
        };
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// The password was right and nothing more is asked for: forgets the failures of the identifier, and starts a session. False
    /// when the member has changed while the password was compared: that password opens nothing any more.
    ///
    /// # Errors
    /// An outage.
    pub async fn signed_in(
        &self,
        identifier: &str,
        known: &Credentials,
        token: &SessionToken,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        if !still(&tx, known).await? {
            return Ok(false);
        }
        self.forgive(&tx, identifier, visit.from, now).await?;
        self.start(&tx, known.member, token, visit, now).await?;
        let me = Oneself {
            house: known.firm,
            member: known.member,
            from: visit.from,
        };
        let entry = Entry::by_oneself(&me, What::SignedIn(Means::Password));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.forget_old_failures(now).await;
        Ok(true)
    }

    /// The password was right; the second factor is waited for under this token. False as in [`Store::signed_in`].
    ///
    /// # Errors
    /// An outage.
    pub async fn start_step(
        &self,
        identifier: &str,
        known: &Credentials,
        token: &StepToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        if !still(&tx, known).await? {
            return Ok(false);
        }
        self.forgive(&tx, identifier, from, now).await?;
        session::start_step(&tx, known.member, token, now).await?;
        // Nobody is signed in yet: it is about the member, not by them.
        let entry = Entry {
            firm: Some(known.firm),
            by: None,
            from,
            about: Some(About::Member(known.member)),
            what: What::PasswordRight,
        };
        commit_with(tx, self.key(), &[entry], now).await?;
        self.forget_old_failures(now).await;
        Ok(true)
    }

    /// A stored hash takes the place of one that was made with less work, unless the password has been changed since.
    ///
    /// # Errors
    /// An outage.
    pub async fn hash_anew(&self, known: &Credentials, hash: &str) -> Result<(), Outage> {
        let tx = self.write().await?;
        member::Entity::update_many()
            .col_expr(member::Column::PasswordHash, Expr::value(hash))
            .filter(member::Column::Id.eq(known.member.0))
            .filter(member::Column::PasswordHash.eq(known.password_hash.clone()))
            .exec(&tx)
            .await
            .or_outage("hashing a password anew")?;
        commit(tx).await
    }

    /// Forgets old failures, in a transaction of its own: it touches rows of others, whom nobody who signs in should wait for.
    async fn forget_old_failures(&self, now: Timestamp) {
        let forgotten = async {
            let tx = self.write().await?;
            guard::forget(&tx, now).await?;
            commit(tx).await
        };
        if let Err(error) = forgotten.await {
            tracing::warn!(%error, "old failures were not forgotten");
        }
    }

    async fn forgive(
        &self,
        db: &impl ConnectionTrait,
        identifier: &str,
        from: Origin,
        now: Timestamp,
    ) -> Answer<()> {
        let [account, network] = self.subjects(identifier, from);
        guard::clear(db, &account).await?;
        // Others of the same office may be guessing: only this try was none.
        let mut failures = guard::locked(db, &network, now).await?;
        failures.take_back(now);
        guard::remember(db, &network, &failures, now).await
    }

    /// What a try is counted under: always in this order, so that two of them never wait for each other.
    pub(crate) fn subjects(&self, identifier: &str, from: Origin) -> [Subject; 2] {
        let of = |what: &str| hex(&self.key().counted(what));
        [
            Subject::new(Limit::Account, &of(&folded(identifier))),
            Subject::new(Limit::Network, &of(&from.network())),
        ]
    }

    /// A member's firm: for entries of the journal.
    pub(crate) async fn firm_of(
        &self,
        db: &impl ConnectionTrait,
        member: MemberId,
    ) -> Answer<FirmId> {
        let found = member::Entity::find_by_id(member.0)
            .one(db)
            .await
            .or_outage("members")?;
        Ok(FirmId(
            found.ok_or_else(|| refused("member", member))?.firm_id,
        ))
    }
}
