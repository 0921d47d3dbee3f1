//! One's own sessions: seen, and ended.

use super::{
    application::application,
    passkey::{passkeys, shown},
    recovery::left,
};
use crate::{
    Store,
    entity::{member, session},
    journal::commit_with,
    outage::{Answer, OrOutage},
    store::commit,
};
use portfolio::{
    access::{Access, Open},
    ids::{MemberId, Oneself, SessionId},
    journal::{Entry, What},
    language::Language,
    permission::Fresh,
    ports::{Outage, SESSION_IDLE, SESSION_LIFE, Session, Sessions},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

/// Sessions of a member that are in force.
fn in_force(member: MemberId, now: Timestamp) -> Condition {
    Condition::all()
        .add(session::Column::MemberId.eq(member.0))
        .add(session::Column::EndedAt.is_null())
        .add(session::Column::LastSeenAt.gt(now.0 - SESSION_IDLE))
        .add(session::Column::CreatedAt.gt(now.0 - SESSION_LIFE))
}

/// Ends sessions of a member; how many.
pub(super) async fn end(
    db: &impl ConnectionTrait,
    member: MemberId,
    present: SessionId,
    which: Sessions,
    now: Timestamp,
) -> Answer<u32> {
    let which = match which {
        Sessions::One(id) => session::Column::Id.eq(id.0),
        Sessions::Others => session::Column::Id.ne(present.0),
    };
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now.0))
        .filter(in_force(member, now))
        .filter(which)
        .exec(db)
        .await
        .or_outage("ending sessions")?;
    Ok(u32::try_from(ended.rows_affected).unwrap_or(u32::MAX))
}

impl Store {
    /// See [`portfolio::ports::Security::access`].
    ///
    /// # Errors
    /// An outage.
    pub async fn access(&self, of: &Session, now: Timestamp) -> Result<Access, Outage> {
        let tx = self.read().await?;
        let member = of.me.member;
        let application = application(&tx, member).await?;
        let passkeys = passkeys(&tx, member).await?;
        let codes_left = left(&tx, member).await?;
        let rows = session::Entity::find()
            .filter(in_force(member, now))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .all(&tx)
            .await
            .or_outage("sessions")?;
        commit(tx).await?;
        let mut sessions: Vec<Open> = rows
            .into_iter()
            .map(|row| Open {
                id: SessionId(row.id),
                here: row.id == of.id.0,
                device: row.device,
                address: row.address,
                begun: Timestamp(row.created_at),
                seen: Timestamp(row.last_seen_at),
            })
            .collect();
        sessions.sort_by_key(|open| !open.here);
        Ok(Access {
            wanted: of.wants_second_factor,
            application: application.and_then(|found| found.confirmed_at.map(Timestamp)),
            passkeys: passkeys.into_iter().map(shown).collect(),
            codes_left,
            sessions,
        })
    }

    /// See [`portfolio::ports::Security::choose_language`].
    ///
    /// # Errors
    /// An outage.
    pub async fn choose_language(&self, me: &Oneself, language: Language) -> Result<(), Outage> {
        let tx = self.write().await?;
        member::Entity::update_many()
            .col_expr(member::Column::Language, Expr::value(language.code()))
            .filter(member::Column::Id.eq(me.member.0))
            .exec(&tx)
            .await
            .or_outage("choosing a language")?;
        commit(tx).await
    }

    /// See [`portfolio::ports::Security::end_sessions`].
    ///
    /// # Errors
    /// An outage.
    pub async fn end_sessions(
        &self,
        me: &Fresh<Oneself>,
        present: SessionId,
        which: Sessions,
        now: Timestamp,
    ) -> Result<(), Outage> {
        let tx = self.write().await?;
        let ended = end(&tx, me.member, present, which, now).await?;
        let entry = (ended > 0).then(|| Entry::by_oneself(me, What::SessionsEnded(ended)));
        commit_with(tx, self.key(), entry.as_slice(), now).await
    }
}
