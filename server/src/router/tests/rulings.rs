//! Every decision of an officer, every act of a firm afterwards, and dependants, as fetches and as plain forms.

use super::{
    browser::{Answer, Browser, TestPortal},
    mobility::{WORKER, begun, hidden, step},
    security::application,
};
use crate::demo::{self, BODY, IDENTIFIER, OFFICER};
use http::StatusCode;

/// The id of a request that a page lists, by who goes.
async fn listed(browser: &mut Browser, list: &str, root: &str, who: &str) -> String {
    let page = browser.get(list).await.body;
    let mark = format!("href=\"{root}");
    for link in page.split(&mark).skip(1) {
        let id = link.split(['"', '/', '?']).next().unwrap().to_owned();
        if id.len() == 36 && browser.get(&format!("{root}{id}")).await.body.contains(who) {
            return id;
        }
    }
    panic!("{who} is not listed: {page}");
}

/// Sends a form of a page in one of the two ways, with the version that the page shows.
async fn sends(
    browser: &mut Browser,
    page: &str,
    function: &str,
    fetches: bool,
    fields: &[(&str, &str)],
) -> Answer {
    let shown = browser.get(page).await;
    assert_eq!(shown.status, StatusCode::OK, "{page}");
    let (request, version) = (
        hidden(&shown.body, "request"),
        hidden(&shown.body, "version"),
    );
    let mut all = vec![("request", &*request), ("version", &*version)];
    all.extend(fields);
    if fetches {
        browser.fetch(function, &all).await
    } else {
        browser.post(page, &all).await
    }
}

const fn done(fetches: bool) -> StatusCode {
    if fetches {
        StatusCode::OK
    } else {
        StatusCode::SEE_OTHER
    }
}

/// Fear: an officer can decide something in one way only, a decision without a word is taken, or the firm is told another state.
#[tokio::test]
async fn every_decision_in_both_ways() {
    for fetches in [false, true] {
        let portal = TestPortal::new().await;
        let mut officer = portal.member(OFFICER).await;
        let mut member = portal.member(IDENTIFIER).await;
        let root = "/agent/demandes/";
        let fabre = listed(&mut officer, "/agent", root, "Fabre").await;
        let perrin = listed(&mut officer, "/agent", root, "Perrin").await;
        let rule = "agent/decider";
        let page = |id: &str| format!("{root}{id}");
        for act in ["refuser", "demander", "accorder", "x", ""] {
            let silent = [("act", act)];
            let refused = sends(&mut officer, &page(&fabre), rule, fetches, &silent).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
        }
        let ask = [("act", "demander"), ("words", "Depuis quelle date ?")];
        let asked = sends(&mut officer, &page(&fabre), rule, fetches, &ask).await;
        assert_eq!(asked.status, done(fetches), "{}", asked.body);
        let refuse = [("act", "refuser"), ("words", "Pas d’affiliation.")];
        let refused = sends(&mut officer, &page(&perrin), rule, fetches, &refuse).await;
        assert_eq!(refused.status, done(fetches), "{}", refused.body);
        let own = format!("/mobilite/demandes/{perrin}");
        let told = member.get(&own).await.body;
        assert!(told.contains("Refusée") && told.contains("Pas d’affiliation."));

        let own = format!("/mobilite/demandes/{fabre}");
        let answer = [("act", "repondre"), ("answer", "Depuis mars.")];
        let answered = sends(&mut member, &own, "mobilite/agir", fetches, &answer).await;
        assert_eq!(answered.status, done(fetches), "{}", answered.body);
        let case = officer.get(&page(&fabre)).await.body;
        assert!(case.contains("Depuis mars."), "{case}");
        let day = |name: &str| {
            let field = case.split(&format!("name=\"{name}\"")).nth(1).unwrap();
            let value = field.split("value=\"").nth(1).unwrap();
            value.split('"').next().unwrap().to_owned()
        };
        let (start, end) = (day("start"), day("end"));
        let grant = [
            ("act", "accorder"),
            ("kind", "a1"),
            ("start", &*start),
            ("end", &*end),
        ];
        let granted = sends(&mut officer, &page(&fabre), rule, fetches, &grant).await;
        assert_eq!(granted.status, done(fetches), "{}", granted.body);
        assert!(member.get(&own).await.body.contains("Code de vérification"));
        // It is decided: nobody decides again.
        let late = [
            ("request", &*fabre),
            ("version", "1"),
            ("act", "refuser"),
            ("words", "Non"),
        ];
        let late = officer.fetch(rule, &late).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        withdrawn_and_cut_short(&portal, &mut member, &own, fetches).await;
    }
}

/// What the firm does to certificates that it has: the page of verification says so.
async fn withdrawn_and_cut_short(
    portal: &TestPortal,
    member: &mut Browser,
    granted: &str,
    fetches: bool,
) {
    let act = "mobilite/agir";
    let code = |page: &str| {
        let rest = page.split_once("Code de vérification").unwrap().1;
        let rest = rest.split_once("identifier").unwrap().1;
        let rest = rest.split_once('>').unwrap().1;
        rest.split('<').next().unwrap().to_owned()
    };
    let withdrawn = code(&member.get(granted).await.body);
    let withdraw = [("act", "retirer"), ("words", "Mission annulée")];
    let silent = sends(member, granted, act, fetches, &withdraw[..1]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = sends(member, granted, act, fetches, &withdraw).await;
    assert_eq!(answer.status, done(fetches), "{}", answer.body);
    let root = "/mobilite/demandes/";
    let running = listed(member, "/mobilite?etat=accordee&pays=DE", root, "Benali").await;
    let page = format!("{root}{running}");
    let shown = member.get(&page).await.body;
    let short = code(&shown);
    let today = portfolio::mobility::day::Day::of(super::browser::NOW).short();
    let early = |last_day| {
        [
            ("act", "ecourter"),
            ("last_day", last_day),
            ("early_words", "Chantier fini"),
        ]
    };
    let beyond = sends(member, &page, act, fetches, &early("01/01/2030")).await;
    assert_eq!(beyond.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = sends(member, &page, act, fetches, &early(&today)).await;
    assert_eq!(answer.status, done(fetches), "{}", answer.body);
    let mut stranger = portal.stranger();
    for (code, said) in [(withdrawn, "ne vaut plus"), (short, "a été écourté")] {
        let told = stranger.post("/verification", &[("code", &*code)]).await;
        assert!(told.body.contains(said), "{said}: {}", told.body);
    }
}

/// Fear: an officer decides with a password alone where the body asks for more, or is kept out with a good code.
#[tokio::test]
async fn an_officer_with_a_second_factor() {
    let portal = TestPortal::new().await;
    let mut officer = portal.member(OFFICER).await;
    portal.asks_for_second_factor(BODY).await;
    let kept_out = officer.fetch("agent", &[]).await;
    assert_eq!(kept_out.status, StatusCode::FORBIDDEN);
    assert_eq!(kept_out.body, "\"SecondFactorWanted\"");
    let (_, codes) = application(&mut officer, super::browser::NOW).await;
    assert_eq!(officer.fetch("agent", &[]).await.status, StatusCode::OK);
    let mut again = portal.stranger();
    let pair = [("identifier", OFFICER), ("password", demo::PASSWORD)];
    let half = again.post("/connexion", &pair).await;
    assert!(
        half.location().starts_with("/connexion/code"),
        "{}",
        half.location()
    );
    assert!(again.cookie.is_none() && again.step.is_some());
    assert_eq!(
        again.fetch("agent", &[]).await.status,
        StatusCode::UNAUTHORIZED
    );
    let wrong = again.post("/connexion/code", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let good = again.post("/connexion/code", &[("code", &*codes[0])]).await;
    assert_eq!(good.status, StatusCode::SEE_OTHER, "{}", good.body);
    let queue = again.get("/agent").await;
    assert_eq!(queue.status, StatusCode::OK);
    assert!(queue.body.contains("Fabre"), "{}", queue.body);
}

/// Fear: who goes along cannot be added, taken out or refused in one of the two ways, or there is no end to them.
#[tokio::test]
async fn dependants_in_both_ways() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(IDENTIFIER).await;
    let page = begun(&mut member).await;
    let page = step(&mut member, &page, &WORKER).await;
    let business = [
        ("name", "Boulangerie"),
        ("street", "1 rue"),
        ("postcode", "75002"),
        ("town", "Paris"),
        ("activity", "Boulangerie"),
    ];
    let page = step(&mut member, &page, &business).await;
    let mission = [
        ("country", "Maroc"),
        ("start", "01/01/2027"),
        ("end", "30/06/2027"),
        ("status_abroad", "salarie"),
        ("activity", "Conseil"),
        ("host_name", "ACME"),
        ("host_number", "123"),
        ("host_email", "accueil@acme.example"),
        ("host_street", "1 avenue"),
        ("host_town", "Rabat"),
        ("lodging", "sur-place"),
    ];
    let conditions = step(&mut member, &page, &mission).await;
    let page = conditions.replace("/conditions", "/ayants-droit");
    let shown = member.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    let child = |name| {
        [
            ("last_name", "D’Ormesson"),
            ("first_names", name),
            ("birth_date", "01/02/2020"),
            ("kinship", "enfant"),
        ]
    };
    let function = "mobilite/etape/ayant-droit";
    for (fetches, name) in [(false, "Ana"), (true, "Bastien")] {
        let mut unborn = child(name);
        unborn[2].1 = "01/02/2030";
        for wrong in [&unborn[..], &child(name)[..2]] {
            let refused = sends(&mut member, &page, function, fetches, wrong).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let added = sends(&mut member, &page, function, fetches, &child(name)).await;
        assert_eq!(added.status, done(fetches), "{}", added.body);
        assert!(member.get(&page).await.body.contains(name));
    }
    let request = page.trim_end_matches("/ayants-droit").to_owned();
    for (fetches, name) in [(false, "Ana"), (true, "Bastien")] {
        let drop = [("act", "retirer-ayant-droit"), ("place", "0")];
        let dropped = sends(&mut member, &request, "mobilite/agir", fetches, &drop).await;
        assert_eq!(dropped.status, done(fetches), "{}", dropped.body);
        assert!(!member.get(&page).await.body.contains(name));
    }
    for n in 0..9 {
        let name = [
            "Ana", "Bea", "Cid", "Dan", "Eva", "Fay", "Guy", "Hal", "Ivo",
        ][n];
        let added = sends(&mut member, &page, function, false, &child(name)).await;
        let expected = if n < 8 {
            StatusCode::SEE_OTHER
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        assert_eq!(added.status, expected, "{name}");
    }
    // A draft is turned into the other kind and back, in both ways.
    for (fetches, kind, said) in [
        (false, "pluriactivite", "Pluriactivité"),
        (true, "detachement", "Détachement"),
    ] {
        let turn = [("act", "changer"), ("journey", kind)];
        let turned = sends(&mut member, &request, "mobilite/agir", fetches, &turn).await;
        assert_eq!(turned.status, done(fetches), "{}", turned.body);
        assert!(member.get(&request).await.body.contains(said), "{kind}");
    }
    assert!(
        member.get(&page).await.body.contains("Ana"),
        "they are kept"
    );
}

/// Fear: an officer reads a number without a fresh confirmation, another officer or the firm sees it with them, or nothing is written down.
#[tokio::test]
async fn an_officer_sees_a_number_on_purpose() {
    let portal = TestPortal::new().await;
    let mut officer = portal.member(OFFICER).await;
    let id = listed(&mut officer, "/agent", "/agent/demandes/", "Fabre").await;
    let case = format!("/agent/demandes/{id}");
    let (page, asks) = (format!("{case}/numero"), [("request", &*id)]);
    let whole = "1\u{a0}99\u{a0}09\u{a0}75\u{a0}998\u{a0}008";
    assert!(!officer.get(&case).await.body.contains(whole));
    let mut later = officer.clone();
    portal.later(&mut later).await;
    let confirm = later.post(&page, &asks).await;
    assert!(confirm.location().starts_with("/connexion/confirmer"));
    let refused = later.fetch("agent/numero", &asks).await;
    assert_eq!(refused.body, "\"Unconfirmed\"");
    for fetches in [false, true] {
        let answer = if fetches {
            officer.fetch("agent/numero", &asks).await
        } else {
            officer.post(&page, &asks).await
        };
        assert_eq!(answer.status, done(fetches), "{}", answer.body);
        assert!(!answer.body.contains(whole));
    }
    let shown = officer.get(&case).await.body;
    assert!(shown.contains(whole), "{shown}");
    let mut member = portal.member(IDENTIFIER).await;
    let own = member.get(&format!("/mobilite/demandes/{id}")).await.body;
    assert!(!own.contains(whole));
    let journal = member.get("/cabinet/journal").await.body;
    assert!(
        journal.contains("Numéro de sécurité sociale affiché"),
        "{journal}"
    );
}
