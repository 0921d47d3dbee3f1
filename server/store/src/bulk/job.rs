//! A change as its row holds it, read back through the rules.

use crate::{
    entity::bulk::{Column, Entity, Model},
    outage::{Answer, OrOutage, refused},
};
use portfolio::{
    bulk::{Change, State, Tally},
    ids::{BulkId, FirmId, MemberId, Scope},
    journal::{Entry, What},
    origin::Origin,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

const TABLE: &str = "bulk";

/// A change.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub id: Uuid,
    /// For whom it is done: whoever confirmed it, from where they did.
    pub scope: Scope,
    pub change: Change,
    /// The change that this one takes back.
    pub undone: Option<(Uuid, Change)>,
    pub state: State,
    pub total: u64,
    pub done: u64,
    pub tally: Tally,
    pub made_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl Job {
    /// The change whose fields are touched: of what takes another back, the other's.
    pub fn touches(&self) -> &Change {
        self.undone
            .as_ref()
            .map_or(&self.change, |(_, change)| change)
    }
}

/// The changes of a firm.
pub(super) fn of_firm(firm: FirmId) -> Select<Entity> {
    Entity::find().filter(Column::FirmId.eq(firm.0))
}

/// One change of a firm; locked until the transaction ends, where that is asked for.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    firm: FirmId,
    id: BulkId,
    lock: bool,
) -> Answer<Option<Job>> {
    let query = of_firm(firm).filter(Column::Id.eq(id.0));
    let query = if lock { query.lock_exclusive() } else { query };
    let row = query.one(db).await.or_outage("changes")?;
    match row {
        Some(row) => Ok(Some(read(db, row).await?)),
        None => Ok(None),
    }
}

/// A row, read.
pub(super) async fn read(db: &impl ConnectionTrait, row: Model) -> Answer<Job> {
    let undone = match row.undo_of {
        None => None,
        Some(id) => Entity::find_by_id(id)
            .one(db)
            .await
            .or_outage("changes")?
            .map(|undone| change_of(&undone).map(|change| (id, change)))
            .transpose()?,
    };
    let from = Origin(row.origin.parse().ok());
    Ok(Job {
        id: row.id,
        scope: Scope {
            firm: FirmId(row.firm_id),
            member: MemberId(row.member_id),
            from,
        },
        change: change_of(&row)?,
        undone,
        state: State::from_code(&row.state).ok_or_else(|| refused(TABLE, row.id))?,
        total: count(row.total),
        done: count(row.done),
        tally: serde_json::from_str(&row.tally).map_err(|_| refused(TABLE, row.id))?,
        made_at: Timestamp(row.made_at),
        ended_at: row.ended_at.map(Timestamp),
    })
}

/// What a row is to do.
pub(super) fn change_of(row: &Model) -> Answer<Change> {
    serde_json::from_str(&row.change).map_err(|_| refused(TABLE, row.id))
}

/// As the row of a change holds what is not a column of its own.
pub(super) fn written<T: serde::Serialize>(value: &T, id: Uuid) -> Answer<String> {
    serde_json::to_string(value).map_err(|_| refused(TABLE, id))
}

/// An origin as a row holds it.
pub(super) fn origin(scope: &Scope) -> String {
    scope
        .from
        .0
        .map(|address| address.to_canonical().to_string())
        .unwrap_or_default()
}

/// What the journal says of the end of a change.
pub(super) fn ended(by: &Scope, told: String, tally: &Tally, stopped: bool) -> Entry {
    let what = What::BulkDone {
        told,
        changed: tally.changed,
        same: tally.same,
        left: tally.left_alone(),
        stopped,
    };
    Entry::by(by, what)
}

/// A number of the database that is never negative.
pub(super) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
