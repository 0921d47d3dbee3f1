//! Files of clients that firms sent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub firm_id: Uuid,
    pub member_id: Uuid,
    pub actor_id: Uuid,
    pub actor_origin: String,
    pub name: String,
    pub format: String,
    pub created_at: i64,
    pub state: String,
    pub halt: String,
    pub mapping: String,
    pub services: String,
    pub total: i64,
    pub done: i64,
    pub next_chunk: i32,
    pub ready: i64,
    pub added: i64,
    pub already: i64,
    pub refused: i64,
    pub good: i64,
    pub failed: i64,
    pub proved_at: Option<i64>,
    pub checked_at: Option<i64>,
    pub ended_at: Option<i64>,
    pub claimed_until: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "crate::entity::member::Entity",
        from = "Column::MemberId",
        to = "crate::entity::member::Column::Id"
    )]
    Sender,
}

impl ActiveModelBehavior for ActiveModel {}
