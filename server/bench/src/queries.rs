//! The list and its searches: the port's method beside the bare statements that it makes, on the same database, by turns.

use crate::{
    fill::{self, Filled, text},
    heard::read_again,
    load::{Spread, percentiles},
};
use portfolio::{
    catalogue::ServiceCode,
    holder::{AccountState, Kind, Scheme},
    ids::{EnrolmentId, LabelId, MemberId},
    ports::Portfolio,
    search::{Filter, InCharge, Place, Search, Since, Sort},
};
use sea_orm::DbBackend;
use server::clock::{self, Stopwatch};
use std::time::Duration;

/// How often each search is measured, each time for another client, text or place.
const TIMES: usize = 120;
/// Searches of each kind that are made before the first is measured.
const WARM: usize = 10;
/// Rows of a page.
const SIZE: u64 = 50;

/// What one kind of search took.
pub struct Measured {
    /// Which of [`Group`] it belongs to.
    pub group: Group,
    /// What was sought.
    pub what: &'static str,
    /// The port's method.
    pub ours: Vec<Duration>,
    /// Its statements alone.
    pub bare: Vec<Duration>,
}

impl Measured {
    /// The medians and the slowest hundredths: the port's method, its statements.
    pub fn spreads(&self) -> (Spread, Spread) {
        (percentiles(&self.ours), percentiles(&self.bare))
    }
}

/// What the table tells together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Pages of everybody, but the last.
    Page,
    /// The last page, in any order.
    Last,
    /// A text.
    Search,
    /// Filters.
    Filter,
}

/// Measures every kind of search.
///
/// # Errors
/// Whatever the database says.
pub async fn measure(filled: &Filled) -> Result<Vec<Measured>, String> {
    let samples = samples(filled).await?;
    let mut measured = Vec::new();
    for (group, what, make) in KINDS {
        let mut found = Measured {
            group,
            what,
            ours: Vec::with_capacity(TIMES),
            bare: Vec::with_capacity(TIMES),
        };
        for time in 0..TIMES + WARM {
            let search = make(&samples[time % samples.len()]);
            let (ours, bare) = both(filled, &search, time % 2 == 0).await?;
            if time >= WARM {
                found.ours.push(ours);
                found.bare.push(bare);
            }
        }
        measured.push(found);
    }
    Ok(measured)
}

/// Makes a search once to hear its statements, then both ways, by turns the one or the other first.
async fn both(
    filled: &Filled,
    search: &Search,
    ours_first: bool,
) -> Result<(Duration, Duration), String> {
    filled.heard.listen();
    list(filled, search).await?;
    let statements = filled.heard.take();
    let mut took = [Duration::ZERO; 2];
    for ours in [ours_first, !ours_first] {
        let watch = Stopwatch::start();
        if ours {
            list(filled, search).await?;
        } else {
            let read = read_again(&filled.beside, &statements);
            read.await.map_err(text)?;
        }
        took[usize::from(!ours)] = watch.elapsed();
    }
    Ok((took[0], took[1]))
}

async fn list(filled: &Filled, search: &Search) -> Result<(), String> {
    let listing = filled.store.list(filled.scope(), search, clock::now());
    listing.await.map_err(text)?;
    Ok(())
}

/// What a search is made from: a client that is there, a label, a member.
pub struct Sample {
    id: EnrolmentId,
    name: String,
    number: String,
    label: LabelId,
    member: MemberId,
}

impl Sample {
    fn word(&self) -> String {
        let words = self.name.split(' ');
        let longest = words.max_by_key(|word| word.chars().count());
        longest.unwrap_or_default().to_owned()
    }

    fn letters(&self, skip: usize, take: usize) -> String {
        let letters = self.name.chars().filter(|letter| letter.is_alphabetic());
        letters.skip(skip).take(take).collect()
    }

    fn digits(&self, skip: usize, take: usize) -> String {
        self.number.chars().skip(skip).take(take).collect()
    }
}

type Make = fn(&Sample) -> Search;

fn all() -> Search {
    Search {
        size: SIZE,
        ..Search::default()
    }
}

fn at(place: Place, sort: Sort) -> Search {
    Search {
        place,
        sort,
        ..all()
    }
}

fn text_of(text: String) -> Search {
    Search { text, ..all() }
}

fn with(filter: Filter) -> Search {
    Search { filter, ..all() }
}

fn service(code: &str) -> Option<ServiceCode> {
    ServiceCode::find(code)
}

/// Every kind of search, made from some client.
const KINDS: [(Group, &str, Make); 30] = [
    (Group::Page, "the first page", |_| all()),
    (Group::Page, "after a client", |sample| {
        at(Place::After(sample.id), Sort::Name)
    }),
    (Group::Page, "before a client", |sample| {
        at(Place::Before(sample.id), Sort::Name)
    }),
    (Group::Page, "after a client, by change", |sample| {
        at(Place::After(sample.id), Sort::Changed)
    }),
    (Group::Page, "by number of services", |_| {
        at(Place::Page, Sort::Services)
    }),
    (Group::Last, "by name", |_| at(Place::Last, Sort::Name)),
    (Group::Last, "by change", |_| at(Place::Last, Sort::Changed)),
    (Group::Last, "by number of services", |_| {
        at(Place::Last, Sort::Services)
    }),
    (Group::Last, "by who is in charge", |_| {
        at(Place::Last, Sort::InCharge)
    }),
    (Group::Last, "of a state", |_| Search {
        place: Place::Last,
        ..with(Filter {
            state: Some(AccountState::Radie),
            ..Filter::default()
        })
    }),
    (Group::Search, "the whole name", |sample| {
        text_of(sample.name.clone())
    }),
    (Group::Search, "a word of the name", |sample| {
        text_of(sample.word())
    }),
    (Group::Search, "five letters of it", |sample| {
        text_of(sample.letters(1, 5))
    }),
    (Group::Search, "three letters of it", |sample| {
        text_of(sample.letters(2, 3))
    }),
    (Group::Search, "two letters", |sample| {
        text_of(sample.letters(0, 2))
    }),
    (Group::Search, "one letter", |sample| {
        text_of(sample.letters(0, 1))
    }),
    (Group::Search, "the number", |sample| {
        text_of(sample.number.clone())
    }),
    (Group::Search, "five digits of it", |sample| {
        text_of(sample.digits(2, 5))
    }),
    (Group::Search, "nothing to be found", |_| {
        text_of("zzqxk".to_owned())
    }),
    (Group::Search, "a word, by change", |sample| Search {
        sort: Sort::Changed,
        ..text_of(sample.word())
    }),
    (Group::Filter, "a state", |_| {
        with(Filter {
            state: Some(AccountState::Radie),
            ..Filter::default()
        })
    }),
    (Group::Filter, "scheme and kind", |_| {
        with(Filter {
            scheme: Some(Scheme::TravailleurIndependant),
            kind: Some(Kind::Ae),
            ..Filter::default()
        })
    }),
    (Group::Filter, "a service on, another off", |_| {
        with(Filter {
            on: service("DPAE").into_iter().collect(),
            off: service("COMPTE_SITUATION").into_iter().collect(),
            ..Filter::default()
        })
    }),
    (Group::Filter, "a body and a state", |_| {
        with(Filter {
            organism: Some("747".to_owned()),
            state: Some(AccountState::Suspendu),
            ..Filter::default()
        })
    }),
    (Group::Filter, "a body that nobody has", |_| {
        with(Filter {
            organism: Some("001".to_owned()),
            ..Filter::default()
        })
    }),
    (Group::Filter, "a label", |sample| {
        with(Filter {
            labels: [sample.label].into(),
            ..Filter::default()
        })
    }),
    (Group::Filter, "who is in charge", |sample| {
        with(Filter {
            in_charge: Some(InCharge::Member(sample.member)),
            ..Filter::default()
        })
    }),
    (Group::Filter, "no service", |_| {
        with(Filter {
            no_service: true,
            ..Filter::default()
        })
    }),
    (Group::Filter, "changed for 60 days", |_| {
        with(Filter {
            changed: Some(Since::Days(60)),
            ..Filter::default()
        })
    }),
    (Group::Filter, "a word and a state", |sample| Search {
        filter: Filter {
            state: Some(AccountState::Radie),
            ..Filter::default()
        },
        ..text_of(sample.word())
    }),
];

/// Clients that are there, far from each other.
async fn samples(filled: &Filled) -> Result<Vec<Sample>, String> {
    let wanted = (TIMES + WARM) as u64;
    let one = |n: u64| {
        // A step that meets every client once, so that no two kinds find only what is near the beginning.
        let id = format!("0190000000007000800{:013x}", n * 7_368_787 % filled.clients);
        match filled.beside.get_database_backend() {
            DbBackend::Postgres => format!("CAST('{id}' AS uuid)"),
            _ => format!("x'{id}'"),
        }
    };
    let ids: Vec<String> = (0..wanted).map(one).collect();
    let sql = format!(
        "SELECT enrolment_id, name, number FROM client WHERE enrolment_id IN ({})",
        ids.join(", ")
    );
    let found = fill::rows(&filled.beside, &sql).await?;
    found
        .iter()
        .enumerate()
        .map(|(place, row)| {
            Ok(Sample {
                id: EnrolmentId(row.try_get_by_index(0)?),
                name: row.try_get_by_index(1)?,
                number: row.try_get_by_index(2)?,
                label: filled.labels[place % filled.labels.len()],
                member: filled.members[place % filled.members.len()],
            })
        })
        .collect::<Result<_, sea_orm::DbErr>>()
        .map_err(text)
}
