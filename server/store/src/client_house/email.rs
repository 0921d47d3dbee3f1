//! Another e-mail address: asked for by who is signed in, and true once the link that was sent there is confirmed.

use crate::{
    Store,
    entity::{email_change, member},
    guard::Subject,
    journal::commit_with,
    key::hex,
    link::{self, count},
    member::taken,
    outage::{OrOutage, refused},
    people::Sent,
    session::hash,
    stored,
    sweep::sweep,
};
use portfolio::{
    attempts::Limit,
    email::Email,
    form::EmailDraft,
    ids::{FirmId, MemberId, Oneself},
    journal::{Entry, OfClient, What},
    letter,
    origin::Origin,
    permission::Client,
    ports::{EmailAsked, EmailConfirmed, LinkToken, Outage},
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set,
    sea_query::{Expr, LockType},
};

/// How long the link to a new address is good, in seconds.
const EMAIL_LIFE: i64 = DAY;

impl Store {
    /// Asks for another address: see [`portfolio::ports::ClientAccounts::ask_email`]. `security` is where a password is changed.
    ///
    /// # Errors
    /// An outage.
    pub async fn ask_email(
        &self,
        client: &Client,
        draft: &EmailDraft,
        link: Sent<'_>,
        security: &str,
        now: Timestamp,
    ) -> Result<EmailAsked, Outage> {
        let tx = self.write().await?;
        let of = |what: &str| hex(&self.key().counted(what));
        let subjects = [
            Subject::new(Limit::Mail, &of(draft.email.as_str())),
            Subject::new(Limit::MailNetwork, &of(&client.from().network())),
        ];
        for subject in subjects {
            if let Some(until) = count(&tx, &subject, now).await? {
                return Ok(EmailAsked::Paused { until });
            }
        }
        let me = member::Entity::find_by_id(client.member().0)
            .lock(LockType::NoKeyUpdate)
            .one(&tx)
            .await
            .or_outage("members")?
            .ok_or_else(|| refused("member", client.member()))?;
        email_change::Entity::delete_by_id(me.id)
            .exec(&tx)
            .await
            .or_outage("forgetting a new address")?;
        let row = email_change::ActiveModel {
            member_id: Set(me.id),
            email: Set(draft.email.to_string()),
            token_hash: Set(hash(link.token.expose())),
            asked_at: Set(now.0),
        };
        email_change::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("asking for a new address")?;
        let over = email_change::Column::AskedAt.lt(now.plus(-EMAIL_LIFE).0);
        let key = email_change::Column::MemberId;
        sweep::<email_change::Entity>(&tx, key, over, "forgetting new addresses").await?;
        let reason = link::reason(link.token);
        let message = stored::to(&me.language, || {
            letter::email_confirm(
                &draft.email,
                &me.name,
                link.address.0.clone(),
                now.plus(EMAIL_LIFE),
            )
        });
        self.post(&tx, &message, &reason, now).await?;
        if let Ok(old) = Email::parse(&me.email) {
            let message = stored::to(&me.language, || {
                letter::email_asked(&old, &me.name, now, security.to_owned())
            });
            self.post(&tx, &message, &format!("asked-{reason}"), now)
                .await?;
        }
        let entry = Entry::by_oneself(&client.oneself(), What::OfClient(OfClient::EmailAsked));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        Ok(EmailAsked::Sent)
    }

    /// Whether the link to a new address is good: see [`portfolio::ports::Arrivals::new_email`].
    ///
    /// # Errors
    /// An outage.
    pub async fn new_email(
        &self,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Option<Email>, Outage> {
        let found = email_change::Entity::find()
            .filter(email_change::Column::TokenHash.eq(hash(token.expose())))
            .filter(email_change::Column::AskedAt.gt(now.plus(-EMAIL_LIFE).0))
            .one(self.reader())
            .await
            .or_outage("new addresses")?;
        Ok(found.and_then(|row| Email::parse(&row.email).ok()))
    }

    /// Confirms another address by its link: see [`portfolio::ports::Arrivals::confirm_email`]. `help` is where to turn to.
    ///
    /// # Errors
    /// An outage.
    pub async fn confirm_email(
        &self,
        token: &LinkToken,
        help: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<EmailConfirmed, Outage> {
        let tx = self.write().await?;
        let found = || {
            email_change::Entity::find()
                .filter(email_change::Column::TokenHash.eq(hash(token.expose())))
                .filter(email_change::Column::AskedAt.gt(now.plus(-EMAIL_LIFE).0))
        };
        let Some(first) = found().one(&tx).await.or_outage("new addresses")? else {
            return Ok(EmailConfirmed::Over);
        };
        // The person before what is theirs, as everywhere; what is signed in with is a key, and is locked as one.
        let me = member::Entity::find_by_id(first.member_id)
            .filter(member::Column::SuspendedAt.is_null())
            .filter(member::Column::RemovedAt.is_null())
            .lock(LockType::Update)
            .one(&tx)
            .await
            .or_outage("members")?;
        let again = found()
            .lock_exclusive()
            .one(&tx)
            .await
            .or_outage("new addresses")?;
        let (Some(me), Some(change)) = (me, again) else {
            return Ok(EmailConfirmed::Over);
        };
        let mut update = member::Entity::update_many()
            .col_expr(member::Column::Email, Expr::value(change.email.as_str()))
            .filter(member::Column::Id.eq(me.id));
        // What those who run the portal have given out stays what it is.
        if me.identifier.contains('@') {
            update = update.col_expr(
                member::Column::Identifier,
                Expr::value(change.email.as_str()),
            );
        }
        match update.exec(&tx).await {
            Err(error) if taken(&error) => return Ok(EmailConfirmed::Taken),
            done => done.or_outage("changing an address")?,
        };
        email_change::Entity::delete_by_id(me.id)
            .exec(&tx)
            .await
            .or_outage("forgetting a new address")?;
        // A link to choose a new password that went to the address of before opens nothing any more.
        link::cancel(&tx, MemberId(me.id), now).await?;
        if let Ok(old) = Email::parse(&me.email) {
            let message = stored::to(&me.language, || {
                letter::email_changed(&old, &me.name, now, help.to_owned())
            });
            let reason = format!("changed-{}", link::reason(token));
            self.post(&tx, &message, &reason, now).await?;
        }
        let oneself = Oneself {
            house: FirmId(me.firm_id),
            member: MemberId(me.id),
            from,
        };
        let entry = Entry::by_oneself(&oneself, What::OfClient(OfClient::EmailChanged));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        Ok(EmailConfirmed::Done)
    }
}
