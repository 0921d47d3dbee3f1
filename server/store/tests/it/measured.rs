//! How long finding takes. Not a part of the usual run: `cargo nextest run -p store --release --run-ignored all measured_find`, with
//! `CLIENTS` for how many.

use crate::{
    base::{Base, Dice, NOW, on_postgres, on_sqlite, wanted},
    crowd::{crowd, id, name},
};
use portfolio::{
    catalogue::ServiceCode,
    holder::{AccountState, Kind, Scheme},
    ids::EnrolmentId,
    permission::Editor,
    ports::{Finding as _, Portfolio as _},
    search::{Filter, InCharge, Place, Search, Since, Sort},
};
use sea_orm::ConnectionTrait as _;
use std::time::Duration;
use tokio::time::Instant;

/// Makes a search of one kind.
type Make<'a> = Box<dyn Fn(&mut Dice) -> Search + 'a>;

#[test]
#[ignore = "measures"]
fn measured_find_sqlite() {
    on_sqlite(measured);
}

/// The same on a database that was filled before: `FILLED` is its address.
#[test]
#[ignore = "measures, and needs FILLED"]
fn measured_find_again() {
    on_sqlite(async |base| {
        let url = std::env::var("FILLED").unwrap();
        let store = store::Store::open(&url, crate::base::key()).await.unwrap();
        let filled = Base {
            store,
            url,
            folder: base.folder,
        };
        let ids = async |sql: &str| {
            let row = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
            let row = filled.behind().await.query_one_raw(row).await.unwrap();
            row.unwrap().try_get_by_index::<uuid::Uuid>(0).unwrap()
        };
        let firm = portfolio::ids::FirmId(ids("SELECT firm_id FROM portfolio_size").await);
        let member = portfolio::ids::MemberId(ids("SELECT id FROM member").await);
        let editor = crate::base::editor(firm, member);
        let count = filled.number("SELECT clients FROM portfolio_size").await;
        measure(&filled, &editor, count.try_into().unwrap()).await;
    });
}

#[test]
#[ignore = "measures, and needs TEST_POSTGRES_URL"]
fn measured_find_postgres() {
    on_postgres(measured);
}

async fn measured(base: Base) {
    let count = u32::try_from(wanted("CLIENTS", 20_000)).unwrap();
    let begun = Instant::now();
    let editor = crowd(&base, count, |_| ()).await;
    println!("filled with {count} in {:?}", begun.elapsed());
    if base.url.starts_with("postgres") {
        base.behind()
            .await
            .execute_unprepared("VACUUM ANALYZE")
            .await
            .unwrap();
    }
    if base.url.starts_with("sqlite") {
        base.number("PRAGMA wal_checkpoint(TRUNCATE)").await;
    }
    measure(&base, &editor, count).await;
}

#[expect(clippy::too_many_lines, reason = "a list of what is measured")]
async fn measure(base: &Base, editor: &Editor, count: u32) {
    let mut dice = Dice::new(11);
    let some =
        |dice: &mut Dice| EnrolmentId(id(u32::try_from(dice.below(count as usize)).unwrap()));
    let all = Search::default;
    let text = |text: String| Search { text, ..all() };
    let filter = |filter: Filter| Search { filter, ..all() };
    let service = |code| ServiceCode::find(code).unwrap();
    let kinds: Vec<(&str, Make)> = vec![
        ("first page", Box::new(|_| all())),
        (
            "after a client",
            Box::new(|dice| Search {
                place: Place::After(some(dice)),
                page: 9,
                ..all()
            }),
        ),
        (
            "before a client",
            Box::new(|dice| Search {
                place: Place::Before(some(dice)),
                page: 9,
                ..all()
            }),
        ),
        (
            "last page",
            Box::new(|_| Search {
                place: Place::Last,
                ..all()
            }),
        ),
        (
            "any order, after",
            Box::new(|dice| Search {
                sort: Sort::ALL[dice.below(9)],
                descending: dice.below(2) == 0,
                place: Place::After(some(dice)),
                ..all()
            }),
        ),
        (
            "show a client",
            Box::new(|dice| Search {
                show: Some(some(dice)),
                ..all()
            }),
        ),
        ("a whole name", Box::new(|dice| text(name(dice)))),
        (
            "a surname",
            Box::new(|dice| text(name(dice).split(' ').nth(1).unwrap().to_owned())),
        ),
        (
            "a fragment of 3",
            Box::new(|dice| {
                let name = name(dice);
                let at = dice.below(4);
                text(name.chars().skip(at).take(3).collect())
            }),
        ),
        (
            "a fragment of 5",
            Box::new(|dice| {
                let name = name(dice);
                let at = dice.below(4);
                text(name.chars().skip(at).take(5).collect())
            }),
        ),
        (
            "1 letter",
            Box::new(|dice| text(name(dice).chars().take(1).collect())),
        ),
        (
            "2 letters",
            Box::new(|dice| text(name(dice).chars().take(2).collect())),
        ),
        (
            "a trade",
            Box::new(|dice| text(name(dice).split(' ').next().unwrap().to_owned())),
        ),
        ("nothing", Box::new(|_| text("xqzwk".into()))),
        (
            "a Siren",
            Box::new(|dice| {
                text(crate::base::siren(
                    u32::try_from(dice.below(count as usize)).unwrap(),
                ))
            }),
        ),
        (
            "a Siret",
            Box::new(|dice| {
                text(format!(
                    "{}00015",
                    crate::base::siren(u32::try_from(dice.below(count as usize)).unwrap())
                ))
            }),
        ),
        (
            "4 digits",
            Box::new(|dice| text(format!("{}", 1000 + dice.below(9000)))),
        ),
        (
            "a trade, by date",
            Box::new(|dice| Search {
                sort: Sort::Changed,
                descending: true,
                ..text(name(dice).split(' ').next().unwrap().to_owned())
            }),
        ),
        (
            "state",
            Box::new(|_| {
                filter(Filter {
                    state: Some(AccountState::Radie),
                    ..Filter::default()
                })
            }),
        ),
        (
            "scheme, kind",
            Box::new(|_| {
                filter(Filter {
                    scheme: Some(Scheme::TravailleurIndependant),
                    kind: Some(Kind::Ae),
                    ..Filter::default()
                })
            }),
        ),
        (
            "services",
            Box::new(|_| {
                filter(Filter {
                    on: [service("DPAE")].into(),
                    off: [service("COMPTE_SITUATION")].into(),
                    ..Filter::default()
                })
            }),
        ),
        (
            "organism, state",
            Box::new(|_| {
                filter(Filter {
                    organism: Some("747".into()),
                    state: Some(AccountState::Suspendu),
                    ..Filter::default()
                })
            }),
        ),
        (
            "organism alone",
            Box::new(|_| {
                filter(Filter {
                    organism: Some("747".into()),
                    ..Filter::default()
                })
            }),
        ),
        (
            "no organism has it",
            Box::new(|_| {
                filter(Filter {
                    organism: Some("001".into()),
                    ..Filter::default()
                })
            }),
        ),
        (
            "nobody, no service",
            Box::new(|_| {
                filter(Filter {
                    in_charge: Some(InCharge::Nobody),
                    no_service: true,
                    ..Filter::default()
                })
            }),
        ),
        (
            "changed for 7 days",
            Box::new(|_| {
                filter(Filter {
                    changed: Some(Since::Days(7)),
                    ..Filter::default()
                })
            }),
        ),
        (
            "a trade and a state",
            Box::new(|dice| Search {
                filter: Filter {
                    state: Some(AccountState::Radie),
                    ..Filter::default()
                },
                ..text(name(dice).split(' ').next().unwrap().to_owned())
            }),
        ),
        (
            "favourites",
            Box::new(|_| {
                filter(Filter {
                    favourites: true,
                    ..Filter::default()
                })
            }),
        ),
    ];
    for (what, make) in &kinds {
        let tries = if count > 100_000 { 120 } else { 300 };
        let mut took = Vec::new();
        let mut bare = 0;
        for n in 0..tries {
            let search = make(&mut dice);
            let begun = Instant::now();
            let listing = base.store.list(editor, &search, NOW).await.unwrap();
            if n >= 20 {
                took.push(begun.elapsed());
            }
            bare += listing.rows.len();
        }
        tell(what, took, &format!("{} rows", bare / tries));
    }
    measured_more(base, editor, &mut dice).await;
}

async fn measured_more(base: &Base, editor: &Editor, dice: &mut Dice) {
    let mut took = Vec::new();
    for _ in 0..100 {
        let name = name(dice);
        let text: String = name.chars().take(1 + dice.below(6)).collect();
        let begun = Instant::now();
        base.store.jump(editor, &text).await.unwrap();
        took.push(begun.elapsed());
    }
    tell("jump", took, "");
    for (what, text) in [
        ("facets of all", ""),
        ("facets of a surname", "dupont"),
        ("facets of a trade", "garage"),
    ] {
        let search = Search {
            text: text.into(),
            ..Search::default()
        };
        let mut took = Vec::new();
        for _ in 0..3 {
            let begun = Instant::now();
            base.store.facets(editor, &search, NOW).await.unwrap();
            took.push(begun.elapsed());
        }
        tell(what, took, "");
        let begun = Instant::now();
        let count = base.store.count(editor, &search, NOW).await.unwrap();
        println!("  counted {count} in {:?}", begun.elapsed());
    }
}

fn tell(what: &str, mut took: Vec<Duration>, more: &str) {
    took.sort_unstable();
    let at = |part: usize| took[(took.len() - 1) * part / 100].as_secs_f64() * 1000.0;
    println!(
        "{what:22} p50 {:8.2} ms   p99 {:8.2} ms   max {:8.2} ms   {more}",
        at(50),
        at(99),
        at(100)
    );
}
