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
    stored,
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

/// A client that is ticked; or, without one, how many there are in all, and how many of them have ended since.
#[derive(FromQueryResult)]
struct Found {
    enrolment_id: Option<Uuid>,
    ticked: i64,
    fallen: i64,
}

#[async_trait::async_trait]
impl Selecting for Store {
    async fn selection(
        &self,
        scope: &Scope,
        among: &BTreeSet<EnrolmentId>,
    ) -> Result<Selection, Outage> {
        let db = self.reader();
        let mut sql = Sql::new(db);
        sql.push(
            "SELECT s.enrolment_id, 0 AS ticked, 0 AS fallen FROM selected s WHERE s.member_id = ",
        )
        .value(scope.member.0)
        .push(" AND s.enrolment_id IN ")
        .ids(among.iter().map(|id| id.0))
        .push(" UNION ALL SELECT NULL, (SELECT COUNT(*) FROM selected s WHERE s.member_id = ")
        .value(scope.member.0)
        .push("), (SELECT COUNT(*) FROM selected s WHERE s.fallen AND s.member_id = ")
        .value(scope.member.0)
        .push(")");
        let mut selection = Selection::default();
        for found in sql.read::<Found>(db, "the selection").await? {
            if let Some(id) = found.enrolment_id {
                selection.ticked.insert(EnrolmentId(id));
            } else {
                selection.fallen = stored::count(found.fallen);
                selection.count = stored::count(found.ticked).saturating_sub(selection.fallen);
            }
        }
        Ok(selection)
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
        "DELETE FROM selected WHERE member_id = $1 AND fallen",
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
