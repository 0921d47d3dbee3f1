//! Secure messages about an account.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Messages;

impl MigrationName for Messages {
    fn name(&self) -> &'static str {
        "m0016_messages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Messages {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0016_messages.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
