//! The list: order, pages, the client to be seen, the row that is open.

use crate::base::{Base, EMPLOYER, NOW, file, good_employer, many};
use portfolio::{
    client::{Happening, Listing, Total},
    ids::EnrolmentId,
    search::{Search, Sort},
};

crate::contract! { rows, every_order, pages, the_client_to_be_seen, an_open_row, the_dialog }

const NAMES: [&str; 6] = ["Émile", "eau", "Zoé", "emile", "Œuf & Cie", "Ça va"];

fn names(listing: &Listing) -> Vec<&str> {
    listing.rows.iter().map(|row| row.name.as_str()).collect()
}

/// Fear: a row shows what belongs to another.
async fn rows(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    let ids = many(&base, &scope, &NAMES).await;
    let listing = base.list(&scope, &Search::default()).await;
    assert_eq!(
        (listing.total, listing.managed, listing.page),
        (Total::Exactly(6), 6, Some(1))
    );
    for row in &listing.rows {
        let n = ids.iter().position(|id| *id == row.id).unwrap();
        assert_eq!(row.name, NAMES[n]);
        assert_eq!(
            row.held.key(),
            format!("RG:{}", crate::base::siren(n.try_into().unwrap()))
        );
        assert_eq!(usize::try_from(row.services).unwrap(), n % 3);
        assert_eq!(usize::try_from(row.state.code()).unwrap(), n % 3 + 1);
    }
}

/// Fear: a column is sorted as machines sort, or otherwise on each engine, or equal rows change places.
async fn every_order(base: Base) {
    let scope = base.firm("Cabinet Dupont").await;
    many(&base, &scope, &NAMES).await;
    for (sort, up) in [
        (Sort::Name, [5, 1, 0, 3, 4, 2]),
        (Sort::Identifier, [0, 1, 2, 3, 4, 5]),
        (Sort::Scheme, [5, 1, 0, 3, 4, 2]),
        (Sort::State, [0, 3, 1, 4, 5, 2]),
        (Sort::Services, [0, 3, 1, 4, 5, 2]),
        (Sort::Changed, [0, 1, 2, 3, 4, 5]),
        (Sort::Added, [0, 1, 2, 3, 4, 5]),
        (Sort::InCharge, [5, 1, 0, 3, 4, 2]),
        (Sort::Reference, [5, 1, 0, 3, 4, 2]),
    ] {
        for descending in [false, true] {
            let mut order = up;
            if descending {
                order.reverse();
            }
            let listing = base
                .list(
                    &scope,
                    &Search {
                        sort,
                        descending,
                        ..Search::default()
                    },
                )
                .await;
            assert_eq!(
                names(&listing),
                order.map(|n| NAMES[n]),
                "{sort:?} {descending}"
            );
        }
    }
}

async fn forty_five(base: &Base) -> (portfolio::permission::Editor, Vec<EnrolmentId>) {
    let scope = base.firm("Cabinet Dupont").await;
    let names: Vec<_> = (0..45).map(|n| format!("Client {n:02}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let ids = many(base, &scope, &names).await;
    (scope, ids)
}

/// Fear: a client stands on two pages or on none, or a page beyond the last is empty.
async fn pages(base: Base) {
    let (scope, _) = forty_five(&base).await;
    let mut all = Vec::new();
    for page in 1..=3 {
        let listing = base
            .list(
                &scope,
                &Search {
                    page,
                    ..Search::default()
                },
            )
            .await;
        assert_eq!(
            (listing.page, listing.total),
            (Some(page), Total::Exactly(45))
        );
        all.extend(names(&listing).into_iter().map(str::to_owned));
    }
    let expected: Vec<_> = (0..45).map(|n| format!("Client {n:02}")).collect();
    assert_eq!(all, expected);
    for page in [4, 1_000_000_000] {
        let listing = base
            .list(
                &scope,
                &Search {
                    page,
                    ..Search::default()
                },
            )
            .await;
        assert_eq!((listing.page, listing.rows.len()), (Some(3), 5));
    }
    let listing = base
        .list(
            &scope,
            &Search {
                size: 50,
                page: 2,
                ..Search::default()
            },
        )
        .await;
    assert_eq!((listing.page, listing.rows.len()), (Some(1), 45));
}

/// Fear: the client that was just saved is on another page than the one shown.
async fn the_client_to_be_seen(base: Base) {
    let (scope, ids) = forty_five(&base).await;
    for sort in Sort::ALL {
        for descending in [false, true] {
            for n in [0, 19, 20, 44] {
                let show = Some(ids[n]);
                for search in [
                    Search {
                        show,
                        ..Search::default()
                    },
                    Search {
                        saved: show,
                        ..Search::default()
                    },
                ] {
                    let listing = base
                        .list(
                            &scope,
                            &Search {
                                sort,
                                descending,
                                ..search
                            },
                        )
                        .await;
                    assert!(
                        listing.rows.iter().any(|row| Some(row.id) == show),
                        "{sort:?} {n}"
                    );
                }
            }
        }
    }
    // One that the text does not find decides nothing (the text finds 00 to 09).
    let search = Search {
        text: "client 0".into(),
        show: Some(ids[44]),
        page: 1,
        ..Search::default()
    };
    let listing = base.list(&scope, &search).await;
    assert_eq!(
        (listing.page, listing.total, listing.managed),
        (Some(1), Total::Exactly(10), 45)
    );
}

/// Fear: a chain of shops is shown with a part of its accounts as if they were all, or in no order.
async fn an_open_row(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let search = Search {
        open: Some(id),
        ..Search::default()
    };
    let opened = async || base.list(&scope, &search).await.opened.unwrap();
    let (of, accounts) = opened().await;
    assert_eq!((of, accounts.total), (id, 2));
    let sirets: Vec<_> = accounts
        .shown
        .iter()
        .map(|a| a.siret.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(sirets, ["73282932000074", "73282932000082"]);
    assert_eq!(accounts.shown[1].name, "Boulangerie Émile Lyon");
    let lines: Vec<String> = (0..120)
        .map(|n| {
            let siret = if n == 0 {
                String::new()
            } else {
                format!("732829320{:05}", 10_000 + n)
            };
            format!(
                "{:018};EMP;732829320;{siret};Nom {n};117;1;{n};;;;1;;",
                n + 1
            )
        })
        .collect();
    let lines: Vec<_> = lines.iter().map(String::as_str).collect();
    base.import(file(&lines)).await.unwrap();
    let (_, accounts) = opened().await;
    assert_eq!((accounts.shown.len(), accounts.total), (100, 122));
    assert_eq!(accounts.shown[2].name, "Nom 1");
}

/// Fear: the dialog tells what happened before, or to another.
async fn the_dialog(base: Base) {
    let scope = base.with_accounts().await;
    let id = base
        .client(&scope, EMPLOYER, &good_employer(), &["DPAE"], NOW)
        .await;
    let listing = base
        .list(
            &scope,
            &Search {
                saved: Some(id),
                ..Search::default()
            },
        )
        .await;
    let saved = listing.saved.unwrap();
    assert_eq!(
        (saved.id, saved.name.as_str(), saved.held.key().as_str()),
        (id, "Boulangerie Émile", "RG:732829320")
    );
    let on = crate::base::services(&["DPAE"]).into_iter().collect();
    assert_eq!(saved.last.what, Happening::Enrolled(on));
    assert_eq!(listing.ended, None);
}
