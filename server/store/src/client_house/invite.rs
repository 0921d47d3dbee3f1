//! What a firm does to bring its client to an account of its own: invite, send again, take back, look.

use crate::{
    Store, change, client, client_house,
    entity::{account, client_access, client_invitation},
    journal::commit_with,
    link::{self, firm_name},
    outage::{Answer, OrOutage, refused},
    people::Sent,
    raw,
    scoped::{self, EnrolmentColumn},
    session::hash,
    store::commit,
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    email::Email,
    form::{OnlineAct, OnlineDraft},
    ids::{EnrolmentId, FirmId, InvitationId, Scope},
    invitation::{
        Invitation, Invitations, InvitedMany, LIFE, MOST_AT_ONCE, Online, Outcome, SHOWN, State,
        WITHDRAWALS, Withdrawal,
    },
    journal::{About, Entry, OfClient, What},
    language::{Language, speak},
    letter,
    permission::Editor,
    ports::{OnlineActed, Outage},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, NotSet, QueryFilter, QueryOrder,
    Select, Set, sea_query::Expr,
};
use uuid::Uuid;

const TABLE: &str = "client_invitation";

/// The invitations of a firm.
fn of_firm(firm: FirmId) -> Select<client_invitation::Entity> {
    client_invitation::Entity::find().filter(client_invitation::Column::FirmId.eq(firm.0))
}

/// What stands of an invitation, as the firm is told.
#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    enrolment_id: Uuid,
    holder_key: String,
    email: String,
    sent_at: i64,
    outcome: String,
    outcome_at: Option<i64>,
    in_force: bool,
    client: String,
}

impl Read {
    fn told(self, now: Timestamp) -> Answer<Invitation> {
        let wrong = || refused(TABLE, self.id);
        let outcome = Outcome::from_code(&self.outcome).ok_or_else(wrong)?;
        let sent_at = Timestamp(self.sent_at);
        Ok(Invitation {
            id: InvitationId(self.id),
            of: EnrolmentId(self.enrolment_id),
            held: stored::held(&self.holder_key, TABLE, self.id)?,
            email: Email::parse(&self.email).map_err(|_| wrong())?,
            sent_at,
            until: sent_at.plus(LIFE),
            state: State::of(outcome, sent_at, self.in_force, now),
            answered_at: self.outcome_at.map(Timestamp),
            client: self.client,
        })
    }
}

/// A selected client that is to be invited.
#[derive(FromQueryResult)]
struct Candidate {
    id: Uuid,
    has_account: bool,
    waiting: bool,
    email: String,
}

/// The condition of each state, in the order of [`State::ALL`]; `$2` is the moment before which a link is too old.
const STATES: [&str; 5] = [
    "i.outcome = '' AND e.ended_at IS NULL AND i.sent_at > $2",
    "i.outcome = 'accepted'",
    "i.outcome = 'refused'",
    "i.outcome = '' AND e.ended_at IS NULL AND i.sent_at <= $2",
    "(i.outcome = 'cancelled' OR (i.outcome = '' AND e.ended_at IS NOT NULL))",
];

const READ: &str = "SELECT i.id, i.enrolment_id, i.holder_key, i.email, i.sent_at, i.outcome, i.outcome_at, \
    (e.ended_at IS NULL) AS in_force, COALESCE(e.ended_name, h.name) AS client \
    FROM client_invitation i JOIN enrolment e ON e.id = i.enrolment_id AND e.firm_id = i.firm_id \
    JOIN holder h ON h.key = e.holder_key WHERE i.firm_id = $1";

impl Store {
    /// A client's own account, as a firm sees it: see [`portfolio::ports::Invitations::online`].
    ///
    /// # Errors
    /// An outage.
    pub async fn online(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<Online>, Outage> {
        let tx = self.read().await?;
        let found = scoped::enrolments(scope.firm)
            .filter(EnrolmentColumn::Id.eq(id.0))
            .one(&tx)
            .await
            .or_outage("enrolments")?;
        let Some(enrolment) = found else {
            return Ok(None);
        };
        let in_force = enrolment.ended_at.is_none();
        let holder = client::holder(&tx, &enrolment).await?;
        let since = client_access::Entity::find_by_id(&enrolment.holder_key)
            .one(&tx)
            .await
            .or_outage("what a client may see")?
            .map(|access| Timestamp(access.since));
        let known = account::Entity::find()
            .filter(account::Column::HolderKey.eq(&enrolment.holder_key))
            .filter(account::Column::Email.ne(""))
            .order_by_asc(account::Column::AccountNumber)
            .one(&tx)
            .await
            .or_outage("accounts")?;
        let sql =
            format!("{READ} AND i.enrolment_id = $2 ORDER BY i.created_at DESC, i.id DESC LIMIT 1");
        let values = vec![scope.firm.0.into(), id.0.into()];
        let latest: Option<Read> = raw::one(&tx, &sql, values, "invitations").await?;
        commit(tx).await?;
        Ok(Some(Online {
            client: client::name(&enrolment, holder),
            // Whoever no longer has the mandate learns nothing new of the client.
            since: since.filter(|_| in_force),
            invitation: latest.map(|read| read.told(now)).transpose()?,
            known_email: known
                .filter(|_| in_force)
                .map_or_else(String::new, |account| account.email),
            in_force,
        }))
    }

    /// Invites a client, once more or for the first time, or takes the invitation back: see [`portfolio::ports::Invitations::act`].
    ///
    /// # Errors
    /// An outage.
    pub async fn act_on_invitation(
        &self,
        editor: &Editor,
        draft: &OnlineDraft,
        link: Sent<'_>,
        now: Timestamp,
    ) -> Result<Option<OnlineActed>, Outage> {
        let Some(id) = draft.of else {
            return Ok(None);
        };
        let tx = self.write().await?;
        let Some(enrolment) = change::locked(&tx, editor, id).await? else {
            return Ok(None);
        };
        let about = |what| Entry::by(editor, What::OfClient(what)).about(About::Client(id));
        let open = of_firm(editor.firm)
            .filter(client_invitation::Column::EnrolmentId.eq(id.0))
            .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()))
            .one(&tx)
            .await
            .or_outage("invitations")?;
        let email = match &draft.act {
            OnlineAct::Cancel => {
                let Some(open) = open else {
                    return Ok(Some(OnlineActed::Over));
                };
                close(&tx, open.id, Outcome::Cancelled, now).await?;
                let entry = about(OfClient::InvitationCancelled);
                commit_with(tx, self.key(), &[entry], now).await?;
                return Ok(Some(OnlineActed::Done));
            }
            OnlineAct::Invite(email) => email,
        };
        if enrolment.ended_at.is_some() {
            return Ok(Some(OnlineActed::Ended));
        }
        let key = &enrolment.holder_key;
        if client_house::of_holder(&tx, key).await?.is_some() {
            return Ok(Some(OnlineActed::HasAccount));
        }
        if let Some(until) = self.count_mail(&tx, editor, email, now).await? {
            return Ok(Some(OnlineActed::Paused { until }));
        }
        let what = if let Some(open) = open {
            // The link of before is good no longer: its hash is gone.
            client_invitation::Entity::update_many()
                .col_expr(
                    client_invitation::Column::Email,
                    Expr::value(email.as_str()),
                )
                .col_expr(
                    client_invitation::Column::TokenHash,
                    Expr::value(hash(link.token.expose())),
                )
                .col_expr(client_invitation::Column::SentAt, Expr::value(now.0))
                .col_expr(
                    client_invitation::Column::InvitedBy,
                    Expr::value(editor.member.0),
                )
                .col_expr(
                    client_invitation::Column::RemindedAt,
                    Expr::value(None::<i64>),
                )
                .filter(client_invitation::Column::Id.eq(open.id))
                .exec(&tx)
                .await
                .or_outage("inviting a client")?;
            OfClient::InvitedAgain
        } else {
            let row = client_invitation::ActiveModel {
                id: Set(stored::new_id(now)),
                holder_key: Set(key.clone()),
                firm_id: Set(Some(editor.firm.0)),
                enrolment_id: Set(Some(id.0)),
                invited_by: Set(Some(editor.member.0)),
                email: Set(email.to_string()),
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
                .or_outage("inviting a client")?;
            OfClient::Invited
        };
        let holder = client::holder(&tx, &enrolment).await?;
        let held = stored::held(key, "enrolment", id)?;
        let firm = firm_name(&tx, editor.firm).await?;
        // Somebody of whom nothing is known yet is written to in French.
        let (way, until) = (link.address.0.clone(), now.plus(LIFE));
        let message = speak(Language::French, || {
            letter::client_invitation(email, &holder.name, &held, &firm, way, until)
        });
        self.post(&tx, &message, &link::reason(link.token), now)
            .await?;
        commit_with(tx, self.key(), &[about(what)], now).await?;
        self.mail_was_written();
        Ok(Some(OnlineActed::Done))
    }

    /// Who of the selected clients may be invited, with the address that the registry has, and how many may not and why: see
    /// [`portfolio::ports::Invitations::invite_selected`].
    ///
    /// # Errors
    /// An outage.
    pub async fn selected_to_invite(
        &self,
        editor: &Editor,
        now: Timestamp,
    ) -> Result<(Vec<(EnrolmentId, String)>, InvitedMany), Outage> {
        let rows: Vec<Candidate> = raw::all(
            self.reader(),
            "SELECT c.enrolment_id AS id, EXISTS (SELECT 1 FROM client_access x WHERE x.holder_key = c.holder_key) AS has_account, \
             EXISTS (SELECT 1 FROM client_invitation i WHERE i.enrolment_id = c.enrolment_id AND i.outcome = '' AND i.sent_at > $3) AS waiting, \
             COALESCE((SELECT MIN(a.email) FROM account a WHERE a.holder_key = c.holder_key AND a.email <> ''), '') AS email \
             FROM selected s JOIN client c ON c.enrolment_id = s.enrolment_id WHERE s.member_id = $1 AND c.firm_id = $2 \
             ORDER BY c.name_key, c.enrolment_id",
            vec![
                editor.member.0.into(),
                editor.firm.0.into(),
                (now.0 - LIFE).into(),
            ],
            "selected clients",
        )
        .await?;
        let (mut able, mut tally) = (Vec::new(), InvitedMany::default());
        for row in rows {
            if row.has_account {
                tally.has_account += 1;
            } else if row.waiting {
                tally.waiting += 1;
            } else if row.email.is_empty() {
                tally.no_address += 1;
            } else if able.len() as u64 == MOST_AT_ONCE {
                tally.left += 1;
            } else {
                able.push((EnrolmentId(row.id), row.email));
            }
        }
        Ok((able, tally))
    }

    /// The firm's invitations, and what clients took back: see [`portfolio::ports::Invitations::list`].
    ///
    /// # Errors
    /// An outage.
    pub async fn invitations(
        &self,
        scope: &Scope,
        state: Option<State>,
        now: Timestamp,
    ) -> Result<Invitations, Outage> {
        let tx = self.read().await?;
        let old = now.plus(-LIFE).0;
        let mut counts = [0; 5];
        for (count, condition) in counts.iter_mut().zip(STATES) {
            let sql = format!(
                "SELECT COUNT(*) AS n FROM client_invitation i JOIN enrolment e ON e.id = i.enrolment_id \
                 WHERE i.firm_id = $1 AND CAST($2 AS bigint) IS NOT NULL AND {condition}"
            );
            let values = vec![scope.firm.0.into(), old.into()];
            *count = stored::count(raw::number(&tx, &sql, values, "invitations").await?);
        }
        let place = state.and_then(|state| State::ALL.iter().position(|known| *known == state));
        let condition = place.map_or("TRUE", |place| STATES[place]);
        let sql = format!(
            "{READ} AND CAST($2 AS bigint) IS NOT NULL AND {condition} ORDER BY i.sent_at DESC, i.id DESC LIMIT {SHOWN}"
        );
        let values = vec![scope.firm.0.into(), old.into()];
        let rows: Vec<Read> = raw::all(&tx, &sql, values, "invitations").await?;
        let withdrawals = withdrawals(&tx, scope.firm, now).await?;
        commit(tx).await?;
        Ok(Invitations {
            rows: rows
                .into_iter()
                .map(|read| read.told(now))
                .collect::<Answer<_>>()?,
            counts,
            withdrawals,
        })
    }
}

/// Writes down what became of an invitation.
pub(super) async fn close(
    db: &impl ConnectionTrait,
    id: Uuid,
    outcome: Outcome,
    now: Timestamp,
) -> Answer<()> {
    client_invitation::Entity::update_many()
        .col_expr(
            client_invitation::Column::Outcome,
            Expr::value(outcome.code()),
        )
        .col_expr(client_invitation::Column::OutcomeAt, Expr::value(now.0))
        .filter(client_invitation::Column::Id.eq(id))
        .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()))
        .exec(db)
        .await
        .or_outage("closing an invitation")?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Taken {
    enrolment_id: Uuid,
    client: String,
    at: i64,
    removed: String,
}

/// What clients took back of a firm's mandates within [`WITHDRAWALS`], latest first.
async fn withdrawals(
    db: &impl ConnectionTrait,
    firm: FirmId,
    now: Timestamp,
) -> Answer<Vec<Withdrawal>> {
    let sql = format!(
        "SELECT w.enrolment_id, COALESCE(e.ended_name, h.name) AS client, w.at, v.removed \
         FROM client_withdrawal w JOIN enrolment_event v ON v.enrolment_id = w.enrolment_id AND v.version = w.version \
         JOIN enrolment e ON e.id = w.enrolment_id JOIN holder h ON h.key = e.holder_key \
         WHERE w.firm_id = $1 AND w.at > $2 ORDER BY w.at DESC, w.enrolment_id LIMIT {SHOWN}"
    );
    let values = vec![firm.0.into(), now.plus(-WITHDRAWALS).0.into()];
    let rows: Vec<Taken> = raw::all(db, &sql, values, "what clients took back").await?;
    rows.into_iter()
        .map(|row| {
            let gone = stored::split(&row.removed, "enrolment_event", row.enrolment_id)?;
            let services: Vec<ServiceCode> = gone.into_iter().collect();
            Ok(Withdrawal {
                of: EnrolmentId(row.enrolment_id),
                client: row.client,
                at: Timestamp(row.at),
                services,
            })
        })
        .collect()
}
