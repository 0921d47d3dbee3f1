//! Labels and who is in charge, changed for a batch of clients.

use super::{apply::Changed, job::Job, known::Known};
use crate::{
    index,
    outage::{Answer, refused},
    raw,
};
use portfolio::{
    client::Happening,
    french::searchable,
    ids::{EnrolmentId, MemberId},
    journal::{About, Entry, What},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Does it to them, and tells what the journal is to say of each.
pub(super) async fn apply(
    db: &impl ConnectionTrait,
    job: &Job,
    known: &Known,
    changed: &[Changed<'_>],
    now: Timestamp,
) -> Answer<Vec<Entry>> {
    let mut on = Vec::new();
    let mut off = Vec::new();
    let mut given: BTreeMap<Option<MemberId>, Vec<Uuid>> = BTreeMap::new();
    let mut events = Vec::with_capacity(changed.len());
    let mut entries = Vec::with_capacity(changed.len());
    for (item, after) in changed {
        let Some(after) = after else {
            return Err(refused("bulk", job.id));
        };
        on.extend(
            after
                .labels
                .difference(&item.now.labels)
                .map(|label| (item.id, label.0)),
        );
        off.extend(
            item.now
                .labels
                .difference(&after.labels)
                .map(|label| (item.id, label.0)),
        );
        if after.in_charge != item.now.in_charge {
            given.entry(after.in_charge).or_default().push(item.id);
        }
        let told = known.own(&item.reference, &item.now);
        let becomes = known.own(&item.reference, after);
        let happening = Happening::Own {
            before: told.clone(),
            after: becomes.clone(),
        };
        events.push((item.id, item.own_version + 1, happening));
        let what = What::OwnChanged {
            before: told,
            after: becomes,
        };
        let about = About::Client(EnrolmentId(item.id));
        entries.push(Entry::by(&job.scope, what).about(about));
    }
    label(db, &on, &off).await?;
    for (member, ids) in given {
        let key = member.map(|member| searchable(&known.member(member)));
        give(db, job, member, &key.unwrap_or_default(), &ids).await?;
    }
    step(db, job, changed).await?;
    record(db, job, &events, now).await?;
    let ids: Vec<_> = changed.iter().map(|(item, _)| item.id).collect();
    index::write_own(db, job.scope.firm, &ids).await?;
    Ok(entries)
}

/// Rows of two ids each, as values.
fn pairs(rows: &[(Uuid, Uuid)]) -> (String, Vec<Value>) {
    let places: Vec<String> = (0..rows.len())
        .map(|n| format!("(${}, ${})", 2 * n + 1, 2 * n + 2))
        .collect();
    let values = rows
        .iter()
        .flat_map(|(enrolment, label)| [Value::from(*enrolment), Value::from(*label)])
        .collect();
    (places.join(", "), values)
}

async fn label(db: &impl ConnectionTrait, on: &[(Uuid, Uuid)], off: &[(Uuid, Uuid)]) -> Answer<()> {
    if !on.is_empty() {
        let (places, values) = pairs(on);
        let sql = format!("INSERT INTO enrolment_label (enrolment_id, label_id) VALUES {places}");
        raw::run(db, &sql, values, "putting labels on").await?;
    }
    if !off.is_empty() {
        let (places, values) = pairs(off);
        let sql = format!(
            "DELETE FROM enrolment_label WHERE (enrolment_id, label_id) IN (VALUES {places})"
        );
        raw::run(db, &sql, values, "taking labels off").await?;
    }
    Ok(())
}

async fn give(
    db: &impl ConnectionTrait,
    job: &Job,
    member: Option<MemberId>,
    key: &str,
    ids: &[Uuid],
) -> Answer<()> {
    let sql = format!(
        "UPDATE enrolment SET in_charge = $1, in_charge_key = $2 WHERE firm_id = $3 AND id IN ({})",
        raw::places(4, ids.len())
    );
    let mut values: Vec<Value> = vec![
        member.map(|member| member.0).into(),
        key.into(),
        job.scope.firm.0.into(),
    ];
    values.extend(ids.iter().map(|id| Value::from(*id)));
    raw::run(db, &sql, values, "giving clients to a member").await?;
    Ok(())
}

/// One version further, all of them; see `apply::step`.
async fn step(db: &impl ConnectionTrait, job: &Job, changed: &[Changed<'_>]) -> Answer<()> {
    let sql = format!(
        "UPDATE enrolment SET own_version = own_version + 1 WHERE firm_id = $1 AND ended_at IS NULL AND id IN ({})",
        raw::places(2, changed.len())
    );
    let mut values: Vec<Value> = vec![job.scope.firm.0.into()];
    values.extend(changed.iter().map(|(item, _)| Value::from(item.id)));
    let done = raw::run(db, &sql, values, "changing own fields").await?;
    if done != changed.len() as u64 {
        return Err(refused("bulk", job.id));
    }
    Ok(())
}

async fn record(
    db: &impl ConnectionTrait,
    job: &Job,
    events: &[(Uuid, i32, Happening)],
    now: Timestamp,
) -> Answer<()> {
    let mut rows = Vec::with_capacity(events.len());
    let mut values: Vec<Value> = vec![now.0.into(), job.scope.member.0.into()];
    for (enrolment, version, what) in events {
        let place = values.len();
        rows.push(format!(
            "(${}, ${}, $1, $2, ${})",
            place + 1,
            place + 2,
            place + 3
        ));
        values.push((*enrolment).into());
        values.push((*version).into());
        values.push(super::job::written(what, *enrolment)?.into());
    }
    let sql = format!(
        "INSERT INTO own_event (enrolment_id, version, at, \"by\", detail) VALUES {}",
        rows.join(", ")
    );
    raw::run(db, &sql, values, "writing events").await?;
    Ok(())
}
