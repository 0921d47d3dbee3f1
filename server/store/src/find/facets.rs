//! How many clients each value of each filter would leave, the other filters and the text as they are.
//!
//! Filters that are not set are counted together, over the clients that the search leaves; one that is set is counted over those that
//! it would leave without it.

use super::{
    rows,
    source::{self, Portfolio, Source},
    sql::{Index, Sql},
    wanted::{Own, Wanted},
};
use crate::{
    index::LAST,
    outage::{Answer, OrOutage, refused},
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    client::{Colleague, Label},
    finding::Facets,
    french::searchable,
    holder::{AccountState, Kind, Scheme},
    ids::{LabelId, MemberId, Scope},
    search::Search,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::BTreeMap;
use uuid::Uuid;

const WHAT: &str = "counting clients by filter";

/// See [`portfolio::ports::Finding::facets`].
pub(crate) async fn facets(
    db: &impl ConnectionTrait,
    scope: &Scope,
    search: &Search,
    now: Timestamp,
) -> Answer<Facets> {
    let portfolio = Portfolio::read(db, scope.firm).await?;
    let wanted = match Wanted::read(db, scope, search, now).await? {
        Some(wanted) if portfolio.clients > 0 => wanted,
        _ => return Ok(Facets::default()),
    };
    let mut counted = Counted::default();
    let mut together = vec![Dimension::Total, Dimension::Services, Dimension::Labels];
    for (dimension, own) in Dimension::OWN {
        match wanted.without(own) {
            Some(wanted) => counted.add(db, &portfolio, &wanted, &[dimension]).await?,
            None => together.push(dimension),
        }
    }
    counted.add(db, &portfolio, &wanted, &together).await?;
    counted.facets(db, scope).await
}

/// What clients are counted by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Dimension {
    Total,
    Services,
    Labels,
    Scheme,
    State,
    Kind,
    Organism,
    ChangedBy,
    InCharge,
    NoReference,
    NoService,
    Reviewed,
    Favourites,
}

impl Dimension {
    /// Those that have a filter of their own, of which a client has one value.
    const OWN: [(Self, Own); 10] = [
        (Self::Scheme, Own::Scheme),
        (Self::State, Own::State),
        (Self::Kind, Own::Kind),
        (Self::Organism, Own::Organism),
        (Self::ChangedBy, Own::ChangedBy),
        (Self::InCharge, Own::InCharge),
        (Self::NoReference, Own::NoReference),
        (Self::NoService, Own::NoService),
        (Self::Reviewed, Own::NotReviewed),
        (Self::Favourites, Own::Favourites),
    ];

    /// Adds a query for its values and their counts over `base`.
    fn push(self, sql: &mut Sql, wanted: &Wanted) {
        let number = self as i32;
        sql.push(&format!("SELECT {number} AS dimension, "));
        let id = |sql: &Sql, column: &str| {
            if sql.postgres() {
                format!("CAST({column} AS text)")
            } else {
                format!("lower(hex({column}))")
            }
        };
        let by = match self {
            Self::Total => {
                sql.push("'' AS value, COUNT(*) AS clients FROM base");
                return;
            }
            Self::NoReference => {
                sql.push("'' AS value, COUNT(*) AS clients FROM base WHERE reference_key = ")
                    .value(LAST.to_string());
                return;
            }
            Self::NoService => {
                sql.push("'' AS value, COUNT(*) AS clients FROM base WHERE services = 0");
                return;
            }
            Self::Reviewed => {
                sql.push("'' AS value, COUNT(*) AS clients FROM base client WHERE ");
                wanted.push_not_reviewed(sql);
                return;
            }
            Self::Favourites => {
                sql.push("'' AS value, COUNT(*) AS clients FROM base JOIN favourite f ON f.enrolment_id = base.enrolment_id WHERE f.member_id = ")
                    .value(wanted.member.0);
                return;
            }
            Self::Labels => {
                let label = id(sql, "el.label_id");
                sql.push(&format!(
                    "{label} AS value, COUNT(*) AS clients FROM base JOIN enrolment_label el ON el.enrolment_id = base.enrolment_id \
                     GROUP BY el.label_id"
                ));
                return;
            }
            Self::Services => "CAST(service_mask AS text)".to_owned(),
            Self::Scheme => "scheme".to_owned(),
            Self::State => "CAST(state AS text)".to_owned(),
            Self::Kind => "kind".to_owned(),
            Self::Organism => "organisms".to_owned(),
            Self::ChangedBy => id(sql, "changed_by"),
            Self::InCharge => format!("COALESCE({}, '')", id(sql, "in_charge")),
        };
        sql.push(&format!(
            "{by} AS value, COUNT(*) AS clients FROM base GROUP BY 2"
        ));
    }
}

#[derive(FromQueryResult)]
struct Read {
    dimension: i32,
    value: String,
    clients: i64,
}

/// Counts by dimension and value.
#[derive(Default)]
struct Counted(BTreeMap<i32, BTreeMap<String, u64>>);

impl Counted {
    /// Counts the clients that are wanted, by each of these.
    async fn add(
        &mut self,
        db: &impl ConnectionTrait,
        portfolio: &Portfolio,
        wanted: &Wanted,
        dimensions: &[Dimension],
    ) -> Answer<()> {
        let source = source::choose(db, portfolio, wanted, 1).await?.0;
        let source = match source {
            Source::Walk => source::whole(portfolio, wanted),
            source => source,
        };
        let mut sql = Sql::new(db);
        sql.push(
            "WITH base AS MATERIALIZED (SELECT client.enrolment_id, client.state, client.scheme, client.kind, client.services, \
             client.service_mask, client.in_charge, client.changed_by, client.reviewed_at, client.reference_key, client.organisms FROM ",
        );
        source.push(&mut sql, wanted, Index::Any);
        wanted.push(&mut sql);
        sql.push(") ");
        for (place, dimension) in dimensions.iter().enumerate() {
            sql.push(if place > 0 { " UNION ALL " } else { "" });
            dimension.push(&mut sql, wanted);
        }
        for read in sql.read::<Read>(db, WHAT).await? {
            self.0
                .entry(read.dimension)
                .or_default()
                .insert(read.value, stored::count(read.clients));
        }
        Ok(())
    }

    fn of(&self, dimension: Dimension) -> impl Iterator<Item = (&str, u64)> {
        let values = self.0.get(&(dimension as i32));
        values
            .into_iter()
            .flatten()
            .map(|(value, clients)| (value.as_str(), *clients))
    }

    fn one(&self, dimension: Dimension) -> u64 {
        self.of(dimension).map(|(_, clients)| clients).sum()
    }

    async fn facets(&self, db: &impl ConnectionTrait, scope: &Scope) -> Answer<Facets> {
        let count = |dimension, value: &str| {
            let found = self.of(dimension).find(|(known, _)| *known == value);
            found.map_or(0, |(_, clients)| clients)
        };
        Ok(Facets {
            total: self.one(Dimension::Total),
            schemes: Scheme::ALL
                .map(|scheme| (scheme, count(Dimension::Scheme, scheme.code())))
                .into(),
            states: (1..)
                .map_while(AccountState::from_code)
                .map(|state| (state, count(Dimension::State, &state.code().to_string())))
                .collect(),
            kinds: Kind::ALL
                .map(|kind| (kind, count(Dimension::Kind, kind.code())))
                .into(),
            services: self.services(),
            organisms: self.organisms(),
            changed_by: self.colleagues(db, Dimension::ChangedBy).await?,
            in_charge: self.colleagues(db, Dimension::InCharge).await?,
            nobody: count(Dimension::InCharge, ""),
            labels: self.labels(db, scope).await?,
            no_reference: self.one(Dimension::NoReference),
            no_service: self.one(Dimension::NoService),
            not_reviewed: self.one(Dimension::Reviewed),
            favourites: self.one(Dimension::Favourites),
        })
    }

    fn services(&self) -> Vec<(ServiceCode, u64)> {
        let masks: Vec<(i64, u64)> = self
            .of(Dimension::Services)
            .filter_map(|(mask, clients)| Some((mask.parse().ok()?, clients)))
            .collect();
        ServiceCode::all()
            .map(|code| {
                let on = masks.iter().filter(|(mask, _)| mask & code.bit() != 0);
                (code, on.map(|(_, clients)| clients).sum())
            })
            .filter(|(_, clients)| *clients > 0)
            .collect()
    }

    fn organisms(&self) -> Vec<(String, u64)> {
        let mut organisms: BTreeMap<String, u64> = BTreeMap::new();
        for (list, clients) in self.of(Dimension::Organism) {
            for organism in list.split(',').filter(|organism| !organism.is_empty()) {
                *organisms.entry(organism.to_owned()).or_default() += clients;
            }
        }
        organisms.into_iter().collect()
    }

    async fn colleagues(
        &self,
        db: &impl ConnectionTrait,
        dimension: Dimension,
    ) -> Answer<Vec<(Colleague, u64)>> {
        let counts = ids(self.of(dimension))?;
        let names = rows::names(db, counts.keys().copied().collect()).await?;
        let mut colleagues: Vec<_> = names
            .into_iter()
            .map(|(id, name)| {
                let clients = counts.get(&id).copied().unwrap_or_default();
                let id = MemberId(id);
                (Colleague { id, name }, clients)
            })
            .collect();
        colleagues.sort_by_cached_key(|(member, _)| (searchable(&member.name), member.id));
        Ok(colleagues)
    }

    async fn labels(&self, db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<(Label, u64)>> {
        let counts = ids(self.of(Dimension::Labels))?;
        let mut sql = Sql::new(db);
        sql.push("SELECT id, name FROM label WHERE firm_id = ")
            .value(scope.firm.0)
            .push(" ORDER BY key, id");
        let rows = sql.all(db, WHAT).await?;
        let mut labels = Vec::new();
        for row in rows {
            let id: Uuid = row.try_get_by_index(0).or_outage(WHAT)?;
            let name = row.try_get_by_index(1).or_outage(WHAT)?;
            if let Some(clients) = counts.get(&id) {
                let id = LabelId(id);
                labels.push((Label { id, name }, *clients));
            }
        }
        Ok(labels)
    }
}

fn ids<'a>(values: impl Iterator<Item = (&'a str, u64)>) -> Answer<BTreeMap<Uuid, u64>> {
    values
        .filter(|(id, _)| !id.is_empty())
        .map(|(id, clients)| {
            let id = Uuid::try_parse(id).map_err(|_| refused("client", "by filter"))?;
            Ok((id, clients))
        })
        .collect()
}
