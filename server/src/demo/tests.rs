use super::*;
use crate::trial::Trial;
use portfolio::{
    form::{Proof, Status},
    holder::{AccountState, Holder, Kind, Scheme},
    message::search::{Show, ThreadSearch},
    mobility::{self, search::MobilitySearch},
    permission::Officer,
    ports::{Messages as _, Mobility as _, Outbox as _, Reader},
    search::Search,
    siret::Siret,
};
use std::collections::{BTreeSet, HashSet};
use words::TO_ADD;

const NOW: Timestamp = Timestamp(1_795_000_000);

/// Fear: a number of the demonstration fails its check digits, or is given twice, so that it cannot be typed.
#[test]
fn the_registry_is_sound() {
    let all = Specimen::all();
    assert!(all.len() >= 60);
    let numbers: HashSet<_> = all.iter().map(|one| one.row.number.clone()).collect();
    assert_eq!(numbers.len(), all.len());
    for kind in Kind::ALL {
        assert!(all.iter().any(|one| one.row.kind == kind), "{kind:?}");
    }
    for one in &all {
        let number = one.row.number.as_str();
        if let Some(siret) = &one.row.siret {
            Siret::parse(siret.as_str()).unwrap();
        }
        assert!(one.proof().is_some(), "{number} cannot be proved");
        if let Holder::Siren(siren) = &one.row.held.holder {
            assert!(
                siren.as_str().starts_with("999"),
                "{number} may be somebody's"
            );
        }
        assert!(number.contains("999"), "{number} may be somebody's");
        if matches!(
            one.proof(),
            Some(Proof::SelfEmployed(..) | Proof::Manager(_))
        ) {
            assert_eq!(one.secret.len(), 15, "{number} needs its key");
        }
    }
    let schemes = |siren: &str| -> BTreeSet<Scheme> {
        let of = all.iter().filter(|one| one.row.held.holder.key() == siren);
        of.map(|one| one.row.held.scheme).collect()
    };
    assert_eq!(schemes("999100068").len(), 2);
}

async fn editor(store: &Store) -> Editor {
    let tried = store.try_sign_in(IDENTIFIER, Origin::default(), NOW).await;
    let Ok(store::Try::Go(Some(member))) = tried else {
        panic!("{tried:?}");
    };
    let scope = Scope {
        firm: member.firm,
        member: member.member,
        from: Origin::default(),
    };
    Session::of_operator(scope, Role::Administrator, NOW)
        .editor()
        .unwrap()
}

/// Fear: what the demonstration says to type is refused, or is in the portfolio already.
#[tokio::test]
async fn what_is_printed_can_be_added() {
    let trial = Trial::new().await;
    let store = &trial.store;
    let hasher = Hasher::light();
    fill(store, &hasher, 0, NOW).await.unwrap();
    let scope = editor(store).await;
    let mut statuses = HashSet::new();
    for account in TO_ADD {
        let specimen = Specimen::of(account).unwrap();
        let draft = begin(store, &scope, &specimen.identifier(), NOW)
            .await
            .unwrap()
            .unwrap();
        let proof = specimen.proof().unwrap();
        statuses.insert(proof.status().code());
        let proved = store.prove(&scope, draft, &proof, NOW).await.unwrap();
        assert!(
            matches!(proved, Some(Proved::Proven(_))),
            "{account}: {proved:?}"
        );
        let enrolled = store
            .enrol(&scope, draft, &BTreeSet::new(), NOW)
            .await
            .unwrap();
        assert!(
            matches!(enrolled, Some(Enrolled::Done(_))),
            "{account}: {enrolled:?}"
        );
    }
    let all = [Status::Employer, Status::SelfEmployed, Status::Manager];
    assert_eq!(statuses, all.iter().map(|status| status.code()).collect());
}

/// Fear: the list shows what no portfolio looks like: one page, one state, one set of services.
#[tokio::test]
async fn the_portfolio_looks_real() {
    let trial = Trial::new().await;
    let store = &trial.store;
    fill(store, &Hasher::light(), 300, NOW).await.unwrap();
    let scope = editor(store).await;
    let search = Search {
        size: 100,
        ..Search::default()
    };
    let listing = store.list(&scope, &search, NOW).await.unwrap();
    assert_eq!(listing.total.exact(), Some(CLIENTS.len() as u64));
    let states: HashSet<_> = listing.rows.iter().map(|row| row.state).collect();
    assert_eq!(
        states,
        HashSet::from([
            AccountState::Actif,
            AccountState::Suspendu,
            AccountState::Radie
        ])
    );
    let services: HashSet<_> = listing.rows.iter().map(|row| row.services).collect();
    assert!(services.len() > 5, "{services:?}");
    assert!(store.account_count().await.unwrap() > 360);
}

/// Fear: list, chart, queue and certificate have nothing to show, or what is made up does not hold together.
#[tokio::test]
async fn requests_to_work_abroad_look_real() {
    let trial = Trial::new().await;
    let store = &trial.store;
    fill(store, &Hasher::light(), 0, NOW).await.unwrap();
    let scope = editor(store).await;
    let search = MobilitySearch::default();
    let listing = store.requests(&scope, &search, NOW).await.unwrap();
    let states: HashSet<_> = listing.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, HashSet::from(mobility::life::State::ALL));
    let kinds: HashSet<_> = listing
        .rows
        .iter()
        .filter_map(|row| row.certificate.map(mobility::decision::Certificate::code))
        .collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    assert!(listing.abroad.len() >= 4 && listing.ending > 0 && listing.asked > 0);
    assert_eq!(store.faults().await.unwrap().faults, []);
    store.verify_journal(None).await.unwrap();
}

/// Fear: « Messages » has nothing to show to one of the three who sign in, nothing unread, or nothing attached; or somebody is written to.
#[tokio::test]
async fn everybody_has_something_to_read() {
    let trial = Trial::new().await;
    let store = &trial.store;
    fill(store, &Hasher::light(), 0, NOW).await.unwrap();
    let mut readers = vec![Reader::Firm((*editor(store).await).clone())];
    for identifier in [OFFICER, CLIENT] {
        let tried = store.try_sign_in(identifier, Origin::default(), NOW).await;
        let Ok(store::Try::Go(Some(person))) = tried else {
            panic!("{tried:?}");
        };
        let me = Oneself {
            house: person.firm,
            member: person.member,
            from: Origin::default(),
        };
        readers.push(match identifier {
            CLIENT => Reader::Client(OwnClient::of_session(&me)),
            _ => Reader::Body(Officer::of_session(
                OfficerId(person.member.0),
                Origin::default(),
            )),
        });
    }
    for (reader, (count, waiting)) in readers.iter().zip([(4, 1), (4, 2), (3, 2)]) {
        let told = store.waiting_messages(reader).await.unwrap();
        assert_eq!(told, waiting, "{reader:?}");
        let (mut threads, mut attached) = (HashSet::new(), 0);
        for show in [Show::Waiting, Show::Answered, Show::Closed] {
            let search = ThreadSearch {
                show,
                ..ThreadSearch::default()
            };
            for row in store.threads(reader, &search).await.unwrap().unwrap().rows {
                let thread = store.thread(reader, row.id, NOW).await.unwrap().unwrap();
                threads.insert(row.id);
                attached += thread
                    .messages
                    .iter()
                    .map(|one| one.files.len())
                    .sum::<usize>();
            }
        }
        assert_eq!(threads.len(), count, "{reader:?}");
        assert!(attached > 0, "{reader:?}");
    }
    assert!(store.claim(NOW).await.unwrap().is_none());
    assert_eq!(store.faults().await.unwrap().faults, []);
}

/// Fear: a second call adds things again, or a demonstration is poured into a firm's database.
#[tokio::test]
async fn only_into_an_empty_database() {
    let hasher = Hasher::light();
    let trial = Trial::new().await;
    let store = &trial.store;
    fill(store, &hasher, 0, NOW).await.unwrap();
    let accounts = store.account_count().await.unwrap();
    fill(store, &hasher, 500, NOW).await.unwrap();
    assert_eq!(store.account_count().await.unwrap(), accounts);

    let trial = Trial::new().await;
    let store = &trial.store;
    store.add_firm("Cabinet Durand", NOW).await.unwrap();
    let refused = fill(store, &hasher, 0, NOW).await;
    assert!(matches!(refused, Err(DemoError::InUse)));
    assert_eq!(store.account_count().await.unwrap(), 0);
}

/// Fear: the printed address leads nowhere, or a number is left out of what must be typed.
#[test]
fn the_words_hold_all_that_is_typed() {
    let settings = |address: &str| {
        let address = address.to_owned();
        crate::settings::Settings::read(move |name| {
            (name == "PORTAIL_ADDRESS").then(|| address.clone())
        })
        .unwrap()
    };
    let printed = words(&settings("127.0.0.1:3000"));
    for needed in [
        "http://127.0.0.1:3000",
        IDENTIFIER,
        PASSWORD,
        FIRM,
        "999100233",
        "4812",
        "999000000023000183",
        "999100365",
        "281064591904283",
        "999000000036000163",
        "999100472",
        "187067592509359",
        "999000000047000161",
        "GP999260418M01",
        "173096392904674",
    ] {
        assert!(
            printed.contains(needed),
            "{needed} is missing from {printed}"
        );
    }
    assert!(words(&settings("0.0.0.0:80")).contains("http://localhost:80\n"));
}
