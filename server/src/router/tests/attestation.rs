//! Attestations de vigilance over HTTP, as a browser without JavaScript and as one with it.

use super::{
    browser::{Browser, EMPLOYER, NOW, TestPortal},
    bulk::press,
};
use crate::demo;
use http::{StatusCode, header};
use portfolio::{
    ids::{AttestationId, EnrolmentId, MemberId, Scope},
    origin::Origin,
    ports::{Asker, Attestations as _, Attested},
};
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Ticks the service of a client.
async fn tick(browser: &mut Browser, id: &str, version: &str) {
    let page = format!("/etablissements/{id}");
    let ticks = [
        ("of", id),
        ("version", version),
        ("services[]", "ATT_VIGILANCE"),
    ];
    let saved = browser.post(&page, &ticks).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

/// The way to the only file of a page.
fn file(page: &str) -> String {
    let before = page.split_once("/attestation-de-vigilance.pdf").unwrap().0;
    let start = before.rsplit_once('"').unwrap().1;
    format!("{start}/attestation-de-vigilance.pdf")
}

/// What a file of the portal says.
async fn attested(portal: &TestPortal, id: &str, file: &str) -> Attested {
    let store = &portal.trial.store;
    let firm = store.firm_named(demo::FIRM).await.unwrap().unwrap();
    let scope = Scope {
        firm,
        member: MemberId(uuid::Uuid::nil()),
        from: Origin::default(),
    };
    let asker = Asker::Firm(scope, id.parse::<EnrolmentId>().unwrap());
    let paper: AttestationId = file.rsplit('/').nth(1).unwrap().parse().unwrap();
    store.attested(&asker, paper).await.unwrap().unwrap()
}

/// A row of the registry, brought in again with other words.
async fn changed(portal: &TestPortal, from: &str, to: &str) {
    let registry = include_str!("../../demo/registry.csv");
    let text = registry.replace(from, to);
    assert_ne!(text, registry);
    let file = Cursor::new(text.into_bytes());
    portal
        .trial
        .store
        .import_registry(file, NOW, |_| ())
        .await
        .unwrap();
}

/// Fear: without JavaScript no attestation can be fetched; it is had without the service, or by another firm; or its code confirms
/// nothing.
#[tokio::test]
async fn fetched_downloaded_and_checked() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let page = format!("/etablissements/{id}/attestation");
    let closed = member.get(&page).await;
    assert_eq!(closed.status, StatusCode::OK);
    assert!(closed.body.contains("Cochez le service") && !closed.body.contains("Obtenir"));
    let refused = member.post(&page, &[("of", &id)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("n’est pas ouvert pour ce client"),
        "{}",
        refused.body
    );
    tick(&mut member, &id, "1").await;
    let shown = member.get(&format!("/etablissements/{id}")).await.body;
    assert!(shown.contains(&page), "the client's page leads there");
    let open = member.get(&page).await.body;
    assert!(open.contains("Obtenir l’attestation"), "{open}");
    assert!(open.contains("Aucune attestation n’a encore été obtenue"));
    // Readers too: the service is one that looks.
    let mut reader = portal.member("lecture").await;
    let issued = reader.post(&page, &[("of", &id)]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    assert_eq!(issued.location(), format!("{page}?fait=attestation"));
    let shown = reader.get(issued.location()).await.body;
    assert!(shown.contains("L’attestation est délivrée") && shown.contains("Lou Lecture"));
    let paper = file(&shown);
    // By script the same paper comes again.
    let again = member.fetch("attestation", &[("of", &id)]).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    let shown = member.get(&page).await.body;
    assert_eq!(shown.matches("attestation-de-vigilance.pdf").count(), 1);
    let pdf = member.get(&paper).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert_eq!(pdf.headers[header::CONTENT_TYPE], "application/pdf");
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let mut stranger = portal.member("autre").await;
    for mine in [&page, &paper] {
        assert_eq!(stranger.get(mine).await.status, StatusCode::NOT_FOUND);
    }
    let answer = stranger.post(&page, &[("of", &id)]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    // Anybody checks the code.
    let code = attested(&portal, &id, &paper).await.code.to_string();
    assert!(shown.contains(&code));
    let mut anybody = portal.stranger();
    let typed = code.to_lowercase().replace('-', " ");
    let said = anybody.post("/verification", &[("code", &*typed)]).await;
    assert_eq!(said.status, StatusCode::OK);
    for told in [
        "Cette attestation est authentique, et valable jusqu’au",
        "Brasserie du Théâtre",
        "999\u{202f}100\u{202f}233",
        "18\u{a0}salariés",
        "37\u{202f}000,00",
        "octobre\u{a0}2026",
    ] {
        assert!(said.body.contains(told), "{told}: {}", said.body);
    }
    assert!(
        !said.body.contains(EMPLOYER[2]),
        "an account number is told"
    );
    for (wrong, said) in [
        (&code[..12], "incomplet"),
        ("000000000000001", "erreur de frappe"),
    ] {
        let answer = anybody.post("/verification", &[("code", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let unknown = [("code", "000000000000000")];
    let answer = anybody.post("/verification", &unknown).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Aucun document ne porte ce code"));
    // Closed again, the papers are closed too.
    let page_of = format!("/etablissements/{id}");
    let off = [("of", &*id), ("version", "2"), ("services[]", "DPAE")];
    let saved = member.post(&page_of, &off).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(member.get(&paper).await.status, StatusCode::NOT_FOUND);
}

/// Fear: who may not have one is not told why, or by which law, or what to do; or gets one by pressing a button that is not shown.
#[tokio::test]
async fn refused_with_its_reason() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    tick(&mut member, &id, "1").await;
    let (good, bad) = (
        "contact@brasserie-theatre.example;1;12;24900",
        "contact@brasserie-theatre.example;0;12;24900",
    );
    changed(&portal, good, bad).await;
    let page = format!("/etablissements/{id}/attestation");
    let shown = member.get(&page).await.body;
    for said in [
        "Aucune attestation ne peut être délivrée aujourd’hui",
        "L. 243-15",
        "Que faire",
        "délai de paiement",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("Obtenir l’attestation"));
    let pressed = member.post(&page, &[("of", &id)]).await;
    assert_eq!(pressed.location(), format!("{page}?fait=sans-attestation"));
    let shown = member.get(pressed.location()).await.body;
    assert!(shown.contains("n’a pas été délivrée"));
    assert!(!shown.contains("attestation-de-vigilance.pdf"));
    let missing = member.post(&page, &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Fear: of a selection somebody is left out without a word, it is handed out on an old confirmation, or nobody hears of it.
#[tokio::test]
async fn a_selection_as_an_archive() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    tick(&mut member, &id, "1").await;
    let archive = "/etablissements/selection/attestations";
    let nobody = member.post(archive, &[]).await;
    assert_eq!(nobody.location(), "/etablissements/exporter");
    let others = super::bulk::ids(&mut member).await;
    let mut ticks: Vec<&str> = others.iter().map(|id| &**id).take(12).collect();
    ticks.push(&id);
    press(&mut member, "cocher", &ticks).await;
    let page = member.get("/etablissements/exporter").await.body;
    assert!(page.contains(archive), "{page}");
    let mut later = member.clone();
    portal.later(&mut later).await;
    let confirm = later.post(archive, &[]).await;
    assert!(confirm.location().starts_with("/connexion/confirmer"));
    let answer = member.post(archive, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.location());
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/zip");
    let mut archive = ZipArchive::new(Cursor::new(&answer.bytes[..])).unwrap();
    let mut list = String::new();
    archive
        .by_name("liste.csv")
        .unwrap()
        .read_to_string(&mut list)
        .unwrap();
    let lines: Vec<&str> = list.lines().collect();
    let selected = ticks.iter().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(lines.len(), 1 + selected.len(), "{list}");
    let own = lines
        .iter()
        .find(|line| line.contains("999100233"))
        .unwrap();
    let name = "attestation-999100233-RG.pdf";
    assert!(own.contains("Délivrée") && own.ends_with(name), "{own}");
    let issued = lines
        .iter()
        .filter(|line| line.contains("Délivrée"))
        .count();
    assert_eq!(archive.len(), 1 + issued);
    let mut paper = Vec::new();
    let mut file = archive.by_name(name).unwrap();
    file.read_to_end(&mut paper).unwrap();
    assert!(paper.starts_with(b"%PDF-"));
    assert!(list.contains("Non demandée") && list.contains("n’est pas coché"));
    let journal = member.get("/cabinet/journal").await.body;
    assert!(journal.contains("Attestations de vigilance de la sélection demandées"));
    assert!(journal.contains("Attestation de vigilance obtenue, valable jusqu’au"));
}

/// Fear: a client cannot fetch its own paper, or fetches that of accounts that are another's.
#[tokio::test]
async fn of_ones_own_account() {
    let portal = TestPortal::new().await;
    let mut client = portal.client().await;
    let page = "/mon-compte/attestations";
    assert!(client.get("/mon-compte").await.body.contains(page));
    let shown = client.get(page).await.body;
    assert!(shown.contains("Boulangerie Martin") && shown.contains("Obtenir l’attestation"));
    let issued = client.post(page, &[("held", demo::CLIENT_HOLDER)]).await;
    assert_eq!(issued.status, StatusCode::SEE_OTHER, "{}", issued.body);
    assert_eq!(issued.location(), format!("{page}?fait=attestation"));
    let shown = client.get(issued.location()).await.body;
    assert!(shown.contains("Le titulaire du compte"), "{shown}");
    let paper = file(&shown);
    let pdf = client.get(&paper).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let fetched = client
        .fetch("mon-compte/attestation", &[("held", demo::CLIENT_HOLDER)])
        .await;
    assert_eq!(fetched.status, StatusCode::OK, "{}", fetched.body);
    let mut other = portal.client_of("toni", &["TI:999100308"]).await;
    assert_eq!(other.get(&paper).await.status, StatusCode::NOT_FOUND);
    let across = other.post(page, &[("held", demo::CLIENT_HOLDER)]).await;
    assert_eq!(across.status, StatusCode::NOT_FOUND, "{}", across.body);
    let nothing = other.post(page, &[("held", "x")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut member = portal.member("demo").await;
    let away = member.get(&paper).await;
    assert_ne!(away.status, StatusCode::OK);
}
