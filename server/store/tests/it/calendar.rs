//! What falls due: counted, listed, fetched by a diary.

use crate::base::{
    ACCOUNTS, AUTO, Base, EMPLOYER, MANAGER, NOW, file, good_employer, good_self_employed, manager,
    self_employed, session,
};
use crate::dashboard::charge;
use portfolio::{
    calendar::{AgendaQuery, FEED_NAMES, Rhythm, View, Whose},
    form::{Form as _, RhythmForm},
    ids::{EnrolmentId, Scope},
    mobility::day::Day,
    origin::Origin,
    permission::{Editor, Fresh, Role},
    ports::{Calendar as _, FeedOpened, FeedToken, Finding as _, RhythmKept},
    search::{Filter, InCharge, Search},
    time::DAY,
};

crate::contract!(
    every_number_is_the_length_of_its_list,
    the_headcount_and_the_firm_decide,
    page_after_page,
    a_feed_opens_until_it_is_revoked,
    a_feed_ends_with_the_access,
    a_feed_is_not_fetched_for_ever,
);

/// A firm with one client of each kind: an employer of 14 in two places, somebody self-employed, an auto-entrepreneur, and a gérant
/// whose account is struck off.
async fn clients(base: &Base) -> (Editor, Vec<EnrolmentId>) {
    let scope = base.with_accounts().await;
    let mut ids = Vec::new();
    for (identifier, proof) in [
        (EMPLOYER, good_employer()),
        (EMPLOYER, good_self_employed()),
        (AUTO, self_employed("180127512345642", "317000001567462542")),
        (MANAGER, manager("253072A07300443")),
    ] {
        ids.push(base.client(&scope, identifier, &proof, &[], NOW).await);
    }
    (scope, ids)
}

async fn choose(base: &Base, editor: &Editor, of: EnrolmentId, code: &str) -> Option<RhythmKept> {
    let form = RhythmForm {
        of: of.to_string(),
        rhythm: code.into(),
    };
    let draft = form.check().unwrap();
    let kept = base.store.choose_rhythm(editor, &draft, NOW).await;
    kept.unwrap()
}

async fn rhythm(base: &Base, scope: &Scope, of: EnrolmentId) -> Option<Rhythm> {
    let found = base.store.of_client(scope, of, NOW).await.unwrap();
    found.unwrap().client.rhythm
}

/// Fear: a number of the calendar leads to a list of another length, counts another firm's clients, or those that are struck off.
async fn every_number_is_the_length_of_its_list(base: Base) {
    let (scope, ids) = clients(&base).await;
    let other = base.firm("Cabinet Autre").await;
    base.client(&other, EMPLOYER, &good_employer(), &[], NOW)
        .await;
    let paul = base.colleague(scope.firm, "cabinet.fr", "Paul").await;
    charge(&base, &scope, ids[0], scope.member).await;
    charge(&base, &scope, ids[1], paul.member).await;
    let mut seen = 0;
    for (whose, in_charge) in [
        (Whose::Everybody, None),
        (Whose::Mine, Some(InCharge::Member(scope.member))),
        (Whose::Nobody, Some(InCharge::Nobody)),
        (
            Whose::Member(paul.member),
            Some(InCharge::Member(paul.member)),
        ),
    ] {
        let asked = AgendaQuery {
            whose,
            ..AgendaQuery::default()
        };
        let agenda = base.store.agenda(&scope, &asked, NOW).await.unwrap();
        assert_eq!(agenda.today, Day::parse("24/11/2026").unwrap());
        for (due, clients) in agenda
            .weeks
            .iter()
            .flat_map(|week| &week.days)
            .flat_map(|day| &day.dues)
        {
            let search = Search {
                filter: Filter {
                    rhythm: Some(due.rhythm),
                    in_charge,
                    ..Filter::default()
                },
                ..Search::default()
            };
            let listed = base.store.count(&scope, &search, NOW).await.unwrap();
            assert_eq!(*clients, listed, "{whose:?} {due:?}");
            seen += clients;
        }
    }
    // DSN, monthly payment, turnover, in five weeks: all three, mine, Paul's, nobody's.
    assert_eq!(seen, 3 + 1 + 1 + 1);
    let everybody = AgendaQuery::default();
    let stranger = base.store.agenda(&other, &everybody, NOW).await;
    let days = stranger.unwrap().weeks;
    let dues: u64 = days
        .iter()
        .flat_map(|week| &week.days)
        .flat_map(|day| &day.dues)
        .map(|(_, clients)| clients)
        .sum();
    assert_eq!(dues, 1);
}

/// Fear: a firm that grows declares too late, what a firm says of a client is lost with the next import, or is taken of another kind.
async fn the_headcount_and_the_firm_decide(base: Base) {
    let (scope, ids) = clients(&base).await;
    assert_eq!(
        rhythm(&base, &scope, ids[0]).await,
        Some(Rhythm::DsnFifteenth)
    );
    assert_eq!(
        rhythm(&base, &scope, ids[1]).await,
        Some(Rhythm::MonthlyFifth)
    );
    assert_eq!(
        rhythm(&base, &scope, ids[2]).await,
        Some(Rhythm::TurnoverMonthly)
    );
    assert_eq!(rhythm(&base, &scope, ids[3]).await, None);
    // 40 and 10 in two places are 50 together.
    let grown = ACCOUNTS.map(|line| {
        line.replace(";1;12;45000", ";1;40;45000")
            .replace(";1;2;", ";1;10;")
    });
    let grown: Vec<&str> = grown.iter().map(String::as_str).collect();
    base.import(file(&grown)).await.unwrap();
    assert_eq!(rhythm(&base, &scope, ids[0]).await, Some(Rhythm::DsnFifth));
    assert_eq!(base.store.faults().await.unwrap().faults, []);
    for (id, code, expected, kept) in [
        (
            ids[0],
            "dsn-15",
            Some(Rhythm::DsnFifteenth),
            RhythmKept::Done,
        ),
        (
            ids[0],
            "mensuel-5",
            Some(Rhythm::DsnFifteenth),
            RhythmKept::NotOffered,
        ),
        (
            ids[1],
            "trimestriel",
            Some(Rhythm::Quarterly),
            RhythmKept::Done,
        ),
        (ids[3], "mensuel-20", None, RhythmKept::Done),
    ] {
        assert_eq!(choose(&base, &scope, id, code).await, Some(kept), "{code}");
        assert_eq!(rhythm(&base, &scope, id).await, expected, "{code}");
    }
    base.import(file(&ACCOUNTS)).await.unwrap();
    assert_eq!(rhythm(&base, &scope, ids[1]).await, Some(Rhythm::Quarterly));
    choose(&base, &scope, ids[1], "").await;
    assert_eq!(
        rhythm(&base, &scope, ids[1]).await,
        Some(Rhythm::MonthlyFifth)
    );
    let other = base.firm("Cabinet Autre").await;
    assert_eq!(choose(&base, &other, ids[1], "trimestriel").await, None);
    assert!(
        base.store
            .of_client(&other, ids[1], NOW)
            .await
            .unwrap()
            .is_none()
    );
    assert_eq!(base.store.faults().await.unwrap().faults, []);
}

/// Fear: a client stands on two pages, on none, or on another firm's.
async fn page_after_page(base: Base) {
    let scope = base.with_accounts().await;
    let names: Vec<String> = (0..60).map(|n| format!("Client {n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let ids = crate::base::many(&base, &scope, &names).await;
    for id in &ids[..30] {
        charge(&base, &scope, *id, scope.member).await;
    }
    for (whose, expected) in [
        (Whose::Everybody, 60),
        (Whose::Mine, 30),
        (Whose::Nobody, 30),
    ] {
        let mut asked = AgendaQuery {
            whose,
            view: View::Clients,
            ..AgendaQuery::default()
        };
        let mut seen = Vec::new();
        loop {
            let page = base.store.by_client(&scope, &asked, NOW).await.unwrap();
            seen.extend(page.clients.into_iter().map(|client| client.name));
            let Some(next) = page.next else { break };
            asked.after = Some(next);
        }
        assert_eq!(seen.len(), expected, "{whose:?}");
        assert!(seen.is_sorted(), "{seen:?}");
    }
}

fn fresh_scope(editor: &Editor) -> Fresh<Scope> {
    let session = session(editor.firm, editor.member, Role::Collaborator);
    session.fresh(session.scope().unwrap(), NOW).unwrap()
}

async fn make(base: &Base, editor: &Editor, whose: Whose) -> FeedToken {
    let made = base.store.make_feed(&fresh_scope(editor), whose, NOW).await;
    made.unwrap()
}

async fn open(base: &Base, token: &FeedToken) -> FeedOpened {
    let opened = base.store.open_feed(token, Origin::default(), NOW).await;
    opened.unwrap()
}

/// Fear: an address that was replaced or revoked goes on, one opens another member's clients, or its secret stands in the database.
async fn a_feed_opens_until_it_is_revoked(base: Base) {
    let (scope, ids) = clients(&base).await;
    charge(&base, &scope, ids[0], scope.member).await;
    assert_eq!(base.store.feed(&scope).await.unwrap(), None);
    let first = make(&base, &scope, Whose::Everybody).await;
    let secret = first.expose();
    assert_eq!(secret.len(), 64);
    let (bytes, letters) = if base.url.starts_with("sqlite:") {
        (format!("X'{secret}'"), format!("CAST('{secret}' AS BLOB)"))
    } else {
        (
            format!("'\\x{secret}'"),
            format!("CAST('{secret}' AS bytea)"),
        )
    };
    let held =
        format!("SELECT COUNT(*) FROM calendar_feed WHERE token_hash IN ({bytes}, {letters})");
    assert_eq!(base.number(&held).await, 0);
    let hashed = "SELECT COUNT(*) FROM calendar_feed WHERE length(token_hash) = 32";
    assert_eq!(base.number(hashed).await, 1);
    let FeedOpened::Known(facts) = open(&base, &first).await else {
        panic!("not opened");
    };
    assert_eq!(facts.firm, "Cabinet Dupont");
    let clients: u64 = facts.rhythms.iter().map(|(_, clients, _)| clients).sum();
    assert_eq!(clients, 3);
    for (_, clients, names) in &facts.rhythms {
        assert!(*clients <= FEED_NAMES && names.len() as u64 == *clients);
    }
    let second = make(&base, &scope, Whose::Mine).await;
    assert_eq!(open(&base, &first).await, FeedOpened::Unknown);
    let FeedOpened::Known(facts) = open(&base, &second).await else {
        panic!("not opened");
    };
    assert_eq!(facts.rhythms.len(), 1);
    assert_eq!(facts.rhythms[0].2, ["Boulangerie Émile"]);
    assert_eq!(
        base.store.feed(&scope).await.unwrap().unwrap().whose,
        Whose::Mine
    );
    base.store.revoke_feed(&scope, NOW).await.unwrap();
    assert_eq!(open(&base, &second).await, FeedOpened::Unknown);
    assert_eq!(base.number("SELECT COUNT(*) FROM calendar_feed").await, 0);
    let told = "SELECT COUNT(*) FROM journal WHERE detail LIKE '%Feed%'";
    assert_eq!(base.number(told).await, 3);
}

/// Fear: somebody who was suspended or removed, or whose firm was, still reads the firm's clients in a diary.
async fn a_feed_ends_with_the_access(base: Base) {
    let (scope, _) = clients(&base).await;
    let token = make(&base, &scope, Whose::Everybody).await;
    base.store
        .suspend_firm(scope.firm, true, NOW)
        .await
        .unwrap();
    assert_eq!(open(&base, &token).await, FeedOpened::Unknown);
    base.store
        .suspend_firm(scope.firm, false, NOW)
        .await
        .unwrap();
    assert!(matches!(open(&base, &token).await, FeedOpened::Known(_)));
    base.plant("UPDATE firm SET second_factor_since = 1").await;
    assert_eq!(open(&base, &token).await, FeedOpened::Unknown);
    base.plant("UPDATE firm SET second_factor_since = NULL")
        .await;
    for shut in ["suspended_at", "removed_at"] {
        base.plant(&format!("UPDATE member SET {shut} = 1")).await;
        assert_eq!(open(&base, &token).await, FeedOpened::Unknown);
        base.plant(&format!("UPDATE member SET {shut} = NULL"))
            .await;
    }
}

/// Fear: somebody keeps the portal busy with addresses that are none, or with one that is.
async fn a_feed_is_not_fetched_for_ever(base: Base) {
    let (scope, _) = clients(&base).await;
    let token = make(&base, &scope, Whose::Everybody).await;
    let wrong = FeedToken::new("0123".to_owned());
    for _ in 0..60 {
        assert_eq!(open(&base, &wrong).await, FeedOpened::Unknown);
        assert!(matches!(open(&base, &token).await, FeedOpened::Known(_)));
    }
    assert_eq!(open(&base, &wrong).await, FeedOpened::Paused);
    assert_eq!(open(&base, &token).await, FeedOpened::Paused);
    let later = NOW.plus(DAY);
    let opened = base.store.open_feed(&token, Origin::default(), later).await;
    assert!(matches!(opened.unwrap(), FeedOpened::Known(_)));
}
