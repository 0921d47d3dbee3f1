//! The clients that a member has ticked.

use crate::{
    Store,
    find::{
        sql::{Index, Sql},
        wanted::Wanted,
    },
    outage::Answer,
    raw,
    store::commit,
};
use portfolio::{
    ids::{EnrolmentId, Scope},
    ports::{Outage, Selecting},
    search::Search,
    selection::{Pick, Selection},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Counted {
    there: i64,
    all_ticked: i64,
}

#[derive(FromQueryResult)]
struct Found {
    enrolment_id: Uuid,
}

#[async_trait::async_trait]
impl Selecting for Store {
    async fn selection(
        &self,
        scope: &Scope,
        among: &BTreeSet<EnrolmentId>,
    ) -> Result<Selection, Outage> {
        let tx = self.read().await?;
        let counted: Option<Counted> = raw::one(
            &tx,
            "SELECT COUNT(c.enrolment_id) AS there, COUNT(*) AS all_ticked FROM selected s \
             LEFT JOIN client c ON c.enrolment_id = s.enrolment_id AND c.firm_id = $2 WHERE s.member_id = $1",
            vec![scope.member.0.into(), scope.firm.0.into()],
            "counting the selection",
        )
        .await?;
        let (there, all) = counted.map_or((0, 0), |row| (row.there, row.all_ticked));
        let ticked = ticked(&tx, scope, among).await?;
        commit(tx).await?;
        let count = u64::try_from(there).unwrap_or_default();
        Ok(Selection {
            count,
            ticked,
            fallen: u64::try_from(all - there).unwrap_or_default(),
        })
    }

    async fn pick(&self, scope: &Scope, picks: &[Pick], now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        forget(&tx, scope).await?;
        for pick in picks {
            match pick {
                Pick::Ticks { on, off } => {
                    tick(&tx, scope, on).await?;
                    untick(&tx, scope, off).await?;
                }
                Pick::All(search) => all(&tx, scope, search, now).await?,
                Pick::Clear => clear(&tx, scope).await?,
            }
        }
        commit(tx).await
    }
}

/// How many clients are selected that are there.
pub(crate) async fn count(db: &impl ConnectionTrait, scope: &Scope) -> Answer<u64> {
    let found = raw::number(
        db,
        "SELECT COUNT(*) AS n FROM selected s JOIN client c ON c.enrolment_id = s.enrolment_id \
         WHERE s.member_id = $1 AND c.firm_id = $2",
        vec![scope.member.0.into(), scope.firm.0.into()],
        "counting the selection",
    )
    .await?;
    Ok(u64::try_from(found).unwrap_or_default())
}

async fn ticked(
    db: &impl ConnectionTrait,
    scope: &Scope,
    among: &BTreeSet<EnrolmentId>,
) -> Answer<BTreeSet<EnrolmentId>> {
    if among.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = format!(
        "SELECT enrolment_id FROM selected WHERE member_id = $1 AND enrolment_id IN ({})",
        raw::places(2, among.len())
    );
    let found: Vec<Found> = raw::all(db, &sql, with_ids(scope.member.0, among), "ticks").await?;
    Ok(found
        .into_iter()
        .map(|row| EnrolmentId(row.enrolment_id))
        .collect())
}

/// An id, then these.
fn with_ids(first: Uuid, ids: &BTreeSet<EnrolmentId>) -> Vec<Value> {
    std::iter::once(first)
        .chain(ids.iter().map(|id| id.0))
        .map(Value::from)
        .collect()
}

async fn tick(db: &impl ConnectionTrait, scope: &Scope, ids: &BTreeSet<EnrolmentId>) -> Answer<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO selected (member_id, enrolment_id) SELECT $1, enrolment_id FROM client \
         WHERE firm_id = $2 AND enrolment_id IN ({}) ON CONFLICT DO NOTHING",
        raw::places(3, ids.len())
    );
    let mut values = vec![scope.member.0.into(), scope.firm.0.into()];
    values.extend(ids.iter().map(|id| Value::from(id.0)));
    raw::run(db, &sql, values, "ticking clients").await?;
    Ok(())
}

async fn untick(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &BTreeSet<EnrolmentId>,
) -> Answer<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "DELETE FROM selected WHERE member_id = $1 AND enrolment_id IN ({})",
        raw::places(2, ids.len())
    );
    raw::run(db, &sql, with_ids(scope.member.0, ids), "unticking clients").await?;
    Ok(())
}

async fn clear(db: &impl ConnectionTrait, scope: &Scope) -> Answer<()> {
    raw::run(
        db,
        "DELETE FROM selected WHERE member_id = $1",
        vec![scope.member.0.into()],
        "clearing the selection",
    )
    .await?;
    Ok(())
}

/// Forgets the clients that have ended since.
async fn forget(db: &impl ConnectionTrait, scope: &Scope) -> Answer<()> {
    raw::run(
        db,
        "DELETE FROM selected WHERE member_id = $1 AND enrolment_id IN \
         (SELECT s.enrolment_id FROM selected s JOIN enrolment e ON e.id = s.enrolment_id \
          WHERE s.member_id = $1 AND e.ended_at IS NOT NULL)",
        vec![scope.member.0.into()],
        "forgetting clients that have ended",
    )
    .await?;
    Ok(())
}

/// Ticks every client that a search finds.
async fn all(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
    now: Timestamp,
) -> Answer<()> {
    let Some(wanted) = Wanted::read(db, scope, search, now).await? else {
        return Ok(());
    };
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO selected (member_id, enrolment_id) SELECT ")
        .value(scope.member.0)
        .push(", client.enrolment_id FROM ")
        .clients(scope.firm, Index::Any);
    wanted.push(&mut sql);
    sql.push(" ON CONFLICT DO NOTHING");
    sql.run(db, "ticking what a search finds").await?;
    Ok(())
}
