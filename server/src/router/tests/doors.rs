//! Who gets in where.

use super::browser::{Answer, TestPortal};
use http::StatusCode;

/// Fear: a page is seen by a stranger, or the way back to it is lost on signing in.
#[tokio::test]
async fn pages_are_for_members() {
    let portal = TestPortal::new().await;
    let mut stranger = portal.stranger();
    for page in [
        "/etablissements",
        "/etablissements/ajouter",
        "/etablissements/x",
        "/securite",
        "/securite/application",
        "/securite/codes",
    ] {
        let answer = stranger.get(&format!("{page}?q=a%20b")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{page}");
        assert!(
            answer.location().starts_with("/connexion?suite="),
            "{}",
            answer.location()
        );
    }
    for page in ["/", "/connexion", "/connexion/code", "/aide"] {
        assert_eq!(stranger.get(page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(
        stranger.get("/nulle-part").await.status,
        StatusCode::NOT_FOUND
    );
    let next = "/etablissements?q=a%20b";
    let back = stranger
        .post(
            "/connexion",
            &[
                ("identifier", "demo"),
                ("password", crate::demo::PASSWORD),
                ("next", next),
            ],
        )
        .await;
    assert_eq!(
        (back.status, back.location()),
        (StatusCode::SEE_OTHER, next)
    );
}

/// Fear: the answer tells which of the two was wrong, or puts the password back on a page.
#[tokio::test]
async fn a_wrong_pair_is_neutral() {
    let portal = TestPortal::new().await;
    let mut told = Vec::new();
    for identifier in ["demo", "personne"] {
        let fields = [
            ("identifier", identifier),
            ("password", "pas le bon secret"),
            ("next", ""),
        ];
        let fetched = portal.stranger().fetch("connexion", &fields).await;
        assert_eq!(fetched.status, StatusCode::UNPROCESSABLE_ENTITY);
        told.push(fetched.body);
        let page = portal.stranger().post("/connexion", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            page.body.contains(&format!("value=\"{identifier}\"")),
            "what was typed is kept"
        );
        assert!(
            page.body.contains("Erreur\u{a0}: Connexion"),
            "the title says it"
        );
        assert!(
            !page.body.contains("pas le bon secret"),
            "the password is not"
        );
    }
    assert_eq!(told[0], told[1]);
}

/// Fear: a session lives on after signing out, or signing in takes over the session that the browser came with.
#[tokio::test]
async fn signing_out_ends_it_on_the_server() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let before = member.cookie.clone().unwrap();
    assert_eq!(member.get("/etablissements").await.status, StatusCode::OK);
    let pair = [("identifier", "demo"), ("password", crate::demo::PASSWORD)];
    assert_eq!(
        member.post("/connexion", &pair).await.status,
        StatusCode::SEE_OTHER
    );
    assert_ne!(member.cookie.as_ref(), Some(&before), "a new session");
    let mut thief = portal.stranger();
    thief.cookie = Some(before);
    assert_eq!(
        thief.get("/etablissements").await.status,
        StatusCode::SEE_OTHER,
        "the old one has ended"
    );

    thief.cookie.clone_from(&member.cookie);
    assert_eq!(member.post("/deconnexion", &[]).await.location(), "/");
    assert_eq!(member.cookie, None);
    assert_eq!(
        thief.get("/etablissements").await.status,
        StatusCode::SEE_OTHER
    );
}

/// Fear: a firm that the body has suspended goes on, or is told nothing, or stays shut out once it is restored.
#[tokio::test]
async fn a_suspended_firm_is_kept_out_and_told() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let store = &portal.trial.store;
    let firm = store.firm_named(crate::demo::FIRM).await.unwrap().unwrap();
    store
        .suspend_firm(firm, true, super::browser::NOW)
        .await
        .unwrap();
    let list = member.get("/etablissements").await;
    assert_eq!(list.status, StatusCode::FORBIDDEN);
    assert!(list.body.contains("Accès suspendu") && !list.body.contains("Brasserie"));
    let posted = member
        .post(&format!("/etablissements/{id}/resilier"), &[("of", &*id)])
        .await;
    assert_eq!(posted.status, StatusCode::FORBIDDEN);
    store
        .suspend_firm(firm, false, super::browser::NOW)
        .await
        .unwrap();
    assert!(
        member
            .get("/etablissements")
            .await
            .body
            .contains("Brasserie")
    );
}

/// The body without what differs from answer to answer.
fn neutral(answer: &Answer, id: &str) -> String {
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    let nonce = policy
        .split('\'')
        .find_map(|part| part.strip_prefix("nonce-"))
        .unwrap();
    answer.body.replace(id, "ID").replace(nonce, "NONCE")
}

/// Fear: another firm's client is seen, changed or ended, or its id can be told from one that does not exist.
#[tokio::test]
async fn another_firms_id_is_no_id() {
    let portal = TestPortal::new().await;
    let mut demo = portal.member("demo").await;
    let mut other = portal.member("autre").await;
    let theirs = demo.enrol_employer().await;
    let nobodys = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
    for suffix in ["", "/resilier"] {
        let mut seen = Vec::new();
        for id in [theirs.as_str(), nobodys] {
            let address = format!("/etablissements/{id}{suffix}");
            let page = other.get(&address).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            let posted = other.post(&address, &[("of", id), ("version", "1")]).await;
            assert_eq!(posted.status, StatusCode::NOT_FOUND);
            seen.push((neutral(&page, id), neutral(&posted, id)));
        }
        assert_eq!(seen[0], seen[1], "{suffix}");
    }
    for function in [
        "client",
        "modifier",
        "resilier",
        "brouillon",
        "mandat",
        "enregistrer",
    ] {
        let mut seen = Vec::new();
        for id in [theirs.as_str(), nobodys, "pas-un-id"] {
            let fields = [
                ("id", id),
                ("of", id),
                ("draft", id),
                ("status", "gerant"),
                ("nir", "255081416802538"),
            ];
            let answer = other.fetch(function, &fields).await;
            assert_eq!(
                answer.status,
                StatusCode::NOT_FOUND,
                "{function} {id}: {}",
                answer.body
            );
            seen.push(answer.body);
        }
        assert!(
            seen.iter().all(|body| *body == seen[0]),
            "{function}: {seen:?}"
        );
    }
    let still = demo.get(&format!("/etablissements/{theirs}")).await;
    assert_eq!(still.status, StatusCode::OK);
    assert!(
        still.body.contains("Résilier l’inscription"),
        "it is still in force"
    );
}
