//! The calendar, and messages that are not obligatory.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Calendar;

impl MigrationName for Calendar {
    fn name(&self) -> &'static str {
        "m0013_calendar"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Calendar {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0013_calendar.sql")).await?;
        super::run(manager, include_str!("m0013_fill.sql")).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            let sample = include_str!("m0013_sample.sql");
            manager.get_connection().execute_unprepared(sample).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
