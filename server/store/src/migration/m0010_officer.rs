//! The body and its officers.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Officer;

impl MigrationName for Officer {
    fn name(&self) -> &'static str {
        "m0010_officer"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Officer {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0010_officer.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
