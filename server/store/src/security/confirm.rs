//! « Confirmer que c'est vous »: what a try is counted under, and what a right one is followed by.

use super::{application::in_use, counted, passkey::passkeys};
use crate::{
    Store,
    entity::session,
    guard,
    journal::commit_with,
    link::firm_name,
    member::NO_PASSWORD,
    outage::{Answer, OrOutage},
    session::{has_second_factor, hash},
    store::commit,
};
use portfolio::{
    access::Asked,
    ids::{FirmId, MemberId, Oneself, SessionId},
    journal::{Entry, Means, What},
    ports::{Outage, SessionToken},
    second_factor::Code,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

/// Whether a try may be made, and against what.
pub enum TryConfirm {
    /// It may; like [`Try::Go`](crate::Try::Go) it is counted as a failure already.
    Go {
        /// The PHC string of the member's password.
        password_hash: Option<String>,
        /// The member's own words, which no password is made of: name, identifier, firm.
        words: [String; 3],
        /// Whether a code is asked for as well.
        code: bool,
    },
    /// There were too many.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}

/// Logs never see the hash.
impl std::fmt::Debug for TryConfirm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Go { .. } => "Go(…)",
            Self::Paused { .. } => "Paused",
        })
    }
}

impl Store {
    /// What a confirmation asks of a member.
    ///
    /// # Errors
    /// An outage.
    pub async fn asked(&self, me: &Oneself) -> Result<Asked, Outage> {
        self.means_of(me.member).await
    }

    /// What a member can show besides the password.
    ///
    /// # Errors
    /// An outage.
    pub async fn means_of(&self, member: MemberId) -> Result<Asked, Outage> {
        Ok(Asked {
            application: in_use(self.reader(), member).await?,
            passkey: !passkeys(self.reader(), member).await?.is_empty(),
        })
    }

    /// Counts a try to confirm, and gives what it is tried against.
    ///
    /// # Errors
    /// An outage.
    pub async fn try_confirm(&self, me: &Oneself, now: Timestamp) -> Result<TryConfirm, Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        let mut failures = guard::locked(&tx, &subject, now).await?;
        if let Some(until) = failures.paused_until(now) {
            return Ok(TryConfirm::Paused { until });
        }
        failures.fail(now);
        guard::remember(&tx, &subject, &failures, now).await?;
        let member = self.member(&tx, me.member).await?;
        let firm = firm_name(&tx, FirmId(member.firm_id)).await?;
        let code = has_second_factor(&tx, me.member.0).await?;
        commit(tx).await?;
        Ok(TryConfirm::Go {
            password_hash: Some(member.password_hash).filter(|hash| hash != NO_PASSWORD),
            words: [member.name, member.identifier, firm],
            code,
        })
    }

    /// Takes back the count of a try that was not one: nothing was compared.
    ///
    /// # Errors
    /// An outage.
    pub async fn confirm_not_tried(&self, me: &Oneself, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        let mut failures = guard::locked(&tx, &subject, now).await?;
        failures.take_back(now);
        guard::remember(&tx, &subject, &failures, now).await?;
        commit(tx).await
    }

    /// Writes down that a try failed; it is counted since [`Store::try_confirm`].
    ///
    /// # Errors
    /// An outage.
    pub async fn confirm_failed(&self, me: &Oneself, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        let entry = Entry::by_oneself(me, What::ConfirmationRefused);
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// The password was right: takes the code where one is asked for, forgets the failures, and lets the session go on under a new
    /// token. `false` when the code does not fit.
    ///
    /// # Errors
    /// An outage.
    pub async fn confirmed(
        &self,
        me: &Oneself,
        session: SessionId,
        code: Option<&Code>,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        guard::locked(&tx, &subject, now).await?;
        let means = if has_second_factor(&tx, me.member.0).await? {
            match code {
                Some(code) => self.take_code(&tx, me.member, code, now).await?,
                None => None,
            }
        } else {
            Some(Means::Password)
        };
        let Some(means) = means else {
            let entry = Entry::by_oneself(me, What::ConfirmationRefused);
            commit_with(tx, self.key(), &[entry], now).await?;
            return Ok(false);
        };
        guard::clear(&tx, &subject).await?;
        if !renew(&tx, me.member, session, token, now).await? {
            // It has ended meanwhile: there is nothing to go on with.
            return Ok(false);
        }
        let entry = Entry::by_oneself(me, What::Confirmed(means));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(true)
    }
}

/// The session goes on, fresh, under another token: who knows the one of before is out. False when it has ended.
pub(super) async fn renew(
    db: &impl ConnectionTrait,
    member: MemberId,
    session: SessionId,
    token: &SessionToken,
    now: Timestamp,
) -> Answer<bool> {
    let renewed = session::Entity::update_many()
        .col_expr(
            session::Column::TokenHash,
            Expr::value(hash(token.expose())),
        )
        .col_expr(session::Column::ConfirmedAt, Expr::value(now.0))
        .col_expr(session::Column::LastSeenAt, Expr::value(now.0))
        .filter(session::Column::Id.eq(session.0))
        .filter(session::Column::MemberId.eq(member.0))
        .filter(session::Column::EndedAt.is_null())
        .exec(db)
        .await
        .or_outage("renewing a session")?;
    Ok(renewed.rows_affected == 1)
}
