//! How a portfolio moved: the enrolments that were made and ended in each month.

use crate::{
    outage::{Answer, OrOutage},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    dashboard::{MONTHS, Moves, course},
    ids::FirmId,
    time::{Month, Timestamp},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, ExprTrait, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, Expr},
};
use std::collections::BTreeMap;

/// The last months, in their order.
pub(super) async fn movement(
    db: &impl ConnectionTrait,
    firm: FirmId,
    managed: u64,
    now: Timestamp,
) -> Answer<Vec<Moves>> {
    let months = Month::of(now).last(MONTHS);
    let added = by_month(db, firm, EnrolmentColumn::CreatedAt, &months).await?;
    let ended = by_month(db, firm, EnrolmentColumn::EndedAt, &months).await?;
    let moves: Vec<_> = (0..)
        .zip(months)
        .map(|(place, month)| {
            let of = |counted: &BTreeMap<i32, u64>| counted.get(&place).copied().unwrap_or(0);
            (month, of(&added), of(&ended))
        })
        .collect();
    Ok(course(managed, &moves))
}

/// How many moments of a column lie in each month, by its place. What lies ahead, as a clock set back leaves it, is of the last.
async fn by_month(
    db: &impl ConnectionTrait,
    firm: FirmId,
    moment: EnrolmentColumn,
    months: &[Month],
) -> Answer<BTreeMap<i32, u64>> {
    let Some((first, later)) = months.split_first() else {
        return Ok(BTreeMap::new());
    };
    let mut place = CaseStatement::new();
    for (n, month) in (0_i32..).zip(later) {
        place = place.case(Expr::col(moment).lt(month.start().0), n);
    }
    let last = i32::try_from(later.len()).unwrap_or(i32::MAX);
    let counted: Vec<(i32, i64)> = scoped::enrolments(firm)
        .filter(moment.gte(first.start().0))
        .select_only()
        .expr_as(place.finally(last), "month")
        .expr_as(Expr::col(EnrolmentColumn::Id).count(), "enrolments")
        .group_by(Expr::col("month"))
        .into_tuple()
        .all(db)
        .await
        .or_outage("counting enrolments by month")?;
    Ok(counted
        .into_iter()
        .map(|(month, enrolments)| (month, stored::count(enrolments)))
        .collect())
}
