//! One client, whole.

use crate::{
    accounts, change,
    entity::{enrolment_service, holder},
    event,
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::Client,
    ids::{EnrolmentId, Scope},
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
    let holder = holder::Entity::find_by_id(key)
        .one(db)
        .await
        .or_outage("holders")?
        .ok_or_else(|| refused("enrolment", id))?;
    Ok(Some(Client {
        id,
        held: stored::held(key, "enrolment", id)?,
        kind: stored::kind(&holder.kind, "holder", key)?,
        state: stored::state(holder.state, "holder", key)?,
        name: holder.name,
        accounts: accounts::of_holder(db, key).await?,
        services: services(db, id.0).await?.into_iter().collect(),
        version: enrolment.version,
        own: portfolio::client::Own::default(),
        own_version: 0,
        reviewed_at: None,
        favourite: false,
        history: event::history(db, id.0).await?,
        ended: change::ended(db, &enrolment).await?,
    }))
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
