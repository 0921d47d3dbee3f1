//! Clients, their own houses, and the way into them.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Client;

impl MigrationName for Client {
    fn name(&self) -> &'static str {
        "m0014_client"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Client {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0014_client.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
