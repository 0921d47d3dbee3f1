//! The history of an enrolment: one event for each of its versions.

use crate::{
    entity::{
        enrolment_event::{ActiveModel, Column, Entity, Relation},
        member,
    },
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::{Event, Happening},
    ids::MemberId,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select, Set,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many events a page shows.
const SHOWN: u64 = 200;

#[derive(FromQueryResult)]
struct Read {
    enrolment_id: Uuid,
    at: i64,
    by: String,
    role: String,
    what: String,
    added: String,
    removed: String,
}

impl Read {
    fn event(self) -> Answer<Event> {
        Ok(Event {
            at: Timestamp(self.at),
            what: stored::happening(&self.what, &self.added, &self.removed, self.enrolment_id)?,
            by: stored::who(self.by, &self.role),
        })
    }
}

fn named(events: Select<Entity>) -> sea_orm::Selector<sea_orm::SelectModel<Read>> {
    events
        .select_only()
        .columns([
            Column::EnrolmentId,
            Column::At,
            Column::What,
            Column::Added,
            Column::Removed,
        ])
        .column_as(member::Column::Name, "by")
        .column(member::Column::Role)
        .join(JoinType::InnerJoin, Relation::By.def())
        .into_model()
}

/// Writes what happened at a version.
pub(crate) async fn record(
    db: &impl ConnectionTrait,
    enrolment: Uuid,
    version: i32,
    by: MemberId,
    at: Timestamp,
    what: &Happening,
) -> Answer<()> {
    Entity::insert(row(enrolment, version, by, at, what)?)
        .exec_without_returning(db)
        .await
        .or_outage("writing an event")?;
    Ok(())
}

/// Writes what happened at the first version of many enrolments.
pub(crate) async fn record_first(
    db: &impl ConnectionTrait,
    by: MemberId,
    at: Timestamp,
    events: impl Iterator<Item = (Uuid, Happening)>,
) -> Answer<()> {
    let rows: Vec<_> = events
        .map(|(enrolment, what)| row(enrolment, 1, by, at, &what))
        .collect::<Answer<_>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .exec_without_returning(db)
        .await
        .or_outage("writing events")?;
    Ok(())
}

/// What happened at a version, as its row.
pub(crate) fn row(
    enrolment: Uuid,
    version: i32,
    by: MemberId,
    at: Timestamp,
    what: &Happening,
) -> Answer<ActiveModel> {
    let (word, added, removed) = match what {
        Happening::Enrolled(services) => (
            stored::what::ENROLLED,
            stored::joined(services),
            String::new(),
        ),
        Happening::Changed { added, removed } => (
            stored::what::CHANGED,
            stored::joined(added),
            stored::joined(removed),
        ),
        Happening::Ended => (stored::what::ENDED, String::new(), String::new()),
        // They are not among the versions of an enrolment, and have a history of their own.
        Happening::Own { .. } | Happening::Reviewed => {
            return Err(refused("enrolment_event of enrolment", enrolment));
        }
    };
    Ok(ActiveModel {
        enrolment_id: Set(enrolment),
        version: Set(version),
        at: Set(at.0),
        by: Set(by.0),
        what: Set(word.to_owned()),
        added: Set(added),
        removed: Set(removed),
    })
}

/// The history of an enrolment, latest first.
pub(crate) async fn history(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<Vec<Event>> {
    let events = Entity::find()
        .filter(Column::EnrolmentId.eq(enrolment))
        .order_by_desc(Column::Version)
        .limit(SHOWN);
    let read = named(events).all(db).await.or_outage("history")?;
    read.into_iter().map(Read::event).collect()
}

/// The event of one version.
pub(crate) async fn of_version(
    db: &impl ConnectionTrait,
    enrolment: Uuid,
    version: i32,
) -> Answer<Option<Event>> {
    let events = Entity::find()
        .filter(Column::EnrolmentId.eq(enrolment))
        .filter(Column::Version.eq(version));
    let read = named(events).one(db).await.or_outage("history")?;
    read.map(Read::event).transpose()
}

/// The services added and removed since a version, taken together: one that was added and removed again is in neither.
pub(crate) async fn since(
    db: &impl ConnectionTrait,
    enrolment: Uuid,
    version: i32,
) -> Answer<(Vec<ServiceCode>, Vec<ServiceCode>)> {
    let events = Entity::find()
        .filter(Column::EnrolmentId.eq(enrolment))
        .filter(Column::Version.gt(version))
        .order_by_asc(Column::Version);
    let read = named(events).all(db).await.or_outage("history")?;
    let mut added = BTreeSet::new();
    let mut removed = BTreeSet::new();
    for event in read {
        let (on, off) = match event.event()?.what {
            Happening::Enrolled(services) => (services, Vec::new()),
            Happening::Changed { added, removed } => (added, removed),
            Happening::Ended | Happening::Own { .. } | Happening::Reviewed => continue,
        };
        for code in on {
            if !removed.remove(&code) {
                added.insert(code);
            }
        }
        for code in off {
            if !added.remove(&code) {
                removed.insert(code);
            }
        }
    }
    Ok((added.into_iter().collect(), removed.into_iter().collect()))
}
