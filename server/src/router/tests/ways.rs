//! Ways that lead on: what can still be undone, and what is selected, stay in reach.

use super::{
    browser::{Browser, NOW, TestPortal},
    bulk::{act, ids, prepare, press},
    dashboard::hidden,
    imports::{clients, tried},
};
use crate::demo;
use http::StatusCode;
use portfolio::time::MINUTE;

/// The address of a page, as a link of another one.
fn link(to: &str) -> String {
    format!("href=\"{}\"", to.replace('&', "&amp;"))
}

/// Adds a service to one client, to the end.
async fn changed(member: &mut Browser) -> String {
    let ids = ids(member).await;
    press(member, "cocher", &[&ids[0]]).await;
    let job = prepare(
        member,
        &[("act", "ouvrir"), ("services[0]", "MAIL_MOBILITE")],
    )
    .await;
    let done = act(member, &job, "confirmer").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    job
}

/// Fear: whoever has changed many clients by mistake finds no way to the page that takes it back, a day long.
#[tokio::test]
async fn what_can_be_undone_is_found_again() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let quiet = member.get("/tableau-de-bord").await.body;
    assert!(!quiet.contains("annulable"));
    let job = changed(&mut member).await;
    let board = member.get("/tableau-de-bord").await.body;
    assert!(board.contains(&link(&job)), "{board}");
    assert!(board.contains("annulable jusqu’au"));
    for page in ["/etablissements", "/cabinet", "/cabinet/modeles"] {
        let page = member.get(page).await;
        assert!(page.body.contains(&link("/etablissements/lots")));
    }
    // A colleague takes it back as well; pages for administrators alone are no tabs of theirs.
    let mut colleague = portal.member("collab").await;
    let jobs = colleague.get("/etablissements/lots").await.body;
    assert!(jobs.contains(&link(&job)) && jobs.contains(&link("/cabinet/etiquettes")));
    assert!(!jobs.contains(&link("/cabinet/journal")));
    let undone = act(&mut colleague, &job, "annuler").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let board = member.get("/tableau-de-bord").await.body;
    assert!(!board.contains("annulable"), "nothing is left to undo");
    let mut other = portal.member("autre").await;
    assert!(!other.get("/tableau-de-bord").await.body.contains(&job));
}

/// Fear: a search that finds nobody hides thousands of selected clients, and with them the way to let them go.
#[tokio::test]
async fn a_selection_outlives_a_search_for_nobody() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let nobody = "/etablissements?q=introuvable";
    assert!(!member.get(nobody).await.body.contains("id=\"selection\""));
    let ids = ids(&mut member).await;
    press(&mut member, "cocher", &[&ids[0], &ids[1]]).await;
    let page = member.get(nobody).await.body;
    assert!(page.contains("Aucun client ne correspond"));
    assert!(page.contains("2\u{a0}clients sélectionnés"), "{page}");
    assert!(page.contains("Tout désélectionner"));
}

/// Fear: a number of the dashboard counts what a colleague alone can mend, or leads to another list than the one that it counted.
#[tokio::test]
async fn files_to_mend_are_ones_own() {
    let portal = TestPortal::with_colleagues().await;
    let mut colleague = portal.member("collab").await;
    let file = tried(&portal, &mut colleague, &clients()).await;
    let to_mend = "/etablissements/importer?a-corriger=1";
    let board = colleague.get("/tableau-de-bord").await.body;
    assert!(board.contains(&link(to_mend)) && board.contains("import à corriger"));
    let list = colleague.get(to_mend).await.body;
    assert!(list.contains(&link(&file)) && list.contains("Vos fichiers à corriger"));
    let mut member = portal.member(demo::IDENTIFIER).await;
    let board = member.get("/tableau-de-bord").await.body;
    assert!(!board.contains("import à corriger"));
    assert!(!member.get(to_mend).await.body.contains(&link(&file)));
    // All of the firm's are still listed.
    let all = member.get("/etablissements/importer").await.body;
    assert!(all.contains(&link(&file)));
}

/// Fear: a saved list can be named anew and deleted, but not changed to what is shown now.
#[tokio::test]
async fn a_saved_list_takes_up_what_is_shown() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let save = [
        ("act", "enregistrer"),
        ("name", "Radiés"),
        ("query", "etat=3"),
    ];
    let saved = member.post("/etablissements/vues", &save).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let list = member.get("/etablissements?etat=2").await.body;
    let manage = "/etablissements/vues?retour=etat%3D2#vues-enregistrees";
    assert!(list.contains(&link(manage)), "{list}");
    let page = member.get(manage.split('#').next().unwrap()).await.body;
    assert!(page.contains("Remplacer par la liste affichée"));
    let of = hidden(&page, "of");
    let fields = [("of", &*of), ("act", "remplacer"), ("query", "etat=2")];
    let replaced = member.post("/etablissements/vues", &fields).await;
    assert_eq!(replaced.location(), "/etablissements/vues?fait=remplacer");
    let page = member.get(replaced.location()).await.body;
    assert!(page.contains("La vue est remplacée."));
    assert!(page.contains(&link("/etablissements?etat=2")));
    assert!(
        !page.contains("Remplacer par"),
        "there is no list to do it with"
    );
}

/// Fear: « Modifier » and « Résilier » of the review end at the list, and the walk begins anew.
#[tokio::test]
async fn the_review_goes_on_after_a_client() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let walk = "/revue?vus=3";
    let page = member.get(walk).await.body;
    let of = hidden(&page, "of");
    let client = format!("/etablissements/{of}?retour=revue%3Dvus%253D3");
    let end = format!("/etablissements/{of}/resilier?retour=revue%3Dvus%253D3");
    assert!(
        page.contains(&link(&client)) && page.contains(&link(&end)),
        "{page}"
    );
    let edit = member.get(&client).await.body;
    assert!(edit.contains(&link(walk)), "the way back");
    let ended = [("of", &*of), ("back", "revue=vus%3D3")];
    let ended = member.post(&end, &ended).await;
    assert_eq!(
        ended.location(),
        "/revue?vus=4&fait=resiliation",
        "{}",
        ended.body
    );
    let next = member.get(ended.location()).await.body;
    assert!(next.contains("L’inscription est résiliée."));
    assert_ne!(hidden(&next, "of"), of);
}

/// Fear: whoever looks at a client's services has to walk through the whole review to say that they are right.
#[tokio::test]
async fn services_looked_at_on_their_page() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let stale = member.get("/revue").await.body;
    let (of, version) = (hidden(&stale, "of"), hidden(&stale, "version"));
    let address = format!("/etablissements/{of}?retour=etat%3D3");
    let page = member.get(&address).await.body;
    assert!(page.contains("Le mandat est toujours valable"));
    assert!(
        !portal
            .member("lecture")
            .await
            .get(&address)
            .await
            .body
            .contains("toujours valable")
    );
    let fields = [("of", &*of), ("on", "client"), ("back", "etat=3")];
    let mut old = fields.to_vec();
    old.push(("version", "0"));
    let moved = member.post("/revue", &old).await;
    assert_eq!(moved.location(), format!("{address}&fait=modifie"));
    assert!(
        member
            .get(moved.location())
            .await
            .body
            .contains("rien n’a été confirmé")
    );
    let mut now = fields.to_vec();
    now.push(("version", &version));
    let done = member.post("/revue", &now).await;
    assert_eq!(done.location(), format!("{address}&fait=revu"));
    let page = member.get(done.location()).await.body;
    assert!(page.contains("Le mandat est confirmé jusqu’à l’an prochain."));
    assert!(page.contains("Mandat revu"), "its history tells it");
    assert_ne!(hidden(&member.get("/revue").await.body, "of"), of);
}

/// Fear: a page that is left open asks by itself how far a change is, and the session of somebody who has gone never ends.
#[tokio::test]
async fn watching_keeps_no_session() {
    let portal = TestPortal::new().await;
    let id = [("id", "01a20cbe-3610-7d9c-af6a-74462ae16a39")];
    let watches = portal.member(demo::IDENTIFIER).await;
    let mut later = portal.at(&watches, || NOW.plus(10 * MINUTE));
    let answer = later.fetch("lot/avancement", &id).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "who watches is known");
    let file = "/etablissements/importer/01a20cbe-3610-7d9c-af6a-74462ae16a39/progression";
    later.get(file).await;
    let mut gone = portal.at(&watches, || NOW.plus(16 * MINUTE));
    let answer = gone.get("/etablissements").await;
    assert!(
        answer.location().starts_with("/connexion"),
        "{}",
        answer.body
    );
    let works = portal.member(demo::IDENTIFIER).await;
    let mut later = portal.at(&works, || NOW.plus(10 * MINUTE));
    later.fetch("lot", &id).await;
    let mut still = portal.at(&works, || NOW.plus(16 * MINUTE));
    assert_eq!(still.get("/etablissements").await.status, StatusCode::OK);
}

/// Fear: a client found by its number shows no mark; a firm without labels finds no way to make some; a change is told by the wrong
/// words.
#[tokio::test]
async fn what_pages_show() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("autre").await;
    let client = member.enrol_employer().await;
    let list = member.get("/etablissements?q=999100").await.body;
    assert!(list.contains("<mark>999"), "{list}");
    let page = member.get(&format!("/etablissements/{client}")).await.body;
    assert!(page.contains("Gérer les étiquettes du cabinet"));
    let job = changed(&mut member).await;
    let page = member.get(&job).await.body;
    assert!(
        page.contains("Terminée le ") && page.contains("Demandée par Alix Autre."),
        "{page}"
    );
}
