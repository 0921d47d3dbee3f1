//! Members of firms.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub firm_id: Uuid,
    pub identifier: String,
    pub name: String,
    pub password_hash: String,
    pub created_at: i64,
    pub role: String,
    pub email: String,
    pub joined_at: Option<i64>,
    pub suspended_at: Option<i64>,
    pub removed_at: Option<i64>,
    pub language: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::firm::Entity",
        from = "Column::FirmId",
        to = "super::firm::Column::Id"
    )]
    Firm,
}

impl ActiveModelBehavior for ActiveModel {}
