//! Where to look for the clients that are wanted, decided by counting a little.
//!
//! Few clients are gathered by the index that knows them, and sorted. When there are many, walking along the index of the order meets
//! enough of them soon. Between the two lies the square root: with `n` clients of which `m` are wanted, gathering reads `m` rows and
//! walking to a page of `p` reads `p·n/m`; they cost the same at `m = √(p·n)`. All this where the wanted ones lie evenly: names that begin
//! with what is sought lie in one heap of the order of names. So a walk goes so far and no further ([`Portfolio::steps`]), and then
//! all are gathered after all.

use super::{
    COUNTED,
    sql::{Index, Sql},
    wanted::Wanted,
};
use crate::{
    index::{LAST, place},
    outage::{Answer, OrOutage},
    stored,
};
use portfolio::{
    client::{MOST_COUNTED, Total},
    holder::AccountState,
    ids::FirmId,
};
use sea_orm::{ConnectionTrait, DbBackend};
use std::fmt::Write;

/// Clients of a firm up to which nothing is counted beforehand.
const SMALL: u64 = 500;

/// How many clients a firm manages, and where they are.
pub(crate) struct Portfolio {
    pub clients: u64,
    /// The first place of the firm's clients; on SQLite alone, where a text is sought by places.
    block: Option<i64>,
}

impl Portfolio {
    /// Reads it.
    pub async fn read(db: &impl ConnectionTrait, firm: FirmId) -> Answer<Self> {
        let mut sql = Sql::new(db);
        sql.push("SELECT block, clients FROM portfolio_size WHERE firm_id = ")
            .value(firm.0);
        let what = "counting clients";
        let rows = sql.all(db, what).await?;
        let (block, clients) = match rows.first() {
            Some(row) => (
                row.try_get_by_index(0).or_outage(what)?,
                row.try_get_by_index(1).or_outage(what)?,
            ),
            None => (0, 0),
        };
        let sqlite = db.get_database_backend() == DbBackend::Sqlite;
        Ok(Self {
            clients: stored::count(clients),
            block: sqlite.then_some(block),
        })
    }
}

impl Portfolio {
    /// Whether clients are in the order of names by their places.
    pub const fn has_places(&self) -> bool {
        self.block.is_some()
    }

    /// Rows that are as well gathered as walked to, for so many on a page.
    fn few(&self, size: u64) -> u64 {
        self.clients.saturating_mul(size).isqrt().max(COUNTED)
    }

    /// How far a walk goes for so many rows.
    pub fn steps(&self, rows: u64) -> u64 {
        2 * self.few(rows)
    }
}

/// Where clients are looked for.
pub(crate) enum Source {
    /// All of them, along the order asked for.
    Walk,
    /// These, which are all that are wanted: their places.
    These(Vec<i64>),
    /// Those that an index leaves, of which some may not be wanted.
    Some(Narrow),
}

/// An index that leaves some clients.
pub(crate) struct Narrow {
    /// The index of `client` to look by.
    index: Index,
    /// The condition that the index answers.
    by: By,
}

enum By {
    /// Their text: the words of the full-text index, and the places of the firm in it.
    Text { words: String, from: i64, to: i64 },
    /// A favourite of whoever asks.
    Favourite,
    /// The rarest of their labels.
    Label(uuid::Uuid),
    /// A service that is on.
    Service(&'static str),
    /// A condition that stands among those of the search.
    Own,
}

impl Source {
    /// Adds where to look: the table, the firm, and what the source knows; the order's index is for a walk.
    pub fn push(&self, sql: &mut Sql, wanted: &Wanted, along: Index) {
        match self {
            Self::Walk => {
                sql.clients(wanted.firm, along);
            }
            Self::These(places) => {
                sql.clients(wanted.firm, Index::Place)
                    .push(" AND client.place IN ")
                    .places(places);
            }
            Self::Some(narrow) => narrow.push(sql, wanted),
        }
    }

    /// The words of the full-text index and the firm's places in it, where these alone say who is found: then clients come in the
    /// order of names, one after the other as far as they are wanted.
    pub fn words(&self, wanted: &Wanted) -> Option<(&str, i64, i64)> {
        match self {
            Self::Some(Narrow {
                by: By::Text { words, from, to },
                ..
            }) if wanted.holders.is_empty() => Some((words, *from, *to)),
            _ => None,
        }
    }

    /// Adds the places of those that are wanted as far as they are known without an order; whether they are. What lies in the order of
    /// names already is met sooner on the way.
    pub fn push_places(&self, sql: &mut Sql, wanted: &Wanted) -> bool {
        match self {
            Self::These(places) => {
                sql.push("SELECT value AS place FROM ")
                    .places(places)
                    .push(" WHERE 1 = 1");
            }
            Self::Some(Narrow {
                index: Index::Named(SAMPLE | FACTS | CHANGED | ADDED),
                by,
            }) if !matches!(by, By::Text { .. }) => {
                sql.push("SELECT client.place FROM ");
                self.push(sql, wanted, Index::Any);
                wanted.push(sql);
            }
            _ => return false,
        }
        true
    }

    /// How many clients are wanted, all of them counted.
    pub async fn count(&self, db: &impl ConnectionTrait, wanted: &Wanted) -> Answer<u64> {
        let mut sql = Sql::new(db);
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        self.push(&mut sql, wanted, Index::Any);
        wanted.push(&mut sql);
        sql.push(") AS counted");
        sql.number(db, "counting clients").await
    }
}

impl Narrow {
    fn push(&self, sql: &mut Sql, wanted: &Wanted) {
        // Joined, what a text finds is read as far as it is wanted; in a list it would all be gathered first.
        let joined = matches!(self.by, By::Text { .. }) && wanted.holders.is_empty();
        if joined {
            sql.push("client_search CROSS JOIN ");
        }
        sql.clients(wanted.firm, self.index);
        match &self.by {
            By::Text { words, from, to } if joined => {
                sql.push(" AND client.place = client_search.rowid AND client_search MATCH ")
                    .value(words.as_str())
                    .push(&format!(
                        " AND client_search.rowid >= {from} AND client_search.rowid < {to}"
                    ));
            }
            By::Text { words, from, to } => {
                sql.push(" AND client.place IN (SELECT rowid FROM client_search WHERE client_search MATCH ")
                    .value(words.as_str())
                    .push(&format!(" AND rowid >= {from} AND rowid < {to}"));
                sql.push(" UNION SELECT h.place FROM client h INDEXED BY client_of_holder WHERE h.holder_key IN (");
                wanted.push_holders(sql);
                sql.push(") AND h.firm_id = ")
                    .value(wanted.firm.0)
                    .push(")");
            }
            By::Favourite => {
                sql.push(" AND client.enrolment_id IN (SELECT enrolment_id FROM favourite WHERE member_id = ")
                    .value(wanted.member.0)
                    .push(")");
            }
            By::Label(label) => {
                sql.push(" AND client.enrolment_id IN (SELECT enrolment_id FROM enrolment_label WHERE label_id = ")
                    .value(*label)
                    .push(")");
            }
            By::Service(code) => {
                sql.push(" AND client.enrolment_id IN (SELECT enrolment_id FROM enrolment_service WHERE code = ")
                    .value(*code)
                    .push(")");
            }
            By::Own => push_leading(sql, wanted, self.index),
        }
    }

    /// How many rows it leaves, wanted or not, up to a number: the index alone is read.
    async fn size(&self, db: &impl ConnectionTrait, wanted: &Wanted, most: u64) -> Answer<u64> {
        let mut sql = Sql::new(db);
        sql.push("SELECT COUNT(*) FROM (SELECT 1 FROM ");
        match &self.by {
            By::Text { words, from, to } => {
                sql.push("client_search WHERE client_search MATCH ")
                    .value(words.as_str())
                    .push(&format!(" AND rowid >= {from} AND rowid < {to}"));
            }
            By::Favourite => {
                sql.push("favourite WHERE member_id = ")
                    .value(wanted.member.0);
            }
            By::Label(label) => {
                sql.push("enrolment_label WHERE label_id = ").value(*label);
            }
            By::Service(code) => {
                sql.push("enrolment_service WHERE code = ").value(*code);
            }
            By::Own => {
                sql.clients(wanted.firm, self.index);
                push_leading(&mut sql, wanted, self.index);
            }
        }
        sql.push(&format!(" LIMIT {most}) AS counted"));
        sql.number(db, "counting clients").await
    }
}

/// The part of a search that an index of `client` answers by its own order, after one that is there.
pub(super) fn push_leading(sql: &mut Sql, wanted: &Wanted, index: Index) {
    let Index::Named(index) = index else {
        return;
    };
    let filter = &wanted.filter;
    match index {
        CHARGE => {
            if let Some(key) = &wanted.charge {
                sql.push(" AND client.in_charge_key = ").value(key.as_str());
            }
        }
        SERVICES if filter.no_service => {
            sql.push(" AND client.services = 0");
        }
        REFERENCE if filter.no_reference => {
            sql.push(" AND client.reference_key = ")
                .value(LAST.to_string());
        }
        CHANGED => {
            if let Some(since) = &filter.changed {
                sql.push(" AND client.changed_at >= ")
                    .value(wanted.moment(since));
            }
        }
        ADDED => {
            if let Some(since) = &filter.added {
                sql.push(" AND client.created_at >= ")
                    .value(wanted.moment(since));
            }
        }
        STATE => {
            if let Some(state) = filter.state {
                sql.push(" AND client.state = ").value(state.code());
            }
        }
        SCHEME => {
            if let Some(scheme) = filter.scheme {
                sql.push(" AND client.scheme = ").value(scheme.code());
            }
        }
        _ => {}
    }
}

const CHARGE: &str = "client_by_charge";
const SERVICES: &str = "client_by_services";
const REFERENCE: &str = "client_by_reference";
const CHANGED: &str = "client_by_changed";
const ADDED: &str = "client_by_added";
const STATE: &str = "client_by_state";
const SCHEME: &str = "client_by_scheme";
/// The indexes that hold every filter: by state, and by enrolment.
const FACTS: &str = "client_facts";
const SAMPLE: &str = "client_sample";

/// The index that leaves what a text finds.
fn text(portfolio: &Portfolio, wanted: &Wanted) -> Option<Narrow> {
    let block = portfolio.block.filter(|_| !wanted.patterns.is_empty())?;
    let (from, to) = place::block(block);
    let words = trigrams(&wanted.patterns);
    Some(Narrow {
        index: Index::Place,
        by: By::Text { words, from, to },
    })
}

/// Where all that is wanted is looked for, to be counted to its end: among what a text finds; from a day on; in a rare state; else among
/// all, in an order that has nothing to do with any filter, so that the first thousand are met soon.
pub(crate) fn whole(portfolio: &Portfolio, wanted: &Wanted) -> Source {
    let filter = &wanted.filter;
    let rare = filter
        .state
        .is_some_and(|state| state != AccountState::Actif);
    let index = match (&filter.added, &filter.changed) {
        (Some(_), _) => ADDED,
        (None, Some(_)) => CHANGED,
        _ if rare => FACTS,
        _ => SAMPLE,
    };
    Source::Some(text(portfolio, wanted).unwrap_or(Narrow {
        index: Index::Named(index),
        by: By::Own,
    }))
}

/// Decides, and counts as far as a list tells.
pub(crate) async fn choose(
    db: &impl ConnectionTrait,
    portfolio: &Portfolio,
    wanted: &Wanted,
    size: u64,
) -> Answer<(Source, Total)> {
    if wanted.is_everybody() {
        return Ok((Source::Walk, Total::Exactly(portfolio.clients)));
    }
    let few = portfolio.few(size);
    let narrow = match portfolio.clients {
        ..=SMALL => None,
        _ => narrowest(db, portfolio, wanted, few).await?,
    };
    let many = narrow.is_none();
    let source = narrow.map_or_else(|| whole(portfolio, wanted), Source::Some);
    let places = gathered(db, wanted, &source).await?;
    let count = places.len() as u64;
    Ok(if count < COUNTED {
        (Source::These(places), Total::Exactly(count))
    } else if many {
        (Source::Walk, Total::MoreThan(MOST_COUNTED))
    } else {
        (source, Total::MoreThan(MOST_COUNTED))
    })
}

/// The first index that leaves no more clients than `few`.
async fn narrowest(
    db: &impl ConnectionTrait,
    portfolio: &Portfolio,
    wanted: &Wanted,
    few: u64,
) -> Answer<Option<Narrow>> {
    for narrow in candidates(portfolio, wanted) {
        if narrow.size(db, wanted, few + 1).await? <= few {
            return Ok(Some(narrow));
        }
    }
    Ok(None)
}

fn candidates(portfolio: &Portfolio, wanted: &Wanted) -> Vec<Narrow> {
    let filter = &wanted.filter;
    let own = |set: bool, index| {
        set.then_some(Narrow {
            index: Index::Named(index),
            by: By::Own,
        })
    };
    // It holds the filters, too, and where its clients are in the order of names.
    let by = |by| Narrow {
        index: Index::Named(SAMPLE),
        by,
    };
    let favourites = filter.favourites.then(|| by(By::Favourite));
    let labels = filter.labels.iter().map(|label| by(By::Label(label.0)));
    let services = filter.on.iter().map(|code| by(By::Service(code.as_str())));
    favourites
        .into_iter()
        .chain(labels)
        .chain(text(portfolio, wanted))
        .chain(own(filter.in_charge.is_some(), CHARGE))
        .chain(own(filter.no_service, SERVICES))
        .chain(own(filter.changed.is_some(), CHANGED))
        .chain(own(filter.added.is_some(), ADDED))
        .chain(own(filter.no_reference, REFERENCE))
        .chain(services)
        .collect()
}

async fn gathered(db: &impl ConnectionTrait, wanted: &Wanted, source: &Source) -> Answer<Vec<i64>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT client.place FROM ");
    source.push(&mut sql, wanted, Index::Any);
    wanted.push(&mut sql);
    sql.push(&format!(" LIMIT {COUNTED}"));
    let what = "clients";
    let rows = sql.all(db, what).await?;
    rows.iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()
        .or_outage(what)
}

/// Runs of digits that a number is sought by: three of three digits leave one client in some twenty thousand.
const RUNS: usize = 3;

/// The words of the full-text index that a client's text must hold: every third run of three letters, and the last one, of each
/// pattern; of a number a few runs, those with the fewest noughts, which stand in most numbers. What they find is looked at once more.
fn trigrams(patterns: &[String]) -> String {
    let mut words = String::new();
    for pattern in patterns {
        let letters: Vec<char> = pattern.chars().collect();
        let last = letters.len().saturating_sub(3);
        let mut runs: Vec<String> = (0..last)
            .step_by(3)
            .chain([last])
            .map(|start| letters[start..].iter().take(3).collect())
            .collect();
        if letters.iter().all(char::is_ascii_digit) {
            runs.sort_by_key(|run| run.matches('0').count());
            runs.truncate(RUNS);
        }
        for run in runs {
            // Letters, digits and spaces: no quote that could end it.
            write!(words, "\"{run}\" ").expect("writing to a string never fails");
        }
    }
    words
}
