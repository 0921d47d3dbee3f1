//! Passkeys through the whole application: a key in software answers what browsers are asked, rightly and wrongly.

use super::{
    browser::{Answer, Browser, PASSKEY_URL, TestPortal},
    soft_key::SoftKey,
};
use crate::{demo::PASSWORD, locksmith::Locksmith, router::Around};
use http::StatusCode;
use sea_orm::{ConnectionTrait, Database};
use serde_json::Value;
use std::{path::Path, sync::Arc};

/// What the browser is asked: the question's id, and the question.
async fn asked(browser: &mut Browser, function: &str) -> (String, String) {
    let answer = browser.fetch(function, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{function}: {}", answer.body);
    let ceremony: Value = serde_json::from_str(&answer.body).unwrap();
    let part = |name: &str| ceremony[name].as_str().unwrap().to_owned();
    (part("id"), part("options"))
}

/// Answers one question by a function.
async fn answer(browser: &mut Browser, function: &str, id: &str, text: &str) -> Answer {
    let fields = [("ceremony", id), ("answer", text), ("next", "/aide")];
    browser.fetch(function, &fields).await
}

/// Asks and answers.
async fn show(browser: &mut Browser, function: &str, key: &mut SoftKey) -> Answer {
    let (id, options) = asked(browser, &format!("{function}/demande")).await;
    let text = key.show(&options);
    answer(browser, function, &id, &text).await
}

/// Adds this passkey; what the portal says to it.
pub async fn add(member: &mut Browser, key: &mut SoftKey) -> Answer {
    let (id, options) = asked(member, "securite/cles/demande").await;
    let text = key.make(&options);
    let fields = [
        ("name", "Clé <du> bureau"),
        ("ceremony", &*id),
        ("answer", &*text),
    ];
    member.fetch("securite/cles/ajouter", &fields).await
}

/// A member with a passkey.
async fn holder(portal: &TestPortal, identifier: &str, number: u8) -> (Browser, SoftKey) {
    let mut member = portal.member(identifier).await;
    let mut key = SoftKey::new(PASSKEY_URL, number);
    let added = add(&mut member, &mut key).await;
    assert_eq!(added.body, "{\"to\":\"/securite/codes\"}");
    (member, key)
}

fn refused(answer: &Answer, obstacle: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = format!("{{\"Passkey\":\"{obstacle}\"}}");
    assert!(
        answer.body.contains(&problem),
        "{obstacle}: {}",
        answer.body
    );
}

/// Fear: a passkey opens nothing, or only after an identifier; what was added cannot be seen, used at each door, and removed.
#[tokio::test]
async fn a_whole_life() {
    let portal = TestPortal::new().await;
    let (mut member, mut key) = holder(&portal, "demo", 1).await;
    let codes = member.get("/securite/codes").await.body;
    assert!(
        codes.contains("<ol class=\"codes\">"),
        "as with an application"
    );
    let page = member.get("/securite").await.body;
    assert!(page.contains("Clé &lt;du&gt; bureau") && page.contains("jamais utilisée"));

    let mut other = portal.stranger();
    let came = show(&mut other, "connexion/cle", &mut key).await;
    assert_eq!(came.body, "{\"to\":\"/aide\"}");
    assert_eq!(other.get("/etablissements").await.status, StatusCode::OK);

    let mut third = portal.stranger();
    let pair = [("identifier", "demo"), ("password", PASSWORD)];
    let step = third.post("/connexion", &pair).await;
    assert!(step.location().starts_with("/connexion/code"));
    let page = third.get(step.location()).await.body;
    assert!(page.contains("Seconde preuve") && page.contains("Un de vos codes de secours"));
    let stepped = show(&mut third, "code/cle", &mut key).await;
    assert_eq!(stepped.body, "{\"to\":\"/aide\"}");
    assert!(third.cookie.is_some() && third.step.is_none());

    portal.later(&mut member).await;
    let remove = format!(
        "/securite/cle/{}",
        between(&page_of(&mut other).await, "/securite/cle/", "\"")
    );
    let sent = member.get(&remove).await;
    assert!(sent.location().starts_with("/connexion/confirmer?"));
    let before = member.cookie.clone();
    let confirmed = show(&mut member, "confirmer/cle", &mut key).await;
    assert_eq!(confirmed.body, "{\"to\":\"/aide?fait=confirmation\"}");
    assert_ne!(member.cookie, before, "the old token is none");
    let question = member.get(&remove).await;
    assert!(question.body.contains("Retirer la clé d’accès"));
    let id = remove.rsplit('/').next().unwrap();
    let removed = member.post(&remove, &[("of", id)]).await;
    assert_eq!(removed.location(), "/securite?fait=cle-retiree");
    let gone = show(&mut portal.stranger(), "connexion/cle", &mut key).await;
    refused(&gone, "Refused");
    let alone = portal.stranger().post("/connexion", &pair).await;
    assert_eq!(alone.location(), "/tableau-de-bord");
}

async fn page_of(member: &mut Browser) -> String {
    member.get("/securite").await.body
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    page.split_once(before)
        .unwrap()
        .1
        .split_once(after)
        .unwrap()
        .0
}

/// What is wrong with an answer, by a name.
type Wrong = (&'static str, fn(&mut SoftKey));

/// Fear: an answer that was made elsewhere, or for somebody else, or without the person, opens.
#[tokio::test]
async fn wrong_answers_open_nothing() {
    let portal = TestPortal::new().await;
    let (_, good) = holder(&portal, "demo", 1).await;
    let (_, other) = holder(&portal, "autre", 2).await;
    let theirs = other.owner.clone();
    let wrong: [Wrong; 6] = [
        ("another site", |key| {
            key.origin = "https://portai1.test".into();
        }),
        ("plain http", |key| {
            key.origin = "http://portail.test".into();
        }),
        ("another name", |key| key.name = "evil.test".into()),
        ("nobody asked", |key| key.verified = false),
        ("nobody's", |key| key.owner = None),
        ("another key", |key| {
            let mut other = SoftKey::new(PASSKEY_URL, 9);
            other.owner.clone_from(&key.owner);
            *key = other;
        }),
    ];
    for (name, change) in wrong {
        let mut key = good.clone();
        change(&mut key);
        let mut stranger = portal.stranger();
        let answer = show(&mut stranger, "connexion/cle", &mut key).await;
        refused(&answer, "Refused");
        assert!(stranger.cookie.is_none(), "{name}");
    }
    let mut key = good.clone();
    key.owner = theirs;
    refused(
        &show(&mut portal.stranger(), "connexion/cle", &mut key).await,
        "Refused",
    );
    // A signature of other bytes.
    let mut stranger = portal.stranger();
    let (id, options) = asked(&mut stranger, "connexion/cle/demande").await;
    let mut changed: Value = serde_json::from_str(&good.clone().show(&options)).unwrap();
    let (_, another) = asked(&mut stranger, "connexion/cle/demande").await;
    let mixed: Value = serde_json::from_str(&good.clone().show(&another)).unwrap();
    changed["response"]["signature"] = mixed["response"]["signature"].clone();
    let answered = answer(&mut stranger, "connexion/cle", &id, &changed.to_string()).await;
    refused(&answered, "Refused");
    // The good one still opens.
    let mut good = good;
    let came = show(&mut portal.stranger(), "connexion/cle", &mut good).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
}

/// Fear: an answer that was seen on its way opens again, for another door, or for another person's page.
#[tokio::test]
async fn an_answer_is_good_once_and_for_one_door() {
    let portal = TestPortal::new().await;
    let (mut member, mut key) = holder(&portal, "demo", 1).await;
    let mut stranger = portal.stranger();
    let (id, options) = asked(&mut stranger, "connexion/cle/demande").await;
    let text = key.show(&options);
    let first = answer(&mut stranger, "connexion/cle", &id, &text).await;
    assert_eq!(first.status, StatusCode::OK);
    let again = answer(&mut portal.stranger(), "connexion/cle", &id, &text).await;
    refused(&again, "Over");

    let (id, options) = asked(&mut stranger, "connexion/cle/demande").await;
    let text = key.show(&options);
    let confirmed = answer(&mut member, "confirmer/cle", &id, &text).await;
    refused(&confirmed, "Refused");
    let (id, options) = asked(&mut member, "confirmer/cle/demande").await;
    let text = key.show(&options);
    let came = answer(&mut portal.stranger(), "connexion/cle", &id, &text).await;
    refused(&came, "Refused");
    // What one member was asked to make, another does not add.
    let mut other = portal.member("autre").await;
    let (id, options) = asked(&mut member, "securite/cles/demande").await;
    let text = SoftKey::new(PASSKEY_URL, 3).make(&options);
    let fields = [("name", "x"), ("ceremony", &*id), ("answer", &*text)];
    refused(&other.fetch("securite/cles/ajouter", &fields).await, "Over");
    // Without a right password there is no second step.
    let none = portal.stranger().fetch("code/cle/demande", &[]).await;
    assert!(none.body.contains("StepOver"), "{}", none.body);
}

/// Fear: somebody else's passkey opens the second step of a stolen password.
#[tokio::test]
async fn a_step_is_its_members_own() {
    let portal = TestPortal::new().await;
    let (_, mut own) = holder(&portal, "demo", 1).await;
    let (_, mut thief) = holder(&portal, "autre", 2).await;
    let mut stolen = portal.stranger();
    let pair = [("identifier", "demo"), ("password", PASSWORD)];
    stolen.post("/connexion", &pair).await;
    let (_, options) = asked(&mut stolen, "code/cle/demande").await;
    let allowed: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(allowed["allowCredentials"], own.name_in_lists());
    refused(&show(&mut stolen, "code/cle", &mut thief).await, "Refused");
    assert!(stolen.cookie.is_none());
    let stepped = show(&mut stolen, "code/cle", &mut own).await;
    assert_eq!(stepped.status, StatusCode::OK, "{}", stepped.body);
}

/// Fear: a copy of a passkey is used beside it for ever.
#[tokio::test]
async fn a_counter_that_goes_back_is_refused() {
    let portal = TestPortal::new().await;
    let (_, mut key) = holder(&portal, "demo", 1).await;
    let mut copy = key.clone();
    for _ in 0..2 {
        let came = show(&mut portal.stranger(), "connexion/cle", &mut key).await;
        assert_eq!(came.status, StatusCode::OK);
    }
    refused(
        &show(&mut portal.stranger(), "connexion/cle", &mut copy).await,
        "Refused",
    );
}

/// Fear: a passkey is added that was made elsewhere or without the person, or twice; a broken answer is the portal's failure.
#[tokio::test]
async fn what_is_not_added() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let wrong: [Wrong; 3] = [
        ("another site", |key| {
            key.origin = "https://evil.test".into();
        }),
        ("another name", |key| key.name = "evil.test".into()),
        ("nobody asked", |key| key.verified = false),
    ];
    for (name, change) in wrong {
        let mut key = SoftKey::new(PASSKEY_URL, 4);
        change(&mut key);
        let added = add(&mut member, &mut key).await;
        assert!(added.body.contains("Unusable"), "{name}: {}", added.body);
    }
    for text in ["{}", "[]", "\u{0}", "null", "{\"rawId\":\"AA\"}", "9e999"] {
        let (id, _) = asked(&mut member, "securite/cles/demande").await;
        let fields = [("name", "x"), ("ceremony", &*id), ("answer", text)];
        let added = member.fetch("securite/cles/ajouter", &fields).await;
        refused(&added, "Unusable");
        let (id, _) = asked(&mut member, "connexion/cle/demande").await;
        let came = answer(&mut member, "connexion/cle", &id, text).await;
        refused(&came, "Refused");
    }
    let mut key = SoftKey::new(PASSKEY_URL, 5);
    assert_eq!(add(&mut member, &mut key).await.status, StatusCode::OK);
    refused(&add(&mut member, &mut key).await, "Known");
    let (_, options) = asked(&mut member, "securite/cles/demande").await;
    let asked: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(asked["excludeCredentials"], key.name_in_lists());
    assert_eq!(asked["rp"]["id"], "portail.test");
    assert_eq!(
        asked["authenticatorSelection"]["userVerification"],
        "required"
    );
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
}

/// Fear: a stranger's wrong passwords and codes keep out who holds a passkey.
#[tokio::test]
async fn strangers_keep_no_holder_out() {
    let portal = TestPortal::new().await;
    let (mut member, mut key) = holder(&portal, "demo", 1).await;
    let wrong = [("identifier", "demo"), ("password", "faux")];
    for _ in 0..6 {
        portal.stranger().post("/connexion", &wrong).await;
        let confirm = [
            ("password", "faux"),
            ("code", "zzzzzz-zzzzzz-zzzzzz-zzzzzz"),
        ];
        member.fetch("confirmer", &confirm).await;
    }
    let right = [("identifier", "demo"), ("password", PASSWORD)];
    let paused = portal.stranger().post("/connexion", &right).await;
    assert!(paused.body.contains("Trop d’essais."));
    let confirmed = show(&mut member, "confirmer/cle", &mut key).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{}", confirmed.body);
    let came = show(&mut portal.stranger(), "connexion/cle", &mut key).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
}

/// Fear: a member whose firm asks for a second factor adds a passkey and is still sent back to add one, or gets in without any.
#[tokio::test]
async fn a_firm_that_asks_is_content() {
    let portal = TestPortal::new().await;
    portal.asks_for_second_factor(crate::demo::FIRM).await;
    let mut member = portal.member("demo").await;
    let closed = member.fetch("clients", &[]).await;
    assert_eq!(closed.body, "\"SecondFactorWanted\"");
    let mut key = SoftKey::new(PASSKEY_URL, 1);
    assert_eq!(add(&mut member, &mut key).await.status, StatusCode::OK);
    assert_eq!(member.get("/etablissements").await.status, StatusCode::OK);
    let page = page_of(&mut member).await;
    let id = between(&page, "/securite/cle/", "\"").to_owned();
    member.fetch("securite/cles/retirer", &[("of", &*id)]).await;
    let closed = member.fetch("clients", &[]).await;
    assert_eq!(closed.body, "\"SecondFactorWanted\"");
}

/// Fear: somebody who was suspended or removed comes in by a passkey, or the refusal tells that there was one.
#[tokio::test]
async fn who_is_kept_out_stays_out() {
    let portal = TestPortal::new().await;
    let (_, mut key) = holder(&portal, "demo", 1).await;
    let unknown = show(
        &mut portal.stranger(),
        "connexion/cle",
        &mut SoftKey::new(PASSKEY_URL, 9),
    )
    .await;
    let db = Database::connect(&portal.trial.url).await.unwrap();
    for column in ["suspended_at", "removed_at"] {
        let set = |to: &str| format!("UPDATE member SET {column} = {to} WHERE identifier = 'demo'");
        db.execute_unprepared(&set("1")).await.unwrap();
        let mut stranger = portal.stranger();
        let refused = show(&mut stranger, "connexion/cle", &mut key).await;
        assert_eq!(refused.body, unknown.body, "{column}");
        assert!(stranger.cookie.is_none());
        db.execute_unprepared(&set("NULL")).await.unwrap();
    }
}

/// Fear: another's passkey is removed, or told apart from one that does not exist.
#[tokio::test]
async fn anothers_is_none() {
    let portal = TestPortal::new().await;
    let (mut member, mut key) = holder(&portal, "demo", 1).await;
    let page = page_of(&mut member).await;
    let id = between(&page, "/securite/cle/", "\"").to_owned();
    let mut other = portal.member("autre").await;
    let nobodys = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
    let mut told = Vec::new();
    for id in [&*id, nobodys] {
        let page = other.get(&format!("/securite/cle/{id}")).await;
        let removed = other.fetch("securite/cles/retirer", &[("of", id)]).await;
        told.push((page.status, removed.status, removed.body));
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].0, StatusCode::NOT_FOUND);
    let came = show(&mut portal.stranger(), "connexion/cle", &mut key).await;
    assert_eq!(came.status, StatusCode::OK, "it is there still");
}

/// Fear: without JavaScript somebody presses a button that does nothing, or is left without a word.
#[tokio::test]
async fn without_javascript_it_is_said() {
    let portal = TestPortal::new().await;
    let page = portal.stranger().get("/connexion").await.body;
    assert!(!page.contains("clé d’accès"));
    let mut member = portal.member("demo").await;
    let answer = member
        .post("/securite/cle", &[("name", "Clé du bureau")])
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("JavaScript y est désactivé"));
    assert!(answer.body.contains("value=\"Clé du bureau\""), "kept");
}

/// Fear: passkeys are offered where no browser makes any: at an address of numbers, or over plain http.
#[tokio::test]
async fn where_there_can_be_none() {
    for (url, offered) in [
        ("https://portail.test", true),
        ("http://localhost:3000", true),
        ("http://portail.test", false),
        ("http://127.0.0.1:3000", false),
        ("https://[::1]:8443", false),
    ] {
        let portal = TestPortal::new().await;
        let store = portal.trial.store.clone();
        let portal = portal.with(Path::new("no-such-folder"), Around::default(), |portal| {
            portal.passkeys = Arc::new(Locksmith::new(store, url));
        });
        let mut member = portal.member("demo").await;
        let page = page_of(&mut member).await;
        assert_eq!(page.contains("Ajouter une clé d’accès"), offered, "{url}");
        let status = if offered {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        for function in ["securite/cles/demande", "connexion/cle/demande"] {
            let answer = member.fetch(function, &[]).await;
            assert_eq!(answer.status, status, "{url} {function}");
        }
    }
}

/// Fear: the options or an answer hold more than they must, or the database keeps what opens something.
#[tokio::test]
async fn public_keys_alone_are_kept() {
    let portal = TestPortal::new().await;
    let (mut member, _) = holder(&portal, "demo", 1).await;
    let seen = member.get("/securite").await;
    assert!(!seen.body.contains("credential") && !seen.body.contains("\"cred"));
    let db = Database::connect(&portal.trial.url).await.unwrap();
    let row = db
        .query_one_raw(sea_orm::Statement::from_string(
            db.get_database_backend(),
            "SELECT credential FROM passkey",
        ))
        .await
        .unwrap()
        .unwrap();
    let credential: String = row.try_get_by_index(0).unwrap();
    assert!(credential.contains("EC_EC2") && !credential.contains("\"d\""));
}
