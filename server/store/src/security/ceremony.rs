//! Questions to browsers about passkeys: kept for five minutes, answered once, by whichever server the answer comes to.

use super::passkey::{KnownPasskey, known};
use crate::{
    Store,
    entity::passkey_ceremony::{ActiveModel, Column, Entity},
    guard::{self, Subject},
    key::hex,
    outage::{Answer, OrOutage},
    store::commit,
};
use portfolio::{
    attempts::Limit,
    ids::{CeremonyId, MemberId},
    origin::Origin,
    passkey::CEREMONY_LIFE,
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

/// What [`Store::ask_passkey`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyKept {
    /// The browser may be asked, under this id.
    Go(CeremonyId),
    /// Too many were asked for from this address.
    Paused {
        /// When the next one is given.
        until: Timestamp,
    },
}

/// A question that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenCeremony {
    /// Who was asked; none for whoever signs in.
    pub member: Option<MemberId>,
    /// What the answer is checked against.
    pub state: String,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// What [`Store::try_passkey`] answers.
#[derive(Debug)]
pub enum TryPasskey {
    /// The answer may be checked: the question, and the passkey, if there is such a one. Where the network is counted it is counted
    /// as a failure already.
    Go(TakenCeremony, Option<KnownPasskey>),
    /// The question is too old, was answered, or was never asked.
    Over,
    /// Too many failures from this address.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

impl Store {
    /// Keeps what a browser's answer is checked against, and forgets what can no longer be answered.
    ///
    /// # Errors
    /// An outage.
    pub async fn ask_passkey(
        &self,
        of: Option<MemberId>,
        state: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<CeremonyKept, Outage> {
        let tx = self.write().await?;
        let subject = self.asked_from(of, from);
        let mut asked = guard::locked(&tx, &subject, now).await?;
        if let Some(until) = asked.paused_until(now) {
            return Ok(CeremonyKept::Paused { until });
        }
        asked.fail(now);
        guard::remember(&tx, &subject, &asked, now).await?;
        Entity::delete_many()
            .filter(Column::CreatedAt.lte(now.0 - CEREMONY_LIFE))
            .exec(&tx)
            .await
            .or_outage("forgetting questions for passkeys")?;
        // Strangers hold it: not even nearly to be guessed.
        let id = Uuid::new_v4();
        let row = ActiveModel {
            id: Set(id),
            member_id: Set(of.map(|member| member.0)),
            state: Set(state.to_owned()),
            created_at: Set(now.0),
        };
        Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("asking for a passkey")?;
        commit(tx).await?;
        Ok(CeremonyKept::Go(CeremonyId(id)))
    }

    /// Takes a question out, once: of two answers at the same moment one is late.
    ///
    /// # Errors
    /// An outage.
    pub async fn take_ceremony(
        &self,
        id: CeremonyId,
        now: Timestamp,
    ) -> Result<Option<TakenCeremony>, Outage> {
        let tx = self.write().await?;
        let taken = take(&tx, id, now).await?;
        commit(tx).await?;
        Ok(taken)
    }

    /// Takes a question out and finds the passkey of the answer. Strangers are counted by network, before anything is checked.
    ///
    /// # Errors
    /// An outage.
    pub async fn try_passkey(
        &self,
        id: CeremonyId,
        credential_id: &[u8],
        counted: Option<Origin>,
        now: Timestamp,
    ) -> Result<TryPasskey, Outage> {
        let tx = self.write().await?;
        if let Some(from) = counted {
            let subject = self.failed_from(from);
            let mut failures = guard::locked(&tx, &subject, now).await?;
            if let Some(until) = failures.paused_until(now) {
                return Ok(TryPasskey::Paused { until });
            }
            failures.fail(now);
            guard::remember(&tx, &subject, &failures, now).await?;
        }
        let Some(taken) = take(&tx, id, now).await? else {
            // Nothing was tried: the count goes with the transaction.
            return Ok(TryPasskey::Over);
        };
        let known = known(&tx, credential_id).await?;
        commit(tx).await?;
        Ok(TryPasskey::Go(taken, known))
    }

    /// A passkey was shown: neither the question nor the try was one too many.
    pub(super) async fn shown_from(
        &self,
        db: &impl ConnectionTrait,
        of: Option<MemberId>,
        from: Origin,
        asked_at: Timestamp,
        now: Timestamp,
    ) -> Answer<()> {
        for (subject, noted) in [
            (self.failed_from(from), now),
            (self.asked_from(of, from), asked_at),
        ] {
            let mut failures = guard::locked(db, &subject, now).await?;
            failures.take_back(noted);
            guard::remember(db, &subject, &failures, now).await?;
        }
        Ok(())
    }

    /// Whoever is known is counted alone: strangers of the same network keep no member from a passkey.
    fn asked_from(&self, of: Option<MemberId>, from: Origin) -> Subject {
        let whom = of.map_or_else(
            || hex(&self.key().counted(&from.network())),
            |member| member.to_string(),
        );
        Subject::new(Limit::Ceremony, &whom)
    }

    /// The same as of wrong passwords.
    pub(super) fn failed_from(&self, from: Origin) -> Subject {
        Subject::new(Limit::Network, &hex(&self.key().counted(&from.network())))
    }
}

async fn take(
    db: &impl ConnectionTrait,
    id: CeremonyId,
    now: Timestamp,
) -> Answer<Option<TakenCeremony>> {
    let found = Entity::find_by_id(id.0)
        .filter(Column::CreatedAt.gt(now.0 - CEREMONY_LIFE))
        .one(db)
        .await
        .or_outage("questions for passkeys")?;
    let Some(found) = found else {
        return Ok(None);
    };
    let taken = Entity::delete_by_id(id.0)
        .exec(db)
        .await
        .or_outage("taking an answer")?;
    Ok((taken.rows_affected == 1).then(|| TakenCeremony {
        member: found.member_id.map(MemberId),
        state: found.state,
        asked_at: Timestamp(found.created_at),
    }))
}
