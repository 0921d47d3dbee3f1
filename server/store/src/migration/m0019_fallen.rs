//! Clients that have ended since they were ticked.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Fallen;

impl MigrationName for Fallen {
    fn name(&self) -> &'static str {
        "m0019_fallen"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Fallen {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0019_fallen.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
