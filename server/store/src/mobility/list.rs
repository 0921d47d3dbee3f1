//! Lists of requests: filters, pages, where people are.

use super::row::{self, Brief};
use crate::{find::sql::Sql, outage::Answer};
use portfolio::{
    french::searchable,
    ids::Scope,
    journal::{Entry, What},
    mobility::{
        country::Country,
        day::{Day, Period},
        life::State,
        request::{Listing, Place, RequestRow},
        search::{MobilitySearch, PAGE, SOON},
    },
    ports::MOST_EXPORTED,
    time::Timestamp,
};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeMap, BTreeSet};

/// The last day abroad, as far as it is known, and the first.
const END: &str = "COALESCE(r.last_day, r.certified_until, r.last_planned, r.first_day)";
const START: &str = "COALESCE(r.certified_from, r.first_day)";

/// See [`portfolio::ports::Mobility::requests`].
pub(super) async fn listing(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &MobilitySearch,
    now: Timestamp,
) -> Answer<Listing> {
    let today = Day::of(now);
    let total = count(db, scope, search, today).await?;
    let pages = total.div_ceil(PAGE).max(1);
    let page = search.page.clamp(1, pages);
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    found(&mut sql, scope, search, today);
    let order = if search.ending {
        " ORDER BY r.certified_until, r.id"
    } else {
        " ORDER BY r.changed_at DESC, r.id DESC"
    };
    sql.push(order)
        .push(&format!(" LIMIT {PAGE} OFFSET {}", (page - 1) * PAGE));
    let rows = sql.read::<Brief>(db, "requests").await?;
    let rows: Answer<Vec<_>> = rows.iter().map(Brief::shown).collect();
    let of = |narrowed: MobilitySearch| MobilitySearch {
        client: search.client,
        ..narrowed
    };
    let ending = of(MobilitySearch {
        ending: true,
        ..MobilitySearch::default()
    });
    let asked = of(MobilitySearch {
        state: Some(State::Asked),
        ..MobilitySearch::default()
    });
    Ok(Listing {
        rows: rows?,
        total,
        page,
        abroad: abroad(db, scope, search, today).await?,
        ending: count(db, scope, &ending, today).await?,
        asked: count(db, scope, &asked, today).await?,
        countries: named(db, scope).await?,
        today,
    })
}

/// See [`portfolio::ports::Mobility::export_requests`]; and what the journal is to say of it.
pub(super) async fn export(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &MobilitySearch,
    now: Timestamp,
) -> Answer<(Vec<RequestRow>, Entry)> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    found(&mut sql, scope, search, Day::of(now));
    sql.push(&format!(
        " ORDER BY r.changed_at DESC, r.id DESC LIMIT {MOST_EXPORTED}"
    ));
    let rows = sql.read::<Brief>(db, "requests").await?;
    let rows: Answer<Vec<_>> = rows.iter().map(Brief::shown).collect();
    let rows = rows?;
    let requests = rows.len() as u64;
    Ok((rows, Entry::by(scope, What::MobilityExported { requests })))
}

async fn count(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &MobilitySearch,
    today: Day,
) -> Answer<u64> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*)");
    found(&mut sql, scope, search, today);
    sql.number(db, "requests").await
}

/// Adds ` FROM … WHERE …`: the requests of the firm that a search finds.
fn found(sql: &mut Sql, scope: &Scope, search: &MobilitySearch, today: Day) {
    row::of_firm(sql, scope.firm);
    if let Some(client) = search.client {
        sql.push(" AND r.enrolment_id = ").value(client.0);
    }
    if let Some(state) = search.state {
        sql.push(" AND r.state = ").value(state.code());
    }
    if let Some(country) = search.country {
        sql.push(" AND r.countries LIKE ")
            .value(format!("%,{},%", country.code()));
    }
    if let Some(since) = search.since {
        sql.push(&format!(" AND {END} >= ")).value(since.iso());
    }
    if let Some(until) = search.until {
        sql.push(&format!(" AND {START} <= ")).value(until.iso());
    }
    if search.ending {
        sql.push(" AND r.state = ")
            .value(State::Granted.code())
            .push(" AND r.certified_until >= ")
            .value(today.iso())
            .push(" AND r.certified_until <= ")
            .value(today.plus_days(SOON).iso());
    }
    // Normalised words are letters and digits alone: nothing in them is a sign of LIKE.
    for word in searchable(&search.text)
        .split(' ')
        .filter(|word| !word.is_empty())
    {
        sql.push(" AND r.search LIKE ").value(format!("%{word}%"));
    }
}

/// Where people are today: each certificate in force counts in every country that it names.
async fn abroad(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &MobilitySearch,
    today: Day,
) -> Answer<Vec<Place>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT ").push(row::BRIEF);
    row::of_firm(&mut sql, scope.firm);
    if let Some(client) = search.client {
        sql.push(" AND r.enrolment_id = ").value(client.0);
    }
    sql.push(" AND r.state IN (")
        .value(State::Granted.code())
        .push(", ")
        .value(State::EndedEarly.code())
        .push(") AND r.certified_from <= ")
        .value(today.iso())
        .push(" AND COALESCE(r.last_day, r.certified_until) >= ")
        .value(today.iso());
    let now = Period {
        start: today,
        end: today,
    };
    let mut people: BTreeMap<Country, BTreeSet<_>> = BTreeMap::new();
    for brief in sql.read::<Brief>(db, "requests").await? {
        if brief.days()?.is_some_and(|days| days.overlaps(now)) {
            for country in row::countries(&brief.countries, brief.id)? {
                people.entry(country).or_default().insert(brief.worker_id);
            }
        }
    }
    let mut places: Vec<Place> = people
        .into_iter()
        .map(|(country, people)| Place {
            country,
            people: people.len() as u64,
        })
        .collect();
    places.sort_by_key(|place| {
        (
            std::cmp::Reverse(place.people),
            searchable(place.country.french_name()),
        )
    });
    Ok(places)
}

#[derive(sea_orm::FromQueryResult)]
struct Named {
    id: uuid::Uuid,
    countries: String,
}

/// The countries that some request of the firm names, in French order.
async fn named(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<Country>> {
    let mut sql = Sql::new(db);
    sql.push(
        "SELECT r.id, r.countries FROM mobility_request r WHERE r.countries <> '' AND r.firm_id = ",
    )
    .value(scope.firm.0);
    let mut named = BTreeSet::new();
    for row in sql.read::<Named>(db, "requests").await? {
        named.extend(row::countries(&row.countries, row.id)?);
    }
    let mut named: Vec<_> = named.into_iter().collect();
    named.sort_by_cached_key(|country| searchable(country.name()));
    Ok(named)
}
