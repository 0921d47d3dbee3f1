//! The schema and how it grows: forward only, one file a step, never edited once it has run anywhere.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

mod m0001_first;
mod m0002_trust;
mod m0005_bulk;

/// Every step, in order.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first::First),
            Box::new(m0002_trust::Trust),
            Box::new(m0005_bulk::Bulk),
        ]
    }
}

/// Runs SQL written once for both engines: the words in braces are each engine's own.
///
/// Texts compare by their bytes on both, so that both sort alike. SQLite's tables are `STRICT`: it refuses a value of the wrong
/// type as PostgreSQL does.
async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let words = match manager.get_database_backend() {
        DbBackend::Postgres => [
            ("{id}", "uuid"),
            ("{text}", "text COLLATE \"C\""),
            ("{bytes}", "bytea"),
            ("{number}", "integer"),
            ("{big}", "bigint"),
            ("{flag}", "boolean"),
            ("{strict}", ""),
        ],
        _ => [
            ("{id}", "BLOB"),
            ("{text}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{number}", "INTEGER"),
            ("{big}", "INTEGER"),
            ("{flag}", "INTEGER"),
            ("{strict}", "STRICT"),
        ],
    };
    let sql = words
        .iter()
        .fold(sql.to_owned(), |sql, (word, own)| sql.replace(word, own));
    manager.get_connection().execute_unprepared(&sql).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{Database, Statement};

    /// Fear: whoever was a member before roles came can no longer do anything, or is not written to.
    #[tokio::test]
    async fn members_of_before() {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, Some(1)).await.unwrap();
        let id = "x'01a20cbe36107d9caf6a74462ae16a39'";
        let sql = format!(
            "INSERT INTO firm (id, name, created_at) VALUES ({id}, 'Dupont', 5); \
             INSERT INTO member (id, firm_id, identifier, name, password_hash, created_at) \
             VALUES ({id}, {id}, 'claire@dupont.fr', 'Claire', '$x', 5)"
        );
        db.execute_unprepared(&sql).await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let sql = "SELECT joined_at || role || email FROM member";
        let row = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(row).await.unwrap().unwrap();
        let found: String = row.try_get_by_index(0).unwrap();
        assert_eq!(found, "5administrateurclaire@dupont.fr");
    }
}
