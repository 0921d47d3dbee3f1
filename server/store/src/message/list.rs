//! Lists of conversations, by keyset: a page costs the same wherever it is.

use super::{Who, row};
use crate::{
    Store,
    find::sql::Sql,
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn},
};
use portfolio::{
    ids::{FirmId, ThreadId},
    message::{
        search::{PAGE, Place, Show, ThreadSearch},
        side::Side,
        view::ThreadList,
    },
    ports::MOST_COUNTED,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};

/// What waits for the body: nobody can answer any more where the firm's mandate has ended.
const WAITS: &str = " AND t.waiting_since IS NOT NULL AND e.ended_at IS NULL";

/// See [`portfolio::ports::Messages::waiting_messages`].
pub(super) async fn waiting(db: &impl ConnectionTrait, who: &Who) -> Answer<u64> {
    let mut sql = Sql::new(db);
    match who.side {
        Side::Body => {
            sql.push("SELECT COUNT(*) FROM (SELECT 1 AS one");
            row::from(&mut sql, who);
            sql.push(WAITS);
        }
        Side::Firm | Side::Client => {
            sql.push("SELECT COUNT(*) FROM (SELECT 1 AS one FROM message_mark WHERE unread AND person_id = ")
                .value(who.person);
        }
    }
    sql.push(&format!(" LIMIT {MOST_COUNTED}) AS counted"));
    sql.number(db, "unread messages").await
}

/// See [`portfolio::ports::Messages::threads`].
pub(super) async fn threads(
    store: &Store,
    db: &impl ConnectionTrait,
    who: &Who,
    search: &ThreadSearch,
) -> Answer<Option<ThreadList>> {
    let client = match (search.client, who.side) {
        (Some(id), Side::Firm) => {
            let found = scoped::enrolments(FirmId(who.house))
                .filter(EnrolmentColumn::Id.eq(id.0))
                .one(db)
                .await
                .or_outage("enrolments")?;
            let Some(enrolment) = found else {
                return Ok(None);
            };
            let holder = crate::client::holder(db, &enrolment).await?;
            Some(crate::client::name(&enrolment, holder))
        }
        _ => None,
    };
    let mut sql = row::of(db, who);
    if search.unread {
        sql.push(" AND m.unread");
    }
    if let (Some(id), Side::Firm) = (search.client, who.side) {
        sql.push(" AND t.enrolment_id = ").value(id.0);
    }
    let first_is_oldest = who.side == Side::Body && search.show == Show::Waiting;
    if who.side == Side::Body {
        sql.push(match search.show {
            Show::Waiting => WAITS,
            Show::Answered => {
                " AND t.waiting_since IS NULL AND t.closed_at IS NULL AND e.ended_at IS NULL"
            }
            Show::Closed => " AND (t.closed_at IS NOT NULL OR e.ended_at IS NOT NULL)",
        });
    }
    let (column, than, order) = if first_is_oldest {
        ("t.waiting_since", ">", "")
    } else {
        ("t.changed_at", "<", " DESC")
    };
    if let Some(after) = search.after {
        sql.push(&format!(" AND ({column} {than} "))
            .value(after.at.0)
            .push(&format!(" OR ({column} = "))
            .value(after.at.0)
            .push(&format!(" AND t.id {than} "))
            .value(after.id.0)
            .push("))");
    }
    sql.push(&format!(
        " ORDER BY {column}{order}, t.id{order} LIMIT {}",
        PAGE + 1
    ));
    let found = sql.read::<row::Row>(db, "conversations").await?;
    let on_page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let next = (found.len() > on_page)
        .then(|| found.get(on_page - 1))
        .flatten()
        .map(|last| Place {
            at: last.place(first_is_oldest),
            id: ThreadId(last.id),
        });
    let mut rows = Vec::with_capacity(on_page);
    for row in found.iter().take(on_page) {
        rows.push(row.shown(store, db, who).await?);
    }
    let waiting = match who.side {
        Side::Body => waiting(db, who).await?,
        Side::Firm | Side::Client => 0,
    };
    Ok(Some(ThreadList {
        rows,
        next,
        client,
        waiting,
    }))
}
