//! Enrolments of firms.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub firm_id: Uuid,
    pub holder_key: String,
    pub version: i32,
    pub created_at: i64,
    pub created_by: Uuid,
    pub changed_at: i64,
    pub changed_by: Uuid,
    pub ended_at: Option<i64>,
    pub ended_by: Option<Uuid>,
    pub ended_name: Option<String>,
    pub ended_state: Option<i32>,
    pub reference: String,
    pub reference_search: String,
    pub own_search: String,
    pub in_charge: Option<Uuid>,
    pub in_charge_key: String,
    pub reviewed_at: Option<i64>,
    pub own_version: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "crate::entity::holder::Entity",
        from = "Column::HolderKey",
        to = "crate::entity::holder::Column::Key"
    )]
    Holder,
}

impl Related<crate::entity::holder::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Holder.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
