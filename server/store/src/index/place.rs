//! The places of clients on SQLite: row numbers in the order of names.
//!
//! The full-text index gives what it finds in the order of row numbers. Since this is the order of names, the first clients by name
//! that hold a text are the first that it gives, however many there are. Each firm has 2^40 places of its own; a new client takes one
//! halfway between its neighbours, and where none is left some neighbours are spread anew.

use super::AS_DRAWN;
use crate::{
    find::sql::{Index, Sql},
    outage::{Answer, OrOutage, refused},
};
use portfolio::ids::FirmId;
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashSet;
use uuid::Uuid;

/// Bits of a place within its firm.
const BITS: u32 = 40;
/// As far from the first or last client as a new first or last one is put.
const STEP: i64 = 1 << 20;
/// Neighbours that are spread at first, on either side.
const NEIGHBOURS: u32 = 32;
/// Places between two clients that were spread, at least.
const APART: i64 = 64;

/// A client that has no place yet, or another name than where it stands.
#[derive(FromQueryResult)]
struct Moved {
    enrolment_id: Uuid,
    name_key: String,
    known: bool,
}

/// A new client, and the places of its neighbours by name.
#[derive(FromQueryResult)]
struct Entering {
    enrolment_id: Uuid,
    before: Option<i64>,
    after: Option<i64>,
}

/// Finds a place for each of these enrolments in force that has none, or whose name has changed. A client that is new is written as
/// it stands, and these are told; of one that is known only place and name are written.
pub(super) async fn put(
    db: &impl ConnectionTrait,
    firm: FirmId,
    ids: &[Uuid],
) -> Answer<Vec<Uuid>> {
    let room = room(db, firm).await?;
    let mut new = enter(db, firm, room, ids).await?;
    let mut sql = Sql::new(db);
    sql.push("SELECT d.enrolment_id, d.name_key, c.place IS NOT NULL AS known FROM (")
        .push(&AS_DRAWN)
        .push(" WHERE e.ended_at IS NULL AND e.firm_id = ")
        .value(firm.0)
        .push(" AND e.id IN ")
        .ids(ids.iter().copied().filter(|id| !new.contains(id)))
        .push(") d LEFT JOIN client c ON c.enrolment_id = d.enrolment_id WHERE c.name_key IS NOT d.name_key ORDER BY d.name_key, d.enrolment_id");
    let moved = sql.read::<Moved>(db, "places of clients").await?;
    for moved in moved {
        let place = free(db, firm, room, &moved).await?;
        if moved.known {
            let mut sql = Sql::new(db);
            sql.push("UPDATE client SET place = ")
                .value(place)
                .push(", name_key = ")
                .value(moved.name_key)
                .push(" WHERE enrolment_id = ")
                .value(moved.enrolment_id);
            sql.run(db, "placing a client").await?;
        } else {
            write(db, &[(moved.enrolment_id, place)]).await?;
            new.insert(moved.enrolment_id);
        }
    }
    Ok(new.into_iter().collect())
}

/// Writes the new ones among these at once, each between its neighbours, where there is room between them; who that were.
async fn enter(
    db: &impl ConnectionTrait,
    firm: FirmId,
    room: Room,
    ids: &[Uuid],
) -> Answer<HashSet<Uuid>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT e.id AS enrolment_id, ");
    for (name, sign, end) in [("before", "<", " DESC"), ("after", ">", "")] {
        sql.push("(SELECT client.place FROM ")
            .clients(firm, Index::Named("client_by_name"))
            .push(&format!(
                " AND (client.name_key, client.enrolment_id) {sign} (h.search, e.id) \
                 ORDER BY client.name_key{end}, client.enrolment_id{end} LIMIT 1) AS {name}, "
            ));
    }
    sql.push("h.search FROM enrolment e JOIN holder h ON h.key = e.holder_key WHERE e.ended_at IS NULL AND e.firm_id = ")
        .value(firm.0)
        .push(" AND e.id IN ")
        .ids(ids.iter().copied())
        .push(
            " AND NOT EXISTS (SELECT 1 FROM client c WHERE c.enrolment_id = e.id) ORDER BY h.search, e.id",
        );
    let entering = sql.read::<Entering>(db, "places of new clients").await?;
    let mut placed = Vec::with_capacity(entering.len());
    for between in entering.chunk_by(|one, other| one.after == other.after) {
        let count = i64::try_from(between.len()).unwrap_or(i64::MAX);
        let (before, after) = (between[0].before, between[0].after);
        let (low, high) = (before.unwrap_or(room.0), after.unwrap_or(room.1));
        let apart = (high - low) / (count + 1);
        if apart == 0 {
            // They wait until some neighbours are spread anew.
            continue;
        }
        let (first, apart) = match (before, after) {
            (Some(_), None) => (low, apart.min(STEP)),
            (None, Some(_)) => (high - (count + 1) * apart.min(STEP), apart.min(STEP)),
            _ => (low, apart),
        };
        let places = (1..).map(|nth| first + nth * apart);
        placed.extend(between.iter().map(|new| new.enrolment_id).zip(places));
    }
    write(db, &placed).await?;
    Ok(placed.into_iter().map(|(id, _)| id).collect())
}

/// Writes new clients as they stand, at these places, which go up: the full-text index takes them in one go.
async fn write(db: &impl ConnectionTrait, placed: &[(Uuid, i64)]) -> Answer<()> {
    if placed.is_empty() {
        return Ok(());
    }
    let placed: Vec<String> = placed
        .iter()
        .map(|(id, place)| format!("[\"{}\",{place}]", id.simple()))
        .collect();
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO client (place, ")
        .push(&super::columns())
        .push(") SELECT p.place, d.* FROM (SELECT unhex(value ->> 0) AS id, value ->> 1 AS place FROM json_each(")
        .value(format!("[{}]", placed.join(",")))
        .push(")) p CROSS JOIN (")
        .push(&AS_DRAWN)
        .push(") d ON d.enrolment_id = p.id ORDER BY p.place");
    sql.run(db, "placing clients").await?;
    Ok(())
}

/// The places of a firm: from the first to before the second.
type Room = (i64, i64);

/// The places of the firm's block.
pub(crate) const fn block(block: i64) -> Room {
    (block << BITS, (block + 1) << BITS)
}

/// The place of each of a firm's clients, in a query for all of them that are to be drawn, `d`: as far from each other as can be.
#[cfg(feature = "bench")]
pub(super) fn all_by_name() -> String {
    format!(
        "((SELECT block FROM portfolio_size p WHERE p.firm_id = d.firm_id) << {BITS}) \
         + ROW_NUMBER() OVER (ORDER BY d.name_key, d.enrolment_id) * ((1 << {BITS}) / (COUNT(*) OVER () + 1)), "
    )
}

async fn room(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Room> {
    let mut sql = Sql::new(db);
    sql.push("SELECT block FROM portfolio_size WHERE firm_id = ")
        .value(firm.0);
    let found = numbers(db, sql).await?;
    let of_firm = found.first().ok_or_else(|| refused("firm", firm))?;
    Ok(block(*of_firm))
}

/// A place between the neighbours of a client.
async fn free(db: &impl ConnectionTrait, firm: FirmId, room: Room, moved: &Moved) -> Answer<i64> {
    let mut around = NEIGHBOURS;
    loop {
        let before = neighbour(db, firm, moved, false).await?;
        let after = neighbour(db, firm, moved, true).await?;
        let (low, high) = (before.unwrap_or(room.0), after.unwrap_or(room.1));
        let gap = high - low;
        if gap > 1 {
            return Ok(match (before, after) {
                (Some(_), None) => low + (gap / 2).min(STEP),
                (None, Some(_)) => high - (gap / 2).min(STEP),
                _ => low + gap / 2,
            });
        }
        spread(db, room, low, around).await?;
        around *= 4;
    }
}

/// The place of the client before or after one by name.
async fn neighbour(
    db: &impl ConnectionTrait,
    firm: FirmId,
    of: &Moved,
    after: bool,
) -> Answer<Option<i64>> {
    let (sign, end) = if after { (">", "") } else { ("<", " DESC") };
    let mut sql = Sql::new(db);
    sql.push("SELECT client.place FROM ")
        .clients(firm, Index::Named("client_by_name"))
        .push(&format!(
            " AND (client.name_key, client.enrolment_id) {sign} ("
        ))
        .value(of.name_key.as_str())
        .push(", ")
        .value(of.enrolment_id)
        .push(") AND client.enrolment_id <> ")
        .value(of.enrolment_id)
        .push(&format!(
            " ORDER BY client.name_key{end}, client.enrolment_id{end} LIMIT 1"
        ));
    Ok(numbers(db, sql).await?.first().copied())
}

/// Spreads the clients around a place evenly over the places that they have together, more of them where these are too few.
async fn spread(db: &impl ConnectionTrait, room: Room, at: i64, around: u32) -> Answer<()> {
    let mut around = usize::try_from(around).unwrap_or(usize::MAX);
    loop {
        let mut below = side(
            db,
            &format!("place >= {} AND place <= {at}", room.0),
            "DESC",
            around,
        )
        .await?;
        let mut above = side(
            db,
            &format!("place > {at} AND place < {}", room.1),
            "ASC",
            around,
        )
        .await?;
        // The outermost ones stay, and bound the rest.
        let full = |side: &[i64]| side.len() > around;
        let low = if full(&below) { below.pop() } else { None }.unwrap_or(room.0);
        let high = if full(&above) { above.pop() } else { None }.unwrap_or(room.1);
        below.reverse();
        let places: Vec<i64> = below.into_iter().chain(above).collect();
        let parts = i64::try_from(places.len()).unwrap_or(i64::MAX - 1) + 1;
        let apart = (high - low) / parts;
        if apart < APART && (low > room.0 || high < room.1) {
            around *= 4;
            continue;
        }
        return renumber(db, &places, low, apart.max(1)).await;
    }
}

/// The places on one side, one more than are asked for where there are more.
async fn side(
    db: &impl ConnectionTrait,
    which: &str,
    order: &str,
    most: usize,
) -> Answer<Vec<i64>> {
    let mut sql = Sql::new(db);
    sql.push(&format!(
        "SELECT place FROM client WHERE {which} ORDER BY place {order} LIMIT {}",
        most + 1
    ));
    numbers(db, sql).await
}

/// Gives these clients places so far apart, from `low` on. They stand below nought meanwhile, so that none is in another's way.
async fn renumber(db: &impl ConnectionTrait, places: &[i64], low: i64, apart: i64) -> Answer<()> {
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Ok(());
    };
    let mut sql = Sql::new(db);
    sql.push(&format!(
        "UPDATE client SET place = -place WHERE place >= {first} AND place <= {last}"
    ));
    sql.run(db, "spreading clients").await?;
    let mut place = low;
    for old in places {
        place += apart;
        let mut sql = Sql::new(db);
        sql.push("UPDATE client SET place = ")
            .value(place)
            .push(" WHERE place = ")
            .value(-old);
        sql.run(db, "spreading clients").await?;
    }
    Ok(())
}

async fn numbers(db: &impl ConnectionTrait, sql: Sql) -> Answer<Vec<i64>> {
    let what = "places of clients";
    let rows = sql.all(db, what).await?;
    rows.iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()
        .or_outage(what)
}
