//! A client takes a service back, or the whole mandate: true for the firm's next question, and told to it.

use crate::{
    Store, change, client,
    client_house::{may_see, tell::whom_to_tell},
    entity::{client_withdrawal, enrolment_service},
    journal::commit_with,
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::Happening,
    form::WithdrawDraft,
    ids::{EnrolmentId, FirmId, Scope},
    journal::{About, Entry, OfClient, What},
    letter,
    permission::Client,
    ports::{Outage, Withdrawn},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, sea_query::Expr,
};

impl Store {
    /// Takes a service back, or the whole mandate: see [`portfolio::ports::ClientAccounts::withdraw`]. `page` is the address of the
    /// client's page, for the firm.
    ///
    /// # Errors
    /// An outage.
    pub async fn withdraw(
        &self,
        client: &Client,
        draft: &WithdrawDraft,
        page: &str,
        now: Timestamp,
    ) -> Result<Option<Withdrawn>, Outage> {
        let tx = self.write().await?;
        // Like what the firm itself does: the enrolment is locked until the transaction ends.
        let found = scoped::enrolment_of_client(draft.of)
            .lock_exclusive()
            .one(&tx)
            .await
            .or_outage("enrolments")?;
        let Some(enrolment) = found else {
            return Ok(None);
        };
        if !may_see(&tx, client, &enrolment.holder_key).await? {
            return Ok(None);
        }
        if enrolment.ended_at.is_some() {
            return Ok(Some(Withdrawn::Already));
        }
        let firm = FirmId(enrolment.firm_id);
        let by = Scope {
            firm,
            member: client.member(),
            from: client.from(),
        };
        let before: Vec<ServiceCode> = client::services(&tx, enrolment.id)
            .await?
            .into_iter()
            .collect();
        let holder = client::holder(&tx, &enrolment).await?;
        let held = stored::held(&enrolment.holder_key, "enrolment", enrolment.id)?;
        let (gone, what) = if let Some(service) = draft.service {
            if !before.contains(&service) {
                return Ok(Some(Withdrawn::Already));
            }
            enrolment_service::Entity::delete_many()
                .filter(enrolment_service::Column::EnrolmentId.eq(enrolment.id))
                .filter(enrolment_service::Column::Code.eq(service.as_str()))
                .exec(&tx)
                .await
                .or_outage("switching a service off")?;
            let happened = Happening::Changed {
                added: Vec::new(),
                removed: vec![service],
            };
            change::step(&tx, &by, &enrolment, scoped::change(firm), &happened, now).await?;
            let after = before
                .iter()
                .copied()
                .filter(|code| *code != service)
                .collect();
            (vec![service], OfClient::ServicesWithdrawn { before, after })
        } else {
            let update = scoped::change(firm)
                .col_expr(EnrolmentColumn::EndedAt, Expr::value(now.0))
                .col_expr(EnrolmentColumn::EndedBy, Expr::value(client.member().0))
                .col_expr(EnrolmentColumn::EndedName, Expr::value(holder.name.clone()))
                .col_expr(EnrolmentColumn::EndedState, Expr::value(holder.state));
            change::step(&tx, &by, &enrolment, update, &Happening::Ended, now).await?;
            (Vec::new(), OfClient::MandateWithdrawn { before })
        };
        note(&tx, enrolment.id, enrolment.version + 1, firm, now).await?;
        let wanted = [enrolment.in_charge, Some(enrolment.created_by)];
        for (person, to) in whom_to_tell(&tx, firm, &wanted).await? {
            let about = (holder.name.as_str(), &held);
            let link = page.to_owned();
            let message = stored::to(&person.language, || {
                letter::withdrawn(&to, &person.name, about, &gone, now, link)
            });
            let reason = format!(
                "withdrawn:{}:{}:{}",
                enrolment.id,
                enrolment.version + 1,
                person.id
            );
            self.post(&tx, &message, &reason, now).await?;
        }
        let about = About::Client(EnrolmentId(enrolment.id));
        let firms = Entry {
            firm: Some(firm),
            // Who of the client's house it was is the client's business.
            by: None,
            from: client.from(),
            about: Some(about),
            what: What::OfClient(what.clone()),
        };
        let mine = Entry::by_oneself(&client.oneself(), What::OfClient(what));
        commit_with(tx, self.key(), &[firms, mine], now).await?;
        self.mail_was_written();
        Ok(Some(Withdrawn::Done))
    }
}

/// Writes down which version of the enrolment the client made, for the firm's list.
async fn note(
    db: &impl ConnectionTrait,
    enrolment: uuid::Uuid,
    version: i32,
    firm: FirmId,
    now: Timestamp,
) -> Answer<()> {
    let row = client_withdrawal::ActiveModel {
        enrolment_id: Set(enrolment),
        version: Set(version),
        firm_id: Set(firm.0),
        at: Set(now.0),
    };
    client_withdrawal::Entity::insert(row)
        .exec_without_returning(db)
        .await
        .or_outage("noting what a client took back")?;
    Ok(())
}
