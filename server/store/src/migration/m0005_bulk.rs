//! Selections, changes of many clients, models of services.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Bulk;

impl MigrationName for Bulk {
    fn name(&self) -> &'static str {
        "m0005_bulk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Bulk {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0005_bulk.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
