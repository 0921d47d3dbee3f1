//! « Enregistrer » of a client that is there, and « Résilier ».

use crate::{
    begin, client,
    enrol::{offered, switch_on},
    entity::{enrolment_service, member},
    event, index,
    outage::{Answer, OrOutage, refused},
    scoped::{self, Enrolment, EnrolmentColumn},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::Happening,
    ids::{EnrolmentId, Scope},
    journal::{About, Entry, What},
    ports::{Changed, Terminated},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, UpdateMany,
    sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

const TABLE: &str = "enrolment";

/// See [`portfolio::ports::Portfolio::change`]; and what the journal is to say of it.
pub(crate) async fn change(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    version: i32,
    services: &BTreeSet<ServiceCode>,
    now: Timestamp,
) -> Answer<(Option<Changed>, Option<Entry>)> {
    let Some(enrolment) = locked(db, scope, id).await? else {
        return Ok((None, None));
    };
    if let Some((at, by)) = ended(db, &enrolment).await? {
        return Ok((Some(Changed::Ended { by, at }), None));
    }
    if enrolment.version != version {
        let (added, removed) = event::since(db, id.0, version).await?;
        let stale = Changed::Stale {
            version: enrolment.version,
            by: name(db, enrolment.changed_by).await?,
            at: Timestamp(enrolment.changed_at),
            added,
            removed,
        };
        return Ok((Some(stale), None));
    }
    let kind = begin::proven(db, &enrolment.holder_key).await?.kind;
    if !offered(kind, services) {
        return Ok((Some(Changed::NotOffered), None));
    }
    let before = client::services(db, id.0).await?;
    let added: Vec<_> = services.difference(&before).copied().collect();
    let removed: Vec<_> = before.difference(services).copied().collect();
    if added.is_empty() && removed.is_empty() {
        return Ok((Some(Changed::Nothing), None));
    }
    switch_on(db, id.0, &added).await?;
    if !removed.is_empty() {
        enrolment_service::Entity::delete_many()
            .filter(enrolment_service::Column::EnrolmentId.eq(id.0))
            .filter(enrolment_service::Column::Code.is_in(removed.iter().map(|code| code.as_str())))
            .exec(db)
            .await
            .or_outage("switching services off")?;
    }
    // Whoever chooses services has looked through them.
    let update =
        scoped::change(scope.firm).col_expr(EnrolmentColumn::ReviewedAt, Expr::value(now.0));
    step(
        db,
        scope,
        &enrolment,
        update,
        &Happening::Changed { added, removed },
        now,
    )
    .await?;
    let changed = What::ServicesChanged {
        before: before.into_iter().collect(),
        after: services.iter().copied().collect(),
    };
    let entry = Entry::by(scope, changed).about(About::Client(id));
    Ok((Some(Changed::Done), Some(entry)))
}

/// See [`portfolio::ports::Portfolio::terminate`]; and what the journal is to say of it.
pub(crate) async fn terminate(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    now: Timestamp,
) -> Answer<(Option<Terminated>, Option<Entry>)> {
    let Some(enrolment) = locked(db, scope, id).await? else {
        return Ok((None, None));
    };
    if let Some((at, by)) = ended(db, &enrolment).await? {
        return Ok((Some(Terminated::Already { by, at }), None));
    }
    let holder = client::holder(db, &enrolment).await?;
    let update = scoped::change(scope.firm)
        .col_expr(EnrolmentColumn::EndedAt, Expr::value(now.0))
        .col_expr(EnrolmentColumn::EndedBy, Expr::value(scope.member.0))
        .col_expr(EnrolmentColumn::EndedName, Expr::value(holder.name))
        .col_expr(EnrolmentColumn::EndedState, Expr::value(holder.state));
    step(db, scope, &enrolment, update, &Happening::Ended, now).await?;
    let before = client::services(db, id.0).await?.into_iter().collect();
    let entry = Entry::by(scope, What::Ended { before }).about(About::Client(id));
    Ok((Some(Terminated::Done), Some(entry)))
}

/// The enrolment, locked until the transaction ends.
pub(crate) async fn locked(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
) -> Answer<Option<Enrolment>> {
    scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(id.0))
        .lock_exclusive()
        .one(db)
        .await
        .or_outage("enrolments")
}

/// One version further, with its event. The version is asked for again here: were the lock forgotten one day, the step would fail
/// rather than overwrite.
pub(crate) async fn step<E: EntityTrait<Column = EnrolmentColumn>>(
    db: &impl ConnectionTrait,
    scope: &Scope,
    enrolment: &Enrolment,
    update: UpdateMany<E>,
    what: &Happening,
    now: Timestamp,
) -> Answer<()> {
    let version = enrolment.version + 1;
    let done = update
        .col_expr(EnrolmentColumn::Version, Expr::value(version))
        .col_expr(EnrolmentColumn::ChangedAt, Expr::value(now.0))
        .col_expr(EnrolmentColumn::ChangedBy, Expr::value(scope.member.0))
        .filter(EnrolmentColumn::Id.eq(enrolment.id))
        .filter(EnrolmentColumn::Version.eq(enrolment.version))
        .filter(EnrolmentColumn::EndedAt.is_null())
        .exec(db)
        .await
        .or_outage("changing an enrolment")?;
    if done.rows_affected != 1 {
        return Err(refused(TABLE, enrolment.id));
    }
    event::record(db, enrolment.id, version, scope.member, now, what).await?;
    index::draw(db, scope.firm, &[enrolment.id]).await
}

/// When and by whom an enrolment ended.
pub(crate) async fn ended(
    db: &impl ConnectionTrait,
    enrolment: &Enrolment,
) -> Answer<Option<(Timestamp, String)>> {
    match (enrolment.ended_at, enrolment.ended_by) {
        (None, _) => Ok(None),
        (Some(at), Some(by)) => Ok(Some((Timestamp(at), name(db, by).await?))),
        (Some(_), None) => Err(refused(TABLE, enrolment.id)),
    }
}

/// A member's name; of a client, that it was the client.
async fn name(db: &impl ConnectionTrait, member: Uuid) -> Answer<String> {
    let found = member::Entity::find_by_id(member)
        .one(db)
        .await
        .or_outage("members")?;
    let found = found.ok_or_else(|| refused("member", member))?;
    Ok(stored::who(found.name, &found.role))
}
