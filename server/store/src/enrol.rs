//! « Enregistrer » of a new client.

use crate::{
    begin, change,
    entity::enrolment_service,
    event, index,
    outage::{Answer, OrOutage, refused},
    scoped::{self, DraftColumn, EnrolmentColumn, NewEnrolment},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::Happening,
    holder::Kind,
    ids::{DraftId, EnrolmentId, Scope},
    journal::{About, Entry, What},
    ports::Enrolled,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, TryInsertResult,
    sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How often an enrolment is tried that another one is in the way of which, each time, has ended a moment later.
const MOST_TRIES: u32 = 20;

/// See [`portfolio::ports::Portfolio::enrol`]; and what the journal is to say of it.
pub(crate) async fn enrol(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: DraftId,
    services: &BTreeSet<ServiceCode>,
    now: Timestamp,
) -> Answer<(Option<Enrolled>, Option<Entry>)> {
    // The draft is locked, so that a double click finds what the first click made.
    let draft = scoped::drafts(scope, now)
        .filter(DraftColumn::Id.eq(id.0))
        .lock_exclusive()
        .one(db)
        .await
        .or_outage("drafts")?;
    let Some(draft) = draft else {
        return Ok((None, None));
    };
    if let Some(enrolment) = draft.enrolment_id {
        let answer = again(db, scope, enrolment, services).await?;
        return Ok((Some(answer), None));
    }
    let Some(holder_key) = draft.proven_holder_key else {
        return Ok((Some(Enrolled::NotProven), None));
    };
    let proven = begin::proven(db, &holder_key).await?;
    if !offered(proven.kind, services) {
        return Ok((Some(Enrolled::NotOffered), None));
    }
    let enrolment = stored::new_id(now);
    let row = NewEnrolment {
        id: Set(enrolment),
        firm_id: Set(scope.firm.0),
        holder_key: Set(holder_key),
        version: Set(1),
        created_at: Set(now.0),
        created_by: Set(scope.member.0),
        changed_at: Set(now.0),
        changed_by: Set(scope.member.0),
        reviewed_at: Set(Some(now.0)),
        ..NewEnrolment::default()
    };
    let mut tries = 0;
    loop {
        let inserted = scoped::enrol(row.clone()).exec_without_returning(db).await;
        if let TryInsertResult::Inserted(1) = inserted.or_outage("enrolling")? {
            break;
        }
        if let Some(enrolment) = begin::in_force(db, scope.firm, &proven.held).await? {
            let scheme = proven.held.scheme;
            return Ok((Some(Enrolled::Already { enrolment, scheme }), None));
        }
        // What was in the way has been ended since by somebody else, which PostgreSQL shows to the second statement already.
        tries += 1;
        if tries == MOST_TRIES {
            return Err(refused("enrolment of draft", id));
        }
    }
    switch_on(db, enrolment, services).await?;
    let on: Vec<_> = services.iter().copied().collect();
    let what = Happening::Enrolled(on.clone());
    event::record(db, enrolment, 1, scope.member, now, &what).await?;
    scoped::change_drafts(scope)
        .col_expr(DraftColumn::EnrolmentId, Expr::value(enrolment))
        .filter(DraftColumn::Id.eq(id.0))
        .exec(db)
        .await
        .or_outage("marking a draft as enrolled")?;
    index::draw(db, scope.firm, &[enrolment]).await?;
    let (enrolment, held) = (EnrolmentId(enrolment), proven.held);
    let enrolled = What::Enrolled { held, services: on };
    let entry = Entry::by(scope, enrolled).about(About::Client(enrolment));
    Ok((Some(Enrolled::Done(enrolment)), Some(entry)))
}

/// The answer to saving a draft that was saved before: a double click says the same again; another page that ticked something else
/// must not be told that it was saved.
async fn again(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: Uuid,
    services: &BTreeSet<ServiceCode>,
) -> Answer<Enrolled> {
    let enrolment = scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(id))
        .one(db)
        .await
        .or_outage("enrolments")?
        .ok_or_else(|| refused("enrolment", id))?;
    if let Some((at, by)) = change::ended(db, &enrolment).await? {
        return Ok(Enrolled::Ended { by, at });
    }
    let first = event::of_version(db, id, 1).await?.map(|event| event.what);
    if first == Some(Happening::Enrolled(services.iter().copied().collect())) {
        return Ok(Enrolled::Done(EnrolmentId(id)));
    }
    let held = stored::held(&enrolment.holder_key, "enrolment", id)?;
    Ok(Enrolled::Already {
        enrolment: EnrolmentId(id),
        scheme: held.scheme,
    })
}

/// Whether an account of this kind may have all these services.
pub(crate) fn offered(kind: Kind, services: &BTreeSet<ServiceCode>) -> bool {
    let all: BTreeSet<_> = ServiceCode::for_kind(kind).collect();
    services.is_subset(&all)
}

/// Switches services of an enrolment on.
pub(crate) async fn switch_on(
    db: &impl ConnectionTrait,
    enrolment: Uuid,
    services: impl IntoIterator<Item = &ServiceCode>,
) -> Answer<()> {
    let rows: Vec<_> = services
        .into_iter()
        .map(|code| enrolment_service::ActiveModel {
            enrolment_id: Set(enrolment),
            code: Set(code.as_str().to_owned()),
        })
        .collect();
    if !rows.is_empty() {
        enrolment_service::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await
            .or_outage("switching services on")?;
    }
    Ok(())
}
