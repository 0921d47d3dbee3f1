//! What becomes of a batch of clients, done to them: services, the end of enrolments, and their events.

use super::{item::Item, job::Job, known::Known, own};
use crate::{
    entity::{enrolment_event, enrolment_service},
    event, index,
    outage::{Answer, OrOutage, refused},
    raw,
};
use portfolio::{
    bulk::{Planned, Standing},
    catalogue::ServiceCode,
    client::Happening,
    ids::EnrolmentId,
    journal::{About, Entry, What},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, EntityTrait, Set, Value};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Rows that one statement inserts: SQLite takes 32,766 values, PostgreSQL 65,535.
const AT_ONCE: usize = 4_000;

/// A client that is changed, and what it becomes; none where its enrolment ends.
pub(super) type Changed<'a> = (&'a Item, Option<&'a Standing>);

/// Those of a batch that are changed.
pub(super) fn changed<'a>(
    items: impl Iterator<Item = (&'a Item, &'a Planned)>,
) -> Vec<Changed<'a>> {
    items
        .filter_map(|(item, planned)| match planned {
            Planned::Becomes(after) => Some((item, Some(after))),
            Planned::Ends => Some((item, None)),
            Planned::Same | Planned::Left(_) => None,
        })
        .collect()
}

/// Does it to them, and tells what the journal is to say of each.
pub(super) async fn apply(
    db: &impl ConnectionTrait,
    job: &Job,
    known: &Known,
    changed: &[Changed<'_>],
    now: Timestamp,
) -> Answer<Vec<Entry>> {
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let entries = if job.touches().of_own_fields() {
        own::apply(db, job, known, changed, now).await?
    } else {
        services(db, job, changed, now).await?
    };
    let ids: Vec<_> = changed.iter().map(|(item, _)| item.id).collect();
    index::draw(db, job.scope.firm, &ids).await?;
    Ok(entries)
}

async fn services(
    db: &impl ConnectionTrait,
    job: &Job,
    changed: &[Changed<'_>],
    now: Timestamp,
) -> Answer<Vec<Entry>> {
    let ends = changed.iter().all(|(_, after)| after.is_none());
    let mut on = Vec::new();
    let mut off: BTreeMap<ServiceCode, Vec<Uuid>> = BTreeMap::new();
    let mut events = Vec::with_capacity(changed.len());
    let mut entries = Vec::with_capacity(changed.len());
    for (item, after) in changed {
        let before = &item.now.services;
        let (happening, what) = match after {
            None => {
                let before = list(before);
                (Happening::Ended, What::Ended { before })
            }
            Some(after) => {
                let added: Vec<_> = after.services.difference(before).copied().collect();
                let removed: Vec<_> = before.difference(&after.services).copied().collect();
                on.extend(added.iter().map(|code| (item.id, *code)));
                for code in &removed {
                    off.entry(*code).or_default().push(item.id);
                }
                let what = What::ServicesChanged {
                    before: list(before),
                    after: list(&after.services),
                };
                (Happening::Changed { added, removed }, what)
            }
        };
        events.push(event::row(
            item.id,
            item.version + 1,
            job.scope.member,
            now,
            &happening,
        )?);
        let about = About::Client(EnrolmentId(item.id));
        entries.push(Entry::by(&job.scope, what).about(about));
    }
    step(db, job, changed, ends, now).await?;
    switch(db, on, off).await?;
    insert_events(db, events).await?;
    Ok(entries)
}

fn list(services: &BTreeSet<ServiceCode>) -> Vec<ServiceCode> {
    services.iter().copied().collect()
}

/// One version further, all of them. That none has ended is asked for again here: were the lock forgotten one day, the batch would fail
/// rather than overwrite.
async fn step(
    db: &impl ConnectionTrait,
    job: &Job,
    changed: &[Changed<'_>],
    ends: bool,
    now: Timestamp,
) -> Answer<()> {
    let end = if ends {
        ", ended_at = $1, ended_by = $2, \
         ended_name = (SELECT h.name FROM holder h WHERE h.key = enrolment.holder_key), \
         ended_state = (SELECT h.state FROM holder h WHERE h.key = enrolment.holder_key)"
    } else {
        ""
    };
    let sql = format!(
        "UPDATE enrolment SET version = version + 1, changed_at = $1, changed_by = $2{end} \
         WHERE firm_id = $3 AND ended_at IS NULL AND id IN ({})",
        raw::places(4, changed.len())
    );
    let mut values: Vec<Value> = vec![
        now.0.into(),
        job.scope.member.0.into(),
        job.scope.firm.0.into(),
    ];
    values.extend(changed.iter().map(|(item, _)| Value::from(item.id)));
    let done = raw::run(db, &sql, values, "changing enrolments").await?;
    if done != changed.len() as u64 {
        return Err(refused("bulk", job.id));
    }
    Ok(())
}

async fn switch(
    db: &impl ConnectionTrait,
    on: Vec<(Uuid, ServiceCode)>,
    off: BTreeMap<ServiceCode, Vec<Uuid>>,
) -> Answer<()> {
    for on in on.chunks(AT_ONCE) {
        let rows = on
            .iter()
            .map(|(enrolment, code)| enrolment_service::ActiveModel {
                enrolment_id: Set(*enrolment),
                code: Set(code.as_str().to_owned()),
            });
        enrolment_service::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await
            .or_outage("switching services on")?;
    }
    for (code, enrolments) in off {
        let sql = format!(
            "DELETE FROM enrolment_service WHERE code = $1 AND enrolment_id IN ({})",
            raw::places(2, enrolments.len())
        );
        let mut values: Vec<Value> = vec![code.as_str().into()];
        values.extend(enrolments.into_iter().map(Value::from));
        raw::run(db, &sql, values, "switching services off").await?;
    }
    Ok(())
}

async fn insert_events(
    db: &impl ConnectionTrait,
    events: Vec<enrolment_event::ActiveModel>,
) -> Answer<()> {
    enrolment_event::Entity::insert_many(events)
        .exec_without_returning(db)
        .await
        .or_outage("writing events")?;
    Ok(())
}
