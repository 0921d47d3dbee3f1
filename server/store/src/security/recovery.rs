//! Recovery codes: made ten at a time, compared by keyed digests. The new ones are also sealed, so that the page after a redirect
//! can show them, until their owner has written them down or ten minutes have passed.

use super::counted;
use crate::{
    Store,
    entity::recovery_code,
    guard,
    journal::commit_with,
    outage::{Answer, OrOutage, refused},
    session::has_second_factor,
    store::commit,
    stored,
    vault::purpose,
};
use portfolio::{
    access::Codes,
    ids::{ListId, MemberId, Oneself},
    journal::{Entry, What},
    permission::Fresh,
    ports::Outage,
    second_factor::{RECOVERY_CODES, RECOVERY_LENGTH, RECOVERY_SHOWN, recovery_code, written},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use zeroize::Zeroizing;

/// Recovery codes of a member that were not used.
pub(super) async fn left(db: &impl ConnectionTrait, member: MemberId) -> Answer<u8> {
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::MemberId.eq(member.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await
        .or_outage("recovery codes")?;
    u8::try_from(left).map_err(|_| refused("recovery_code of member", member))
}

impl Store {
    /// Makes new recovery codes in place of those that were there.
    pub(super) async fn make_codes(
        &self,
        db: &impl ConnectionTrait,
        member: MemberId,
        now: Timestamp,
    ) -> Answer<()> {
        self.forget_codes(db, member).await?;
        // What is sealed: which list it is, then one code on each line.
        let mut sealed = Zeroizing::new(stored::new_id(now).to_string());
        let mut rows = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            let mut random = Zeroizing::new([0; RECOVERY_LENGTH]);
            getrandom::fill(random.as_mut_slice())
                .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
            let code = Zeroizing::new(recovery_code(*random));
            rows.push(recovery_code::ActiveModel {
                member_id: Set(member.0),
                code_digest: Set(self.key().recovery(member, &code).to_vec()),
                used_at: Set(None),
            });
            sealed.push('\n');
            sealed.push_str(&code);
        }
        recovery_code::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await
            .or_outage("making recovery codes")?;
        let until = now.plus(RECOVERY_SHOWN);
        self.seal_until(db, purpose::RECOVERY, member.0, sealed.as_bytes(), until)
            .await
    }

    /// The new codes, while they are shown: which list, and the text.
    async fn new_codes(
        &self,
        db: &impl ConnectionTrait,
        member: MemberId,
    ) -> Answer<Option<(ListId, Zeroizing<String>)>> {
        let Some(sealed) = self.unseal(db, purpose::RECOVERY, member.0).await? else {
            return Ok(None);
        };
        let text = std::str::from_utf8(&sealed).ok();
        let read = text.and_then(|text| {
            let (list, codes) = text.split_once('\n')?;
            Some((list.parse().ok()?, Zeroizing::new(codes.to_owned())))
        });
        read.map(Some)
            .ok_or_else(|| refused("sealed codes of", member))
    }

    /// Forgets a member's recovery codes.
    pub(super) async fn forget_codes(
        &self,
        db: &impl ConnectionTrait,
        member: MemberId,
    ) -> Answer<()> {
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::MemberId.eq(member.0))
            .exec(db)
            .await
            .or_outage("forgetting recovery codes")?;
        self.unbox(db, purpose::RECOVERY, member.0).await
    }

    /// See [`portfolio::ports::Security::codes`].
    ///
    /// # Errors
    /// An outage.
    pub async fn recovery_codes(
        &self,
        me: &Fresh<Oneself>,
        now: Timestamp,
    ) -> Result<Option<Codes>, Outage> {
        self.sweep(now).await?;
        let tx = self.read().await?;
        if !has_second_factor(&tx, me.member.0).await? {
            return Ok(None);
        }
        let (list, new) = match self.new_codes(&tx, me.member).await? {
            None => (None, Vec::new()),
            Some((list, codes)) => (Some(list), codes.lines().map(written).collect()),
        };
        let left = left(&tx, me.member).await?;
        commit(tx).await?;
        Ok(Some(Codes { new, list, left }))
    }

    /// See [`portfolio::ports::Security::renew_codes`].
    ///
    /// # Errors
    /// An outage.
    pub async fn renew_recovery_codes(
        &self,
        me: &Fresh<Oneself>,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        // Two pages at the same moment: one after the other.
        guard::locked(&tx, &counted(me.member), now).await?;
        if !has_second_factor(&tx, me.member.0).await? {
            return Ok(false);
        }
        self.make_codes(&tx, me.member, now).await?;
        let entry = Entry::by_oneself(me, What::RecoveryCodesMade);
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(true)
    }

    /// See [`portfolio::ports::Security::codes_written`].
    ///
    /// # Errors
    /// An outage.
    pub async fn recovery_codes_written(
        &self,
        me: &Fresh<Oneself>,
        list: ListId,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        // Others may be made at the same moment: one after the other.
        guard::locked(&tx, &counted(me.member), now).await?;
        if let Some((shown, _)) = self.new_codes(&tx, me.member).await?
            && shown != list
        {
            return Ok(false);
        }
        self.unbox(&tx, purpose::RECOVERY, me.member.0).await?;
        commit(tx).await?;
        Ok(true)
    }
}
