//! Passkeys: added, removed, and what a good answer of one is followed by. Answers are verified elsewhere; what is kept of a passkey
//! is its public key, as text that only the verification reads.

use super::{
    confirm::renew,
    counted,
    step::{use_step, waiting},
};
use crate::{
    Store,
    entity::{member, passkey},
    guard,
    journal::commit_with,
    outage::{Answer, OrOutage},
    session::has_second_factor,
    stored,
};
use portfolio::{
    access::Passkey,
    ids::{FirmId, MemberId, Oneself, PasskeyId, SessionId},
    journal::{About, Entry, Means, What},
    origin::Origin,
    passkey::MOST,
    permission::Fresh,
    ports::{Outage, PasskeyAdded, SessionToken, StepToken, Visit},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};

/// What is needed to ask somebody for a passkey.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyOwner {
    /// Who.
    pub member: MemberId,
    /// What they sign in by, for the list that their browser shows.
    pub identifier: String,
    /// Their name, for the same.
    pub name: String,
    /// Their passkeys.
    pub credentials: Vec<String>,
}

/// A passkey of somebody, as it was when an answer named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPasskey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub member: MemberId,
    /// For which firm they sign in.
    pub firm: FirmId,
    /// The public key and its counter.
    pub credential: String,
}

/// A passkey to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewPasskey<'a> {
    /// What its owner calls it.
    pub name: &'a str,
    /// What it is known by.
    pub credential_id: &'a [u8],
    /// The public key and its counter.
    pub credential: &'a str,
}

/// A passkey whose answer was good.
#[derive(Clone, Copy, Debug)]
pub struct UsedPasskey<'a> {
    /// As it was when the answer was checked.
    pub known: &'a KnownPasskey,
    /// As it is since.
    pub credential: &'a str,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// A member's passkeys, the oldest first.
pub(super) async fn passkeys(
    db: &impl ConnectionTrait,
    member: MemberId,
) -> Answer<Vec<passkey::Model>> {
    passkey::Entity::find()
        .filter(passkey::Column::MemberId.eq(member.0))
        .order_by_asc(passkey::Column::Id)
        .all(db)
        .await
        .or_outage("passkeys")
}

/// Forgets a member's passkeys; what they were called.
pub(super) async fn forget(db: &impl ConnectionTrait, member: MemberId) -> Answer<Vec<String>> {
    let names = passkeys(db, member).await?.into_iter().map(|row| row.name);
    passkey::Entity::delete_many()
        .filter(passkey::Column::MemberId.eq(member.0))
        .exec(db)
        .await
        .or_outage("forgetting passkeys")?;
    Ok(names.collect())
}

/// The passkey of this credential id, if it is somebody's.
pub(super) async fn known(
    db: &impl ConnectionTrait,
    credential_id: &[u8],
) -> Answer<Option<KnownPasskey>> {
    let found = passkey::Entity::find()
        .filter(passkey::Column::CredentialId.eq(credential_id))
        .one(db)
        .await
        .or_outage("passkeys")?;
    let Some(found) = found else {
        return Ok(None);
    };
    let owner = member::Entity::find_by_id(found.member_id)
        .one(db)
        .await
        .or_outage("members")?;
    Ok(owner.map(|owner| KnownPasskey {
        id: PasskeyId(found.id),
        member: MemberId(found.member_id),
        firm: FirmId(owner.firm_id),
        credential: found.credential,
    }))
}

/// A passkey as its owner sees it.
pub(super) fn shown(row: passkey::Model) -> Passkey {
    Passkey {
        id: PasskeyId(row.id),
        name: row.name,
        added: Timestamp(row.created_at),
        used: row.last_used_at.map(Timestamp),
    }
}

/// Whether a member may come in. The row is locked, so that a change waits or is seen.
async fn may_come_in(db: &impl ConnectionTrait, member: MemberId) -> Answer<bool> {
    let found = member::Entity::find_by_id(member.0)
        .filter(member::Column::SuspendedAt.is_null())
        .filter(member::Column::RemovedAt.is_null())
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await
        .or_outage("members")?;
    Ok(found.is_some())
}

/// Writes down that a passkey was used. False when it was removed, or used otherwise, while its answer was checked: a counter that
/// goes up is taken once.
async fn take(db: &impl ConnectionTrait, used: &UsedPasskey<'_>, now: Timestamp) -> Answer<bool> {
    let taken = passkey::Entity::update_many()
        .col_expr(passkey::Column::Credential, Expr::value(used.credential))
        .col_expr(passkey::Column::LastUsedAt, Expr::value(now.0))
        .filter(passkey::Column::Id.eq(used.known.id.0))
        .filter(passkey::Column::Credential.eq(&used.known.credential))
        .exec(db)
        .await
        .or_outage("using a passkey")?;
    Ok(taken.rows_affected == 1)
}

impl Store {
    /// What is needed to ask a member for a passkey.
    ///
    /// # Errors
    /// An outage.
    pub async fn key_owner(&self, member: MemberId) -> Result<KeyOwner, Outage> {
        let row = self.member(self.reader(), member).await?;
        let rows = passkeys(self.reader(), member).await?;
        Ok(KeyOwner {
            member,
            identifier: row.identifier,
            name: row.name,
            credentials: rows.into_iter().map(|row| row.credential).collect(),
        })
    }

    /// Keeps a passkey that was made, unless it is somebody's already or the member has as many as there may be.
    ///
    /// # Errors
    /// An outage.
    pub async fn add_passkey(
        &self,
        me: &Fresh<Oneself>,
        new: &NewPasskey<'_>,
        now: Timestamp,
    ) -> Result<PasskeyAdded, Outage> {
        let tx = self.write().await?;
        // Two pages at the same moment: one after the other.
        guard::locked(&tx, &counted(me.member), now).await?;
        if known(&tx, new.credential_id).await?.is_some() {
            return Ok(PasskeyAdded::Known);
        }
        if passkeys(&tx, me.member).await?.len() >= MOST {
            return Ok(PasskeyAdded::Full);
        }
        let codes = !has_second_factor(&tx, me.member.0).await?;
        let row = passkey::ActiveModel {
            id: Set(stored::new_id(now)),
            member_id: Set(me.member.0),
            credential_id: Set(new.credential_id.to_vec()),
            name: Set(new.name.to_owned()),
            credential: Set(new.credential.to_owned()),
            created_at: Set(now.0),
            last_used_at: Set(None),
        };
        passkey::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("adding a passkey")?;
        let name = new.name.to_owned();
        let mut entries = vec![Entry::by_oneself(me, What::PasskeyAdded { name })];
        if codes {
            self.make_codes(&tx, me.member, now).await?;
            entries.push(Entry::by_oneself(me, What::RecoveryCodesMade));
        }
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(PasskeyAdded::Done { codes })
    }

    /// See [`portfolio::ports::Passkeys::passkeys`].
    ///
    /// # Errors
    /// An outage.
    pub async fn passkeys(&self, me: &Fresh<Oneself>) -> Result<Vec<Passkey>, Outage> {
        let mine = passkeys(self.reader(), me.member).await?;
        Ok(mine.into_iter().map(shown).collect())
    }

    /// See [`portfolio::ports::Passkeys::remove_passkey`].
    ///
    /// # Errors
    /// An outage.
    pub async fn remove_passkey(
        &self,
        me: &Fresh<Oneself>,
        id: PasskeyId,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        guard::locked(&tx, &counted(me.member), now).await?;
        let mine = passkeys(&tx, me.member).await?;
        let Some(gone) = mine.into_iter().find(|row| row.id == id.0) else {
            return Ok(());
        };
        passkey::Entity::delete_by_id(gone.id)
            .exec(&tx)
            .await
            .or_outage("removing a passkey")?;
        // Without another second factor nothing asks for them.
        if !has_second_factor(&tx, me.member.0).await? {
            self.forget_codes(&tx, me.member).await?;
        }
        let entry = Entry::by_oneself(me, What::PasskeyRemoved { name: gone.name });
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// Writes down that an answer was not good, and whose passkey or second step it was; it is counted since [`Store::try_passkey`].
    ///
    /// # Errors
    /// An outage.
    pub async fn passkey_refused(
        &self,
        about: Option<MemberId>,
        from: Origin,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let failures = guard::locked(&tx, &self.failed_from(from), now).await?;
        let firm = match about {
            Some(member) => Some(self.firm_of(&tx, member).await?),
            None => None,
        };
        let entry = Entry {
            firm,
            by: None,
            from,
            about: about.map(About::Member),
            what: What::SignInRefused {
                paused: failures.paused_until(now).is_some(),
            },
        };
        commit_with(tx, self.key(), &[entry], now).await
    }

    /// The answer of whoever signs in was good: starts a session. False when the member may not come in, or the passkey has changed
    /// meanwhile. Wrong passwords and codes of the member, which anybody can send, are not asked about.
    ///
    /// # Errors
    /// An outage.
    pub async fn signed_in_by_passkey(
        &self,
        used: &UsedPasskey<'_>,
        token: &SessionToken,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let KnownPasskey { member, firm, .. } = *used.known;
        if !may_come_in(&tx, member).await? || !take(&tx, used, now).await? {
            return Ok(false);
        }
        self.shown_from(&tx, None, visit.from, used.asked_at, now)
            .await?;
        self.start(&tx, member, token, visit, now).await?;
        let me = Oneself {
            house: firm,
            member,
            from: visit.from,
        };
        let entry = Entry::by_oneself(&me, What::SignedIn(Means::Passkey));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(true)
    }

    /// Who is asked for a passkey after a right password; `None` when the step is over.
    ///
    /// # Errors
    /// An outage.
    pub async fn member_of_step(
        &self,
        step: &StepToken,
        now: Timestamp,
    ) -> Result<Option<MemberId>, Outage> {
        let found = waiting(step, now)
            .one(self.reader())
            .await
            .or_outage("second steps")?;
        Ok(found.map(|found| MemberId(found.member_id)))
    }

    /// The answer after a right password was good: starts a session. False when the step is over or another's, when the member may not
    /// come in, or when the passkey has changed meanwhile.
    ///
    /// # Errors
    /// An outage.
    pub async fn stepped_by_passkey(
        &self,
        step: &StepToken,
        used: &UsedPasskey<'_>,
        token: &SessionToken,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let KnownPasskey { member, firm, .. } = *used.known;
        let subject = counted(member);
        guard::locked(&tx, &subject, now).await?;
        let found = waiting(step, now)
            .one(&tx)
            .await
            .or_outage("second steps")?;
        let Some(found) = found.filter(|found| found.member_id == member.0) else {
            return Ok(false);
        };
        if !may_come_in(&tx, member).await? || !take(&tx, used, now).await? {
            return Ok(false);
        }
        use_step(&tx, found, now).await?;
        guard::clear(&tx, &subject).await?;
        self.shown_from(&tx, Some(member), visit.from, used.asked_at, now)
            .await?;
        self.start(&tx, member, token, visit, now).await?;
        let me = Oneself {
            house: firm,
            member,
            from: visit.from,
        };
        let entry = Entry::by_oneself(&me, What::SignedIn(Means::Passkey));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(true)
    }

    /// The answer of a member who is signed in was good: the session goes on under a new token. False when it has ended, or the passkey
    /// is another's or has changed meanwhile.
    ///
    /// # Errors
    /// An outage.
    pub async fn confirmed_by_passkey(
        &self,
        me: &Oneself,
        session: SessionId,
        used: &UsedPasskey<'_>,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        guard::locked(&tx, &subject, now).await?;
        if used.known.member != me.member || !take(&tx, used, now).await? {
            return Ok(false);
        }
        guard::clear(&tx, &subject).await?;
        if !renew(&tx, me.member, session, token, now).await? {
            return Ok(false);
        }
        self.shown_from(&tx, Some(me.member), me.from, used.asked_at, now)
            .await?;
        let entry = Entry::by_oneself(me, What::Confirmed(Means::Passkey));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(true)
    }
}
