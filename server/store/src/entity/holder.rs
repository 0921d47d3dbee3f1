//! Holders under a scheme; drawn from the accounts by the import alone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holder")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub scheme: String,
    pub siren: Option<String>,
    pub account_number: Option<String>,
    pub number: String,
    pub kind: String,
    pub name: String,
    pub search: String,
    pub state: i32,
    pub accounts: i64,
    pub found: String,
    pub organisms: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
