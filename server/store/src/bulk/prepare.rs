//! A change is prepared: its clients are fixed, and what becomes of them is foreseen.

use super::{
    item::{self, Wanted, Written, signed},
    job,
    known::Known,
};
use crate::{
    entity::bulk,
    outage::{Answer, OrOutage},
    raw, selection, stored,
};
use portfolio::{
    bulk::{Change, KEPT, MOST_CLIENTS, State, Tally},
    ids::{BulkId, Scope},
    ports::Prepared,
    time::Timestamp,
};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Set};
use uuid::Uuid;

/// Clients that are looked at together.
const READ: u64 = 2_000;

/// What fixing the clients of a change comes to.
pub(super) enum Fixed {
    /// They are fixed; what becomes of them is still to be foreseen, by [`foresee`].
    Clients(BulkId),
    /// They are not.
    Not(Prepared),
}

/// Fixes the clients of a change.
pub(super) async fn fix(
    db: &impl ConnectionTrait,
    scope: &Scope,
    change: &Change,
    now: Timestamp,
) -> Answer<Fixed> {
    tidy(db, scope, now).await?;
    let known = Known::of(db, scope.firm).await?;
    if !known.can(change) {
        return Ok(Fixed::Not(Prepared::Gone));
    }
    let total = selection::count(db, scope).await?;
    if total == 0 {
        return Ok(Fixed::Not(Prepared::Nobody));
    }
    if total > MOST_CLIENTS {
        return Ok(Fixed::Not(Prepared::TooMany));
    }
    let job = insert(db, scope, change, None, State::Ready, now).await?;
    let version = if change.of_own_fields() {
        "e.own_version"
    } else {
        "e.version"
    };
    // Each keeps its number for as long as the change is there, whatever the list does.
    let sql = format!(
        "INSERT INTO bulk_item (bulk_id, number, enrolment_id, version, state, before) \
         SELECT $1, ROW_NUMBER() OVER (ORDER BY h.search, e.id), e.id, {version}, '{}', '' \
         FROM selected s JOIN enrolment e ON e.id = s.enrolment_id JOIN holder h ON h.key = e.holder_key \
         WHERE s.member_id = $2 AND e.firm_id = $3 AND e.ended_at IS NULL",
        item::state::CHANGED
    );
    let fixed = raw::run(
        db,
        &sql,
        vec![job.into(), scope.member.0.into(), scope.firm.0.into()],
        "fixing the clients of a change",
    )
    .await?;
    let mut row = bulk::ActiveModel {
        id: Set(job),
        ..Default::default()
    };
    row.total = Set(signed(fixed));
    row.update(db).await.or_outage("counting a change")?;
    Ok(Fixed::Clients(BulkId(job)))
}

/// How far a change is foreseen.
#[derive(Default)]
pub(super) struct Foreseen {
    after: u64,
    tally: Tally,
}

/// Foresees what becomes of some clients more, and writes down what is not the rule: that they are changed. In pieces, each a transaction
/// of its own, since SQLite has one writer and firms have many clients. True once there are no more, or once the change has begun, was
/// dropped or gave way to another: then nobody needs it any longer.
pub(super) async fn foresee(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: BulkId,
    so_far: &mut Foreseen,
) -> Answer<bool> {
    let job = job::find(db, scope.firm, id, true).await?;
    let Some(job) = job.filter(|job| job.state == State::Ready) else {
        return Ok(true);
    };
    let known = Known::of(db, scope.firm).await?;
    let wanted = Wanted {
        after: so_far.after,
        most: READ,
        states: &[],
    };
    let items = item::read(db, &job, &wanted).await?;
    let mut others = Vec::new();
    for item in &items {
        let (planned, left_out) = item.judged(&job, &known);
        so_far.tally.count(&planned, &left_out);
        let word = item::word(&planned);
        if word != item::state::CHANGED {
            others.push(Written {
                number: item.number,
                enrolment: item.id,
                version: item.wanted,
                state: word,
                before: String::new(),
            });
        }
    }
    item::write(db, job.id, others).await?;
    if let Some(last) = items.last() {
        so_far.after = last.number;
    }
    if items.len() as u64 == READ {
        return Ok(false);
    }
    let mut row = bulk::ActiveModel {
        id: Set(job.id),
        ..Default::default()
    };
    row.tally = Set(job::written(&so_far.tally, job.id)?);
    row.update(db).await.or_outage("foreseeing a change")?;
    Ok(true)
}

/// Makes the row of a change.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    scope: &Scope,
    change: &Change,
    undo_of: Option<Uuid>,
    state: State,
    now: Timestamp,
) -> Answer<Uuid> {
    let id = stored::new_id(now);
    let row = bulk::Model {
        id,
        firm_id: scope.firm.0,
        member_id: scope.member.0,
        origin: job::origin(scope),
        change: job::written(change, id)?,
        state: state.code().to_owned(),
        total: 0,
        done: 0,
        tally: job::written(&Tally::default(), id)?,
        made_at: now.0,
        worked_at: now.0,
        ended_at: None,
        undo_of,
    };
    bulk::Entity::insert(row.into_active_model())
        .exec_without_returning(db)
        .await
        .or_outage("making a change")?;
    Ok(id)
}

/// Forgets what the member prepared before and did not confirm, and what became of clients long ago.
async fn tidy(db: &impl ConnectionTrait, scope: &Scope, now: Timestamp) -> Answer<()> {
    raw::run(
        db,
        "DELETE FROM bulk WHERE firm_id = $1 AND ((member_id = $2 AND state = 'ready') OR ended_at < $3)",
        vec![
            scope.firm.0.into(),
            scope.member.0.into(),
            now.plus(-KEPT).0.into(),
        ],
        "forgetting old changes",
    )
    .await?;
    Ok(())
}
