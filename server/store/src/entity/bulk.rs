//! Changes of many clients.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bulk")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub firm_id: Uuid,
    pub member_id: Uuid,
    pub origin: String,
    pub change: String,
    pub state: String,
    pub total: i64,
    pub done: i64,
    pub tally: String,
    pub made_at: i64,
    pub worked_at: i64,
    pub ended_at: Option<i64>,
    pub undo_of: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
