//! The clients that a text most likely means, in four steps of which each is asked only while the ones before found too few: an exact
//! number or reference, the beginning of the name, the beginning of words, anywhere. Each step is in the order of names, so that both
//! engines answer alike.

use super::{
    order,
    page::List,
    rows::Read,
    source::{self, Portfolio},
    sql::{Index, Sql},
    wanted::Wanted,
};
use crate::{index::LAST, outage::Answer};
use portfolio::{
    client::Total,
    finding::{JUMPS, Jump},
    french::searchable,
    ids::Scope,
    search::{BEFORE, Search, Sort},
    time::Timestamp,
};
use sea_orm::ConnectionTrait;

/// See [`portfolio::ports::Finding::jump`].
pub(crate) async fn jump(
    db: &impl ConnectionTrait,
    scope: &Scope,
    text: &str,
) -> Answer<Vec<Jump>> {
    let portfolio = Portfolio::read(db, scope.firm).await?;
    let search = Search {
        text: text.to_owned(),
        ..Search::default()
    };
    // No moment matters to a text.
    let wanted = Wanted::read(db, scope, &search, Timestamp(0)).await?;
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_everybody() && portfolio.clients > 0)
    else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    keep(&mut found, exact(db, &wanted, text).await?)?;
    if found.len() < JUMPS {
        keep(&mut found, named(db, &wanted, text).await?)?;
    }
    if found.len() < JUMPS {
        let words = Wanted {
            patterns: wanted.patterns.iter().map(|word| beginning(word)).collect(),
            ..wanted.clone()
        };
        keep(&mut found, first(db, &portfolio, &words).await?)?;
    }
    if found.len() < JUMPS {
        keep(&mut found, first(db, &portfolio, &wanted).await?)?;
    }
    Ok(found)
}

fn beginning(pattern: &str) -> String {
    format!("{BEFORE}{}", pattern.trim_start())
}

/// Adds those that are not there yet.
fn keep(found: &mut Vec<Jump>, more: Vec<Read>) -> Answer<()> {
    for read in more {
        let jump = read.jump()?;
        if found.len() < JUMPS && !found.iter().any(|known| known.id == jump.id) {
            found.push(jump);
        }
    }
    Ok(())
}

/// Those whose Siren, account number, Siret or reference it is.
async fn exact(db: &impl ConnectionTrait, wanted: &Wanted, text: &str) -> Answer<Vec<Read>> {
    let number: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(Read::COLUMNS).push(" FROM ");
    sql.clients(wanted.firm, Index::Named("client_by_number"))
        .push(" AND client.number = ")
        .value(number);
    by_name(&mut sql);
    let mut found: Vec<Read> = sql.read(db, "clients").await?;
    if !wanted.holders.is_empty() {
        let mut sql = Sql::new(db);
        sql.push("SELECT ").push(Read::COLUMNS).push(" FROM ");
        sql.clients(wanted.firm, Index::Named("client_of_holder"))
            .push(" AND client.holder_key IN (");
        wanted.push_holders(&mut sql);
        sql.push(")");
        by_name(&mut sql);
        found.extend(sql.read::<Read>(db, "clients").await?);
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(Read::COLUMNS).push(" FROM ");
    sql.clients(wanted.firm, Index::Named("client_by_reference"))
        .push(" AND client.reference_key = ")
        .value(searchable(text));
    by_name(&mut sql);
    found.extend(sql.read::<Read>(db, "clients").await?);
    Ok(found)
}

/// Those whose name begins with it.
async fn named(db: &impl ConnectionTrait, wanted: &Wanted, text: &str) -> Answer<Vec<Read>> {
    let key = searchable(text);
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(Read::COLUMNS).push(" FROM ");
    sql.clients(wanted.firm, Index::Named("client_by_name"))
        .push(" AND client.name_key >= ")
        .value(key.as_str())
        .push(" AND client.name_key < ")
        .value(format!("{key}{LAST}"));
    by_name(&mut sql);
    sql.read(db, "clients").await
}

fn by_name(sql: &mut Sql) {
    order::of(Sort::Name).push_order(sql, false);
    sql.push(&format!(" LIMIT {JUMPS}"));
}

/// The first of those that are wanted, by name.
async fn first(
    db: &impl ConnectionTrait,
    portfolio: &Portfolio,
    wanted: &Wanted,
) -> Answer<Vec<Read>> {
    let size = JUMPS as u64;
    let (source, total) = source::choose(db, portfolio, wanted, size).await?;
    if total == Total::Exactly(0) {
        return Ok(Vec::new());
    }
    let list = List {
        db,
        portfolio,
        wanted,
        source: &source,
        order: order::of(Sort::Name),
        descending: false,
        size,
        total,
    };
    Ok(list.numbered(1).await?.rows)
}
