//! « Revue du portefeuille »: stale mandates, the one looked through longest ago first; and a mandate looked through.

use crate::{
    change, client,
    find::sql::{Index, Sql},
    index,
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn},
};
use portfolio::{
    client::{Event, Happening},
    ids::{EnrolmentId, Scope},
    journal::{About, Entry, What},
    ports::Reviewed,
    review::{Place, Stale, Step, Walk, stale_since},
    time::{DAY, Timestamp},
};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter};
use uuid::Uuid;

/// When a client was looked through last, as the indexes hold it.
const REVIEWED: &str = "COALESCE(client.reviewed_at, 0)";

/// See [`portfolio::ports::Dashboard::stale`].
pub(crate) async fn step(
    db: &impl ConnectionTrait,
    scope: &Scope,
    walk: &Walk,
    now: Timestamp,
) -> Answer<Step> {
    let before = stale_since(now);
    let stale = count(db, scope, walk.mine, None, before).await?;
    let ahead = match walk.after {
        None => stale,
        after @ Some(_) => count(db, scope, walk.mine, after, before).await?,
    };
    let shown = match next(db, scope, walk, before).await? {
        Some(place) => Some(Box::new(whole(db, scope, place).await?)),
        None => None,
    };
    Ok(Step {
        shown,
        ahead,
        stale,
    })
}

/// How many mandates are stale, of those after a place.
pub(crate) async fn count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    mine: bool,
    after: Option<Place>,
    before: Timestamp,
) -> Answer<u64> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM ");
    push_stale(&mut sql, scope, mine, after, before);
    sql.number(db, "counting stale mandates").await
}

#[derive(FromQueryResult)]
struct Found {
    reviewed: i64,
    enrolment_id: Uuid,
}

async fn next(
    db: &impl ConnectionTrait,
    scope: &Scope,
    walk: &Walk,
    before: Timestamp,
) -> Answer<Option<Place>> {
    let mut sql = Sql::new(db);
    sql.push(&format!(
        "SELECT {REVIEWED} AS reviewed, client.enrolment_id FROM "
    ));
    push_stale(&mut sql, scope, walk.mine, walk.after, before);
    sql.push(&format!(
        " ORDER BY {REVIEWED}, client.enrolment_id LIMIT 1"
    ));
    let found: Vec<Found> = sql.read(db, "the next stale mandate").await?;
    Ok(found.into_iter().next().map(|found| Place {
        reviewed_at: Timestamp(found.reviewed),
        id: EnrolmentId(found.enrolment_id),
    }))
}

fn push_stale(sql: &mut Sql, scope: &Scope, mine: bool, after: Option<Place>, before: Timestamp) {
    let index = if mine {
        "client_by_own_review"
    } else {
        "client_by_review"
    };
    sql.clients(scope.firm, Index::Named(index));
    if mine {
        sql.push(" AND client.in_charge = ").value(scope.member.0);
    }
    sql.push(&format!(" AND {REVIEWED} < ")).value(before.0);
    if let Some(Place { reviewed_at, id }) = after {
        sql.push(&format!(" AND ({REVIEWED}, client.enrolment_id) > ("))
            .value(reviewed_at.0)
            .push(", ")
            .value(id.0)
            .push(")");
    }
}

async fn whole(db: &impl ConnectionTrait, scope: &Scope, place: Place) -> Answer<Stale> {
    let client = client::client(db, scope, place.id)
        .await?
        .ok_or_else(|| refused("client", place.id))?;
    let enrolment = scoped::enrolments(scope.firm)
        .filter(EnrolmentColumn::Id.eq(place.id.0))
        .one(db)
        .await
        .or_outage("enrolments")?
        .ok_or_else(|| refused("enrolment", place.id))?;
    let names = crate::find::rows::names(db, [enrolment.created_by].into()).await?;
    Ok(Stale {
        since: Timestamp(enrolment.created_at),
        by: names.into_values().next().unwrap_or_default(),
        client,
        place,
    })
}

/// See [`portfolio::ports::OwnFields::review`]; and what the journal is to say of it. Said twice in a day it is done once.
pub(crate) async fn review(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: EnrolmentId,
    version: i32,
    now: Timestamp,
) -> Answer<(Option<Reviewed>, Option<Entry>)> {
    let enrolment = match change::locked(db, scope, id).await? {
        Some(enrolment) if enrolment.ended_at.is_none() => enrolment,
        _ => return Ok((None, None)),
    };
    if enrolment.version != version {
        return Ok((Some(Reviewed::Stale), None));
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM review WHERE enrolment_id = ")
        .value(id.0)
        .push(" AND at > ")
        .value(now.plus(-DAY).0);
    if sql.number(db, "reviews").await? > 0 {
        return Ok((Some(Reviewed::Done), None));
    }
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO review (enrolment_id, at, \"by\") VALUES (")
        .value(id.0)
        .push(", ")
        .value(now.0)
        .push(", ")
        .value(scope.member.0)
        .push(")");
    sql.run(db, "writing a review").await?;
    let mut sql = Sql::new(db);
    sql.push("UPDATE enrolment SET reviewed_at = ")
        .value(now.0)
        .push(" WHERE firm_id = ")
        .value(scope.firm.0)
        .push(" AND id = ")
        .value(id.0);
    sql.run(db, "marking a mandate as looked through").await?;
    index::draw(db, scope.firm, &[id.0]).await?;
    let entry = Entry::by(scope, What::Reviewed).about(About::Client(id));
    Ok((Some(Reviewed::Done), Some(entry)))
}

#[derive(FromQueryResult)]
struct Happened {
    at: i64,
    by: String,
}

/// When a mandate was looked through, and by whom.
pub(crate) async fn history(db: &impl ConnectionTrait, enrolment: Uuid) -> Answer<Vec<Event>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT r.at, m.name AS \"by\" FROM review r JOIN member m ON m.id = r.\"by\" WHERE r.enrolment_id = ")
        .value(enrolment)
        .push(" ORDER BY r.at DESC LIMIT 200");
    let events: Vec<Happened> = sql.read(db, "reviews").await?;
    let event = |Happened { at, by }| Event {
        at: Timestamp(at),
        by,
        what: Happening::Reviewed,
    };
    Ok(events.into_iter().map(event).collect())
}
