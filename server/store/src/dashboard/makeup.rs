//! How a portfolio is made up, side by side.

use super::breakdown;
use crate::{
    find::{
        rows,
        sql::{Index, Sql},
    },
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::Colleague,
    dashboard::{Breakdown, Part, Side},
    holder::{AccountState, Scheme},
    ids::{FirmId, MemberId},
};
use sea_orm::{ConnectionTrait, TryGetable};
use std::collections::BTreeMap;
use uuid::Uuid;

const WHAT: &str = "counting clients by what they are";

/// How many clients have each value of a column.
async fn by<T: TryGetable>(
    db: &impl ConnectionTrait,
    firm: FirmId,
    column: &str,
    index: &'static str,
) -> Answer<Vec<(T, u64)>> {
    let mut sql = Sql::new(db);
    sql.push(&format!("SELECT {column}, COUNT(*) FROM "))
        .clients(firm, Index::Named(index))
        .push(&format!(" GROUP BY {column}"));
    let rows = sql.all(db, WHAT).await?;
    rows.iter()
        .map(|row| {
            let value = row.try_get_by_index(0).or_outage(WHAT)?;
            let clients = row.try_get_by_index(1).or_outage(WHAT)?;
            Ok((value, stored::count(clients)))
        })
        .collect()
}

/// By the state of their accounts.
pub(super) async fn states(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Breakdown> {
    let counted = by::<i32>(db, firm, "client.state", "client_by_state").await?;
    let part = |(code, clients)| match AccountState::from_code(code) {
        Some(state) => Ok((Part::State(state), clients)),
        None => Err(refused("client in state", code)),
    };
    let parts: Answer<_> = counted.into_iter().map(part).collect();
    Ok(breakdown(Side::State, parts?))
}

/// By their scheme.
pub(super) async fn schemes(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Breakdown> {
    let counted = by::<String>(db, firm, "client.scheme", "client_by_scheme").await?;
    let part = |(code, clients): (String, u64)| match Scheme::from_code(&code) {
        Some(scheme) => Ok((Part::Scheme(scheme), clients)),
        None => Err(refused("client of scheme", code)),
    };
    let parts: Answer<_> = counted.into_iter().map(part).collect();
    Ok(breakdown(Side::Scheme, parts?))
}

/// By the services that are on; and how many have none.
pub(super) async fn services(db: &impl ConnectionTrait, firm: FirmId) -> Answer<(Breakdown, u64)> {
    let masks = by::<i64>(db, firm, "client.service_mask", "client_by_mask").await?;
    let clients = |wanted: &dyn Fn(i64) -> bool| {
        let found = masks.iter().filter(|(mask, _)| wanted(*mask));
        found.map(|(_, clients)| clients).sum()
    };
    let parts = ServiceCode::all()
        .map(|code| (Part::Service(code), clients(&|mask| mask & code.bit() != 0)))
        .collect();
    Ok((breakdown(Side::Service, parts), clients(&|mask| mask == 0)))
}

/// By the bodies of their accounts.
pub(super) async fn organisms(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Breakdown> {
    let lists = by::<String>(db, firm, "client.organisms", "client_by_organisms").await?;
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for (list, clients) in &lists {
        for code in list.split(',').filter(|code| !code.is_empty()) {
            *counted.entry(code).or_default() += clients;
        }
    }
    let part = |(code, clients): (&str, u64)| (Part::Organism(code.to_owned()), clients);
    Ok(breakdown(
        Side::Organism,
        counted.into_iter().map(part).collect(),
    ))
}

/// By the person in charge.
pub(super) async fn in_charge(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Breakdown> {
    let counted = by::<Option<Uuid>>(db, firm, "client.in_charge", "client_by_own_review").await?;
    let members = counted.iter().filter_map(|(member, _)| *member).collect();
    let names = rows::names(db, members).await?;
    let part = |(member, clients): (Option<Uuid>, u64)| match member {
        None => (Part::Nobody, clients),
        Some(id) => {
            let name = names.get(&id).cloned().unwrap_or_default();
            let id = MemberId(id);
            (Part::InCharge(Colleague { id, name }), clients)
        }
    };
    Ok(breakdown(
        Side::InCharge,
        counted.into_iter().map(part).collect(),
    ))
}
