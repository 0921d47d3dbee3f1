//! What was asked for and is done later, and what is sealed for a while.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Requests;

impl MigrationName for Requests {
    fn name(&self) -> &'static str {
        "m0007_requests"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Requests {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0007_requests.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
