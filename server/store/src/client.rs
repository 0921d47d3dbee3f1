//! One client, whole.

use crate::{
    accounts, change,
    entity::{enrolment_service, holder},
    event, mine,
    outage::{Answer, OrOutage, refused},
    own, review,
    scoped::{self, Enrolment, EnrolmentColumn},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::{Accounts, Client, Event},
    ids::{EnrolmentId, Scope},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

/// See [`portfolio::ports::Portfolio::client`].
pub(crate) async fn client(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<Option<Client>> {
    let enrolment = scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .one(db)
        .await
        .or_outage("enrolments")?;
    let Some(enrolment) = enrolment else {
        return Ok(None);
    };
    let key = &enrolment.holder_key;
    let holder = holder(db, &enrolment).await?;
    let accounts = if enrolment.ended_at.is_none() {
        accounts::of_holder(db, key).await?
    } else {
        Accounts::default()
    };
    let state = enrolment.ended_state.unwrap_or(holder.state);
    Ok(Some(Client {
        id,
        held: stored::held(key, "enrolment", id)?,
        kind: stored::kind(&holder.kind, "holder", key)?,
        state: stored::state(state, "holder", key)?,
        name: name(&enrolment, holder),
        accounts,
        services: services(db, id.0).await?.into_iter().collect(),
        version: enrolment.version,
        own: own::own(db, &enrolment).await?,
        own_version: enrolment.own_version,
        reviewed_at: enrolment.reviewed_at.map(Timestamp),
        favourite: mine::is_favourite(db, scope, id).await?,
        history: history(db, id).await?,
        ended: change::ended(db, &enrolment).await?,
    }))
}

/// The holder of an enrolment, as the registry has it today.
pub(crate) async fn holder(
    db: &impl ConnectionTrait,
    enrolment: &Enrolment,
) -> Answer<holder::Model> {
    holder::Entity::find_by_id(&enrolment.holder_key)
        .one(db)
        .await
        .or_outage("holders")?
        .ok_or_else(|| refused("enrolment", enrolment.id))
}

/// The name that a firm may see: today's while it has the mandate, that of its end afterwards.
pub(crate) fn name(enrolment: &Enrolment, holder: holder::Model) -> String {
    enrolment.ended_name.clone().unwrap_or(holder.name)
}

/// Everything that happened, latest first.
async fn history(db: &impl ConnectionTrait, id: EnrolmentId) -> Answer<Vec<Event>> {
    let events = merged(
        event::history(db, id.0).await?,
        own::history(db, id.0).await?,
    );
    Ok(merged(events, review::history(db, id.0).await?))
}

/// Two histories put into each other by their moments; each keeps its own order, since a clock that was set back must not turn it round.
fn merged(events: Vec<Event>, others: Vec<Event>) -> Vec<Event> {
    let mut others = others.into_iter().peekable();
    let mut merged = Vec::new();
    for event in events {
        while let Some(other) = others.next_if(|other| other.at >= event.at) {
            merged.push(other);
        }
        merged.push(event);
    }
    merged.extend(others);
    merged
}

/// The services of an enrolment that are on.
pub(crate) async fn services(
    db: &impl ConnectionTrait,
    enrolment: Uuid,
) -> Answer<BTreeSet<ServiceCode>> {
    let rows = enrolment_service::Entity::find()
        .filter(enrolment_service::Column::EnrolmentId.eq(enrolment))
        .all(db)
        .await
        .or_outage("services")?;
    let codes = rows.iter().map(|row| row.code.as_str());
    stored::services(codes, "enrolment_service of enrolment", enrolment)
}
