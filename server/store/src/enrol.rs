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
    holder::{HolderScheme, Kind},
    ids::{DraftId, EnrolmentId, Scope},
    journal::{About, Entry, What},
    ports::Enrolled,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set, sea_query::Expr,
};
use std::collections::{BTreeSet, HashSet};
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
    let new = New {
        held: proven.held.clone(),
        services: services.clone(),
    };
    let mut tries = 0;
    let (enrolment, entry) = loop {
        let made = insert(db, scope, std::slice::from_ref(&new), now).await?;
        if let Some(made) = made.into_iter().flatten().next() {
            break made;
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
    };
    scoped::change_drafts(scope)
        .col_expr(DraftColumn::EnrolmentId, Expr::value(enrolment.0))
        .filter(DraftColumn::Id.eq(id.0))
        .exec(db)
        .await
        .or_outage("marking a draft as enrolled")?;
    Ok((Some(Enrolled::Done(enrolment)), Some(entry)))
}

/// A client to be enrolled: its mandate is proved, and its kind may have these services.
#[derive(Clone)]
pub(crate) struct New {
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// What to switch on.
    pub services: BTreeSet<ServiceCode>,
}

/// Makes enrolments, from the page or from a file: the one place where there come to be any. In the order of `new`, what was made
/// and what the journal is to say of it; nothing where the firm manages the holder's scheme already.
pub(crate) async fn insert(
    db: &impl ConnectionTrait,
    scope: &Scope,
    new: &[New],
    now: Timestamp,
) -> Answer<Vec<Option<(EnrolmentId, Entry)>>> {
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = new.iter().map(|_| stored::new_id(now)).collect();
    let rows = ids.iter().zip(new).map(|(id, new)| NewEnrolment {
        id: Set(*id),
        firm_id: Set(scope.firm.0),
        holder_key: Set(new.held.key()),
        version: Set(1),
        created_at: Set(now.0),
        created_by: Set(scope.member.0),
        changed_at: Set(now.0),
        changed_by: Set(scope.member.0),
        reviewed_at: Set(Some(now.0)),
        ..NewEnrolment::default()
    });
    let made: HashSet<_> = scoped::enrol(db, rows.collect())
        .await
        .or_outage("enrolling")?
        .into_iter()
        .collect();
    let fresh = || ids.iter().zip(new).filter(|(id, _)| made.contains(id));
    switch_all_on(db, fresh().map(|(id, new)| (*id, &new.services))).await?;
    let events = fresh().map(|(id, new)| {
        let on = new.services.iter().copied().collect();
        (*id, Happening::Enrolled(on))
    });
    event::record_first(db, scope.member, now, events).await?;
    let drawn: Vec<_> = fresh().map(|(id, _)| *id).collect();
    index::draw(db, scope.firm, &drawn).await?;
    let told = |id: Uuid, new: &New| {
        let (held, services) = (new.held.clone(), new.services.iter().copied().collect());
        let id = EnrolmentId(id);
        let entry = Entry::by(scope, What::Enrolled { held, services });
        (id, entry.about(About::Client(id)))
    };
    let answer = ids.iter().zip(new);
    Ok(answer
        .map(|(id, new)| made.contains(id).then(|| told(*id, new)))
        .collect())
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
    switch_all_on(db, [(enrolment, services)].into_iter()).await
}

/// Rows that one statement inserts: SQLite takes 32,766 values, PostgreSQL 65,535.
const AT_ONCE: usize = 5_000;

/// Switches services of many enrolments on.
async fn switch_all_on<'a>(
    db: &impl ConnectionTrait,
    services: impl Iterator<Item = (Uuid, impl IntoIterator<Item = &'a ServiceCode>)>,
) -> Answer<()> {
    let rows: Vec<_> = services
        .flat_map(|(enrolment, codes)| {
            codes
                .into_iter()
                .map(move |code| enrolment_service::ActiveModel {
                    enrolment_id: Set(enrolment),
                    code: Set(code.as_str().to_owned()),
                })
        })
        .collect();
    for rows in rows.chunks(AT_ONCE) {
        enrolment_service::Entity::insert_many(rows.iter().cloned())
            .exec_without_returning(db)
            .await
            .or_outage("switching services on")?;
    }
    Ok(())
}
