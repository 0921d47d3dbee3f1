//! « Travailler à l'étranger »: people, requests, and what became of each.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Mobility;

impl MigrationName for Mobility {
    fn name(&self) -> &'static str {
        "m0009_mobility"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Mobility {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0009_mobility.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
