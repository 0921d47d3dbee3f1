//! A new password: every other session ends with the old one.

use super::{counted, sessions::end};
use crate::{
    Store,
    entity::{member, session, sign_in_step},
    guard,
    journal::commit_with,
    link,
    outage::{Answer, OrOutage, refused},
};
use portfolio::{
    ids::{MemberId, Oneself, SessionId},
    journal::{Entry, What},
    ports::{Outage, Sessions},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

impl Store {
    /// The old password was right: the hash of the new one takes the place of `old`, and every session but the present one ends.
    /// False when the password has been changed meanwhile, or this session has ended.
    ///
    /// # Errors
    /// An outage.
    pub async fn change_password(
        &self,
        me: &Oneself,
        present: SessionId,
        (old, hash): (&str, &str),
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let subject = counted(me.member);
        let mut failures = guard::locked(&tx, &subject, now).await?;
        // Codes are counted here as well: who knows the password alone does not wipe their failures out.
        failures.take_back(now);
        guard::remember(&tx, &subject, &failures, now).await?;
        let present_goes_on = session::Entity::find()
            .filter(session::Column::Id.eq(present.0))
            .filter(session::Column::EndedAt.is_null())
            .one(&tx)
            .await
            .or_outage("sessions")?;
        if present_goes_on.is_none() {
            return Ok(false);
        }
        let changed = member::Entity::update_many()
            .col_expr(member::Column::PasswordHash, Expr::value(hash))
            .filter(member::Column::Id.eq(me.member.0))
            .filter(member::Column::PasswordHash.eq(old))
            .exec(&tx)
            .await
            .or_outage("changing a password")?;
        if changed.rows_affected != 1 {
            return Ok(false);
        }
        // Nor does who has the old one come in by a second step that it began, or who reads the messages by a link of before.
        link::cancel(&tx, me.member, now).await?;
        sign_in_step::Entity::delete_many()
            .filter(sign_in_step::Column::MemberId.eq(me.member.0))
            .exec(&tx)
            .await
            .or_outage("ending second steps")?;
        let ended = end(&tx, me.member, present, Sessions::Others, now).await?;
        let mut entries = vec![Entry::by_oneself(
            me,
            What::PasswordChanged { by_message: false },
        )];
        entries.extend((ended > 0).then(|| Entry::by_oneself(me, What::SessionsEnded(ended))));
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(true)
    }

    /// A member's row.
    pub(super) async fn member(
        &self,
        db: &impl ConnectionTrait,
        id: MemberId,
    ) -> Answer<member::Model> {
        member::Entity::find_by_id(id.0)
            .one(db)
            .await
            .or_outage("members")?
            .ok_or_else(|| refused("member", id))
    }

    /// What a member signs in by.
    pub(super) async fn identifier_of(
        &self,
        db: &impl ConnectionTrait,
        id: MemberId,
    ) -> Answer<String> {
        Ok(self.member(db, id).await?.identifier)
    }
}
