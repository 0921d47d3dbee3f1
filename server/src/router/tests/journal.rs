//! The journal's page and its export.

use super::browser::{NOW, TestPortal};
use crate::demo;
use http::StatusCode;
use portfolio::journal::PAGE;

/// Fear: a filter of the address shows other lines, a broken one is silently none, or the page does not work by GET alone.
#[tokio::test]
async fn filtered_by_its_address() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let client = admin.enrol_employer().await;
    let all = admin.get("/cabinet/journal").await;
    assert_eq!(all.status, StatusCode::OK);
    let about = format!("<a href=\"/etablissements/{client}\">");
    for shown in [
        "Connexion (mot de passe)",
        "Inscription, avec 2\u{a0}services",
        &*about,
        demo::MEMBER,
    ] {
        assert!(all.body.contains(shown), "{shown}: {}", all.body);
    }
    let access = admin
        .get("/cabinet/journal?sujet=acces&membre=&du=&au=")
        .await;
    assert_eq!(access.status, StatusCode::OK);
    assert!(access.body.contains("Connexion (") && !access.body.contains("Inscription, avec"));
    let day = NOW.iso_date();
    let today = admin
        .get(&format!("/cabinet/journal?du={day}&au={day}"))
        .await;
    assert!(today.body.contains("Connexion ("));
    let long_ago = admin.get("/cabinet/journal?au=2020-01-01").await;
    assert!(long_ago.body.contains("Aucune ligne ne correspond"));
    assert!(long_ago.body.contains("value=\"2020-01-01\""));
    let broken = admin.get("/cabinet/journal?du=hier").await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
    assert!(broken.body.contains("n’a pas pu être lue"));
    let mut other = portal.member("autre").await;
    let theirs = other.get("/cabinet/journal").await;
    assert!(!theirs.body.contains(demo::MEMBER) && !theirs.body.contains("Inscription, avec"));
}

/// Fear: older lines cannot be reached, or some are left out on the way.
#[tokio::test]
async fn older_lines() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let mut page = admin.get("/cabinet/journal").await;
    while page.body.matches("<tr>").count() < usize::try_from(PAGE).unwrap() + 1 {
        portal.member(demo::IDENTIFIER).await;
        page = admin.get("/cabinet/journal").await;
    }
    portal.member(demo::IDENTIFIER).await;
    let page = admin.get("/cabinet/journal").await;
    let older = page.body.split("Plus anciens").next().unwrap();
    let older = older
        .rsplit("href=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    assert!(older.starts_with("/cabinet/journal?avant="), "{older}");
    let next = admin.get(older).await;
    assert_eq!(next.status, StatusCode::OK);
    assert!(next.body.contains("Plus récents"));
    assert!(next.body.matches("<tr>").count() >= 2);
}

/// Fear: the export is another list than the page, is no file, opens by a link, or leaves no trace.
#[tokio::test]
async fn exported() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    admin.enrol_employer().await;
    let page = admin.get("/cabinet/journal?sujet=acces").await;
    assert!(
        page.body
            .contains("action=\"/cabinet/journal/export?sujet=acces\""),
        "{}",
        page.body
    );
    let file = admin.post("/cabinet/journal/export?sujet=acces", &[]).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    let name = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        name,
        format!("attachment; filename=\"journal-{}.csv\"", NOW.iso_date())
    );
    assert_eq!(file.headers["cache-control"], "no-store");
    assert!(
        file.body.starts_with("\u{feff}Numéro;Date;Qui;"),
        "{}",
        file.body
    );
    assert!(
        file.body
            .contains(&format!(";{};Connexion (mot de passe);", demo::MEMBER))
    );
    assert!(!file.body.contains("Inscription"));
    let written = admin.get("/cabinet/journal?sujet=exports").await;
    assert!(
        written.body.contains("Journal exporté (1\u{a0}ligne)"),
        "{}",
        written.body
    );
    let broken = admin.post("/cabinet/journal/export?sujet=acces&du=hier", &[]);
    let broken = broken.await;
    assert_eq!(
        (broken.status, broken.location()),
        (
            StatusCode::SEE_OTHER,
            "/cabinet/journal?sujet=acces&du=hier"
        ),
        "a filter that was not read is silently none"
    );
    let warned = admin.get(broken.location()).await;
    assert!(warned.body.contains("n’a pas pu être lue"));
    let link = admin.get("/cabinet/journal/export").await;
    assert_ne!(link.status, StatusCode::OK);
    let stranger = portal.stranger().post("/cabinet/journal/export", &[]).await;
    assert_eq!(stranger.location(), "/connexion?suite=%2Fcabinet%2Fjournal");
}
