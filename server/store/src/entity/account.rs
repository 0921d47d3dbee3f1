//! Accounts of the registry; written by the import alone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_number: String,
    pub kind: String,
    pub holder_key: String,
    pub siren: Option<String>,
    pub siret: Option<String>,
    pub name: String,
    pub search: String,
    pub organism: String,
    pub state: i32,
    pub secret_digest: Option<Vec<u8>>,
    pub last_period: String,
    pub email: String,
    pub up_to_date: bool,
    pub headcount: Option<i32>,
    pub payroll: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
