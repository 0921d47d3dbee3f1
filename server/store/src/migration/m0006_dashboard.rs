//! The dashboard's indexes, and who looked a mandate through.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Dashboard;

impl MigrationName for Dashboard {
    fn name(&self) -> &'static str {
        "m0006_dashboard"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Dashboard {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0006_dashboard.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
