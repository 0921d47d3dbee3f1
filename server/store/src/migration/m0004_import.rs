//! Files of clients, their boxes and what became of their lines.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Import;

impl MigrationName for Import {
    fn name(&self) -> &'static str {
        "m0004_import"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Import {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0004_import.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
