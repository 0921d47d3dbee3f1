//! Applications that make codes: a secret is made, waits for its first code, and is then in use.

use super::{code::step_of, counted, passkey, sessions::end};
use crate::{
    Store,
    entity::{member, totp},
    guard,
    journal::commit_with,
    member::folded,
    outage::{Answer, OrOutage},
    session::has_second_factor,
    store::commit,
    vault::purpose,
};
use portfolio::{
    ids::{FirmId, MemberId, Oneself, SessionId},
    journal::{About, Entry, Means, What},
    origin::Origin,
    permission::Fresh,
    ports::{ApplicationAdded, Outage, Sessions},
    second_factor::{Code, SECRET},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, sea_query::Expr};
use uuid::Uuid;
use zeroize::Zeroizing;

/// A secret that waits for its first code, and whose it is.
pub struct NewApplication {
    /// The secret.
    pub secret: Zeroizing<Vec<u8>>,
    /// What the member signs in by, for the application's list.
    pub identifier: String,
}

/// Logs never see it.
impl std::fmt::Debug for NewApplication {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewApplication(…)")
    }
}

/// A member's application, confirmed or not.
pub(super) async fn application(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Answer<Option<totp::Model>> {
    totp::Entity::find_by_id(member.0)
        .one(db)
        .await
        .or_outage("applications")
}

/// Whether codes of an application are asked of a member.
pub(super) async fn in_use(db: &impl ConnectionTrait, member: MemberId) -> Answer<bool> {
    let found = application(db, member).await?;
    Ok(found.is_some_and(|found| found.confirmed_at.is_some()))
}

impl Store {
    /// See [`portfolio::ports::Security::begin_application`].
    ///
    /// # Errors
    /// An outage.
    pub async fn begin_application(
        &self,
        me: &Fresh<Oneself>,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        guard::locked(&tx, &counted(me.member), now).await?;
        if in_use(&tx, me.member).await? {
            return Ok(false);
        }
        let mut secret = Zeroizing::new([0; SECRET]);
        getrandom::fill(secret.as_mut_slice())
            .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
        forget(&tx, me.member).await?;
        let row = totp::ActiveModel {
            member_id: Set(me.member.0),
            confirmed_at: Set(None),
            last_step: Set(0),
        };
        totp::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("beginning an application")?;
        self.seal(&tx, purpose::TOTP, me.member.0, secret.as_slice())
            .await?;
        commit(tx).await?;
        Ok(true)
    }

    /// The secret of this member that waits for its first code: see [`portfolio::ports::Security::application`].
    ///
    /// # Errors
    /// An outage.
    pub async fn new_application(
        &self,
        me: &Fresh<Oneself>,
    ) -> Result<Option<NewApplication>, Outage> {
        let tx = self.read().await?;
        let waiting = application(&tx, me.member)
            .await?
            .is_some_and(|found| found.confirmed_at.is_none());
        let secret = self.unseal(&tx, purpose::TOTP, me.member.0).await?;
        let identifier = self.identifier_of(&tx, me.member).await?;
        commit(tx).await?;
        Ok(secret
            .filter(|_| waiting)
            .map(|secret| NewApplication { secret, identifier }))
    }

    /// See [`portfolio::ports::Security::confirm_application`].
    ///
    /// # Errors
    /// An outage.
    pub async fn confirm_application(
        &self,
        me: &Fresh<Oneself>,
        code: &Code,
        now: Timestamp,
    ) -> Result<ApplicationAdded, Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        let mut failures = guard::locked(&tx, &subject, now).await?;
        if let Some(until) = failures.paused_until(now) {
            return Ok(ApplicationAdded::Paused { until });
        }
        let waiting = application(&tx, me.member)
            .await?
            .is_some_and(|found| found.confirmed_at.is_none());
        let secret = self.unseal(&tx, purpose::TOTP, me.member.0).await?;
        let Some(secret) = secret.filter(|_| waiting) else {
            return Ok(ApplicationAdded::NotBegun);
        };
        let step = match code {
            Code::Application(digits) => step_of(&secret, digits, now),
            Code::Recovery(_) => None,
        };
        let Some(step) = step else {
            failures.fail(now);
            guard::remember(&tx, &subject, &failures, now).await?;
            commit(tx).await?;
            return Ok(ApplicationAdded::WrongCode);
        };
        // Beside a passkey there are codes already, and they are written down.
        let codes = !has_second_factor(&tx, me.member.0).await?;
        totp::Entity::update_many()
            .col_expr(totp::Column::ConfirmedAt, Expr::value(now.0))
            .col_expr(totp::Column::LastStep, Expr::value(step))
            .filter(totp::Column::MemberId.eq(me.member.0))
            .exec(&tx)
            .await
            .or_outage("confirming an application")?;
        let mut entries = vec![Entry::by_oneself(me, What::FactorAdded(Means::Totp))];
        if codes {
            self.make_codes(&tx, me.member, now).await?;
            entries.push(Entry::by_oneself(me, What::RecoveryCodesMade));
        }
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(ApplicationAdded::Done { codes })
    }

    /// See [`portfolio::ports::Security::remove_application`].
    ///
    /// # Errors
    /// An outage.
    pub async fn remove_application(
        &self,
        me: &Fresh<Oneself>,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        guard::locked(&tx, &counted(me.member), now).await?;
        let used = in_use(&tx, me.member).await?;
        forget(&tx, me.member).await?;
        self.unbox(&tx, purpose::TOTP, me.member.0).await?;
        // Without another second factor nothing asks for them.
        if !has_second_factor(&tx, me.member.0).await? {
            self.forget_codes(&tx, me.member).await?;
        }
        let entry = used.then(|| Entry::by_oneself(me, What::FactorRemoved(Means::Totp)));
        commit_with(tx, self.key(), entry.as_slice(), now).await
    }
}

impl Store {
    /// Forgets a member's second factor for those who run the portal, and ends the member's sessions: whoever holds one may be who
    /// took the telephone. `false` when nobody signs in by this identifier.
    ///
    /// # Errors
    /// An outage.
    pub async fn forget_second_factor(
        &self,
        identifier: &str,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let found = member::Entity::find()
            .filter(member::Column::Identifier.eq(folded(identifier)))
            .one(&tx)
            .await
            .or_outage("members")?;
        let Some(found) = found else {
            return Ok(false);
        };
        let member = MemberId(found.id);
        let subject = counted(member);
        guard::locked(&tx, &subject, now).await?;
        guard::clear(&tx, &subject).await?;
        let used = in_use(&tx, member).await?;
        forget(&tx, member).await?;
        self.unbox(&tx, purpose::TOTP, member.0).await?;
        let keys = passkey::forget(&tx, member).await?;
        self.forget_codes(&tx, member).await?;
        let nobodys = SessionId(Uuid::nil());
        let ended = end(&tx, member, nobodys, Sessions::Others, now).await?;
        let written = [
            used.then_some(What::FactorRemoved(Means::Totp)),
            (ended > 0).then_some(What::SessionsEnded(ended)),
        ];
        let keys = keys.into_iter().map(|name| What::PasskeyRemoved { name });
        let entries: Vec<Entry> = keys
            .chain(written.into_iter().flatten())
            .map(|what| Entry {
                firm: Some(FirmId(found.firm_id)),
                by: None,
                from: Origin::default(),
                about: Some(About::Member(member)),
                what,
            })
            .collect();
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(true)
    }
}

async fn forget(db: &impl ConnectionTrait, member: MemberId) -> Answer<()> {
    totp::Entity::delete_by_id(member.0)
        .exec(db)
        .await
        .or_outage("forgetting an application")?;
    Ok(())
}
