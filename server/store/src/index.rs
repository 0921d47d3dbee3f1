//! The table `client`: the enrolments in force as the list reads them, drawn from what is stored elsewhere.
//!
//! Whatever changes an enrolment, a holder, a label or who is in charge draws the clients that it touches again, in the same
//! transaction ([`draw`]). Nothing else writes the table; `Store::faults` holds it to what it is drawn from.

pub(crate) mod place;

use crate::{
    outage::{Answer, OrOutage},
    raw::places,
};
use portfolio::{
    calendar::{LARGE, Rhythm},
    catalogue::ServiceCode,
    holder::{AccountState, Kind},
    ids::FirmId,
    search::BEFORE,
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use std::{fmt::Write, sync::LazyLock};
use uuid::Uuid;

/// Sorts after every text.
pub(crate) const LAST: char = '\u{10ffff}';
/// Accounts of a holder that are sought by fragments of their numbers. A chain of shops has thousands, whose numbers are found whole, or
/// by their beginning.
pub(crate) const MOST_NUMBERS: u32 = 20;
/// Clients drawn by one statement.
const AT_ONCE: usize = 500;

/// The columns that are drawn, and what from: `e` is the enrolment, `h` its holder.
pub(crate) const DRAWN: [(&str, &str); 23] = [
    ("enrolment_id", "e.id"),
    ("firm_id", "e.firm_id"),
    ("holder_key", "e.holder_key"),
    ("name_key", "h.search"),
    ("name", "h.name"),
    ("number", "h.number"),
    ("scheme", "h.scheme"),
    ("kind", "h.kind"),
    ("state", "h.state"),
    ("organisms", "h.organisms"),
    (
        "services",
        "(SELECT COUNT(*) FROM enrolment_service s WHERE s.enrolment_id = e.id)",
    ),
    ("service_mask", "{mask}"),
    ("created_at", "e.created_at"),
    ("created_by", "e.created_by"),
    ("changed_at", "e.changed_at"),
    ("changed_by", "e.changed_by"),
    ("in_charge", "e.in_charge"),
    (
        "in_charge_key",
        "CASE WHEN e.in_charge IS NULL THEN '{last}' ELSE e.in_charge_key END",
    ),
    ("reference", "e.reference"),
    (
        "reference_key",
        "CASE WHEN e.reference_search = '' THEN '{last}' ELSE e.reference_search END",
    ),
    ("reviewed_at", "e.reviewed_at"),
    ("search", "h.found || e.own_search"),
    ("calendar", "{calendar}"),
];

/// A query for clients as they should stand, with a name for each column; conditions on `e` may follow.
pub(crate) static AS_DRAWN: LazyLock<String> = LazyLock::new(|| {
    let mut columns = String::new();
    for (column, from) in DRAWN {
        let comma = if columns.is_empty() { "" } else { ", " };
        write!(columns, "{comma}{from} AS {column}").expect("writing to a string never fails");
    }
    let columns = columns
        .replace("{mask}", &mask())
        .replace("{calendar}", &calendar())
        .replace("{last}", &LAST.to_string());
    format!("SELECT {columns} FROM enrolment e JOIN holder h ON h.key = e.holder_key")
});

/// What [`portfolio::search::indexed`] makes of a text, for one that is normalised already.
pub(crate) fn words(text: &str) -> String {
    format!(
        "CASE WHEN {text} = '' THEN '' ELSE '{BEFORE}' || replace({text}, ' ', '{BEFORE}') \
         || CASE WHEN {text} LIKE '% %' THEN '{BEFORE}' || replace({text}, ' ', '') ELSE '' END END"
    )
}

/// The bits of an enrolment's services; each is there once, so that their sum holds them all.
fn mask() -> String {
    let bits: String = ServiceCode::all().fold(String::new(), |mut bits, code| {
        write!(bits, " WHEN '{}' THEN {}", code.as_str(), code.bit())
            .expect("writing to a string never fails");
        bits
    });
    format!(
        "CAST(COALESCE((SELECT SUM(CASE s.code{bits} ELSE 0 END) FROM enrolment_service s WHERE s.enrolment_id = e.id), 0) AS BIGINT)"
    )
}

/// The rhythm of a client: what the firm has said, where its kind may have that, else the usual one; none of one that is struck off.
fn calendar() -> String {
    let struck_off = AccountState::Radie.code();
    let mut offered = String::new();
    let mut usual = String::new();
    for kind in Kind::ALL {
        for rhythm in Rhythm::offered(kind) {
            let comma = if offered.is_empty() { "" } else { ", " };
            write!(offered, "{comma}'{}:{}'", kind.code(), rhythm.code())
                .expect("writing to a string never fails");
        }
        let [small, large] =
            [LARGE - 1, LARGE].map(|headcount| Rhythm::usual(kind, Some(headcount)));
        write!(
            usual,
            " WHEN h.kind = '{}' THEN CASE WHEN COALESCE(h.headcount, 0) >= {LARGE} THEN '{}' ELSE '{}' END",
            kind.code(),
            large.code(),
            small.code()
        )
        .expect("writing to a string never fails");
    }
    format!(
        "CASE WHEN h.state = {struck_off} THEN '' WHEN h.kind || ':' || e.rhythm IN ({offered}) THEN e.rhythm{usual} ELSE '' END"
    )
}

/// Draws the clients of these enrolments of a firm; those that have ended leave.
pub(crate) async fn draw(db: &impl ConnectionTrait, firm: FirmId, ids: &[Uuid]) -> Answer<()> {
    let engine = db.get_database_backend();
    count_in(db, firm).await?;
    for ids in ids.chunks(AT_ONCE) {
        let values = || {
            std::iter::once(firm.0)
                .chain(ids.iter().copied())
                .map(Value::from)
        };
        let list = places(2, ids.len());
        if engine == DbBackend::Postgres {
            // An import that changes the holder is waited for, and a later one sees the client.
            let sql = format!(
                "SELECT 1 FROM holder WHERE key IN (SELECT holder_key FROM enrolment WHERE firm_id = $1 AND id IN ({list})) \
                 ORDER BY key FOR SHARE"
            );
            let statement = Statement::from_sql_and_values(engine, sql, values());
            db.query_all_raw(statement)
                .await
                .or_outage("holding holders")?;
        }
        if engine == DbBackend::Postgres {
            let which = format!("e.firm_id = $1 AND e.id IN ({list}) AND e.ended_at IS NULL");
            let statement = Statement::from_sql_and_values(engine, upsert(&which), values());
            db.execute_raw(statement)
                .await
                .or_outage("drawing clients")?;
        } else {
            let new = place::put(db, firm, ids).await?;
            let known: Vec<Uuid> = ids.iter().filter(|id| !new.contains(id)).copied().collect();
            redraw(db, firm, &known).await?;
        }
        let ended = format!(
            "(SELECT id FROM enrolment WHERE firm_id = $1 AND id IN ({list}) AND ended_at IS NOT NULL)"
        );
        let sql = format!("DELETE FROM client WHERE firm_id = $1 AND enrolment_id IN {ended}");
        let statement = Statement::from_sql_and_values(engine, sql, values());
        let left = db
            .execute_raw(statement)
            .await
            .or_outage("removing clients")?;
        if left.rows_affected() > 0 {
            let sql = format!("UPDATE selected SET fallen = TRUE WHERE enrolment_id IN {ended}");
            let statement = Statement::from_sql_and_values(engine, sql, values());
            db.execute_raw(statement)
                .await
                .or_outage("ticks of clients that ended")?;
        }
    }
    Ok(())
}

/// Draws all clients of a firm that has none drawn.
#[cfg(feature = "bench")]
pub(crate) async fn draw_all(db: &impl ConnectionTrait, firm: FirmId) -> Answer<()> {
    let engine = db.get_database_backend();
    count_in(db, firm).await?;
    let (place, places) = match engine {
        DbBackend::Postgres => ("", String::new()),
        _ => ("place, ", place::all_by_name()),
    };
    let sql = format!(
        "INSERT INTO client ({place}{}) SELECT {places}d.* FROM ({} WHERE e.firm_id = $1 AND e.ended_at IS NULL) d \
         ORDER BY d.name_key, d.enrolment_id",
        columns(),
        *AS_DRAWN
    );
    let statement = Statement::from_sql_and_values(engine, sql, [firm.0.into()]);
    db.execute_raw(statement)
        .await
        .or_outage("drawing clients")?;
    Ok(())
}

/// Draws clients that are listed already, on SQLite: each of their indexes is written again, which a new client is spared.
async fn redraw(db: &impl ConnectionTrait, firm: FirmId, ids: &[Uuid]) -> Answer<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let which = format!(
        "e.firm_id = $1 AND e.id IN ({}) AND e.ended_at IS NULL",
        places(2, ids.len())
    );
    let values = std::iter::once(firm.0).chain(ids.iter().copied());
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        update(&which),
        values.map(Value::from),
    );
    db.execute_raw(statement)
        .await
        .or_outage("drawing clients")?;
    Ok(())
}

/// The firm's row of `portfolio_size`, which the triggers of `client` count in.
async fn count_in(db: &impl ConnectionTrait, firm: FirmId) -> Answer<()> {
    let statement = Statement::from_sql_and_values(
        db.get_database_backend(),
        "INSERT INTO portfolio_size (firm_id, clients) VALUES ($1, 0) ON CONFLICT (firm_id) DO NOTHING",
        [firm.0.into()],
    );
    db.execute_raw(statement)
        .await
        .or_outage("counting clients")?;
    Ok(())
}

/// The columns that are drawn, between commas.
fn columns() -> String {
    let columns: Vec<&str> = DRAWN.iter().map(|(column, _)| *column).collect();
    columns.join(", ")
}

/// `name = d.name`, for each column that is drawn.
fn set(from: &str) -> String {
    let set: Vec<String> = DRAWN
        .iter()
        .map(|(column, _)| format!("{column} = {from}.{column}"))
        .collect();
    set.join(", ")
}

fn upsert(which: &str) -> String {
    format!(
        "INSERT INTO client ({}) {} WHERE {which} ON CONFLICT (enrolment_id) DO UPDATE SET {}",
        columns(),
        *AS_DRAWN,
        set("excluded")
    )
}

fn update(which: &str) -> String {
    format!(
        "UPDATE client SET {} FROM ({} WHERE {which}) d WHERE client.enrolment_id = d.enrolment_id",
        set("d"),
        *AS_DRAWN
    )
}

/// Queries for the ids of what is not listed as it stands, and what is wrong with it: see [`crate::faults`].
pub(crate) fn wrong(engine: DbBackend) -> Vec<(&'static str, String)> {
    let each = |of: &str| {
        let columns: Vec<_> = DRAWN
            .iter()
            .map(|(column, _)| format!("{of}.{column}"))
            .collect();
        columns.join(", ")
    };
    let mut wrong = vec![
        (
            "a client is not listed as it stands",
            format!(
                "SELECT d.enrolment_id AS id FROM ({} WHERE e.ended_at IS NULL) d LEFT JOIN client c ON c.enrolment_id = d.enrolment_id \
                 WHERE ({}) IS DISTINCT FROM ({})",
                *AS_DRAWN,
                each("c"),
                each("d")
            ),
        ),
        (
            "a client is listed that is none",
            "SELECT enrolment_id AS id FROM client c WHERE NOT EXISTS \
             (SELECT 1 FROM enrolment e WHERE e.id = c.enrolment_id AND e.ended_at IS NULL)"
                .to_owned(),
        ),
        (
            "a client that was ticked is there and taken to have ended, or the other way round",
            "SELECT enrolment_id AS id FROM selected s \
             WHERE s.fallen = EXISTS (SELECT 1 FROM client c WHERE c.enrolment_id = s.enrolment_id)"
                .to_owned(),
        ),
        (
            "a firm does not manage as many clients as are counted",
            "SELECT f.id FROM firm f LEFT JOIN portfolio_size p ON p.firm_id = f.id \
             WHERE COALESCE(p.clients, 0) <> (SELECT COUNT(*) FROM client c WHERE c.firm_id = f.id)"
                .to_owned(),
        ),
        (
            "a client is not found by its reference and labels",
            format!(
                "SELECT id FROM enrolment WHERE own_search <> {}",
                own_search()
            ),
        ),
    ];
    if engine == DbBackend::Sqlite {
        wrong.push((
            "clients have no places in the order of their names",
            "SELECT enrolment_id AS id FROM (SELECT enrolment_id, place, \
             LAG(place) OVER (PARTITION BY firm_id ORDER BY name_key, enrolment_id) AS before FROM client) WHERE before >= place"
                .to_owned(),
        ));
    }
    wrong
}

/// What an enrolment is found by besides its holder.
fn own_search() -> String {
    format!(
        "{} || COALESCE((SELECT string_agg({}, '' ORDER BY l.key) FROM enrolment_label el \
         JOIN label l ON l.id = el.label_id WHERE el.enrolment_id = enrolment.id), '')",
        words("reference_search"),
        words("l.key"),
    )
}

/// Writes what the enrolments of a firm are found by besides their holder: reference and labels. To be drawn afterwards.
pub(crate) async fn write_own(db: &impl ConnectionTrait, firm: FirmId, ids: &[Uuid]) -> Answer<()> {
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!(
            "UPDATE enrolment SET own_search = {} WHERE firm_id = $1 AND id IN ({})",
            own_search(),
            places(2, ids.len())
        );
        let values = std::iter::once(firm.0).chain(ids.iter().copied());
        let statement =
            Statement::from_sql_and_values(db.get_database_backend(), sql, values.map(Value::from));
        db.execute_raw(statement)
            .await
            .or_outage("writing what clients are found by")?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Renamed {
    firm_id: Uuid,
    enrolment_id: Uuid,
}

/// Brings what an import changed of holders to their clients: those who have another name are drawn, since they get another place,
/// and one statement does for the rest.
pub(crate) async fn follow_holders(db: &impl ConnectionTrait) -> Answer<()> {
    let statement = Statement::from_string(db.get_database_backend(), RENAMED);
    let renamed = Renamed::find_by_statement(statement)
        .all(db)
        .await
        .or_outage("clients of another name")?;
    for firm in renamed.chunk_by(|one, other| one.firm_id == other.firm_id) {
        let ids: Vec<Uuid> = firm.iter().map(|client| client.enrolment_id).collect();
        draw(db, FirmId(firm[0].firm_id), &ids).await?;
    }
    db.execute_unprepared(&FOLLOW_HOLDERS)
        .await
        .or_outage("drawing clients from holders")?;
    Ok(())
}

const RENAMED: &str = "SELECT c.firm_id, c.enrolment_id FROM client c JOIN holder h ON h.key = c.holder_key \
    WHERE c.name_key <> h.search ORDER BY c.firm_id, h.search, c.enrolment_id";

static FOLLOW_HOLDERS: LazyLock<String> = LazyLock::new(|| {
    "UPDATE client SET name = h.name, kind = h.kind, state = h.state, organisms = h.organisms, \
        search = h.found || e.own_search, calendar = {calendar} \
    FROM holder h, enrolment e \
    WHERE h.key = client.holder_key AND e.id = client.enrolment_id \
        AND (client.name, client.kind, client.state, client.organisms, client.search, client.calendar) \
            IS DISTINCT FROM (h.name, h.kind, h.state, h.organisms, h.found || e.own_search, {calendar})"
        .replace("{calendar}", &calendar())
});

#[cfg(test)]
mod tests;
