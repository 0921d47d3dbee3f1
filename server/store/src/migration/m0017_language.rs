//! The language that each person has chosen.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Language;

impl MigrationName for Language {
    fn name(&self) -> &'static str {
        "m0017_language"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Language {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0017_language.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
