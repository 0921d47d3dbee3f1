//! Links by which clients make their own accounts, by the hash of the token that is good.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub holder_key: String,
    pub firm_id: Option<Uuid>,
    pub enrolment_id: Option<Uuid>,
    pub invited_by: Option<Uuid>,
    pub email: String,
    pub token_hash: Vec<u8>,
    pub created_at: i64,
    pub sent_at: i64,
    pub reminded_at: Option<i64>,
    pub outcome: String,
    pub outcome_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
