//! Many clients at once, as a browser without JavaScript does it.

use super::browser::{Answer, Browser, NOW, TestPortal};
use crate::demo;
use http::{StatusCode, header};
use portfolio::{permission::FRESH, time::MINUTE};

/// What stands between two texts of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page.split(before).nth(1).unwrap_or_default();
    rest.split(after).next().unwrap_or_default()
}

/// Presses a button of the list's bar, with these ticks.
pub async fn press(browser: &mut Browser, act: &str, ticks: &[&str]) -> Answer {
    let page = browser.get("/etablissements").await;
    let shown = between(&page.body, "name=\"shown\" value=\"", "\"").to_owned();
    let mut fields = vec![("shown", &*shown), ("query", ""), ("act", act)];
    let names: Vec<String> = (0..ticks.len()).map(|n| format!("ticks[{n}]")).collect();
    fields.extend(names.iter().map(|name| &**name).zip(ticks.iter().copied()));
    let answer = browser.post("/etablissements/selection", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer
}

/// The clients of the first page.
pub async fn ids(browser: &mut Browser) -> Vec<String> {
    let page = browser.get("/etablissements").await;
    let shown = between(&page.body, "name=\"shown\" value=\"", "\"");
    shown.split(',').map(str::to_owned).collect()
}

/// Prepares a change, and tells its address.
pub async fn prepare(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let answer = browser
        .post("/etablissements/selection/modifier", fields)
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// Presses a button of a change.
pub async fn act(browser: &mut Browser, job: &str, act: &str) -> Answer {
    let id = job.rsplit('/').next().unwrap();
    browser.post(job, &[("of", id), ("act", act)]).await
}

/// Fear: without JavaScript clients cannot be ticked over two pages, or others are changed; what is done cannot be taken back.
#[tokio::test]
async fn ticked_seen_done_and_taken_back() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    member.enrol_employer().await;
    let ids = ids(&mut member).await;
    assert!(ids.len() > 3, "{ids:?}");
    let answer = press(&mut member, "cocher", &[&ids[0], &ids[1]]).await;
    assert_eq!(answer.location(), "/etablissements?vue=tous");
    let page = member.get("/etablissements").await;
    assert!(page.body.contains("2\u{a0}clients sélectionnés"));
    assert_eq!(page.body.matches("checked").count(), 2);
    let answer = press(&mut member, "modifier", &[&ids[1], &ids[2], &ids[3]]).await;
    assert!(answer.location().starts_with("/etablissements/selection"));
    let page = member.get(answer.location()).await;
    assert!(page.body.contains("3\u{a0}clients sélectionnés"));
    // Nothing chosen is told on the page.
    let wrong = member
        .post("/etablissements/selection/modifier", &[("act", "ouvrir")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Choisissez au moins un service."));
    let fields = [("act", "ouvrir"), ("services[0]", "MAIL_MOBILITE")];
    let job = prepare(&mut member, &fields).await;
    let page = member.get(&job).await;
    assert!(page.body.contains("Ouvrir 1\u{a0}service"), "{}", page.body);
    assert!(page.body.contains("Confirmer"));
    let done = act(&mut member, &job, "confirmer").await;
    assert_eq!(done.location(), job);
    let page = member.get(&job).await;
    assert!(page.body.contains("C’est fait"), "{}", page.body);
    let client = member.get(&format!("/etablissements/{}", ids[2])).await;
    assert!(client.body.contains("Services modifiés. Ajouté"));
    let undone = act(&mut member, &job, "annuler").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let page = member.get(undone.location()).await;
    assert!(
        page.body.contains("3\u{a0}clients modifiés"),
        "{}",
        page.body
    );
    let again = act(&mut member, &job, "annuler").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("ne peut plus être annulée"));
    let journal = member.get("/cabinet/journal").await;
    assert!(journal.body.contains("Modification en nombre"));
    let cleared = press(&mut member, "vider", &[]).await;
    assert_eq!(cleared.status, StatusCode::SEE_OTHER);
    let page = member.get("/etablissements").await;
    assert!(page.body.contains("Aucun client sélectionné"));
}

/// Fear: many enrolments end while whoever signed in has left the desk; a reader changes what they may only see.
#[tokio::test]
async fn ends_ask_again_and_readers_only_select() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let ids = ids(&mut member).await;
    press(&mut member, "cocher", &[&ids[0]]).await;
    let job = prepare(&mut member, &[("act", "resilier")]).await;
    assert!(member.get(&job).await.body.contains("elle ne s’annule pas"));
    let mut working = portal.at(&member, || NOW.plus(10 * MINUTE));
    working.get("/etablissements").await;
    let mut later = portal.at(&member, || NOW.plus(FRESH + MINUTE));
    let asked = act(&mut later, &job, "confirmer").await;
    assert!(
        asked.location().starts_with("/connexion/confirmer?suite="),
        "{}",
        asked.location()
    );
    let mut member = portal.member(demo::IDENTIFIER).await;
    let done = act(&mut member, &job, "confirmer").await;
    assert_eq!(done.location(), job);
    let page = member.get(&job).await;
    assert!(!page.body.contains("Annuler cette modification"));
    let mut reader = portal.member("lecture").await;
    press(&mut reader, "cocher", &[&ids[1]]).await;
    let page = reader.get("/etablissements/selection").await;
    assert!(page.body.contains("1\u{a0}client sélectionné"));
    assert!(page.body.contains("sans les modifier"));
    let refused = reader
        .post("/etablissements/selection/modifier", &[("act", "resilier")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

/// Fear: clients leave the portal without a trace, or at the hands of whoever sits down at an open screen.
#[tokio::test]
async fn exports_are_asked_for_and_written_down() {
    const FILE: &str = "/etablissements/exporter/fichier";
    let portal = TestPortal::with_colleagues().await;
    let fields = [("of", "liste"), ("format", "csv")];
    let stranger = portal.stranger().post(FILE, &fields).await;
    assert!(stranger.location().starts_with("/connexion?suite="));
    let mut reader = portal.member("lecture").await;
    let page = reader.get("/etablissements/exporter").await;
    assert!(page.body.contains("Tout le portefeuille"), "{}", page.body);
    let file = reader.post(FILE, &fields).await;
    assert_eq!(file.status, StatusCode::OK);
    let name = file.headers.get(header::CONTENT_DISPOSITION).unwrap();
    assert_eq!(name, "attachment; filename=\"clients-2026-11-24.csv\"");
    assert!(file.body.starts_with("\u{feff}Identifiant;Régime;Nom;"));
    assert!(file.body.lines().count() > 3);
    let book = reader
        .post(FILE, &[("of", "liste"), ("format", "xlsx")])
        .await;
    let media = book.headers.get(header::CONTENT_TYPE).unwrap();
    assert!(media.to_str().unwrap().ends_with("spreadsheetml.sheet"));
    assert!(book.body.starts_with("PK"));
    let wrong = reader.post(FILE, &[("of", "tout")]).await;
    assert_eq!(wrong.location(), "/etablissements/exporter");
    let mut working = portal.at(&reader, || NOW.plus(10 * MINUTE));
    working.get("/etablissements").await;
    let mut later = portal.at(&reader, || NOW.plus(FRESH + MINUTE));
    let asked = later.post(FILE, &fields).await;
    assert!(asked.location().starts_with("/connexion/confirmer?suite="));
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let journal = admin.get("/cabinet/journal?sujet=exports").await;
    let told = "<td data-label=\"Quoi\">Clients exportés (";
    assert_eq!(journal.body.matches(told).count(), 2);
}

/// Fear: a model is applied instead of being put on the page, ticks what a client may not have, or cannot be made without JavaScript.
#[tokio::test]
async fn models() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let page = member.get("/cabinet/modeles").await;
    assert!(page.body.contains("Employeur standard"), "{}", page.body);
    let page = member
        .get("/cabinet/modeles/nouveau?depuis=independant")
        .await;
    assert!(page.body.contains("value=\"Indépendant standard\""));
    assert_eq!(page.body.matches(" checked").count(), 8);
    let fields = [
        ("act", "enregistrer"),
        ("name", "Le nôtre"),
        ("services[0]", "DPAE"),
        ("services[1]", "DECL_CA"),
    ];
    let made = member.post("/cabinet/modeles/nouveau", &fields).await;
    assert_eq!(made.location(), "/cabinet/modeles", "{}", made.body);
    let again = member.post("/cabinet/modeles/nouveau", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("Ce nom est déjà pris."));
    let client = member.enrol_employer().await;
    let address = format!("/etablissements/{client}");
    let page = member.get(&address).await;
    assert!(page.body.contains("Partir d’un modèle"));
    let fill = between(&page.body, "name=\"fill\" value=\"modele-", "\"");
    let fill = format!("modele-{fill}");
    let offered = between(&page.body, "name=\"offered\" value=\"", "\"").to_owned();
    let filled = member
        .post(
            &address,
            &[
                ("of", &client),
                ("version", "1"),
                ("offered", &offered),
                ("fill", &fill),
            ],
        )
        .await;
    assert_eq!(filled.status, StatusCode::OK);
    // DPAE alone: the other is not for employers.
    assert_eq!(filled.body.matches(" checked").count(), 1);
    let kept = member.get(&address).await;
    assert!(kept.body.matches(" checked").count() > 1);
    let mut other = portal.member("autre").await;
    let theirs = other.get("/cabinet/modeles").await;
    assert!(!theirs.body.contains("Le nôtre"));
}

/// Fear: the clients that were left alone are told to another firm, or to nobody.
#[tokio::test]
async fn those_left_alone_as_a_file() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    member.enrol_employer().await;
    let found = ids(&mut member).await;
    press(
        &mut member,
        "cocher",
        &found.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .await;
    // Not for employers, of whom there is one at least.
    let fields = [("act", "ouvrir"), ("services[0]", "DECL_CA")];
    let job = prepare(&mut member, &fields).await;
    let file = format!("{job}/ecartes.csv");
    let mut working = portal.at(&member, || NOW.plus(10 * MINUTE));
    working.get("/etablissements").await;
    let mut later = portal.at(&member, || NOW.plus(FRESH + MINUTE));
    let asked = later.post(&file, &[]).await;
    assert!(asked.location().starts_with("/connexion/confirmer?suite="));
    let mut member = portal.member(demo::IDENTIFIER).await;
    let left = member.post(&file, &[]).await;
    assert_eq!(left.status, StatusCode::OK, "{}", left.location());
    let journal = member.get("/cabinet/journal?sujet=exports").await;
    assert!(
        journal
            .body
            .contains("Clients écartés d’une modification exportés")
    );
    assert!(
        left.body
            .contains("Aucun de ces services n’existe pour ce type de compte")
    );
    let mut other = portal.member("autre").await;
    assert_eq!(other.post(&file, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(&job).await.status, StatusCode::NOT_FOUND);
    let stranger = portal.stranger().post(&file, &[]).await;
    assert!(stranger.location().starts_with("/connexion?suite="));
}
