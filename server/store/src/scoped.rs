//! The one door to a firm's clients: every query about them starts here and names the firm.
//!
//! The tables are private to this module, so that a query without a firm does not compile.

mod draft;
mod enrolment;

pub(crate) use draft::{ActiveModel as NewDraft, Column as DraftColumn, Model as Draft};
pub(crate) use enrolment::{
    ActiveModel as NewEnrolment, Column as EnrolmentColumn, Model as Enrolment,
};
use portfolio::{
    ids::{FirmId, MemberId, Scope},
    ports::DRAFT_LIFE,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, DeleteMany, EntityTrait, Insert, QueryFilter, Select, TryInsert, UpdateMany,
    sea_query::OnConflict,
};

/// The enrolments of a firm, ended ones too.
pub(crate) fn enrolments(firm: FirmId) -> Select<enrolment::Entity> {
    enrolment::Entity::find().filter(EnrolmentColumn::FirmId.eq(firm.0))
}

/// The enrolments of a firm that are in force.
pub(crate) fn in_force(firm: FirmId) -> Select<enrolment::Entity> {
    enrolments(firm).filter(EnrolmentColumn::EndedAt.is_null())
}

/// A change to enrolments of a firm.
pub(crate) fn change(firm: FirmId) -> UpdateMany<enrolment::Entity> {
    enrolment::Entity::update_many().filter(EnrolmentColumn::FirmId.eq(firm.0))
}

/// A new enrolment; nothing happens when the firm manages the holder's scheme already, which the database alone decides.
pub(crate) fn enrol(row: NewEnrolment) -> TryInsert<NewEnrolment> {
    enrolment::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
}

/// The drafts of a member that can be taken up at `now`.
pub(crate) fn drafts(scope: &Scope, now: Timestamp) -> Select<draft::Entity> {
    draft::Entity::find()
        .filter(DraftColumn::FirmId.eq(scope.firm.0))
        .filter(DraftColumn::MemberId.eq(scope.member.0))
        .filter(DraftColumn::CreatedAt.gt(now.plus(-DRAFT_LIFE).0))
}

/// A new draft.
pub(crate) fn begin(row: NewDraft) -> Insert<NewDraft> {
    draft::Entity::insert(row)
}

/// A change to drafts of a member.
pub(crate) fn change_drafts(scope: &Scope) -> UpdateMany<draft::Entity> {
    draft::Entity::update_many()
        .filter(DraftColumn::FirmId.eq(scope.firm.0))
        .filter(DraftColumn::MemberId.eq(scope.member.0))
}

/// All drafts of somebody who is shut out, to be deleted.
pub(crate) fn drafts_of(firm: FirmId, member: MemberId) -> DeleteMany<draft::Entity> {
    draft::Entity::delete_many()
        .filter(DraftColumn::FirmId.eq(firm.0))
        .filter(DraftColumn::MemberId.eq(member.0))
}

/// The drafts of a member that can no longer be taken up at `now`, to be deleted.
pub(crate) fn stale_drafts(scope: &Scope, now: Timestamp) -> DeleteMany<draft::Entity> {
    draft::Entity::delete_many()
        .filter(DraftColumn::FirmId.eq(scope.firm.0))
        .filter(DraftColumn::MemberId.eq(scope.member.0))
        .filter(DraftColumn::CreatedAt.lte(now.plus(-DRAFT_LIFE).0))
}
