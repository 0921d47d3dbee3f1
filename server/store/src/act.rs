//! What is done to somebody of a firm, by its administrators and by those who run the portal: the same, under the same conditions.

use crate::{
    Store,
    entity::{firm, member, passkey, recovery_code, totp},
    journal::commit_with,
    link,
    member::{NO_PASSWORD, by_operators, folded},
    outage::{Answer, OrOutage},
    own,
    people::{Sent, managing, present, standing, still_manages},
    stored,
    vault::purpose::{RECOVERY, TOTP},
};
use portfolio::{
    email::Email,
    form::{Act, MemberDraft},
    ids::{FirmId, MemberId},
    journal::{About, Entry, What},
    permission::{Administrator, CLIENT, Fresh, OFFICER, Role},
    ports::{Acted, Outage},
    team::{Standing, seen},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};

/// What came of it.
enum Carried {
    /// It was done: what is to be written down.
    Out(What),
    /// It was not, or need not be.
    Not(Acted),
}

/// Whether it can be done to somebody who stands like this.
fn fits(act: Act, row: &member::Model) -> bool {
    let stands = standing(row);
    match act {
        Act::Role(_) | Act::Remove => true,
        Act::Suspend => stands == Standing::Active,
        Act::Restore => stands == Standing::Suspended,
        Act::Resend => stands == Standing::Invited,
    }
}

/// Whether the firm has one less who can manage it afterwards.
fn takes_away(act: Act, role: Role, stands: Standing) -> bool {
    role.administers()
        && stands == Standing::Active
        && match act {
            Act::Role(after) => !after.administers(),
            Act::Suspend | Act::Remove => true,
            Act::Restore | Act::Resend => false,
        }
}

impl Store {
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
        let Some(row) = locked(&tx, administrator.firm, of, draft.act).await? else {
            return Ok(None);
        };
        let role = stored::role(&row.role, row.id)?;
        if !fits(draft.act, &row) || draft.seen != seen(role, standing(&row)) {
            return Ok(Some(Acted::Stale));
        }
        if draft.act == Act::Resend {
            let Ok(to) = Email::parse(&row.email) else {
                return Ok(Some(Acted::Stale));
            };
            if let Some(until) = self.count_mail(&tx, administrator, &to, now).await? {
                return Ok(Some(Acted::Paused { until }));
            }
            let (firm, by) = &people;
            self.send_invitation(&tx, (firm, by), &row, &to, link, now)
                .await?;
        }
        let what = match self.carry_out(&tx, &row, draft.act, now).await? {
            Carried::Out(what) => what,
            Carried::Not(acted) => return Ok(Some(acted)),
        };
        let entry = Entry::by(administrator, what).about(About::Member(of));
        commit_with(tx, self.key(), &[entry], now).await?;
        if draft.act == Act::Resend {
            self.mail_was_written();
        }
        Ok(Some(Acted::Done))
    }

    /// Changes a member for those who run the portal: closes an access, opens it again, or gives another role. `None` when nobody
    /// signs in by this identifier; an access that is closed or open already stays so.
    ///
    /// # Errors
    /// An outage.
    pub async fn act_as_operators(
        &self,
        identifier: &str,
        act: Act,
        now: Timestamp,
    ) -> Result<Option<Acted>, Outage> {
        let tx = self.write().await?;
        let known = member::Entity::find()
            .filter(member::Column::Identifier.eq(folded(identifier)))
            .one(&tx)
            .await
            .or_outage("members")?;
        let Some(known) = known else {
            return Ok(None);
        };
        let firm = FirmId(known.firm_id);
        // The firm first, as everywhere.
        firm::Entity::find_by_id(firm.0)
            .lock(LockType::NoKeyUpdate)
            .one(&tx)
            .await
            .or_outage("firms")?;
        let of = MemberId(known.id);
        let Some(row) = locked(&tx, firm, of, act).await? else {
            return Ok(None);
        };
        if !fits(act, &row) {
            let done = match act {
                Act::Suspend => standing(&row) == Standing::Suspended,
                Act::Restore => standing(&row) == Standing::Active,
                Act::Role(_) | Act::Remove | Act::Resend => false,
            };
            return Ok(Some(if done { Acted::Done } else { Acted::Stale }));
        }
        let what = match self.carry_out(&tx, &row, act, now).await? {
            Carried::Out(what) => what,
            Carried::Not(acted) => return Ok(Some(acted)),
        };
        let entry = by_operators(firm, Some(About::Member(of)), what);
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Some(Acted::Done))
    }

    /// Does it, once it is clear that it may be done: whether somebody else is left to manage the firm is looked at here, for all.
    async fn carry_out(
        &self,
        db: &impl ConnectionTrait,
        row: &member::Model,
        act: Act,
        now: Timestamp,
    ) -> Answer<Carried> {
        let (firm, of) = (FirmId(row.firm_id), MemberId(row.id));
        // Officers and clients have no role that another could take the place of; their houses have nobody who manages them, and need
        // nobody.
        let role = if [OFFICER, CLIENT].contains(&&*row.role) {
            None
        } else {
            Some(stored::role(&row.role, row.id)?)
        };
        if role.is_some_and(|role| act == Act::Role(role)) {
            return Ok(Carried::Not(Acted::Done));
        }
        if role.is_some_and(|role| takes_away(act, role, standing(row))) {
            let others = managing(firm)
                .filter(member::Column::Id.ne(of.0))
                .count(db)
                .await
                .or_outage("members")?;
            if others == 0 {
                return Ok(Carried::Not(Acted::LastAdministrator));
            }
        }
        Ok(Carried::Out(match act {
            Act::Role(after) => {
                let Some(before) = role else {
                    return Ok(Carried::Not(Acted::Stale));
                };
                let role_code = Expr::value(after.code());
                change(db, of, [(member::Column::Role, role_code)]).await?;
                What::RoleChanged { before, after }
            }
            Act::Suspend => {
                link::shut_out(db, firm, of, now).await?;
                let since = Expr::value(now.0);
                change(db, of, [(member::Column::SuspendedAt, since)]).await?;
                What::MemberSuspended
            }
            Act::Restore => {
                let never = Expr::value(None::<i64>);
                change(db, of, [(member::Column::SuspendedAt, never)]).await?;
                What::MemberRestored
            }
            Act::Remove => {
                link::shut_out(db, firm, of, now).await?;
                self.forget_factors(db, of).await?;
                own::leave(db, firm, of).await?;
                // What was signed in with is free again, for this person too; the name stays with what was done under it.
                let gone = [
                    (member::Column::RemovedAt, Expr::value(now.0)),
                    (member::Column::PasswordHash, Expr::value(NO_PASSWORD)),
                    (member::Column::Identifier, Expr::value(of.to_string())),
                    (member::Column::Email, Expr::value("")),
                ];
                change(db, of, gone).await?;
                What::MemberRemoved
            }
            Act::Resend => match role {
                Some(role) => What::MemberInvited(role),
                None => return Ok(Carried::Not(Acted::Stale)),
            },
        }))
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

/// Somebody of the firm, locked for what is done to them. Removing frees the identifier, which is a key: it is locked as one from the
/// start, so that whoever comes in meanwhile waits before holding anything.
async fn locked(
    db: &impl ConnectionTrait,
    firm: FirmId,
    of: MemberId,
    act: Act,
) -> Answer<Option<member::Model>> {
    let lock = if act == Act::Remove {
        LockType::Update
    } else {
        LockType::NoKeyUpdate
    };
    present(firm)
        .filter(member::Column::Id.eq(of.0))
        .lock(lock)
        .one(db)
        .await
        .or_outage("members")
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
