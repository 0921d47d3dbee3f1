//! The one door to a firm's clients: every query about them starts here and names the firm.
//!
//! The tables are private to this module, so that a query without a firm does not compile.

mod draft;
mod enrolment;
mod import;

pub(crate) use draft::{
    ActiveModel as NewDraft, Column as DraftColumn, Entity as DraftEntity, Model as Draft,
};
pub(crate) use enrolment::{
    ActiveModel as NewEnrolment, Column as EnrolmentColumn, Model as Enrolment,
};
pub(crate) use import::{
    ActiveModel as NewImport, Column as ImportColumn, Model as Import, Relation as ImportRelation,
};
use portfolio::{
    ids::{EnrolmentId, FirmId, MemberId, Scope},
    ports::{DRAFT_LIFE, ImportClaim},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, DeleteMany, EntityTrait, Insert, QueryFilter, Select,
    TryInsertResult, UpdateMany,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use uuid::Uuid;

/// The enrolments of a firm, ended ones too.
pub(crate) fn enrolments(firm: FirmId) -> Select<enrolment::Entity> {
    enrolment::Entity::find().filter(EnrolmentColumn::FirmId.eq(firm.0))
}

/// The enrolments of a firm that are in force.
pub(crate) fn in_force(firm: FirmId) -> Select<enrolment::Entity> {
    enrolments(firm).filter(EnrolmentColumn::EndedAt.is_null())
}

/// The enrolments of these schemes of holders, whatever firm's, ended ones too: for the client whose they are, who may see them.
pub(crate) fn enrolments_of_client(keys: &[String]) -> Select<enrolment::Entity> {
    enrolment::Entity::find()
        .filter(EnrolmentColumn::HolderKey.is_in(keys.iter().map(String::as_str)))
}

/// One enrolment that a client names: whoever asks looks next whether the client may see its holder.
pub(crate) fn enrolment_of_client(id: EnrolmentId) -> Select<enrolment::Entity> {
    enrolment::Entity::find().filter(EnrolmentColumn::Id.eq(id.0))
}

/// A change to enrolments of a firm.
pub(crate) fn change(firm: FirmId) -> UpdateMany<enrolment::Entity> {
    enrolment::Entity::update_many().filter(EnrolmentColumn::FirmId.eq(firm.0))
}

/// New enrolments; the ids of those that were made. Nothing happens where the firm manages the holder's scheme already, which the
/// database alone decides.
pub(crate) async fn enrol(
    db: &impl ConnectionTrait,
    rows: Vec<NewEnrolment>,
) -> Result<Vec<Uuid>, DbErr> {
    let inserted = enrolment::Entity::insert_many(rows)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_with_returning_keys(db)
        .await?;
    Ok(match inserted {
        TryInsertResult::Inserted(ids) => ids,
        TryInsertResult::Conflicted | TryInsertResult::Empty => Vec::new(),
    })
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

/// The files of clients of a firm.
pub(crate) fn imports(firm: FirmId) -> Select<import::Entity> {
    import::Entity::find().filter(ImportColumn::FirmId.eq(firm.0))
}

/// A new file of clients.
pub(crate) fn upload(row: NewImport) -> Insert<NewImport> {
    import::Entity::insert(row)
}

/// A change to a file of clients of a firm.
pub(crate) fn change_imports(firm: FirmId) -> UpdateMany<import::Entity> {
    import::Entity::update_many().filter(ImportColumn::FirmId.eq(firm.0))
}

/// The states in which the portal is at work.
const AT_WORK: [&str; 2] = ["checking", "adding"];

/// Whoever's files there is work to do on at `now`, and nobody is at work on another of the same firm.
pub(crate) fn waiting_imports(now: Timestamp) -> Select<import::Entity> {
    let other = sea_orm::sea_query::Alias::new("other");
    let of = |column: ImportColumn| Expr::col((other.clone(), column));
    let busy = Query::select()
        .expr(Expr::value(1))
        .from_as(import::Entity, other.clone())
        .and_where(of(ImportColumn::FirmId).equals((import::Entity, ImportColumn::FirmId)))
        .and_where(of(ImportColumn::ClaimedUntil).gt(now.0))
        .take();
    import::Entity::find()
        .filter(ImportColumn::State.is_in(AT_WORK))
        .filter(Expr::exists(busy).not())
}

/// The file that a claim is good for.
pub(crate) fn claimed_import(claim: ImportClaim) -> Select<import::Entity> {
    import::Entity::find_by_id(claim.id)
        .filter(ImportColumn::State.is_in(AT_WORK))
        .filter(ImportColumn::ClaimedUntil.eq(claim.until.0))
}

/// Whoever's files that nobody goes on with, or whose lines are kept no longer: those touched last before `before`.
pub(crate) fn old_imports(over: bool, before: Timestamp) -> Select<import::Entity> {
    let ended = ImportColumn::EndedAt;
    let old = if over {
        ended.lte(before.0)
    } else {
        ended
            .is_null()
            .and(ImportColumn::CreatedAt.lte(before.0))
            .and(ImportColumn::State.is_not_in(AT_WORK))
    };
    import::Entity::find().filter(old)
}

/// The rows of files that are remembered no longer, to be deleted.
pub(crate) fn forgotten_imports(before: Timestamp) -> DeleteMany<import::Entity> {
    import::Entity::delete_many()
        .filter(ImportColumn::EndedAt.is_not_null())
        .filter(ImportColumn::CreatedAt.lte(before.0))
}
