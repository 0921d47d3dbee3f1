//! By a link that was sent: a client makes its own account, says no, or lets its account see one more. And how somebody comes by such a
//! link alone, with the proof that an accountant gives.

use crate::{
    Store,
    client_house::{Person, invite::close, let_see, of_holder, open, people},
    entity::{client_invitation, holder},
    guard::{self, Subject},
    journal::commit_with,
    key::hex,
    link::{self, count, firm_name},
    outage::{Answer, OrOutage, refused},
    people::Sent,
    prove,
    scoped::{self, EnrolmentColumn},
    session::hash,
    store::commit,
    stored,
};
use portfolio::{
    attempts::Limit,
    email::Email,
    form::ApplyDraft,
    ids::{EnrolmentId, FirmId, MemberId},
    invitation::{LIFE, OWN_LIFE, Opened, Outcome},
    journal::{About, Entry, OfClient, What},
    letter,
    origin::Origin,
    permission::Client,
    ports::{Applied, Arrived, Attached, LinkToken, Outage},
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QuerySelect, Set,
    sea_query::Expr,
};

const TABLE: &str = "client_invitation";

/// A link that is good.
struct Good {
    row: client_invitation::Model,
    until: Timestamp,
}

impl Good {
    /// What the firm's journal says, where a firm invited.
    fn of_firm(&self, from: Origin, what: OfClient) -> Option<Entry> {
        let (firm, enrolment) = (self.row.firm_id?, self.row.enrolment_id?);
        Some(Entry {
            firm: Some(FirmId(firm)),
            by: None,
            from,
            about: Some(About::Client(EnrolmentId(enrolment))),
            what: What::OfClient(what),
        })
    }
}

/// The invitation of a link, while it is good: nobody has answered it, it is not too old, its enrolment is in force, and nobody else may
/// see the account.
async fn good(
    db: &impl ConnectionTrait,
    token: &LinkToken,
    lock: bool,
    now: Timestamp,
) -> Answer<Option<Good>> {
    let mut found = client_invitation::Entity::find()
        .filter(client_invitation::Column::TokenHash.eq(hash(token.expose())))
        .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()));
    if lock {
        found = found.lock_exclusive();
    }
    let Some(row) = found.one(db).await.or_outage("invitations")? else {
        return Ok(None);
    };
    let life = if row.firm_id.is_some() {
        LIFE
    } else {
        OWN_LIFE
    };
    let until = Timestamp(row.sent_at).plus(life);
    if until <= now {
        return Ok(None);
    }
    if let (Some(firm), Some(enrolment)) = (row.firm_id, row.enrolment_id) {
        let in_force = scoped::in_force(FirmId(firm))
            .filter(EnrolmentColumn::Id.eq(enrolment))
            .one(db)
            .await
            .or_outage("enrolments in force")?;
        if in_force.is_none() {
            return Ok(None);
        }
    }
    if of_holder(db, &row.holder_key).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(Good { row, until }))
}

/// What the page of a link shows.
async fn told(db: &impl ConnectionTrait, good: &Good) -> Answer<Opened> {
    let row = &good.row;
    let wrong = || refused(TABLE, row.id);
    let holder = holder::Entity::find_by_id(&row.holder_key)
        .one(db)
        .await
        .or_outage("holders")?
        .ok_or_else(wrong)?;
    let firm = match row.firm_id {
        Some(firm) => Some(firm_name(db, FirmId(firm)).await?),
        None => None,
    };
    Ok(Opened {
        client: holder.name,
        held: stored::held(&row.holder_key, TABLE, row.id)?,
        firm,
        email: Email::parse(&row.email).map_err(|_| wrong())?,
        until: good.until,
    })
}

impl Store {
    /// What a link is for: see [`portfolio::ports::Arrivals::opened`].
    ///
    /// # Errors
    /// An outage.
    pub async fn opened_link(
        &self,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Option<Opened>, Outage> {
        let tx = self.read().await?;
        let opened = match good(&tx, token, false, now).await? {
            Some(good) => Some(told(&tx, &good).await?),
            None => None,
        };
        commit(tx).await?;
        Ok(opened)
    }

    /// Makes an account by a link, with the hash of the password that was chosen: see [`portfolio::ports::Arrivals::accept`].
    ///
    /// # Errors
    /// An outage.
    pub async fn accept(
        &self,
        token: &LinkToken,
        name: &str,
        password_hash: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Arrived, Outage> {
        let tx = self.write().await?;
        let Some(good) = good(&tx, token, true, now).await? else {
            return Ok(Arrived::Over);
        };
        let person = Person {
            identifier: &good.row.email,
            email: &good.row.email,
            name,
            password_hash,
        };
        let Some((house, member)) = open(&tx, &person, now).await? else {
            return Ok(Arrived::Taken);
        };
        if !let_see(&tx, house, &good.row.holder_key, now).await? {
            return Ok(Arrived::Over);
        }
        settle(&tx, &good, now).await?;
        let joined = Entry {
            firm: Some(house),
            by: Some(member),
            from,
            about: Some(About::Member(member)),
            what: What::OfClient(OfClient::Joined),
        };
        let entries: Vec<Entry> = good
            .of_firm(from, OfClient::InvitationAccepted)
            .into_iter()
            .chain([joined])
            .collect();
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(Arrived::Done)
    }

    /// Lets an account that is there see one more: see [`portfolio::ports::Arrivals::attach`].
    ///
    /// # Errors
    /// An outage.
    pub async fn attach(
        &self,
        client: &Client,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Attached, Outage> {
        let tx = self.write().await?;
        let Some(good) = good(&tx, token, true, now).await? else {
            return Ok(Attached::Over);
        };
        if !let_see(&tx, client.house(), &good.row.holder_key, now).await? {
            return Ok(Attached::Over);
        }
        settle(&tx, &good, now).await?;
        let mine = Entry::by_oneself(&client.oneself(), What::OfClient(OfClient::Attached));
        let entries: Vec<Entry> = good
            .of_firm(client.from(), OfClient::InvitationAccepted)
            .into_iter()
            .chain([mine])
            .collect();
        commit_with(tx, self.key(), &entries, now).await?;
        Ok(Attached::Done)
    }

    /// Says no: see [`portfolio::ports::Arrivals::refuse`].
    ///
    /// # Errors
    /// An outage.
    pub async fn refuse(
        &self,
        token: &LinkToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<bool, Outage> {
        let tx = self.write().await?;
        let Some(good) = good(&tx, token, true, now).await? else {
            return Ok(false);
        };
        close(&tx, good.row.id, Outcome::Refused, now).await?;
        let entry = good.of_firm(from, OfClient::InvitationRefused);
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(true)
    }

    /// Tries the proof of somebody who is not signed in; where it holds, a link goes out: see [`portfolio::ports::Arrivals::apply`].
    ///
    /// # Errors
    /// An outage.
    pub async fn apply(
        &self,
        draft: &ApplyDraft,
        link: Sent<'_>,
        sign_in: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Applied, Outage> {
        let tx = self.write().await?;
        let network = hex(&self.key().counted(&from.network()));
        // Counted apart from every firm's: a stranger keeps no firm from proving its mandate.
        let of_holder_alone = Subject::new(Limit::Proof, &format!("client:{}", draft.holder.key()));
        let mut failures = guard::locked(&tx, &of_holder_alone, now).await?;
        let of_network = Subject::new(Limit::ProofFirm, &format!("client:{network}"));
        let mut failed = guard::locked(&tx, &of_network, now).await?;
        let paused = failures.paused_until(now).max(failed.paused_until(now));
        if let Some(until) = paused {
            return Ok(Applied::Paused { until });
        }
        let proven = prove::compare(&tx, self.key(), &draft.holder, &draft.proof).await?;
        let owner = match &proven {
            Some(proven) => of_holder(&tx, &proven.held.key()).await?,
            None => None,
        };
        let (Some(proven), None) = (&proven, owner) else {
            // Whether the proof is wrong or the account is taken is told to nobody but whoever has it.
            failures.fail(now);
            guard::remember(&tx, &of_holder_alone, &failures, now).await?;
            failed.fail(now);
            guard::remember(&tx, &of_network, &failed, now).await?;
            if let (Some(house), Some(proven)) = (owner, &proven) {
                self.warn_owner(&tx, house, &proven.name, sign_in, now)
                    .await?;
            }
            let paused = failures.paused_until(now).is_some() || failed.paused_until(now).is_some();
            let what = What::OfClient(OfClient::ProofRefused { paused });
            let entry = by_stranger(owner, from, what);
            let left = failures.left();
            commit_with(tx, self.key(), &[entry], now).await?;
            self.mail_was_written();
            return Ok(Applied::Refused { left });
        };
        let of = |what: &str| hex(&self.key().counted(what));
        for subject in [
            Subject::new(Limit::Mail, &of(draft.email.as_str())),
            Subject::new(Limit::MailNetwork, &of(&from.network())),
        ] {
            if let Some(until) = count(&tx, &subject, now).await? {
                return Ok(Applied::Paused { until });
            }
        }
        let key = proven.held.key();
        // A link that was asked for before is good no longer.
        client_invitation::Entity::update_many()
            .col_expr(
                client_invitation::Column::Outcome,
                Expr::value(Outcome::Cancelled.code()),
            )
            .col_expr(client_invitation::Column::OutcomeAt, Expr::value(now.0))
            .filter(client_invitation::Column::HolderKey.eq(&key))
            .filter(client_invitation::Column::FirmId.is_null())
            .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()))
            .exec(&tx)
            .await
            .or_outage("closing an invitation")?;
        let row = client_invitation::ActiveModel {
            id: Set(stored::new_id(now)),
            holder_key: Set(key),
            firm_id: NotSet,
            enrolment_id: NotSet,
            invited_by: NotSet,
            email: Set(draft.email.to_string()),
            token_hash: Set(hash(link.token.expose())),
            created_at: Set(now.0),
            sent_at: Set(now.0),
            reminded_at: NotSet,
            outcome: Set(Outcome::Open.code().to_owned()),
            outcome_at: NotSet,
        };
        client_invitation::Entity::insert(row)
            .exec_without_returning(&tx)
            .await
            .or_outage("making a link")?;
        // In the language of whoever asks for it.
        let message = letter::client_link(
            &draft.email,
            &proven.name,
            &proven.held,
            link.address.0.clone(),
            now.plus(OWN_LIFE),
        );
        self.post(&tx, &message, &link::reason(link.token), now)
            .await?;
        let entry = by_stranger(None, from, What::OfClient(OfClient::Asked));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        Ok(Applied::Sent)
    }

    /// Tells whoever has the account, once a day, that somebody else knows its secrets.
    async fn warn_owner(
        &self,
        db: &impl ConnectionTrait,
        house: FirmId,
        client: &str,
        sign_in: &str,
        now: Timestamp,
    ) -> Answer<()> {
        for person in people(db, house).await? {
            if let Ok(to) = Email::parse(&person.email) {
                let message = stored::to(&person.language, || {
                    letter::client_known(&to, &person.name, client, now, sign_in.to_owned())
                });
                let day = now.0.div_euclid(DAY);
                let reason = format!("client-known:{}:{day}", person.id);
                self.post(db, &message, &reason, now).await?;
            }
        }
        Ok(())
    }
}

/// Something that somebody did who is not signed in.
const fn by_stranger(house: Option<FirmId>, from: Origin, what: What) -> Entry {
    Entry {
        firm: house,
        by: None::<MemberId>,
        from,
        about: None,
        what,
    }
}

/// An account is there: this invitation was accepted, and the others for the same account are over.
async fn settle(db: &impl ConnectionTrait, good: &Good, now: Timestamp) -> Answer<()> {
    close(db, good.row.id, Outcome::Accepted, now).await?;
    client_invitation::Entity::update_many()
        .col_expr(
            client_invitation::Column::Outcome,
            Expr::value(Outcome::Cancelled.code()),
        )
        .col_expr(client_invitation::Column::OutcomeAt, Expr::value(now.0))
        .filter(client_invitation::Column::HolderKey.eq(&good.row.holder_key))
        .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()))
        .exec(db)
        .await
        .or_outage("closing invitations")?;
    Ok(())
}
