//! The people of a firm, managed by its administrators. Every change locks the firm's row first: whether whoever asks is still an
//! administrator, and whether one is left, is then true of the very moment at which the change counts.

use crate::{
    Store,
    entity::{firm, journal, link as link_row, member, passkey, session, totp},
    journal::commit_with,
    link,
    member::{NO_PASSWORD, taken},
    notices,
    outage::{Answer, OrOutage},
    store::commit,
    stored,
};
use portfolio::{
    email::Email,
    form::InviteDraft,
    ids::{FirmId, MemberId},
    journal::{About, Entry, What},
    language::Language,
    letter,
    permission::{Administrator, Fresh, Role},
    ports::{Acted, INVITATION_LIFE, Invited, LinkToken, Outage, Purpose},
    team::{Person, Standing, Team},
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait, Select, Set,
    sea_query::{Expr, ExprTrait, LockType, SelectStatement},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A link to be sent: its secret, and its address.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    /// The secret.
    pub token: &'a LinkToken,
    /// The address that opens it.
    pub address: &'a Address,
}

/// The address of a link: logs never see it.
#[derive(Clone)]
pub struct Address(pub String);

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

pub(crate) fn standing(row: &member::Model) -> Standing {
    match (row.joined_at, row.suspended_at) {
        (_, Some(_)) => Standing::Suspended,
        (None, None) => Standing::Invited,
        (Some(_), None) => Standing::Active,
    }
}

/// The members of a firm but those who were removed.
pub(crate) fn present(firm: FirmId) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::FirmId.eq(firm.0))
        .filter(member::Column::RemovedAt.is_null())
}

/// Those of them who can manage it.
pub(crate) fn managing(firm: FirmId) -> Select<member::Entity> {
    present(firm)
        .filter(member::Column::Role.eq(Role::Administrator.code()))
        .filter(member::Column::JoinedAt.is_not_null())
        .filter(member::Column::SuspendedAt.is_null())
}

/// Locks the firm, and tells whether whoever asks can still manage it.
pub(crate) async fn still_manages(
    db: &impl ConnectionTrait,
    administrator: &Administrator,
) -> Answer<Option<(firm::Model, member::Model)>> {
    let firm = firm::Entity::find_by_id(administrator.firm.0)
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await
        .or_outage("firms")?;
    let who = managing(administrator.firm)
        .filter(member::Column::Id.eq(administrator.member.0))
        .one(db)
        .await
        .or_outage("members")?;
    Ok(firm.zip(who))
}

impl Store {
    /// Everybody of a firm: see [`portfolio::ports::Members::team`].
    ///
    /// # Errors
    /// An outage.
    pub async fn team(&self, administrator: &Administrator) -> Result<Team, Outage> {
        let tx = self.read().await?;
        let of = administrator.firm;
        let rows = present(of).all(&tx).await.or_outage("members")?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let factors = factors(&tx, &ids).await?;
        let seen_at = seen_at(&tx, &ids).await?;
        let invitations = invitations(&tx, &ids).await?;
        let unreachable = notices::unreachable(&tx, of).await?;
        let firm = firm::Entity::find_by_id(of.0)
            .one(&tx)
            .await
            .or_outage("firms")?;
        commit(tx).await?;
        let mut people = Vec::with_capacity(rows.len());
        for row in rows {
            let standing = standing(&row);
            let until = invitations.get(&row.id).map(|at| at.plus(INVITATION_LIFE));
            people.push(Person {
                id: MemberId(row.id),
                role: stored::role(&row.role, row.id)?,
                standing,
                second_factor: factors.contains(&row.id),
                seen_at: seen_at.get(&row.id).copied(),
                until: until.filter(|_| standing == Standing::Invited),
                refused_at: unreachable.get(&row.id).copied(),
                name: row.name,
                identifier: row.identifier,
                email: row.email,
            });
        }
        people
            .sort_by_cached_key(|person| (portfolio::french::searchable(&person.name), person.id));
        Ok(Team {
            people,
            second_factor_since: firm
                .and_then(|firm| firm.second_factor_since)
                .map(Timestamp),
            asked_of_everybody: self.asks_everybody(),
            me: administrator.member,
        })
    }

    /// Invites somebody: see [`portfolio::ports::Members::invite`].
    ///
    /// # Errors
    /// An outage.
    pub async fn invite(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &InviteDraft,
        link: Sent<'_>,
        now: Timestamp,
    ) -> Result<Invited, Outage> {
        let tx = self.write().await?;
        let Some((firm, by)) = still_manages(&tx, administrator).await? else {
            return Ok(Invited::NotAllowed);
        };
        if let Some(until) = self
            .count_mail(&tx, administrator, &draft.email, now)
            .await?
        {
            return Ok(Invited::Paused { until });
        }
        let id = stored::new_id(now);
        let row = member::ActiveModel {
            id: Set(id),
            firm_id: Set(firm.id),
            identifier: Set(draft.email.to_string()),
            name: Set(draft.name.clone()),
            password_hash: Set(NO_PASSWORD.to_owned()),
            created_at: Set(now.0),
            role: Set(draft.role.code().to_owned()),
            email: Set(draft.email.to_string()),
            joined_at: Set(None),
            suspended_at: Set(None),
            removed_at: Set(None),
            language: Set(Language::default().code().to_owned()),
        };
        let row = match row.insert(&tx).await {
            // On PostgreSQL the failed insert has ended the transaction, and with it the count: it is counted anew. That it was tried is
            // written down: who asks for one address after the other learns who has an access anywhere.
            Err(error) if taken(&error) => {
                drop(tx);
                let tx = self.write().await?;
                self.count_mail(&tx, administrator, &draft.email, now)
                    .await?;
                let entry = Entry::by(administrator, What::InvitationRefused);
                commit_with(tx, self.key(), &[entry], now).await?;
                return Ok(Invited::Taken);
            }
            done => done.or_outage("inviting a member")?,
        };
        self.send_invitation(&tx, (&firm, &by), &row, &draft.email, link, now)
            .await?;
        let entry = Entry::by(administrator, What::MemberInvited(draft.role))
            .about(About::Member(MemberId(id)));
        commit_with(tx, self.key(), &[entry], now).await?;
        self.mail_was_written();
        Ok(Invited::Done)
    }

    /// Asks everybody for a second factor, or no longer: see [`portfolio::ports::Members::ask_second_factor`].
    ///
    /// # Errors
    /// An outage.
    pub async fn ask_second_factor_of_all(
        &self,
        administrator: &Fresh<Administrator>,
        asked: bool,
        now: Timestamp,
    ) -> Result<Acted, Outage> {
        let tx = self.write().await?;
        let Some((firm, _)) = still_manages(&tx, administrator).await? else {
            return Ok(Acted::NotAllowed);
        };
        if firm.second_factor_since.is_some() == asked {
            return Ok(Acted::Done);
        }
        firm::Entity::update_many()
            .col_expr(
                firm::Column::SecondFactorSince,
                Expr::value(asked.then_some(now.0)),
            )
            .filter(firm::Column::Id.eq(firm.id))
            .exec(&tx)
            .await
            .or_outage("asking for a second factor")?;
        let entry = Entry::by(administrator, What::SecondFactorAsked(asked));
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Acted::Done)
    }

    pub(crate) async fn send_invitation(
        &self,
        db: &impl ConnectionTrait,
        (firm, by): (&firm::Model, &member::Model),
        row: &member::Model,
        to: &Email,
        sent: Sent<'_>,
        now: Timestamp,
    ) -> Answer<()> {
        let id = MemberId(row.id);
        link::issue(db, id, Purpose::Invitation, sent.token, now).await?;
        let role = stored::role(&row.role, row.id)?;
        let message = stored::to(&row.language, || {
            letter::invitation(
                to,
                &row.name,
                &firm.name,
                &by.name,
                role,
                sent.address.0.clone(),
                link::until(Purpose::Invitation, now),
            )
        });
        self.post(db, &message, &link::reason(sent.token), now)
            .await
    }
}

/// Who of these has a second factor.
async fn factors(db: &impl ConnectionTrait, ids: &[Uuid]) -> Answer<HashSet<Uuid>> {
    let applications: Vec<Uuid> = totp::Entity::find()
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .filter(totp::Column::MemberId.is_in(ids.iter().copied()))
        .select_only()
        .column(totp::Column::MemberId)
        .into_tuple()
        .all(db)
        .await
        .or_outage("second factors")?;
    let passkeys: Vec<Uuid> = passkey::Entity::find()
        .filter(passkey::Column::MemberId.is_in(ids.iter().copied()))
        .select_only()
        .column(passkey::Column::MemberId)
        .into_tuple()
        .all(db)
        .await
        .or_outage("second factors")?;
    Ok(applications.into_iter().chain(passkeys).collect())
}

/// When each of these last did something: by their sessions, which are kept for a day, and by the journal, of which each one's latest
/// entry is read by its index, however long the journal is.
async fn seen_at(db: &impl ConnectionTrait, ids: &[Uuid]) -> Answer<HashMap<Uuid, Timestamp>> {
    let rows: Vec<(Uuid, Option<i64>, Option<i64>)> = last_seen(ids)
        .into_tuple()
        .all(db)
        .await
        .or_outage("when members were seen")?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, session, entry)| Some((id, Timestamp(Ord::max(session, entry)?))))
        .collect())
}

/// Each of these with the latest moment of a session and of an entry.
fn last_seen(ids: &[Uuid]) -> Select<member::Entity> {
    let latest = |query: SelectStatement| Expr::SubQuery(None, Box::new(query.into()));
    let session = session::Entity::find()
        .filter(Expr::col((session::Entity, session::Column::MemberId)).equals(OF))
        .select_only()
        .expr(session::Column::LastSeenAt.max())
        .into_query();
    let entry = journal::Entity::find()
        .filter(Expr::col((journal::Entity, journal::Column::ById)).equals(OF))
        .select_only()
        .expr(journal::Column::At.max())
        .into_query();
    member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .column(member::Column::Id)
        .expr(latest(session))
        .expr(latest(entry))
}

/// Whose rows are looked for.
const OF: (member::Entity, member::Column) = (member::Entity, member::Column::Id);

/// When each of these was sent the link that is good, or would be if it were not too old.
async fn invitations(db: &impl ConnectionTrait, ids: &[Uuid]) -> Answer<HashMap<Uuid, Timestamp>> {
    let links = link_row::Entity::find()
        .filter(link_row::Column::MemberId.is_in(ids.iter().copied()))
        .filter(link_row::Column::Purpose.eq(Purpose::Invitation.code()))
        .filter(link_row::Column::UsedAt.is_null())
        .filter(link_row::Column::CancelledAt.is_null())
        .all(db)
        .await
        .or_outage("links")?;
    Ok(links
        .into_iter()
        .map(|link| (link.member_id, Timestamp(link.created_at)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Key;
    use sea_orm::DbBackend;

    /// Fear: « Cabinet » reads the whole journal to say when people were last seen, and takes longer every year.
    #[tokio::test]
    async fn seen_by_index() {
        let folder = std::env::temp_dir().join(format!("people-{}", Uuid::new_v4()));
        let key = Key::from_hex(&"5a".repeat(32)).unwrap();
        let url = format!("sqlite:{}/portail.db", folder.display());
        let store = Store::open(&url, key).await.unwrap();
        store.migrate().await.unwrap();
        let mut asked = last_seen(&[Uuid::nil()]).build(DbBackend::Sqlite);
        asked.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let plan = store.reader().query_all_raw(asked).await.unwrap();
        let plan: Vec<String> = plan
            .iter()
            .map(|step| step.try_get("", "detail").unwrap())
            .collect();
        let plan = plan.join("; ");
        assert!(plan.contains("INDEX journal_by (by_id=?)"), "{plan}");
        assert!(plan.contains("INDEX session_of_member"), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
