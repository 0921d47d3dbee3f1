//! One's own access: confirmations, a new password, sessions and second factors, as plain forms and as fetches.

use super::browser::{Answer, Browser, LATER, NOW, TestPortal};
use crate::{demo::PASSWORD, trial::Trial};
use hmac::{Hmac, KeyInit, Mac};
use http::StatusCode;
use portfolio::{second_factor::STEP, time::Timestamp};
use sha1::Sha1;

/// A good password, and another.
const NEW: &str = "tuile vent 47 lampe";

/// The bytes of a secret as a page shows it.
fn bytes(secret: &str) -> Vec<u8> {
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in secret.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits = bits << 5 | u32::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).unwrap());
        }
    }
    bytes
}

/// What an application with this secret shows.
fn shown(secret: &[u8], now: Timestamp) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
    mac.update(&(now.0 / STEP).to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let place = usize::from(digest[19] % 16);
    let number = digest[place..place + 4]
        .iter()
        .fold(0_u64, |number, byte| number * 256 + u64::from(*byte));
    format!("{:06}", number % (1 << 31) % 1_000_000)
}

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

/// Adds an application with plain forms; its secret and the recovery codes.
pub async fn application(member: &mut Browser, now: Timestamp) -> (Vec<u8>, Vec<String>) {
    let begun = member
        .post("/securite/application", &[("begin", "1")])
        .await;
    assert_eq!(begun.location(), "/securite/application", "{}", begun.body);
    let page = member.get(begun.location()).await.body;
    assert!(page.contains("<svg") && page.contains(" d=\"M4 4h7"));
    let secret = bytes(between(&page, "<code class=\"secret\">", "</code>"));
    assert_eq!(secret.len(), 20);
    let wrong = member
        .post(
            "/securite/application",
            &[("code", "7k2qmx-4d9t3n-08vbcz-h5w6ye")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = shown(&secret, now);
    let added = member
        .post("/securite/application", &[("code", &code)])
        .await;
    assert_eq!(added.location(), "/securite/codes", "{}", added.body);
    let page = member.get("/securite/codes").await.body;
    let list = between(&page, "<ol class=\"codes\">", "</ol>");
    let codes: Vec<_> = list
        .split("<code>")
        .skip(1)
        .map(|code| code.split_once('<').unwrap().0.to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// The page of a refused form.
fn refused(answer: &Answer, sentence: &str) {
    assert_eq!(
        answer.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        answer.body
    );
    assert!(
        answer.body.contains(sentence),
        "{sentence}: {}",
        answer.body
    );
}

/// Fear: a sensitive action goes through on a screen left open, or the person is not led back to it.
#[tokio::test]
async fn removal_asks_who_is_there() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    portal.later(&mut member).await;
    let remove = format!("/etablissements/{id}/resilier");
    let fetched = member.fetch("resilier", &[("of", &*id)]).await;
    assert_eq!(
        (fetched.status, fetched.body.as_str()),
        (StatusCode::FORBIDDEN, "\"Unconfirmed\"")
    );
    let posted = member
        .post(&format!("{remove}?retour=q%3Da"), &[("of", &*id)])
        .await;
    let confirm = posted.location().to_owned();
    assert!(confirm.starts_with("/connexion/confirmer?suite=%2Fetablissements%2F"));
    let page = member.get(&confirm).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Confirmez que c’est vous") && !page.body.contains("name=\"code\""));
    let next = between(&page.body, "name=\"next\" value=\"", "\"").replace("&amp;", "&");
    assert_eq!(next, format!("{remove}?retour=q%3Da"));

    let wrong = member
        .post(
            &confirm,
            &[("password", "pas le bon secret"), ("next", &next)],
        )
        .await;
    refused(&wrong, "Ce mot de passe n’est pas le vôtre.");
    assert!(!wrong.body.contains("pas le bon secret"));
    let before = member.cookie.clone();
    let good = member
        .post(&confirm, &[("password", PASSWORD), ("next", &next)])
        .await;
    assert_eq!(good.location(), format!("{next}&fait=confirmation"));
    let mut thief = member.clone();
    thief.cookie = before;
    let old = thief.get("/etablissements").await;
    assert_eq!(old.status, StatusCode::SEE_OTHER, "the old token is none");
    let question = member.get(good.location()).await;
    assert!(question.body.contains("C’est confirmé") && question.body.contains("pour résilier"));
    let ended = member.post(&remove, &[("of", &*id)]).await;
    assert_eq!(ended.location(), format!("/etablissements?resilie={id}"));
}

/// Fear: the confirmation leads to another site, or a stranger who opens it comes back to the question.
#[tokio::test]
async fn a_confirmation_leads_to_our_pages_alone() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for next in ["https://evil.example/", "//evil.example", "/deconnexion"] {
        let fields = [("password", PASSWORD), ("next", next)];
        let answer = member.post("/connexion/confirmer", &fields).await;
        assert_eq!(
            answer.location(),
            "/tableau-de-bord?fait=confirmation",
            "{next}"
        );
    }
    let mut stranger = portal.stranger();
    let answer = stranger.get("/connexion/confirmer?suite=%2Fsecurite").await;
    assert_eq!(answer.location(), "/connexion?suite=%2Fsecurite");
    let answer = stranger
        .post("/connexion/confirmer?suite=%2Fsecurite", &[])
        .await;
    assert_eq!(
        answer.location(),
        "/connexion?suite=%2Fsecurite&motif=session"
    );
}

/// Fear: at a screen left open the password is guessed, here or at its change.
#[tokio::test]
async fn guessing_pauses() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for n in 0..5 {
        let (function, fields) = if n % 2 == 0 {
            ("confirmer", [("password", "faux"), ("next", "")])
        } else {
            ("securite/mot-de-passe", [("old", "faux"), ("new", NEW)])
        };
        let answer = member.fetch(function, &fields).await;
        assert!(
            answer.body.contains("WrongPassword"),
            "{n}: {}",
            answer.body
        );
    }
    let right = [("password", PASSWORD), ("next", "")];
    let answer = member.fetch("confirmer", &right).await;
    assert!(
        answer.body.contains("\"Wait\":{\"minutes\":1}"),
        "{}",
        answer.body
    );
    let right = [("old", PASSWORD), ("new", NEW)];
    let answer = member.post("/securite/mot-de-passe", &right).await;
    refused(&answer, "Trop d’essais. Réessayez dans 1\u{a0}minute.");
}

/// Fear: a weak password is taken, the old one still opens, or somebody who has it stays inside.
#[tokio::test]
async fn a_new_password() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let mut elsewhere = portal.member("demo").await;
    let change = async |member: &mut Browser, old, new| {
        member
            .post("/securite/mot-de-passe", &[("old", old), ("new", new)])
            .await
    };
    refused(
        &change(&mut member, PASSWORD, "court").await,
        "Il faut au moins 12 caractères",
    );
    for guessable in ["Camille-Démo-2026", "motdepasse2026"] {
        let answer = change(&mut member, PASSWORD, guessable).await;
        refused(&answer, "facile à deviner");
        assert!(!answer.body.contains(guessable) && !answer.body.contains(PASSWORD));
    }
    let answer = change(&mut member, PASSWORD, NEW).await;
    assert_eq!(answer.location(), "/securite?fait=mot-de-passe");
    assert!(
        member
            .get(answer.location())
            .await
            .body
            .contains("Votre mot de passe est changé.")
    );
    let other = elsewhere.get("/etablissements").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    for (password, status) in [
        (PASSWORD, StatusCode::UNPROCESSABLE_ENTITY),
        (NEW, StatusCode::SEE_OTHER),
    ] {
        let pair = [("identifier", "demo"), ("password", password)];
        assert_eq!(
            portal.stranger().post("/connexion", &pair).await.status,
            status
        );
    }
}

/// Fear: somebody does not see where they are signed in, or cannot end it.
#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let mut elsewhere = portal.member("demo").await;
    let page = member.get("/securite").await.body;
    assert!(page.contains("(cette session)") && page.contains("Navigateur inconnu"));
    let other = between(&page, "name=\"of\" value=\"", "\"").to_owned();
    let none = member.post("/securite", &[("of", "x")]).await;
    refused(&none, "Ce choix n’est pas proposé.");
    let ended = member.post("/securite", &[("of", &other)]).await;
    assert_eq!(
        ended.location(),
        "/securite?fait=sessions",
        "{}",
        ended.body
    );
    assert_eq!(
        elsewhere.get("/etablissements").await.status,
        StatusCode::SEE_OTHER
    );
    let page = member.get("/securite").await.body;
    assert!(!page.contains("Fermer toutes les autres sessions"));

    let mut third = portal.member("demo").await;
    portal.later(&mut member).await;
    portal.later(&mut third).await;
    let asked = member.post("/securite", &[("of", "autres")]).await;
    assert_eq!(asked.location(), "/connexion/confirmer?suite=%2Fsecurite");
    let confirmed = member
        .post(
            asked.location(),
            &[("password", PASSWORD), ("next", "/securite")],
        )
        .await;
    assert_eq!(confirmed.location(), "/securite?fait=confirmation");
    let ended = member.post("/securite", &[("of", "autres")]).await;
    assert_eq!(ended.location(), "/securite?fait=sessions");
    assert_eq!(
        third.get("/etablissements").await.status,
        StatusCode::SEE_OTHER
    );
}

/// Fear: somebody who is in signs in again and wonders why, or is led out of the portal by an address that was made up.
#[tokio::test]
async fn the_sign_in_page_of_who_is_in() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for (page, to) in [
        ("/connexion", "/tableau-de-bord"),
        ("/connexion?suite=%2Fsecurite", "/securite"),
        (
            "/connexion?suite=https%3A%2F%2Fevil.example",
            "/tableau-de-bord",
        ),
        ("/connexion?suite=%2F%2Fevil.example", "/tableau-de-bord"),
        ("/connexion?suite=%2Fconnexion", "/tableau-de-bord"),
    ] {
        let answer = member.get(page).await;
        assert_eq!(
            (answer.status, answer.location()),
            (StatusCode::SEE_OTHER, to),
            "{page}"
        );
    }
    let stranger = portal.stranger().get("/connexion").await;
    assert_eq!(stranger.status, StatusCode::OK);
}

/// Fear: the second factor is skipped, or asked for and then refused; its secret is in an address; a code opens twice.
#[tokio::test]
async fn a_second_factor() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let (secret, codes) = application(&mut member, NOW).await;
    // « 1 » is what pages of before said.
    for old in ["1", "01a20cbe-3610-7d9c-af6a-74462ae16a39"] {
        let told = member.post("/securite/codes", &[("written", old)]).await;
        assert_eq!(told.location(), "/securite/codes", "{old}");
    }
    let page = member.get("/securite/codes").await.body;
    assert!(codes.iter().all(|code| page.contains(code)), "still shown");
    let list = between(&page, "name=\"written\" value=\"", "\"");
    let written = member.post("/securite/codes", &[("written", list)]).await;
    assert_eq!(written.location(), "/securite?fait=codes");
    let page = member.get("/securite/codes").await.body;
    assert!(codes.iter().all(|code| !page.contains(code)), "shown once");
    assert!(page.contains("Il reste 10\u{a0}codes sur 10."));
    let gone = member.get("/securite/application").await;
    assert_eq!(gone.location(), "/securite", "the secret is shown no more");

    let mut other = portal.stranger();
    let pair = [
        ("identifier", "demo"),
        ("password", PASSWORD),
        ("next", "/aide"),
    ];
    let asked = other.post("/connexion", &pair).await;
    assert_eq!(asked.location(), "/connexion/code?suite=%2Faide");
    assert!(other.cookie.is_none() && other.step.is_some());
    let closed = other.get("/etablissements").await;
    assert_eq!(
        closed.status,
        StatusCode::SEE_OTHER,
        "the password alone opens nothing"
    );
    let page = asked.location();
    let used = shown(&secret, NOW);
    let again = other
        .post(page, &[("code", &used), ("next", "/aide")])
        .await;
    refused(&again, "Ce code n’est pas le bon, ou a déjà servi.");
    assert!(!again.body.contains(&used));
    let next = shown(&secret, NOW.plus(STEP));
    let good = other
        .post(page, &[("code", &next), ("next", "/aide")])
        .await;
    assert_eq!(good.location(), "/aide", "{}", good.body);
    assert!(
        other.cookie.is_some() && other.step.is_none(),
        "the step is taken back"
    );
    assert_eq!(other.get("/etablissements").await.status, StatusCode::OK);

    let mut third = portal.stranger();
    third.fetch("connexion", &pair).await;
    let recovered = third.fetch("code", &[("code", &codes[3])]).await;
    assert_eq!(recovered.body, "{\"to\":\"/tableau-de-bord\"}");
    let late = portal.stranger().post(page, &[("code", &codes[4])]).await;
    refused(&late, "Recommencez la connexion.");
}

/// Fear: a member with a second factor confirms by the password alone, or removes it on a screen left open.
#[tokio::test]
async fn a_confirmation_asks_for_the_code_too() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let (secret, codes) = application(&mut member, NOW).await;
    portal.later(&mut member).await;
    let remove = "/securite/application/retirer";
    let asked = member.post(remove, &[]).await;
    let confirm = asked.location().to_owned();
    assert!(
        confirm.starts_with("/connexion/confirmer?"),
        "{}",
        asked.body
    );
    for page in ["/securite/codes", "/securite/application"] {
        let asked = member.get(page).await;
        assert!(
            asked.location().starts_with("/connexion/confirmer?"),
            "{page}"
        );
    }
    assert!(member.get(&confirm).await.body.contains("name=\"code\""));
    let alone = member
        .post(&confirm, &[("password", PASSWORD), ("next", remove)])
        .await;
    refused(&alone, "Saisissez le code de votre application");
    let wrong = [
        ("password", PASSWORD),
        ("code", "zzzzzz-zzzzzz-zzzzzz-zzzzzz"),
        ("next", remove),
    ];
    refused(
        &member.post(&confirm, &wrong).await,
        "Ce code n’est pas le bon",
    );
    let code = shown(&secret, LATER);
    let right = [("password", PASSWORD), ("code", &*code), ("next", remove)];
    let confirmed = member.post(&confirm, &right).await;
    assert_eq!(confirmed.location(), format!("{remove}?fait=confirmation"));
    let renewed = member.post("/securite/codes", &[]).await;
    assert_eq!(renewed.location(), "/securite/codes");
    let page = member.get("/securite/codes").await.body;
    assert!(page.contains("<ol class=\"codes\">") && !page.contains(&codes[0]));
    let removed = member.post(remove, &[]).await;
    assert_eq!(removed.location(), "/securite?fait=retrait");
    let page = member.get(removed.location()).await.body;
    assert!(page.contains("Votre application est retirée") && page.contains("suffit pour vous"));
    let asking = TestPortal::new().await;
    asking.asks_for_second_factor(crate::demo::FIRM).await;
    let mut member = asking.member("demo").await;
    let page = member.get("/securite?fait=retrait").await.body;
    assert!(!page.contains("suffit"), "it does not do there");
    let pair = [("identifier", "demo"), ("password", PASSWORD)];
    let in_again = portal.stranger().post("/connexion", &pair).await;
    assert_eq!(in_again.location(), "/tableau-de-bord");
    assert_eq!(
        member.get("/securite/codes").await.status,
        StatusCode::NOT_FOUND
    );
}

/// Fear: a member whose firm asks for a second factor sees clients without one, or cannot get at the page to add it.
#[tokio::test]
async fn a_firm_that_asks_for_a_second_factor() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    portal.asks_for_second_factor(crate::demo::FIRM).await;
    for page in ["/etablissements", "/etablissements/ajouter"] {
        assert_eq!(member.get(page).await.location(), "/securite", "{page}");
    }
    let posted = member
        .post("/etablissements/ajouter", &[("identifier", "732829320")])
        .await;
    assert_eq!(posted.location(), "/securite");
    let fetched = member.fetch("clients", &[]).await;
    assert_eq!(fetched.body, "\"SecondFactorWanted\"");
    let page = member.get("/securite").await;
    assert!(
        page.body
            .contains("Une seconde preuve est demandée à la connexion")
    );
    application(&mut member, NOW).await;
    assert_eq!(member.get("/etablissements").await.status, StatusCode::OK);
    assert_eq!(member.fetch("rester", &[]).await.status, StatusCode::OK);
}

/// Fear: where everybody is asked, a firm that asks nobody is a way in with a password alone, or its administrator takes it back.
#[tokio::test]
async fn everybody_is_asked_for_a_second_factor() {
    let mut trial = Trial::new().await;
    trial.store = trial.store.clone().asking_everybody();
    let portal = TestPortal::on(trial).await;
    let mut member = portal.member("autre").await;
    assert_eq!(member.get("/etablissements").await.location(), "/securite");
    let fetched = member.fetch("clients", &[]).await;
    assert_eq!(fetched.body, "\"SecondFactorWanted\"");
    application(&mut member, NOW).await;
    assert_eq!(member.get("/etablissements").await.status, StatusCode::OK);
    let page = member.get("/cabinet").await;
    assert!(page.body.contains("Obligatoire pour tous les utilisateurs"));
    assert!(!page.body.contains("Rendre facultative"));
    let mut late = portal.member("demo").await;
    late.post("/cabinet", &[("second_factor", "non")]).await;
    assert_eq!(late.get("/etablissements").await.location(), "/securite");
}
