//! Whom of a firm to tell, and the reminder of invitations that end soon.

use crate::{
    Store,
    entity::{client_invitation, holder, member},
    outage::{Answer, OrOutage},
    people::{managing, present},
    scoped::{self, EnrolmentColumn},
    store::commit,
    stored,
};
use portfolio::{
    email::Email,
    ids::FirmId,
    invitation::{LIFE, Outcome, REMIND_BEFORE},
    letter::{self, Ending},
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

/// How many invitations one reminder names.
const NAMED: u64 = 200;

/// The first of these who is there and can be written to; the firm's administrators where none is.
pub(crate) async fn whom_to_tell(
    db: &impl ConnectionTrait,
    firm: FirmId,
    wanted: &[Option<Uuid>],
) -> Answer<Vec<(member::Model, Email)>> {
    let reach = |row: member::Model| {
        let to = Email::parse(&row.email).ok()?;
        Some((row, to))
    };
    for id in wanted.iter().flatten() {
        let found = present(firm)
            .filter(member::Column::Id.eq(*id))
            .filter(member::Column::SuspendedAt.is_null())
            .one(db)
            .await
            .or_outage("members")?;
        if let Some(found) = found.and_then(reach) {
            return Ok(vec![found]);
        }
    }
    let all = managing(firm).all(db).await.or_outage("members")?;
    Ok(all.into_iter().filter_map(reach).collect())
}

/// The invitations of firms that end soon, and of which nobody was reminded.
fn ending(now: Timestamp) -> Select<client_invitation::Entity> {
    client_invitation::Entity::find()
        .filter(client_invitation::Column::Outcome.eq(Outcome::Open.code()))
        .filter(client_invitation::Column::FirmId.is_not_null())
        .filter(client_invitation::Column::RemindedAt.is_null())
        .filter(client_invitation::Column::SentAt.gt(now.plus(-LIFE).0))
        .filter(client_invitation::Column::SentAt.lte(now.plus(REMIND_BEFORE - LIFE).0))
}

impl Store {
    /// Reminds one person of a firm of all the invitations of theirs that end soon, and tells whether there was somebody to remind.
    /// `page` is where the firm sees its invitations. Several servers share the work: a row is marked in the transaction that writes the
    /// message.
    ///
    /// # Errors
    /// An outage.
    pub async fn remind_of_invitations(&self, page: &str, now: Timestamp) -> Result<bool, Outage> {
        // Mostly nothing is due, and a look does not keep anybody from writing.
        let first = ending(now)
            .order_by_asc(client_invitation::Column::SentAt)
            .one(self.reader())
            .await
            .or_outage("invitations")?;
        let Some(first) = first else {
            return Ok(false);
        };
        let (Some(firm), Some(by)) = (first.firm_id, first.invited_by) else {
            return Ok(false);
        };
        let tx = self.write().await?;
        let rows = ending(now)
            .filter(client_invitation::Column::FirmId.eq(firm))
            .filter(client_invitation::Column::InvitedBy.eq(by))
            .order_by_asc(client_invitation::Column::SentAt)
            .order_by_asc(client_invitation::Column::Id)
            .limit(NAMED)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx)
            .await
            .or_outage("invitations")?;
        let Some(oldest) = rows.first() else {
            return Ok(false);
        };
        let reason = format!("invitations-ending:{}:{}", oldest.id, oldest.sent_at);
        client_invitation::Entity::update_many()
            .col_expr(client_invitation::Column::RemindedAt, Expr::value(now.0))
            .filter(client_invitation::Column::Id.is_in(rows.iter().map(|row| row.id)))
            .exec(&tx)
            .await
            .or_outage("marking invitations")?;
        let ending = named(&tx, FirmId(firm), &rows).await?;
        if !ending.is_empty() {
            for (person, to) in whom_to_tell(&tx, FirmId(firm), &[Some(by)]).await? {
                let link = page.to_owned();
                let message = stored::to(&person.language, || {
                    letter::invitations_ending(&to, &person.name, &ending, link)
                });
                let reason = format!("{reason}:{}", person.id);
                self.post(&tx, &message, &reason, now).await?;
            }
        }
        commit(tx).await?;
        self.mail_was_written();
        Ok(true)
    }
}

/// The clients of these invitations whose enrolment is still in force.
async fn named(
    db: &impl ConnectionTrait,
    firm: FirmId,
    rows: &[client_invitation::Model],
) -> Answer<Vec<Ending>> {
    let in_force: Vec<Uuid> = scoped::in_force(firm)
        .filter(EnrolmentColumn::Id.is_in(rows.iter().filter_map(|row| row.enrolment_id)))
        .select_only()
        .column(EnrolmentColumn::Id)
        .into_tuple()
        .all(db)
        .await
        .or_outage("enrolments in force")?;
    let keys = rows.iter().map(|row| row.holder_key.clone());
    let holders = holder::Entity::find()
        .filter(holder::Column::Key.is_in(keys))
        .all(db)
        .await
        .or_outage("holders")?;
    Ok(rows
        .iter()
        .filter(|row| row.enrolment_id.is_some_and(|id| in_force.contains(&id)))
        .filter_map(|row| {
            let holder = holders.iter().find(|holder| holder.key == row.holder_key)?;
            Some(Ending {
                client: holder.name.clone(),
                until: Timestamp(row.sent_at).plus(LIFE),
            })
        })
        .collect())
}
