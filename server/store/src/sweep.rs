//! Rows that are over, forgotten by whoever comes by.

use crate::outage::{Answer, OrOutage};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{IntoCondition, LockBehavior, LockType},
};

/// Deletes the rows that are over; `key` tells them apart. They are other people's rows, in any order: what somebody holds is left for
/// the next time, since whoever waits there while holding rows of their own may be waited for.
pub(crate) async fn sweep<E: EntityTrait>(
    db: &impl ConnectionTrait,
    key: E::Column,
    over: impl IntoCondition,
    what: &'static str,
) -> Answer<()> {
    let free = E::find()
        .select_only()
        .column(key)
        .filter(over.into_condition())
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    E::delete_many()
        .filter(key.in_subquery(free))
        .exec(db)
        .await
        .or_outage(what)?;
    Ok(())
}
