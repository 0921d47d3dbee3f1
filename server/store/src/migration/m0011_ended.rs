//! What stays of a client whose enrolment has ended.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Ended;

impl MigrationName for Ended {
    fn name(&self) -> &'static str {
        "m0011_ended"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Ended {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0011_ended.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
