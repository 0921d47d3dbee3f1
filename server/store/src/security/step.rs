//! The second factor after a right password.

use super::counted;
use crate::{
    Store,
    entity::{member, sign_in_step},
    guard,
    journal::commit_with,
    outage::{Answer, OrOutage},
    session::hash,
};
use portfolio::{
    ids::{FirmId, MemberId, Oneself},
    journal::{About, Entry, What},
    ports::{Outage, STEP_LIFE, SessionToken, StepToken, Visit},
    second_factor::Code,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select, sea_query::Expr};

/// What [`Store::second_step`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// The session has begun.
    In,
    /// The code does not fit, or was used.
    WrongCode,
    /// The password was too long ago, or its step was used.
    Over,
    /// There were too many tries.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}

/// The step of a token, while a second factor is waited for.
pub(super) fn waiting(step: &StepToken, now: Timestamp) -> Select<sign_in_step::Entity> {
    sign_in_step::Entity::find_by_id(hash(step.expose()))
        .filter(sign_in_step::Column::CreatedAt.gt(now.0 - STEP_LIFE))
        .filter(sign_in_step::Column::UsedAt.is_null())
}

/// Uses a step, once.
pub(super) async fn use_step(
    db: &impl ConnectionTrait,
    step: sign_in_step::Model,
    now: Timestamp,
) -> Answer<()> {
    sign_in_step::Entity::update_many()
        .col_expr(sign_in_step::Column::UsedAt, Expr::value(now.0))
        .filter(sign_in_step::Column::TokenHash.eq(step.token_hash))
        .exec(db)
        .await
        .or_outage("using a second step")?;
    Ok(())
}

impl Store {
    /// Tries a code after a right password; a good one starts a session under this token. One transaction, and the member's
    /// failures are locked in it: of two tries at the same moment the second sees the first.
    ///
    /// # Errors
    /// An outage.
    pub async fn second_step(
        &self,
        step: &StepToken,
        code: &Code,
        token: &SessionToken,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<Stepped, Outage> {
        let tx = self.write().await?;
        let waiting = waiting(step, now);
        let Some(found) = waiting.clone().one(&tx).await.or_outage("second steps")? else {
            return Ok(Stepped::Over);
        };
        let member = MemberId(found.member_id);
        let subject = counted(member);
        let mut failures = guard::locked(&tx, &subject, now).await?;
        if let Some(until) = failures.paused_until(now) {
            return Ok(Stepped::Paused { until });
        }
        // Both may have changed while the lock was waited for.
        let still = waiting.one(&tx).await.or_outage("second steps")?;
        let known = member::Entity::find_by_id(member.0)
            .filter(member::Column::SuspendedAt.is_null())
            .filter(member::Column::RemovedAt.is_null())
            .one(&tx)
            .await
            .or_outage("members")?;
        let (Some(found), Some(known)) = (still, known) else {
            return Ok(Stepped::Over);
        };
        let firm = FirmId(known.firm_id);
        let Some(means) = self.take_code(&tx, member, code, now).await? else {
            failures.fail(now);
            guard::remember(&tx, &subject, &failures, now).await?;
            let entry = Entry {
                firm: Some(firm),
                by: None,
                from: visit.from,
                about: Some(About::Member(member)),
                what: What::CodeRefused {
                    paused: failures.paused_until(now).is_some(),
                },
            };
            commit_with(tx, self.key(), &[entry], now).await?;
            return Ok(Stepped::WrongCode);
        };
        use_step(&tx, found, now).await?;
        guard::clear(&tx, &subject).await?;
        self.start(&tx, member, token, visit, now).await?;
        let me = Oneself {
            house: firm,
            member,
            from: visit.from,
        };
        let entry = Entry::by_oneself(&me, What::SignedIn(means));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Stepped::In)
    }
}
