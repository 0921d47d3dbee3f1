//! « Tableau de bord »: what of a portfolio needs attention, how it is made up, how it moved.
//!
//! Nothing is kept beside the clients: each figure is counted along an index that holds nothing else, which takes a few milliseconds
//! for the portfolios that firms have, and stays in step by nature.

mod makeup;
mod movement;

use crate::{
    begin,
    entity::{bulk, holder},
    imports, mine,
    outage::{Answer, OrOutage},
    review,
    scoped::{self, Draft, DraftColumn, ImportColumn},
};
use portfolio::{
    bulk::{State as ChangeState, UNDO_LIFE},
    dashboard::{Breakdown, Concern, InTheMaking, MOST_DRAFTS, Overview, Part, Side},
    holder::AccountState,
    ids::{BulkId, DraftId, ImportId, Scope},
    review::stale_since,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::{BTreeMap, BTreeSet};

/// Changes that are looked at: a day has few.
const MOST_CHANGES: u64 = 20;

/// See [`portfolio::ports::Dashboard::changes`].
pub(crate) async fn changes(
    db: &impl ConnectionTrait,
    scope: &Scope,
    now: Timestamp,
) -> Answer<Vec<BulkId>> {
    let over = [ChangeState::Done, ChangeState::Stopped].map(ChangeState::code);
    let undoable = Condition::all()
        .add(bulk::Column::State.is_in(over))
        .add(bulk::Column::UndoOf.is_null())
        .add(bulk::Column::EndedAt.gt(now.plus(-UNDO_LIFE).0));
    let found: Vec<uuid::Uuid> = bulk::Entity::find()
        .select_only()
        .column(bulk::Column::Id)
        .filter(bulk::Column::FirmId.eq(scope.firm.0))
        .filter(
            Condition::any()
                .add(bulk::Column::State.eq(ChangeState::Running.code()))
                .add(undoable),
        )
        .order_by_desc(bulk::Column::MadeAt)
        .order_by_desc(bulk::Column::Id)
        .limit(MOST_CHANGES)
        .into_tuple()
        .all(db)
        .await
        .or_outage("changes")?;
    Ok(found.into_iter().map(BulkId).collect())
}

/// See [`portfolio::ports::Dashboard::overview`].
pub(crate) async fn overview(
    db: &impl ConnectionTrait,
    scope: &Scope,
    now: Timestamp,
) -> Answer<Overview> {
    let firm = scope.firm;
    let states = makeup::states(db, firm).await?;
    let managed = states.parts.iter().map(|(_, clients)| clients).sum();
    let (services, no_service) = makeup::services(db, firm).await?;
    let in_state = |state| of(&states, &Part::State(state));
    let attention = vec![
        (Concern::StruckOff, in_state(AccountState::Radie)),
        (Concern::Suspended, in_state(AccountState::Suspendu)),
        (Concern::NoService, no_service),
        (
            Concern::Stale,
            review::count(db, scope, false, None, stale_since(now)).await?,
        ),
    ];
    Ok(Overview {
        managed,
        attention,
        imports: imports::to_mend(db, firm, now).await?,
        in_the_making: open_drafts(scope, now)
            .count(db)
            .await
            .or_outage("drafts")?,
        drafts: drafts(db, scope, now).await?,
        recent: mine::recent(db, scope).await?,
        movement: movement::movement(db, firm, managed, now).await?,
        makeup: vec![
            makeup::schemes(db, firm).await?,
            states,
            services,
            makeup::organisms(db, firm).await?,
            makeup::in_charge(db, firm).await?,
        ],
    })
}

fn of(breakdown: &Breakdown, part: &Part) -> u64 {
    let found = breakdown.parts.iter().find(|(known, _)| known == part);
    found.map_or(0, |(_, clients)| *clients)
}

/// Parts as a page shows them.
fn breakdown(side: Side, parts: Vec<(Part, u64)>) -> Breakdown {
    Breakdown {
        side,
        parts: portfolio::dashboard::ranked(parts),
    }
}

/// See [`portfolio::ports::Dashboard::sent`].
pub(crate) async fn sent(db: &impl ConnectionTrait, scope: &Scope) -> Answer<BTreeSet<ImportId>> {
    let ids: Vec<uuid::Uuid> = scoped::imports(scope.firm)
        .filter(ImportColumn::MemberId.eq(scope.member.0))
        .select_only()
        .column(ImportColumn::Id)
        .into_tuple()
        .all(db)
        .await
        .or_outage("imports")?;
    Ok(ids.into_iter().map(ImportId).collect())
}

fn open_drafts(scope: &Scope, now: Timestamp) -> Select<scoped::DraftEntity> {
    scoped::drafts(scope, now).filter(DraftColumn::EnrolmentId.is_null())
}

/// The enrolments in the making of whoever asks.
async fn drafts(
    db: &impl ConnectionTrait,
    scope: &Scope,
    now: Timestamp,
) -> Answer<Vec<InTheMaking>> {
    let drafts = open_drafts(scope, now)
        .order_by_desc(DraftColumn::CreatedAt)
        .order_by_desc(DraftColumn::Id)
        .limit(MOST_DRAFTS)
        .all(db)
        .await
        .or_outage("drafts")?;
    let names = names(db, &drafts).await?;
    let in_the_making = |draft: &Draft| {
        Ok(InTheMaking {
            id: DraftId(draft.id),
            identifier: begin::identifier(draft)?,
            begun_at: Timestamp(draft.created_at),
            proven: draft
                .proven_holder_key
                .as_ref()
                .and_then(|key| names.get(key).cloned()),
        })
    };
    drafts.iter().map(in_the_making).collect()
}

/// The names of the holders whose mandate is proved.
async fn names(db: &impl ConnectionTrait, drafts: &[Draft]) -> Answer<BTreeMap<String, String>> {
    let keys: Vec<&str> = drafts
        .iter()
        .filter_map(|draft| draft.proven_holder_key.as_deref())
        .collect();
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let names: Vec<(String, String)> = holder::Entity::find()
        .select_only()
        .columns([holder::Column::Key, holder::Column::Name])
        .filter(holder::Column::Key.is_in(keys))
        .into_tuple()
        .all(db)
        .await
        .or_outage("holders")?;
    Ok(names.into_iter().collect())
}
