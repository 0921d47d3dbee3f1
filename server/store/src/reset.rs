//! « Mot de passe oublié ». What is asked for is written down, the same for everybody, and the answer is given; what there is to do is
//! done a few seconds later, by whichever server comes first, and by the next one when a server is stopped or killed meanwhile.
//!
//! Nobody learns from it who is known here: asking does the same work for all, and some seconds of chance lie between it and whatever
//! there is to do. What was typed may be anything, a password too: it is sealed.

use crate::{
    Store,
    entity::{
        member,
        reset_request::{ActiveModel, Column, Entity},
    },
    guard::{self, Subject},
    journal::commit_with,
    key::hex,
    link::{self, count, issue},
    member::{by_operators, folded},
    outage::{Answer, OrOutage, refused},
    people::Sent,
    store::commit,
    stored,
    vault::purpose::RESET,
};
use portfolio::{
    attempts::Limit,
    email::Email,
    ids::{FirmId, MemberId},
    journal::{About, Entry, What},
    letter,
    origin::Origin,
    ports::{Asked, Outage, PATIENCE, Purpose},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select, Set,
    sea_query::{LockBehavior, LockType},
};
use uuid::Uuid;

/// A request is seen to so many seconds after it at most: chance decides.
const LATEST: u8 = 4;

/// How a link that was made by those who run the portal gets to whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// By a message.
    Sent,
    /// By whoever made it.
    Over,
}

impl Store {
    /// Writes down that a link to choose a new password was asked for by somebody who is not signed in, unless there were too many.
    /// The same is done whether there is such a person or not.
    ///
    /// # Errors
    /// An outage.
    pub async fn ask_reset(
        &self,
        identifier: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Asked, Outage> {
        let tx = self.write().await?;
        let identifier = folded(identifier);
        let of = |what: &str| hex(&self.key().counted(what));
        let subjects = [
            Subject::new(Limit::Mail, &of(&identifier)),
            Subject::new(Limit::MailNetwork, &of(&from.network())),
        ];
        for subject in subjects {
            if let Some(until) = count(&tx, &subject, now).await? {
                return Ok(Asked::Paused { until });
            }
        }
        guard::forget(&tx, now).await?;
        let id = stored::new_id(now);
        let row = ActiveModel {
            id: Set(id),
            asked_at: Set(now.0),
            due_at: Set(now.plus(soon()?).0),
        };
        Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("writing a request")?;
        let text =
            serde_json::to_vec(&(&identifier, from.0)).map_err(|_| refused("reset_request", id))?;
        self.seal(&tx, RESET, id, &text).await?;
        commit(tx).await?;
        self.reset_was_asked();
        Ok(Asked::Taken)
    }

    /// Sees to the request that has waited longest, and tells whether one was due: whoever signs in by what was typed, or is written
    /// to there, is sent this link. Nothing is sent when there is nobody, no address to write to, or the request has grown old.
    ///
    /// # Errors
    /// An outage; the request is still there then.
    pub async fn answer_reset(&self, link: Sent<'_>, now: Timestamp) -> Result<bool, Outage> {
        let due = || Entity::find().filter(Column::DueAt.lte(now.0));
        // Mostly nothing is due, and a look does not keep anybody from writing.
        let first = due().one(self.reader()).await.or_outage("requests")?;
        if first.is_none() {
            return Ok(false);
        }
        let tx = self.write().await?;
        let found = due()
            .order_by_asc(Column::DueAt)
            .order_by_asc(Column::Id)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .one(&tx)
            .await
            .or_outage("requests")?;
        let Some(request) = found else {
            return Ok(false);
        };
        let entry = if request.asked_at > now.0 - PATIENCE
            && let Some((identifier, from)) = self.what_was_asked(&tx, request.id).await?
        {
            self.send_reset(&tx, &identifier, link, from, now).await?
        } else {
            None
        };
        self.unbox(&tx, RESET, request.id).await?;
        Entity::delete_by_id(request.id)
            .exec(&tx)
            .await
            .or_outage("forgetting a request")?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        if entry.is_some() {
            self.mail_was_written();
        }
        Ok(true)
    }

    /// When the next request is due, if one waits.
    ///
    /// # Errors
    /// An outage.
    pub async fn next_reset(&self) -> Result<Option<Timestamp>, Outage> {
        let next: Option<Option<i64>> = Entity::find()
            .select_only()
            .expr(Column::DueAt.min())
            .into_tuple()
            .one(self.reader())
            .await
            .or_outage("requests")?;
        Ok(next.flatten().map(Timestamp))
    }

    /// What was typed, and from where; none when it cannot be read, which no further try mends.
    async fn what_was_asked(
        &self,
        db: &impl ConnectionTrait,
        request: Uuid,
    ) -> Answer<Option<(String, Origin)>> {
        let text = self.opened(db, RESET, request).await?.flatten();
        let asked = text.and_then(|text| serde_json::from_slice(&text).ok());
        if asked.is_none() {
            tracing::error!(%request, "a request for a link cannot be read");
        }
        Ok(asked.map(|(identifier, from)| (identifier, Origin(from))))
    }

    /// Makes this link good for whoever signs in by this identifier, for those who run the portal; no pause applies to them. It is sent
    /// where there is an address to write to; where there is none, it is to be handed over. `None` when nobody signs in by it.
    ///
    /// # Errors
    /// An outage.
    pub async fn reset_as_operators(
        &self,
        identifier: &str,
        link: Sent<'_>,
        now: Timestamp,
    ) -> Result<Option<Handed>, Outage> {
        let tx = self.write().await?;
        let found = present()
            .filter(member::Column::Identifier.eq(folded(identifier)))
            .lock(LockType::NoKeyUpdate)
            .one(&tx)
            .await
            .or_outage("members")?;
        let Some(member) = found else {
            return Ok(None);
        };
        let handed = if let Ok(to) = Email::parse(&member.email) {
            self.send_new_password(&tx, &member, &to, link, now).await?;
            Handed::Sent
        } else {
            issue(&tx, MemberId(member.id), Purpose::Reset, link.token, now).await?;
            Handed::Over
        };
        let about = Some(About::Member(MemberId(member.id)));
        let entry = by_operators(FirmId(member.firm_id), about, What::ResetSent);
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        Ok(Some(handed))
    }

    /// The entry to be written, when somebody was sent the link.
    async fn send_reset(
        &self,
        db: &impl ConnectionTrait,
        identifier: &str,
        sent: Sent<'_>,
        from: Origin,
        now: Timestamp,
    ) -> Answer<Option<Entry>> {
        let known = Condition::any()
            .add(member::Column::Identifier.eq(identifier))
            .add(member::Column::Email.eq(identifier));
        let found = present()
            .filter(known)
            .lock(LockType::NoKeyUpdate)
            .one(db)
            .await
            .or_outage("members")?;
        let Some(member) = found else {
            return Ok(None);
        };
        let Ok(to) = Email::parse(&member.email) else {
            tracing::info!(member = %member.id, "a message was asked for by somebody without an address");
            return Ok(None);
        };
        self.send_new_password(db, &member, &to, sent, now).await?;
        Ok(Some(Entry {
            firm: Some(FirmId(member.firm_id)),
            by: None,
            from,
            about: Some(About::Member(MemberId(member.id))),
            what: What::ResetAsked,
        }))
    }

    /// Writes the message with a link to choose a new password.
    async fn send_new_password(
        &self,
        db: &impl ConnectionTrait,
        member: &member::Model,
        to: &Email,
        sent: Sent<'_>,
        now: Timestamp,
    ) -> Answer<()> {
        issue(db, MemberId(member.id), Purpose::Reset, sent.token, now).await?;
        let until = link::until(Purpose::Reset, now);
        let message = stored::to(&member.language, || {
            letter::reset(to, &member.name, sent.address.0.clone(), until)
        });
        self.post(db, &message, &link::reason(sent.token), now)
            .await
    }
}

/// Those who can choose a new password.
fn present() -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::JoinedAt.is_not_null())
        .filter(member::Column::SuspendedAt.is_null())
        .filter(member::Column::RemovedAt.is_null())
}

/// How many seconds a request waits.
fn soon() -> Answer<i64> {
    let mut chance = [0];
    getrandom::fill(&mut chance)
        .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
    Ok(i64::from(chance[0] % LATEST) + 1)
}
