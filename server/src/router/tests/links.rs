//! « Mot de passe oublié », and what is done by the link that comes.

use super::{
    browser::{Answer, NOW, TestPortal},
    firm::link,
};
use crate::demo;
use http::StatusCode;
use portfolio::{permission::Role, ports::Outbox};

const PAUL: &str = "paul@cabinet.example";
const NEW: &str = "tuile vent 47 lampe";

/// A portal with Paul, who is written to.
async fn with_paul() -> TestPortal {
    let portal = TestPortal::new().await;
    let store = &portal.trial.store;
    let hasher = crate::hasher::Hasher::light();
    let password = portfolio::form::Password::new(demo::PASSWORD.into());
    let hash = hasher
        .hash(password, hasher.enter().unwrap())
        .await
        .unwrap();
    let firm = store.firm_named(demo::FIRM).await.unwrap().unwrap();
    store
        .add_member(firm, PAUL, "Paul Petit", &hash, Role::Reader, NOW)
        .await
        .unwrap();
    portal
}

/// An answer without what differs by nature.
fn told(answer: &Answer) -> (StatusCode, String, String) {
    (
        answer.status,
        answer.location().to_owned(),
        answer.body.clone(),
    )
}

/// Fear: « forgotten » tells who has an access here.
#[tokio::test]
async fn the_same_answer_for_everybody() {
    let portal = with_paul().await;
    let mut posted = Vec::new();
    let mut fetched = Vec::new();
    for identifier in [PAUL, "personne@cabinet.example", demo::IDENTIFIER] {
        let fields = [("identifier", identifier)];
        posted.push(told(
            &portal
                .stranger()
                .post("/mot-de-passe-oublie", &fields)
                .await,
        ));
        fetched.push(told(
            &portal
                .stranger()
                .fetch("mot-de-passe-oublie", &fields)
                .await,
        ));
    }
    assert_eq!(posted[0].1, "/mot-de-passe-oublie?fait=envoi");
    for answers in [posted, fetched] {
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{answers:?}"
        );
    }
    let page = portal
        .stranger()
        .get("/mot-de-passe-oublie?fait=envoi")
        .await;
    assert!(page.body.contains("Consultez vos courriels"));
    let empty = portal.stranger().post("/mot-de-passe-oublie", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        empty
            .body
            .contains("Saisissez votre identifiant ou votre adresse")
    );
    let page = portal.stranger().get("/connexion").await;
    assert!(page.body.contains("href=\"/mot-de-passe-oublie\""));
}

/// Fear: somebody's address is flooded by whoever knows it.
#[tokio::test]
async fn asked_too_often() {
    let portal = with_paul().await;
    for identifier in [PAUL, "personne@cabinet.example"] {
        let fields = [("identifier", identifier)];
        for _ in 0..5 {
            let answer = portal
                .stranger()
                .post("/mot-de-passe-oublie", &fields)
                .await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }
        let answer = portal
            .stranger()
            .post("/mot-de-passe-oublie", &fields)
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("Réessayez dans 15\u{a0}minutes."),
            "{}",
            answer.body
        );
    }
}

/// Fear: the link does not lead to a new password, leads there twice, or leaves who knew the old one in.
#[tokio::test]
async fn a_new_password() {
    let portal = with_paul().await;
    let mut thief = portal.member(PAUL).await;
    let mut paul = portal.stranger();
    paul.post(
        "/mot-de-passe-oublie",
        &[("identifier", " PAUL@cabinet.example")],
    )
    .await;
    let link = link(&portal.trial.store).await;
    assert!(link.starts_with("/mot-de-passe/"), "{link}");
    let token = link.rsplit('/').next().unwrap().to_owned();
    let page = paul.get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Nouveau mot de passe") && page.body.contains(PAUL));
    assert_eq!(thief.get("/etablissements").await.status, StatusCode::OK);
    let elsewhere = paul.get(&format!("/invitation/{token}")).await;
    assert_eq!(
        elsewhere.status,
        StatusCode::NOT_FOUND,
        "it is no invitation"
    );
    let own = paul
        .fetch(
            "mot-de-passe",
            &[("token", &token), ("password", "Paul-Petit-2026")],
        )
        .await;
    assert!(own.body.contains("Guessable"), "{}", own.body);
    let fields = [("token", &*token), ("password", NEW)];
    let chosen = paul.fetch("mot-de-passe", &fields).await;
    assert_eq!(chosen.body, "{\"to\":\"/connexion?fait=mot-de-passe\"}");
    assert_eq!(
        thief.get("/etablissements").await.status,
        StatusCode::SEE_OTHER
    );
    let again = paul.fetch("mot-de-passe", &fields).await;
    assert!(again.body.contains("LinkOver"), "{}", again.body);
    for (password, status) in [
        (demo::PASSWORD, StatusCode::UNPROCESSABLE_ENTITY),
        (NEW, StatusCode::SEE_OTHER),
    ] {
        let pair = [("identifier", PAUL), ("password", password)];
        assert_eq!(
            portal.stranger().post("/connexion", &pair).await.status,
            status
        );
    }
    let notice = portal.trial.store.claim(NOW).await.unwrap().unwrap();
    assert_eq!(notice.message.subject, "Votre mot de passe a été changé");
}

/// Fear: a page tells whether a link was ever good, and to whom it was sent.
#[tokio::test]
async fn all_bad_links_look_alike() {
    let portal = with_paul().await;
    let mut stranger = portal.stranger();
    stranger
        .post("/mot-de-passe-oublie", &[("identifier", PAUL)])
        .await;
    let used = link(&portal.trial.store).await;
    let token = used.rsplit('/').next().unwrap();
    let fields = [("token", token), ("password", NEW)];
    assert_eq!(
        stranger.post(&used, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let unknown = format!("/mot-de-passe/{}", "0".repeat(64));
    let mut seen = Vec::new();
    for bad in [&*used, &*unknown, "/mot-de-passe/pas-un-lien"] {
        let token = bad.rsplit('/').next().unwrap();
        let page = stranger.get(bad).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        let shown = page.body.split("<main").nth(1).unwrap();
        let shown = shown.split("</main>").next().unwrap();
        assert!(!shown.contains("Paul"));
        seen.push(shown.replace(token, "TOKEN"));
        let fetched = stranger.fetch("lien", &[("token", token)]).await;
        assert_eq!(
            (fetched.status, &*fetched.body),
            (StatusCode::NOT_FOUND, "\"NotFound\"")
        );
    }
    assert!(seen.iter().all(|page| *page == seen[0]), "{seen:?}");
}
