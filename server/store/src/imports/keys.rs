//! What is known of the holders that some lines name, asked for all of them at once.
//!
//! The holders are rows that are joined, not a list to be found in. PostgreSQL keeps the plan of a statement from its sixth use on,
//! whatever becomes of its tables: made while a table was empty, it compared each line of a file with each of 500 names, at every step.
//! Of a join neither plan is bad.

use super::lines;
use crate::{outage::Answer, raw};
use portfolio::{attempts, ids::FirmId, import::Verdict, time::Timestamp};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// The lines of this import (`$1`), but those in this state (`$2`).
const MET: &str = "SELECT l.holder_key, l.line FROM k CROSS JOIN import_line l \
     WHERE l.import_id = $1 AND l.holder_key = k.key AND l.state <> $2";
/// The clients of this firm (`$1`).
const MANAGED: &str = "SELECT e.holder_key FROM k CROSS JOIN enrolment e \
     WHERE e.firm_id = $1 AND e.holder_key = k.key AND e.ended_at IS NULL";
/// The lines of this firm's (`$1`) files since a moment (`$3`), but for one (`$4`), and but for those in this state (`$2`). SQLite keeps
/// to the order of a cross join: the few files are found once, not for each key.
const PROVED: &str = "SELECT l.holder_key FROM import i CROSS JOIN k CROSS JOIN import_line l \
     WHERE i.firm_id = $1 AND i.proved_at > $3 AND i.id <> $4 AND l.import_id = i.id AND l.holder_key = k.key AND l.state <> $2";

/// A statement about so many keys, which come after so many other values.
fn about(select: &str, before: usize, keys: usize) -> String {
    let keys: Vec<String> = (before + 1..=before + keys)
        .map(|place| format!("(${place})"))
        .collect();
    format!("WITH k(key) AS (VALUES {}) {select}", keys.join(", "))
}

async fn asked<T: FromQueryResult + Send + Sync>(
    db: &impl ConnectionTrait,
    select: &str,
    before: Vec<Value>,
    keys: &[String],
    what: &'static str,
) -> Answer<Vec<T>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = about(select, before.len(), keys.len());
    let values = before
        .into_iter()
        .chain(keys.iter().map(|key| key.as_str().into()));
    raw::all(db, &sql, values.collect(), what).await
}

#[derive(FromQueryResult)]
struct Named {
    holder_key: String,
}

fn names(found: Vec<Named>) -> BTreeSet<String> {
    found.into_iter().map(|found| found.holder_key).collect()
}

/// The holders that the import has met on a line before which was not refused, and on which.
pub(super) async fn met(
    db: &impl ConnectionTrait,
    import: Uuid,
    keys: &[String],
) -> Answer<HashMap<String, u32>> {
    #[derive(FromQueryResult)]
    struct Met {
        holder_key: String,
        line: i64,
    }
    let before = vec![import.into(), Verdict::Refused.code().into()];
    let found: Vec<Met> = asked(db, MET, before, keys, "lines of an import").await?;
    Ok(found
        .into_iter()
        .map(|met| (met.holder_key, lines(met.line)))
        .collect())
}

/// Those that the firm manages.
pub(super) async fn managed(
    db: &impl ConnectionTrait,
    firm: FirmId,
    keys: &[String],
) -> Answer<BTreeSet<String>> {
    let before = vec![firm.0.into()];
    let found = asked(db, MANAGED, before, keys, "enrolments in force").await?;
    Ok(names(found))
}

/// Those that files of the firm have proved within a day, the import at hand apart: they make no room for more failures.
pub(super) async fn proved(
    db: &impl ConnectionTrait,
    firm: FirmId,
    import: Uuid,
    keys: &[String],
    now: Timestamp,
) -> Answer<BTreeSet<String>> {
    let before = vec![
        firm.0.into(),
        Verdict::Refused.code().into(),
        (now.0 - attempts::WINDOW).into(),
        import.into(),
    ];
    let found = asked(db, PROVED, before, keys, "lines of imports").await?;
    Ok(names(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::migration::Migrator;
    use sea_orm::{Database, DatabaseConnection, Statement};
    use sea_orm_migration::MigratorTrait as _;

    /// Whatever a plan says, in one text.
    async fn planned(db: &DatabaseConnection, sql: String, column: usize) -> String {
        let statement = Statement::from_string(db.get_database_backend(), sql);
        let rows = db.query_all_raw(statement).await.unwrap();
        rows.iter()
            .map(|row| row.try_get_by_index::<String>(column).unwrap() + "\n")
            .collect()
    }

    /// Fear: each line of a file, or each client of a firm, is compared with each of the 500 that a step names, by a plan that was made
    /// while there were none: most of a file's time went there.
    #[tokio::test]
    #[ignore = "needs TEST_POSTGRES_URL"]
    async fn postgres_compares_no_row_with_every_name() {
        let server = std::env::var("TEST_POSTGRES_URL").unwrap();
        let admin = Database::connect(&server).await.unwrap();
        let name = format!("keys_{}", Uuid::now_v7().simple());
        let create = format!("CREATE DATABASE {name} TEMPLATE template0");
        admin.execute_unprepared(&create).await.unwrap();
        let at = server.rsplit_once('/').unwrap().0;
        let mut options = sea_orm::ConnectOptions::new(format!("{at}/{name}"));
        options.max_connections(1);
        let db = Database::connect(options).await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        db.execute_unprepared("SET plan_cache_mode = force_generic_plan")
            .await
            .unwrap();
        let (id, state) = ("'01a20cbe-3610-7d9c-af6a-74462ae16a39'", "'refused'");
        let key = "'RG:732829320'";
        for (n, (select, before)) in [
            (MET, vec![id, state]),
            (MANAGED, vec![id]),
            (PROVED, vec![id, state, "5", id]),
        ]
        .into_iter()
        .enumerate()
        {
            let sql = about(select, before.len(), 500);
            let given = [before, vec![key; 500]].concat().join(", ");
            let prepare = format!("PREPARE p{n} AS {sql}");
            db.execute_unprepared(&prepare).await.unwrap();
            let plan = planned(&db, format!("EXPLAIN EXECUTE p{n}({given})"), 0).await;
            assert!(plan.contains("Values Scan"), "{plan}");
            assert!(!plan.contains("ANY"), "{plan}");
        }
        db.close().await.unwrap();
        let drop = format!("DROP DATABASE {name} WITH (FORCE)");
        admin.execute_unprepared(&drop).await.unwrap();
    }

    /// Fear: the same on SQLite, which plans each statement once for whatever is there.
    #[tokio::test]
    async fn sqlite_seeks_each_name() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        for (select, before) in [(MET, 2), (MANAGED, 1), (PROVED, 4)] {
            let plan = planned(
                &db,
                format!("EXPLAIN QUERY PLAN {}", about(select, before, 500)),
                3,
            )
            .await;
            assert!(plan.contains("holder_key=?"), "{plan}");
            for table in ["l", "e", "i"] {
                assert!(!plan.contains(&format!("SCAN {table}\n")), "{plan}");
            }
        }
    }
}
