//! Links that were sent, and what is done by them. Only the hash of a link's secret is stored. Of a person's links the latest alone
//! is good.

use crate::{
    Store,
    calendar::feed,
    client_house,
    entity::{firm, link, member, session, sign_in_step},
    guard::{self, Subject},
    journal::commit_with,
    key::hex,
    outage::{Answer, OrOutage, refused},
    scoped,
    session::hash,
    store::commit,
    stored,
    sweep::sweep,
};
use portfolio::{
    attempts::Limit,
    email::Email,
    ids::{FirmId, MemberId, Oneself, Scope},
    journal::{About, Entry, What},
    letter,
    origin::Origin,
    ports::{Addressee, INVITATION_LIFE, LinkToken, Outage, Purpose, RESET_LIFE},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, ExprTrait, LockType},
};

/// How long a link is good, in seconds.
const fn life(purpose: Purpose) -> i64 {
    match purpose {
        Purpose::Invitation => INVITATION_LIFE,
        Purpose::Reset => RESET_LIFE,
    }
}

/// Until when a link that is made now is good.
pub(crate) fn until(purpose: Purpose, now: Timestamp) -> Timestamp {
    now.plus(life(purpose))
}

/// What a message with this link is written for: one for each link.
pub(crate) fn reason(token: &LinkToken) -> String {
    format!("link:{}", &hex(&hash(token.expose()))[..32])
}

/// Makes a link good, and the person's other ones no longer.
pub(crate) async fn issue(
    db: &impl ConnectionTrait,
    member: MemberId,
    purpose: Purpose,
    token: &LinkToken,
    now: Timestamp,
) -> Answer<()> {
    cancel(db, member, now).await?;
    let row = link::ActiveModel {
        token_hash: Set(hash(token.expose())),
        member_id: Set(member.0),
        purpose: Set(purpose.code().to_owned()),
        created_at: Set(now.0),
        used_at: NotSet,
        cancelled_at: NotSet,
    };
    link::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .or_outage("making a link")?;
    // Those that are over are told apart from unknown ones by nobody.
    let over = link::Column::CreatedAt
        .lt(now.0 - INVITATION_LIFE)
        .and(link::Column::MemberId.ne(member.0));
    sweep::<link::Entity>(db, link::Column::TokenHash, over, "forgetting old links").await
}

/// Makes the links of a person good no longer.
pub(crate) async fn cancel(
    db: &impl ConnectionTrait,
    member: MemberId,
    now: Timestamp,
) -> Answer<()> {
    link::Entity::update_many()
        .col_expr(link::Column::CancelledAt, Expr::value(now.0))
        .filter(link::Column::MemberId.eq(member.0))
        .filter(link::Column::UsedAt.is_null())
        .filter(link::Column::CancelledAt.is_null())
        .exec(db)
        .await
        .or_outage("cancelling links")?;
    Ok(())
}

/// Ends everything by which a person is in, or could get in without a password: sessions, steps towards one, links.
async fn shut(db: &impl ConnectionTrait, member: MemberId, now: Timestamp) -> Answer<()> {
    cancel(db, member, now).await?;
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now.0))
        .filter(session::Column::MemberId.eq(member.0))
        .filter(session::Column::EndedAt.is_null())
        .exec(db)
        .await
        .or_outage("ending sessions")?;
    sign_in_step::Entity::update_many()
        .col_expr(sign_in_step::Column::UsedAt, Expr::value(now.0))
        .filter(sign_in_step::Column::MemberId.eq(member.0))
        .filter(sign_in_step::Column::UsedAt.is_null())
        .exec(db)
        .await
        .or_outage("ending second steps")?;
    // A diary needs no password.
    feed::forget(db, member).await?;
    Ok(())
}

/// The same, and what the person had begun.
pub(crate) async fn shut_out(
    db: &impl ConnectionTrait,
    firm: FirmId,
    member: MemberId,
    now: Timestamp,
) -> Answer<()> {
    shut(db, member, now).await?;
    scoped::drafts_of(firm, member)
        .exec(db)
        .await
        .or_outage("forgetting drafts")?;
    Ok(())
}

/// A link that is good, and whom it was sent to.
struct Good {
    purpose: Purpose,
    member: member::Model,
}

async fn good(
    db: &impl ConnectionTrait,
    token: &LinkToken,
    lock: bool,
    now: Timestamp,
) -> Answer<Option<Good>> {
    let of = || link::Entity::find_by_id(hash(token.expose()));
    let Some(first) = of().one(db).await.or_outage("links")? else {
        return Ok(None);
    };
    // The person before the link, as everywhere, so that nobody waits for each other.
    let mut person = member::Entity::find_by_id(first.member_id)
        .filter(member::Column::SuspendedAt.is_null())
        .filter(member::Column::RemovedAt.is_null());
    let mut found = of();
    if lock {
        person = person.lock(LockType::NoKeyUpdate);
        found = found.lock_exclusive();
    }
    let Some(member) = person.one(db).await.or_outage("members")? else {
        return Ok(None);
    };
    let Some(link) = found.one(db).await.or_outage("links")? else {
        return Ok(None);
    };
    let purpose = Purpose::from_code(&link.purpose).ok_or_else(|| refused("link of", member.id))?;
    let good = link.used_at.is_none()
        && link.cancelled_at.is_none()
        && link.created_at > now.0 - life(purpose);
    Ok(good.then_some(Good { purpose, member }))
}

impl Store {
    /// Whom a link was sent to: see [`portfolio::ports::Links::addressee`].
    ///
    /// # Errors
    /// An outage.
    pub async fn addressee(
        &self,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Option<Addressee>, Outage> {
        let tx = self.read().await?;
        let Some(Good { purpose, member }) = good(&tx, token, false, now).await? else {
            return Ok(None);
        };
        let firm = firm_name(&tx, FirmId(member.firm_id)).await?;
        commit(tx).await?;
        Ok(Some(Addressee {
            purpose,
            name: member.name,
            identifier: member.identifier,
            firm,
        }))
    }

    /// Stores the hash of the password that was chosen by a link, and uses the link up; `None` when it is not good, or no longer. By a
    /// link to choose a new password, a notice goes out; `again` is where a new one is asked for.
    ///
    /// # Errors
    /// An outage.
    pub async fn use_link(
        &self,
        token: &LinkToken,
        password_hash: &str,
        again: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Purpose>, Outage> {
        let tx = self.write().await?;
        let Some(Good { purpose, member }) = good(&tx, token, true, now).await? else {
            return Ok(None);
        };
        let id = MemberId(member.id);
        link::Entity::update_many()
            .col_expr(link::Column::UsedAt, Expr::value(now.0))
            .filter(link::Column::TokenHash.eq(hash(token.expose())))
            .exec(&tx)
            .await
            .or_outage("using a link up")?;
        shut(&tx, id, now).await?;
        let joined_at = member.joined_at.unwrap_or(now.0);
        member::Entity::update_many()
            .col_expr(member::Column::PasswordHash, Expr::value(password_hash))
            .col_expr(member::Column::JoinedAt, Expr::value(joined_at))
            .filter(member::Column::Id.eq(member.id))
            .exec(&tx)
            .await
            .or_outage("storing a password")?;
        let what = match purpose {
            Purpose::Invitation => What::MemberJoined,
            Purpose::Reset => What::PasswordChanged { by_message: true },
        };
        if purpose == Purpose::Reset
            && let Ok(to) = Email::parse(&member.email)
        {
            let message = stored::to(&member.language, || {
                letter::password_changed(&to, &member.name, now, again.to_owned())
            });
            let reason = format!("changed-by-{}", reason(token));
            self.post(&tx, &message, &reason, now).await?;
        }
        let me = Oneself {
            house: FirmId(member.firm_id),
            member: id,
            from,
        };
        let entry = Entry::by_oneself(&me, what).about(About::Member(id));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        // Who reads the messages of an address has not guessed: the pause after wrong passwords was for others. Apart, since a try to
        // sign in holds these failures while it looks the person up.
        if let Err(error) = self.forget_failures(&member.identifier, from).await {
            tracing::warn!(%error, "a pause was not lifted");
        }
        Ok(Some(purpose))
    }

    async fn forget_failures(&self, identifier: &str, from: Origin) -> Answer<()> {
        let tx = self.write().await?;
        let [account, _] = self.subjects(identifier, from);
        guard::clear(&tx, &account).await?;
        commit(tx).await
    }

    /// Counts a message to this address that somebody of a firm sends; until when there is a pause, if there is one.
    pub(crate) async fn count_mail(
        &self,
        db: &impl ConnectionTrait,
        by: &Scope,
        to: &Email,
        now: Timestamp,
    ) -> Answer<Option<Timestamp>> {
        // Apart from what strangers ask for, who would learn from the limit that somebody was invited.
        let of = |what: &str| hex(&self.key().counted(what));
        let subjects = [
            Subject::new(Limit::InvitationFirm, &by.firm.to_string()),
            Subject::new(Limit::InvitationNetwork, &of(&by.from.network())),
            Subject::new(Limit::Invitation, &of(to.as_str())),
        ];
        for subject in subjects {
            if let Some(until) = count(db, &subject, now).await? {
                return Ok(Some(until));
            }
        }
        Ok(None)
    }
}

/// One more message, unless there is a pause.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    subject: &Subject,
    now: Timestamp,
) -> Answer<Option<Timestamp>> {
    let mut asked = guard::locked(db, subject, now).await?;
    if let Some(until) = asked.paused_until(now) {
        return Ok(Some(until));
    }
    asked.fail(now);
    guard::remember(db, subject, &asked, now).await?;
    Ok(None)
}

/// The name of a firm, of the body, or of a client.
pub(crate) async fn firm_name(db: &impl ConnectionTrait, firm: FirmId) -> Answer<String> {
    let found = firm::Entity::find_by_id(firm.0)
        .one(db)
        .await
        .or_outage("firms")?
        .ok_or_else(|| refused("firm", firm))?;
    if found.is_client {
        client_house::name(db, firm).await
    } else {
        Ok(found.name)
    }
}
