//! Failures that are counted towards a pause, in the database: a restart forgets none, and two servers count together.

use crate::{
    entity::attempt_guard::{ActiveModel, Column, Entity, Model},
    outage::{Answer, OrOutage, refused},
    sweep::sweep,
};
use portfolio::{
    attempts::{Failures, LONG_PAUSE, Limit, WINDOW},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};

/// What is counted, and for whom. `of` is no secret, or a digest of one.
#[derive(Clone, Debug)]
pub(crate) struct Subject {
    limit: Limit,
    name: String,
}

impl Subject {
    pub(crate) fn new(limit: Limit, of: &str) -> Self {
        let name = format!("{}:{of}", limit.code());
        Self { limit, name }
    }

    /// As the table holds it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// The failures of a subject. The row is locked, so that tries at the same moment wait for each other and none of them counts the
/// failures before the others have added theirs.
pub(crate) async fn locked(
    db: &impl ConnectionTrait,
    subject: &Subject,
    now: Timestamp,
) -> Answer<Failures> {
    let row = ActiveModel {
        subject: Set(subject.name.clone()),
        failed_at: Set(String::new()),
        last_at: Set(now.0),
    };
    let row = Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Subject)
                .update_column(Column::LastAt)
                .to_owned(),
        )
        .exec_with_returning(db)
        .await
        .or_outage("failures")?;
    read(&row, subject.limit, now)
}

/// The failures of a row.
pub(crate) fn read(row: &Model, limit: Limit, now: Timestamp) -> Answer<Failures> {
    let moments: Result<Vec<_>, _> = row
        .failed_at
        .split(',')
        .filter(|moment| !moment.is_empty())
        .map(|moment| moment.parse().map(Timestamp))
        .collect();
    let moments = moments.map_err(|_| refused("attempt_guard of limit", limit.code()))?;
    Ok(Failures::remembered(limit, moments, now))
}

/// Writes the failures of a subject down.
pub(crate) async fn remember(
    db: &impl ConnectionTrait,
    subject: &Subject,
    failures: &Failures,
    now: Timestamp,
) -> Answer<()> {
    let moments: Vec<_> = failures
        .moments()
        .iter()
        .map(|moment| moment.0.to_string())
        .collect();
    Entity::update_many()
        .col_expr(Column::FailedAt, Expr::value(moments.join(",")))
        .col_expr(Column::LastAt, Expr::value(now.0))
        .filter(Column::Subject.eq(&subject.name))
        .exec(db)
        .await
        .or_outage("remembering a failure")?;
    Ok(())
}

/// Forgets the failures of a subject.
pub(crate) async fn clear(db: &impl ConnectionTrait, subject: &Subject) -> Answer<()> {
    Entity::delete_by_id(subject.name.clone())
        .exec(db)
        .await
        .or_outage("forgetting failures")?;
    Ok(())
}

/// Forgets failures that no longer count for anything: whom somebody tried in vain is nobody's business for ever.
pub(crate) async fn forget(db: &impl ConnectionTrait, now: Timestamp) -> Answer<()> {
    let over = Column::LastAt.lte(now.0 - WINDOW - LONG_PAUSE);
    sweep::<Entity>(db, Column::Subject, over, "forgetting old failures").await
}
