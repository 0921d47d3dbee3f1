//! Attestations de vigilance.

use sea_orm::DbErr;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Attestation;

impl MigrationName for Attestation {
    fn name(&self) -> &'static str {
        "m0015_attestation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Attestation {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, include_str!("m0015_attestation.sql")).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
