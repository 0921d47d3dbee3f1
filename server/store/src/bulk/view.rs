//! A change as its page shows it.

use super::{
    item::{self, Item, Wanted, state},
    job::{self, Job},
    known::Known,
};
use crate::{
    entity::bulk::{Column, Entity},
    outage::{Answer, OrOutage, refused},
};
use portfolio::{
    bulk::{
        self, Became, Change, JobRow, Part, Planned, Shown, Standing, State, Told, Why, undo_until,
    },
    ids::{BulkId, EnrolmentId, Scope},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;

/// Changes that the list of them shows.
const SHOWN: u64 = 50;

/// See [`portfolio::ports::Bulk::jobs`].
pub(super) async fn jobs(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<JobRow>> {
    let known = Known::of(db, scope.firm).await?;
    let rows = job::of_firm(scope.firm)
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .limit(SHOWN)
        .all(db)
        .await
        .or_outage("changes")?;
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let job = job::read(db, row).await?;
        told.push(JobRow {
            id: BulkId(job.id),
            told: known.told(&job.change, job.undone.as_ref().map(|(_, change)| change)),
            state: job.state,
            total: job.total,
            at: job.made_at,
            by: known.member(job.scope.member),
        });
    }
    Ok(told)
}

/// See [`portfolio::ports::Bulk::job`].
pub(super) async fn job(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: BulkId,
    shown: Shown,
    now: Timestamp,
) -> Answer<Option<bulk::Job>> {
    let Some(job) = job::find(db, scope.firm, id, false).await? else {
        return Ok(None);
    };
    let known = Known::of(db, scope.firm).await?;
    let undone_by = Entity::find()
        .filter(Column::UndoOf.eq(id.0))
        .one(db)
        .await
        .or_outage("changes")?
        .map(|row| BulkId(row.id));
    let states: Vec<&str> = match shown.part {
        Part::All => Vec::new(),
        Part::Changed => vec![state::CHANGED],
        Part::Same => vec![state::SAME],
        Part::Left => Why::ALL.map(Why::code).to_vec(),
    };
    let wanted = Wanted {
        after: shown.after,
        most: shown.most + 1,
        states: &states,
    };
    let mut items = item::read(db, &job, &wanted).await?;
    let more = items.len() as u64 > shown.most;
    items.truncate(usize::try_from(shown.most).unwrap_or(usize::MAX));
    let last = items.last().map(|item| item.number).filter(|_| more);
    let lines: Answer<Vec<Told>> = items
        .into_iter()
        .map(|item| line(&job, &known, item))
        .collect();
    let until = undo_until(&job.change, job.state, job.ended_at);
    Ok(Some(bulk::Job {
        id,
        told: known.told(&job.change, job.undone.as_ref().map(|(_, change)| change)),
        change: job.change,
        state: job.state,
        by: known.member(job.scope.member),
        own: job.scope.member == scope.member,
        total: job.total,
        done: job.done,
        undo_until: until
            .filter(|until| *until > now && undone_by.is_none() && job.tally.changed > 0),
        tally: job.tally,
        made_at: job.made_at,
        ended_at: job.ended_at,
        undo_of: job.undone.map(|(id, _)| BulkId(id)),
        undone_by,
        lines: lines?,
        after: last,
    }))
}

fn line(job: &Job, known: &Known, item: Item) -> Answer<Told> {
    let come_to = job.state != State::Ready && item.number <= job.done;
    let (became, left_out) = if come_to {
        was(job, known, &item)?
    } else {
        let (planned, left_out) = item.judged(job, known);
        let became = told(job.touches(), known, &item, &item.now, planned);
        (became, left_out)
    };
    Ok(Told {
        number: item.number,
        id: EnrolmentId(item.id),
        name: item.name,
        held: item.held,
        became,
        left_out: left_out.into_iter().collect(),
    })
}

/// What became of a client that was come to.
fn was(
    job: &Job,
    known: &Known,
    item: &Item,
) -> Answer<(Became, BTreeSet<portfolio::catalogue::ServiceCode>)> {
    let none = BTreeSet::new();
    match (&*item.state, &item.before) {
        (state::SAME, _) => Ok((Became::Same, none)),
        (state::CHANGED, _) if job.undone.is_some() => Ok((Became::Changed, none)),
        (state::CHANGED, Some(before)) => {
            let (planned, left_out) = job.change.planned(item.kind, before);
            Ok((told(&job.change, known, item, before, planned), left_out))
        }
        (word, _) => {
            let why = Why::from_code(word).ok_or_else(|| refused("bulk_item", item.id))?;
            Ok((Became::Left(why), none))
        }
    }
}

fn told(
    change: &Change,
    known: &Known,
    item: &Item,
    before: &Standing,
    planned: Planned,
) -> Became {
    match planned {
        Planned::Becomes(after) if change.of_own_fields() => Became::Own {
            before: known.own(&item.reference, before),
            after: known.own(&item.reference, &after),
        },
        Planned::Becomes(after) => Became::Services {
            added: after
                .services
                .difference(&before.services)
                .copied()
                .collect(),
            removed: before
                .services
                .difference(&after.services)
                .copied()
                .collect(),
        },
        Planned::Ends => Became::Ends,
        Planned::Same => Became::Same,
        Planned::Left(why) => Became::Left(why),
    }
}
