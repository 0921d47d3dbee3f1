use super::{draw, write_own};
use crate::migration::Migrator;
use portfolio::ids::FirmId;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;
use std::{
    fmt::Write,
    sync::{Arc, Mutex},
};
use uuid::Uuid;

/// How SQLite carries a statement out.
async fn plan(db: &DatabaseConnection, of: &Statement) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", of.sql);
    let values = of.values.iter().flat_map(|values| values.0.clone());
    let of = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
    let rows = db.query_all_raw(of).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<String>(3).unwrap())
        .collect()
}

/// Fear: what is done to a few clients reads all that the firm has, so that a file of clients or a change of many takes the longer the
/// larger the firm is, each of its steps anew.
#[tokio::test]
async fn a_few_clients_are_not_sought_among_all() {
    let mut db = Database::connect("sqlite::memory:").await.unwrap();
    Migrator::up(&db, None).await.unwrap();
    let id = |n: u32| Uuid::from_u128(u128::from(n));
    let blob = |n: u32| format!("x'{}'", id(n).simple());
    let mut sql = format!(
        "INSERT INTO firm (id, name, created_at) VALUES ({0}, 'Dupont', 5); \
         INSERT INTO member (id, firm_id, identifier, name, password_hash, created_at, role, email, joined_at) \
         VALUES ({0}, {0}, 'claire', 'Claire', '$x', 5, 'administrateur', 'c@d.fr', 5);",
        blob(0)
    );
    let ids: Vec<Uuid> = (1..=300).map(id).collect();
    for n in 1..=300 {
        write!(
            sql,
            "INSERT INTO holder (key, scheme, number, kind, name, search, state, accounts) \
             VALUES ('TI:{n}', 'TI', '{n}', 'AE', 'n{n}', 'n{n}', 1, 0); \
             INSERT INTO enrolment (id, firm_id, holder_key, version, created_at, created_by, changed_at, changed_by) \
             VALUES ({}, {1}, 'TI:{n}', 1, 5, {1}, 5, {1});",
            blob(n),
            blob(0)
        )
        .unwrap();
    }
    db.execute_unprepared(&sql).await.unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = heard.clone();
    db.set_metric_callback(move |told| hears.lock().unwrap().push(told.statement.clone()));
    let firm = FirmId(id(0));
    draw(&db, firm, &ids).await.unwrap();
    write_own(&db, firm, &ids).await.unwrap();
    // Those that are there, and one that is new between them.
    draw(&db, firm, &ids[..2]).await.unwrap();
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    let naming = |statement: &&Statement| statement.sql.contains("IN (");
    assert!(heard.iter().filter(naming).count() > 6, "{heard:?}");
    for statement in heard.iter().filter(naming) {
        for step in plan(&db, statement).await {
            let all = ["SCAN e", "SCAN enrolment", "SCAN client"].contains(&step.as_str())
                || step.ends_with("(firm_id=?)");
            assert!(!all, "{step}: {}", statement.sql);
        }
    }
}
