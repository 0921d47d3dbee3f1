//! The clients of a change, each as it stands, and what becomes of it.

use super::{job::Job, known::Known};
use crate::{
    entity::bulk_item,
    outage::{Answer, OrOutage, refused},
    raw, stored,
};
use portfolio::{
    bulk::{Planned, Standing, Why, undo},
    catalogue::ServiceCode,
    holder::{HolderScheme, Kind},
    ids::{LabelId, MemberId},
};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, Set, Value, sea_query::OnConflict,
};
use std::collections::BTreeSet;
use uuid::Uuid;

const TABLE: &str = "bulk_item of enrolment";
/// Rows written by one statement.
const AT_ONCE: usize = 1_000;

/// The words for what becomes of a client, besides the reasons of [`Why`].
pub(super) mod state {
    /// It is changed.
    pub const CHANGED: &str = "changed";
    /// It is so already.
    pub const SAME: &str = "same";
}

/// A client of a change.
pub(super) struct Item {
    pub number: u64,
    pub id: Uuid,
    pub held: HolderScheme,
    pub name: String,
    pub kind: Kind,
    /// The version that it must be at, or that the change made.
    pub wanted: i32,
    pub version: i32,
    pub own_version: i32,
    pub has_ended: bool,
    pub reference: String,
    pub now: Standing,
    /// What became of it, or is foreseen.
    pub state: String,
    /// What it was, or is to become again.
    pub before: Option<Standing>,
}

/// What becomes of a client, and the services that are left out.
pub(super) type Judged = (Planned, BTreeSet<ServiceCode>);

impl Item {
    /// What a change makes of it.
    pub fn judged(&self, job: &Job, known: &Known) -> Judged {
        let left = |why| (Planned::Left(why), BTreeSet::new());
        if self.has_ended {
            return left(Why::Ended);
        }
        let version = if job.touches().of_own_fields() {
            self.own_version
        } else {
            self.version
        };
        if version != self.wanted {
            return left(Why::Changed);
        }
        let (planned, left_out) = match (&job.undone, &self.before) {
            (Some((_, undone)), Some(before)) => {
                let planned = undo(undone, self.kind, &self.now, before);
                (planned, BTreeSet::new())
            }
            _ => job.change.planned(self.kind, &self.now),
        };
        match &planned {
            Planned::Becomes(after) if !known.are_there(&self.now, after) => left(Why::Gone),
            _ => (planned, left_out),
        }
    }
}

/// The word that a row holds for it.
pub(super) fn word(planned: &Planned) -> &'static str {
    match planned {
        Planned::Becomes(_) | Planned::Ends => state::CHANGED,
        Planned::Same => state::SAME,
        Planned::Left(why) => why.code(),
    }
}

#[derive(FromQueryResult)]
struct Row {
    number: i64,
    enrolment_id: Uuid,
    wanted: i32,
    state: String,
    before: String,
    holder_key: String,
    name: String,
    kind: String,
    version: i32,
    own_version: i32,
    ended_at: Option<i64>,
    in_charge: Option<Uuid>,
    reference: String,
    services: Option<String>,
    labels: Option<String>,
}

/// Which clients of a change are read.
pub(super) struct Wanted<'a> {
    /// After this number.
    pub after: u64,
    /// At most so many.
    pub most: u64,
    /// Only those in one of these states; none for all.
    pub states: &'a [&'a str],
}

/// Clients of a change in their order, each as it stands at this moment.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    job: &Job,
    wanted: &Wanted<'_>,
) -> Answer<Vec<Item>> {
    let label = match db.get_database_backend() {
        DbBackend::Postgres => "l.label_id::text",
        _ => "hex(l.label_id)",
    };
    let states = if wanted.states.is_empty() {
        String::new()
    } else {
        format!(" AND i.state IN ({})", raw::places(5, wanted.states.len()))
    };
    let sql = format!(
        "SELECT i.number, i.enrolment_id, i.version AS wanted, i.state, i.before, e.holder_key, COALESCE(e.ended_name, h.name) AS name, h.kind, e.version, \
         e.own_version, e.ended_at, e.in_charge, e.reference, \
         (SELECT string_agg(s.code, ',') FROM enrolment_service s WHERE s.enrolment_id = e.id) AS services, \
         (SELECT string_agg({label}, ',') FROM enrolment_label l WHERE l.enrolment_id = e.id) AS labels \
         FROM bulk_item i JOIN enrolment e ON e.id = i.enrolment_id AND e.firm_id = $2 JOIN holder h ON h.key = e.holder_key \
         WHERE i.bulk_id = $1 AND i.number > $3{states} ORDER BY i.number LIMIT $4"
    );
    let mut values: Vec<Value> = vec![
        job.id.into(),
        job.scope.firm.0.into(),
        signed(wanted.after).into(),
        signed(wanted.most).into(),
    ];
    values.extend(wanted.states.iter().map(|state| Value::from(*state)));
    let rows: Vec<Row> = raw::all(db, &sql, values, "clients of a change").await?;
    rows.into_iter().map(item).collect()
}

fn item(row: Row) -> Answer<Item> {
    let id = row.enrolment_id;
    let before = match &*row.before {
        "" => None,
        text => Some(serde_json::from_str(text).map_err(|_| refused(TABLE, id))?),
    };
    let labels = row.labels.unwrap_or_default();
    let labels: Result<BTreeSet<LabelId>, _> = labels
        .split(',')
        .filter(|label| !label.is_empty())
        .map(str::parse)
        .collect();
    Ok(Item {
        number: super::job::count(row.number),
        id,
        held: stored::held(&row.holder_key, TABLE, id)?,
        name: row.name,
        kind: stored::kind(&row.kind, TABLE, id)?,
        wanted: row.wanted,
        version: row.version,
        own_version: row.own_version,
        has_ended: row.ended_at.is_some(),
        reference: row.reference,
        now: Standing {
            services: stored::split(&row.services.unwrap_or_default(), TABLE, id)?,
            labels: labels.map_err(|_| refused(TABLE, id))?,
            in_charge: row.in_charge.map(MemberId),
        },
        state: row.state,
        before,
    })
}

/// What is written of a client.
pub(super) struct Written {
    pub number: u64,
    pub enrolment: Uuid,
    pub version: i32,
    pub state: &'static str,
    pub before: String,
}

/// Writes what becomes of clients that are there.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    bulk: Uuid,
    items: Vec<Written>,
) -> Answer<()> {
    let mut rows = items
        .into_iter()
        .map(|item| bulk_item::ActiveModel {
            bulk_id: Set(bulk),
            number: Set(signed(item.number)),
            enrolment_id: Set(item.enrolment),
            version: Set(item.version),
            state: Set(item.state.to_owned()),
            before: Set(item.before),
        })
        .peekable();
    while rows.peek().is_some() {
        let batch: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
        bulk_item::Entity::insert_many(batch)
            .on_conflict(
                OnConflict::columns([bulk_item::Column::BulkId, bulk_item::Column::Number])
                    .update_columns([
                        bulk_item::Column::Version,
                        bulk_item::Column::State,
                        bulk_item::Column::Before,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(db)
            .await
            .or_outage("writing what becomes of clients")?;
    }
    Ok(())
}

/// A count as the database takes it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
