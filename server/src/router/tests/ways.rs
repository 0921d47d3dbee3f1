//! Ways that lead on: what can still be undone, and what is selected, stay in reach.

use super::{
    browser::{Browser, TestPortal},
    bulk::{act, ids, prepare, press},
};
use crate::demo;
use http::StatusCode;

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
