//! The people of a firm, managed by its administrators. Every change locks the firm's row first: whether whoever asks is still an
//! administrator, and whether one is left, is then true of the very moment at which the change counts.

use crate::{
    Store,
    entity::{firm, journal, link as link_row, member, passkey, recovery_code, session, totp},
    journal::commit_with,
    link,
    member::{NO_PASSWORD, taken},
    outage::{Answer, OrOutage},
    own,
    store::commit,
    stored,
    vault::purpose::{RECOVERY, TOTP},
};
use portfolio::{
    email::Email,
    form::{Act, InviteDraft, MemberDraft},
    ids::{FirmId, MemberId},
    journal::{About, Entry, What},
    letter,
    permission::{Administrator, Fresh, Role},
    ports::{Acted, INVITATION_LIFE, Invited, LinkToken, Outage, Purpose},
    team::{Person, Standing, Team, seen},
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect, Select, Set,
    sea_query::{Expr, ExprTrait, LockType},
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

fn standing(row: &member::Model) -> Standing {
    match (row.joined_at, row.suspended_at) {
        (_, Some(_)) => Standing::Suspended,
        (None, None) => Standing::Invited,
        (Some(_), None) => Standing::Active,
    }
}

/// The members of a firm but those who were removed.
fn present(firm: FirmId) -> Select<member::Entity> {
    member::Entity::find()
        .filter(member::Column::FirmId.eq(firm.0))
        .filter(member::Column::RemovedAt.is_null())
}

/// Those of them who can manage it.
fn managing(firm: FirmId) -> Select<member::Entity> {
    present(firm)
        .filter(member::Column::Role.eq(Role::Administrator.code()))
        .filter(member::Column::JoinedAt.is_not_null())
        .filter(member::Column::SuspendedAt.is_null())
}

/// Locks the firm, and tells whether whoever asks can still manage it.
async fn still_manages(
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
        let seen_at = seen_at(&tx, of, &ids).await?;
        let invitations = invitations(&tx, &ids).await?;
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
        if let Some(until) = self.count_mail(&tx, &draft.email, now).await? {
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
        };
        let row = match row.insert(&tx).await {
            // On PostgreSQL the failed insert has ended the transaction, and with it the count: it is counted anew.
            Err(error) if taken(&error) => {
                drop(tx);
                let tx = self.write().await?;
                self.count_mail(&tx, &draft.email, now).await?;
                commit(tx).await?;
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

    /// Changes somebody: see [`portfolio::ports::Members::act`]. `link` is for an invitation that is sent again.
    ///
    /// # Errors
    /// An outage.
    pub async fn act_on(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &MemberDraft,
        link: Sent<'_>,
        now: Timestamp,
    ) -> Result<Option<Acted>, Outage> {
        let Some(of) = draft.of else {
            return Ok(None);
        };
        let tx = self.write().await?;
        let Some(people) = still_manages(&tx, administrator).await? else {
            return Ok(Some(Acted::NotAllowed));
        };
        let found = present(administrator.firm)
            .filter(member::Column::Id.eq(of.0))
            .lock(LockType::NoKeyUpdate)
            .one(&tx)
            .await
            .or_outage("members")?;
        let Some(row) = found else {
            return Ok(None);
        };
        let (role, stands) = (stored::role(&row.role, row.id)?, standing(&row));
        let fits = match draft.act {
            Act::Role(_) | Act::Remove => true,
            Act::Suspend => stands == Standing::Active,
            Act::Restore => stands == Standing::Suspended,
            Act::Resend => stands == Standing::Invited,
        };
        if !fits || draft.seen != seen(role, stands) {
            return Ok(Some(Acted::Stale));
        }
        if draft.act == Act::Role(role) {
            return Ok(Some(Acted::Done));
        }
        let leaves = role.administers()
            && stands == Standing::Active
            && match draft.act {
                Act::Role(after) => !after.administers(),
                Act::Suspend | Act::Remove => true,
                Act::Restore | Act::Resend => false,
            };
        if leaves {
            let others = managing(administrator.firm)
                .filter(member::Column::Id.ne(of.0))
                .count(&tx)
                .await
                .or_outage("members")?;
            if others == 0 {
                return Ok(Some(Acted::LastAdministrator));
            }
        }
        let what = match draft.act {
            Act::Role(after) => {
                let role_code = Expr::value(after.code());
                change(&tx, of, [(member::Column::Role, role_code)]).await?;
                What::RoleChanged {
                    before: role,
                    after,
                }
            }
            Act::Suspend => {
                link::shut_out(&tx, administrator.firm, of, now).await?;
                let since = Expr::value(now.0);
                change(&tx, of, [(member::Column::SuspendedAt, since)]).await?;
                What::MemberSuspended
            }
            Act::Restore => {
                let never = Expr::value(None::<i64>);
                change(&tx, of, [(member::Column::SuspendedAt, never)]).await?;
                What::MemberRestored
            }
            Act::Remove => {
                link::shut_out(&tx, administrator.firm, of, now).await?;
                self.forget_factors(&tx, of).await?;
                own::leave(&tx, administrator.firm, of).await?;
                // What was signed in with is free again, for this person too; the name stays with what was done under it.
                let gone = [
                    (member::Column::RemovedAt, Expr::value(now.0)),
                    (member::Column::PasswordHash, Expr::value(NO_PASSWORD)),
                    (member::Column::Identifier, Expr::value(of.to_string())),
                    (member::Column::Email, Expr::value("")),
                ];
                change(&tx, of, gone).await?;
                What::MemberRemoved
            }
            Act::Resend => {
                let Ok(to) = Email::parse(&row.email) else {
                    return Ok(Some(Acted::Stale));
                };
                if let Some(until) = self.count_mail(&tx, &to, now).await? {
                    return Ok(Some(Acted::Paused { until }));
                }
                let (firm, by) = &people;
                self.send_invitation(&tx, (firm, by), &row, &to, link, now)
                    .await?;
                What::MemberInvited(role)
            }
        };
        let entry = Entry::by(administrator, what).about(About::Member(of));
        commit_with(tx, self.key(), &[entry], now).await?;
        if draft.act == Act::Resend {
            self.mail_was_written();
        }
        Ok(Some(Acted::Done))
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

    async fn send_invitation(
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
        let message = letter::invitation(
            to,
            &row.name,
            &firm.name,
            &by.name,
            stored::role(&row.role, row.id)?,
            sent.address.0.clone(),
            link::until(Purpose::Invitation, now),
        );
        self.post(db, &message, &link::reason(sent.token), now)
            .await
    }

    /// Forgets what somebody proved themselves by: a passkey may be used for another access then.
    async fn forget_factors(&self, db: &impl ConnectionTrait, of: MemberId) -> Answer<()> {
        passkey::Entity::delete_many()
            .filter(passkey::Column::MemberId.eq(of.0))
            .exec(db)
            .await
            .or_outage("forgetting passkeys")?;
        totp::Entity::delete_by_id(of.0)
            .exec(db)
            .await
            .or_outage("forgetting an application")?;
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::MemberId.eq(of.0))
            .exec(db)
            .await
            .or_outage("forgetting recovery codes")?;
        self.unbox(db, RECOVERY, of.0).await?;
        self.unbox(db, TOTP, of.0).await
    }
}

/// Writes columns of a member.
async fn change(
    db: &impl ConnectionTrait,
    of: MemberId,
    columns: impl IntoIterator<Item = (member::Column, Expr)>,
) -> Answer<()> {
    columns
        .into_iter()
        .fold(member::Entity::update_many(), |change, (column, value)| {
            change.col_expr(column, value)
        })
        .filter(member::Column::Id.eq(of.0))
        .exec(db)
        .await
        .or_outage("changing a member")?;
    Ok(())
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

/// When each of these last did something: by their sessions, which are kept for a day, and by the journal.
async fn seen_at(
    db: &impl ConnectionTrait,
    firm: FirmId,
    ids: &[Uuid],
) -> Answer<HashMap<Uuid, Timestamp>> {
    let sessions: Vec<(Uuid, i64)> = session::Entity::find()
        .filter(session::Column::MemberId.is_in(ids.iter().copied()))
        .select_only()
        .column(session::Column::MemberId)
        .expr(Expr::col(session::Column::LastSeenAt).max())
        .group_by(session::Column::MemberId)
        .into_tuple()
        .all(db)
        .await
        .or_outage("sessions")?;
    let entries: Vec<(Uuid, i64)> = journal::Entity::find()
        .filter(journal::Column::FirmId.eq(firm.0))
        .filter(journal::Column::ById.is_in(ids.iter().copied()))
        .select_only()
        .column(journal::Column::ById)
        .expr(Expr::col(journal::Column::At).max())
        .group_by(journal::Column::ById)
        .into_tuple()
        .all(db)
        .await
        .or_outage("journal")?;
    let mut latest = HashMap::new();
    for (id, at) in sessions.into_iter().chain(entries) {
        let known = latest.entry(id).or_insert(Timestamp(at));
        *known = (*known).max(Timestamp(at));
    }
    Ok(latest)
}

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
