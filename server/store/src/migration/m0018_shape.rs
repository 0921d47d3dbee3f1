//! How enrolments lie in a large firm, told to SQLite.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Shape;

impl MigrationName for Shape {
    fn name(&self) -> &'static str {
        "m0018_shape"
    }
}

/// Without these SQLite takes ten enrolments for all that a firm has, and reads every one of a firm where it is asked for a few by
/// their ids. They are the same everywhere, rather than counted now and then, so that a statement is answered the same way in a new
/// portal, in a large one and in a test; PostgreSQL counts by itself. In order: rows of an index, then rows that share its first
/// column, its first two, and so on (<https://www.sqlite.org/fileformat2.html#stat1tab>).
const SHAPE: &str = "ANALYZE instance; \
    DELETE FROM sqlite_stat1; \
    INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES \
        ('enrolment', 'sqlite_autoindex_enrolment_1', '300000 1'), \
        ('enrolment', 'enrolment_in_force', '300000 300000 1'), \
        ('enrolment', 'enrolment_made', '300000 300000 200'), \
        ('enrolment', 'enrolment_ended', '100000 100000 50'), \
        ('enrolment', 'enrolment_in_charge', '300000 15000'), \
        ('enrolment', 'enrolment_of_holder', '300000 2'); \
    ANALYZE sqlite_schema;";

#[async_trait::async_trait]
impl MigrationTrait for Shape {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            manager.get_connection().execute_unprepared(SHAPE).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
