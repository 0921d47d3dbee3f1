//! « Échéances »: pages, the feed by its secret address, and messages that are stopped.

use super::browser::{Answer, Browser, LATER, NOW, TestPortal, URL};
use http::{Request, StatusCode, header};
use portfolio::{
    letter::Notice,
    ports::{Claimed, LeaveMeant, Outbox as _},
    time::DAY,
};

/// Makes the address of one's feed, as a form without JavaScript.
async fn make(member: &mut Browser, whose: &str) -> (Answer, String) {
    let fields = [("act", "creer"), ("whose", whose)];
    let answer = member.post("/echeances/agenda", &fields).await;
    let shown = answer.body.split("value=\"").find_map(|part| {
        let value = part.split('"').next()?;
        value
            .starts_with(&format!("{URL}/calendrier/"))
            .then_some(value)
    });
    let path = shown.unwrap_or_default().trim_start_matches(URL).to_owned();
    (answer, path)
}

/// Fear: the calendar of a firm is empty, shows nothing without JavaScript, or breaks on an address typed by hand.
#[tokio::test]
async fn pages() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let weeks = member.get("/echeances").await;
    assert_eq!(weeks.status, StatusCode::OK);
    for words in [
        "Semaine du ",
        "DSN et paiement",
        "echeance=dsn-15",
        "D’où viennent ces dates",
    ] {
        assert!(weeks.body.contains(words), "{words}");
    }
    let mine = member.get("/echeances?charge=moi").await;
    assert!(mine.body.contains("Rien à déclarer pendant ces semaines"));
    let clients = member.get("/echeances?vue=clients").await;
    assert!(clients.body.contains("Prochaines échéances"));
    let unread = member.get("/echeances?du=demain").await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);
    let page = format!("/etablissements/{id}/echeances");
    let fields = [("of", &*id), ("rhythm", "dsn-5")];
    let kept = member.post(&page, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    assert!(
        member
            .get(&page)
            .await
            .body
            .contains("5\u{a0}décembre\u{a0}2026")
    );
    let fields = [("of", &*id), ("rhythm", "trimestriel")];
    let refused = member.post(&page, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut other = portal.member("autre").await;
    assert_eq!(other.get(&page).await.status, StatusCode::NOT_FOUND);
}

/// Fear: a feed opens to somebody without its secret, tells more than it may, goes on once revoked, or is made by a screen left open.
#[tokio::test]
async fn the_feed() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    member.enrol_employer().await;
    let (answer, path) = make(&mut member, "").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(path.len(), "/calendrier/".len() + 64);
    let mut diary = portal.stranger();
    let feed = diary.get(&path).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert_eq!(
        feed.headers[header::CONTENT_TYPE],
        "text/calendar; charset=utf-8"
    );
    assert_eq!(feed.headers["referrer-policy"], "no-referrer");
    assert_eq!(feed.headers[header::CACHE_CONTROL], "no-store");
    let unfolded = feed.body.replace("\r\n ", "");
    assert!(unfolded.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(
        unfolded.contains("UID:2026-12-15-dsn-15@portail.test\r\n"),
        "{unfolded}"
    );
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20261215\r\n"));
    assert!(feed.body.split("\r\n").all(|line| line.len() <= 75));
    for secret in ["4812", "999000000023000183"] {
        assert!(!unfolded.contains(secret), "{secret}");
    }
    assert!(
        !member.get("/echeances/agenda").await.body.contains(&path),
        "shown once"
    );
    let wrong = format!("/calendrier/{}", "0".repeat(64));
    assert_eq!(diary.get(&wrong).await.status, StatusCode::NOT_FOUND);
    let revoked = member
        .post("/echeances/agenda", &[("act", "revoquer")])
        .await;
    assert_eq!(revoked.status, StatusCode::OK);
    assert_eq!(diary.get(&path).await.status, StatusCode::NOT_FOUND);
    let mut working = portal.member("demo").await;
    portal.later(&mut working).await;
    let (answer, _) = make(&mut working, "moi").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(
        answer.location().starts_with("/connexion/confirmer"),
        "{LATER:?}"
    );
}

/// Fear: whoever was handed the address of a feed comes further than the feed, by a cookie, by a form, or by the page that made it.
#[tokio::test]
async fn a_diary_opens_nothing_else() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let (_, path) = make(&mut member, "").await;
    let mut diary = portal.stranger();
    let feed = diary.get(&path).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert!(!feed.headers.contains_key(header::SET_COOKIE));
    for page in ["/echeances", "/etablissements", "/echeances/agenda"] {
        let refused = diary.get(page).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER, "{page}");
        assert!(refused.location().starts_with("/connexion"), "{page}");
    }
    let posted = diary.post(&path, &[("act", "revoquer")]).await;
    assert!(posted.status.is_client_error(), "{}", posted.status);
    let below = diary.get(&format!("{path}/etablissements")).await;
    assert_eq!(below.status, StatusCode::NOT_FOUND);
    assert_eq!(diary.get(&path).await.status, StatusCode::OK);
}

/// The message that reminds the demonstration's administrator, who was given an address.
async fn reminder(portal: &TestPortal, member: &mut Browser) -> Claimed {
    let id = member.enrol_employer().await;
    let ticks = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "MAIL_ECHEANCE"),
    ];
    let changed = member.post(&format!("/etablissements/{id}"), &ticks).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    let db = sea_orm::Database::connect(&portal.trial.url).await.unwrap();
    sea_orm::ConnectionTrait::execute_unprepared(
        &db,
        "UPDATE member SET email = 'demo@cabinet.example' WHERE identifier = 'demo'",
    )
    .await
    .unwrap();
    let near = NOW.plus(17 * DAY);
    let store = portal.trial.store.clone().reached_at(URL);
    while store.remind(near).await.unwrap() {}
    store.claim(near).await.unwrap().unwrap()
}

/// Fear: a message can be stopped by signing in alone, by a program that opens its link, or not by the one click of a mail program.
#[tokio::test]
async fn stopped_from_the_message() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let claimed = reminder(&portal, &mut member).await;
    let path = claimed.message.leave.unwrap();
    let path = path.trim_start_matches(URL);
    let mut stranger = portal.stranger();
    let page = stranger.get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("Rappels d’échéances") && page.body.contains("Ne plus les recevoir")
    );
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let again = stranger.get(path).await;
    assert!(
        again.body.contains("Ne plus les recevoir"),
        "opening it stops nothing"
    );
    let one_click = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click".into())
        .unwrap();
    let done = stranger.send(one_click).await;
    assert_eq!(done.status, StatusCode::OK, "and no redirect");
    assert!(stranger.get(path).await.body.contains("C’est arrêté"));
    let own = member.get("/courriels").await;
    assert!(own.body.contains("■ Arrêtés") && own.body.contains("demo@cabinet.example"));
    let fields = [("act", "reprendre"), ("kind", Notice::DueDates.code())];
    let taken_up = member.post("/courriels", &fields).await;
    assert_eq!(taken_up.status, StatusCode::SEE_OTHER);
    assert!(!member.get("/courriels").await.body.contains("■ Arrêtés"));
    // The page's own button, without JavaScript.
    let pressed = stranger.post(path, &[]).await;
    assert_eq!(
        (pressed.status, pressed.location()),
        (StatusCode::SEE_OTHER, path)
    );
    let none = stranger.post("/desabonnement/echeances.0", &[]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let meant = stranger.fetch("desabonnement", &[("token", "x")]).await;
    assert_eq!(
        meant.body,
        serde_json::to_string(&LeaveMeant::Unknown).unwrap()
    );
}

/// Fear: the page of the demonstration that shows links that open is there outside of it.
#[tokio::test]
async fn messages_are_shown_in_the_demonstration_alone() {
    let portal = TestPortal::new().await;
    let hidden = portal.stranger().get(crate::letters::PAGE).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let folder = std::env::temp_dir().join(format!("courriels-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).unwrap();
    let eml = "To: zoe@cabinet.fr\r\nSubject: Bonjour\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n--a\r\n\
        Content-Type: text/plain\r\n\r\nhttp://portail.test/invitation/01\r\n--a--\r\n";
    std::fs::write(folder.join("1.eml"), eml).unwrap();
    let around = crate::router::Around {
        shown_mail: Some(folder.clone()),
        ..crate::router::Around::default()
    };
    let portal = portal.with(std::path::Path::new("no-such-folder"), around, |_| ());
    let shown = portal.stranger().get(crate::letters::PAGE).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.body.contains("href=\"/invitation/01\""),
        "{}",
        shown.body
    );
    std::fs::remove_dir_all(folder).unwrap();
}
