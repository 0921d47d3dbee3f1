//! « Cabinet » : the firm's people, by fetch and by plain form.

use super::browser::{Browser, NOW, TestPortal, URL};
use crate::{demo, desk::Desk, hasher::Hasher};
use http::StatusCode;
use portfolio::{
    ids::MemberId,
    origin::Origin,
    permission::Role,
    ports::{Outbox, SessionToken, Visit},
    time::MINUTE,
};
use store::{Store, Try};

const ZOE: &str = "zoe@cabinet.example";

/// What the hash of the demonstration's password opens: one more member of its firm.
async fn colleague(portal: &TestPortal, identifier: &str, role: Role) -> MemberId {
    let store = &portal.trial.store;
    let firm = store.firm_named(demo::FIRM).await.unwrap().unwrap();
    let Try::Go(Some(demo)) = store
        .try_sign_in(demo::IDENTIFIER, Origin::default(), NOW)
        .await
        .unwrap()
    else {
        panic!("the demonstration's member is there");
    };
    let hash = demo.password_hash.unwrap();
    store
        .add_member(firm, identifier, identifier, &hash, role, NOW)
        .await
        .unwrap()
}

/// The link of the next message that waits; the message is taken out.
pub async fn link(store: &Store) -> String {
    // Some are written a few seconds after the answer.
    let soon = NOW.plus(5);
    let desk = Desk::new(store.clone(), Hasher::light(), URL.to_owned());
    desk.answer_reset(soon).await.unwrap();
    let claimed = store.claim(soon).await.unwrap().expect("no message waits");
    store.sent(&claimed, soon).await.unwrap();
    let text = claimed.message.text;
    let from = text.find(URL).unwrap() + URL.len();
    text[from..].lines().next().unwrap().to_owned()
}

/// The value of a hidden field in the form that does `act`.
fn seen(page: &str, act: &str) -> String {
    let form = page
        .split("<form")
        .find(|form| form.contains(&format!("value=\"{act}\"")))
        .unwrap_or_else(|| panic!("no form does {act}: {page}"));
    let seen = form.split("name=\"seen\" value=\"").nth(1).unwrap();
    seen.split('"').next().unwrap().to_owned()
}

/// The address of somebody's page, by the name on « Cabinet ».
async fn page_of(admin: &mut Browser, name: &str) -> String {
    let page = admin.get("/cabinet").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let row = page
        .body
        .split("<tr>")
        .skip(1)
        .find(|row| row.contains(name))
        .unwrap_or_else(|| panic!("{name} is not there: {}", page.body));
    let from = row.find("/cabinet/membres/").unwrap();
    row[from..].split('"').next().unwrap().to_owned()
}

/// Presses the button of somebody's page that does `act`.
async fn press(admin: &mut Browser, name: &str, act: &str) -> super::browser::Answer {
    let page = page_of(admin, name).await;
    let shown = admin.get(&page).await.body;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let seen = seen(&shown, act);
    let fields = [("of", &*id), ("act", act), ("seen", &*seen)];
    admin.post(&page, &fields).await
}

const INVITATION: [(&str, &str); 3] = [
    ("name", "Zoé Œuf"),
    ("email", ZOE),
    ("role", "collaborateur"),
];

/// Fear: a reader or a collaborator sees who is in the firm, or changes it; a stranger is told that the page is there.
#[tokio::test]
async fn administrators_alone() {
    let portal = TestPortal::new().await;
    colleague(&portal, "lectrice", Role::Reader).await;
    colleague(&portal, "collegue", Role::Collaborator).await;
    for identifier in ["lectrice", "collegue"] {
        let mut member = portal.member(identifier).await;
        let list = member.get("/etablissements").await;
        assert!(
            !list.body.contains("href=\"/cabinet\""),
            "not offered either"
        );
        for page in ["/cabinet", "/cabinet/inviter", "/cabinet/journal"] {
            let answer = member.get(page).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{page}");
            assert!(answer.body.contains("Accès réservé"), "{page}");
            assert!(!answer.body.contains("Camille"), "{page}");
        }
        for function in ["cabinet", "inviter", "membre", "seconde-preuve", "journal"] {
            let answer = member.fetch(function, &INVITATION).await;
            let told = (answer.status, &*answer.body);
            assert_eq!(
                told,
                (StatusCode::FORBIDDEN, "\"NotAllowed\""),
                "{function}"
            );
        }
        let posted = member.post("/cabinet/inviter", &INVITATION).await;
        assert_eq!(posted.status, StatusCode::FORBIDDEN);
        let exported = member.post("/cabinet/journal/export", &[]).await;
        assert_eq!(exported.location(), "/cabinet/journal");
    }
    assert!(portal.trial.store.claim(NOW).await.unwrap().is_none());
    let answer = portal.stranger().get("/cabinet").await;
    assert_eq!(answer.location(), "/connexion?suite=%2Fcabinet");
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let list = admin.get("/etablissements").await;
    assert!(list.body.contains("href=\"/cabinet\""));
}

/// Fear: the screen of an administrator who went for coffee is enough to let somebody into the firm.
#[tokio::test]
async fn only_who_has_just_shown_who_they_are() {
    let portal = TestPortal::new().await;
    let store = &portal.trial.store;
    let early = NOW.plus(-20 * MINUTE);
    let tried = store.try_sign_in(demo::IDENTIFIER, Origin::default(), early);
    let Try::Go(Some(known)) = tried.await.unwrap() else {
        panic!("the demonstration's member is there");
    };
    let token = SessionToken::new(store::new_token().unwrap());
    let visit = Visit::default();
    store
        .signed_in(demo::IDENTIFIER, &known, &token, &visit, early)
        .await
        .unwrap();
    // Kept at work ten minutes ago; the write goes on by itself.
    store
        .session(&token, Origin::default(), NOW.plus(-10 * MINUTE))
        .await
        .unwrap()
        .unwrap();
    while store
        .session(&token, Origin::default(), NOW)
        .await
        .unwrap()
        .is_none()
    {
        tokio::task::yield_now().await;
    }
    let mut admin = portal.stranger();
    admin.cookie = Some(format!("session={}", token.expose()));
    assert_eq!(
        admin.get("/cabinet").await.status,
        StatusCode::OK,
        "looking is free"
    );
    let fetched = admin.fetch("inviter", &INVITATION).await;
    assert_eq!(
        (fetched.status, &*fetched.body),
        (StatusCode::FORBIDDEN, "\"Unconfirmed\"")
    );
    let posted = admin.post("/cabinet/inviter", &INVITATION).await;
    assert_eq!(
        posted.location(),
        "/connexion/confirmer?suite=%2Fcabinet%2Finviter"
    );
    let exported = admin
        .post("/cabinet/journal/export?sujet=clients", &[])
        .await;
    assert_eq!(
        exported.location(),
        "/connexion/confirmer?suite=%2Fcabinet%2Fjournal%3Fsujet%3Dclients"
    );
    assert!(store.claim(NOW).await.unwrap().is_none());
}

/// Fear: an invitation does not lead in, leads in twice, or puts what is wrong beside no field.
#[tokio::test]
async fn invited_and_in() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let wrong = [("name", ""), ("email", "zoe"), ("role", "collaborateur")];
    let refused = admin.post("/cabinet/inviter", &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "Saisissez le prénom et le nom.",
        "Saisissez une adresse électronique.",
        "value=\"zoe\"",
        "Erreur\u{a0}: Inviter",
    ] {
        assert!(refused.body.contains(told), "{told}");
    }
    let invited = admin.post("/cabinet/inviter", &INVITATION).await;
    assert_eq!(invited.location(), "/cabinet?fait=inviter");
    let shown = admin.get(invited.location()).await;
    assert!(shown.body.contains("L’invitation est envoyée.") && shown.body.contains("Invité"));
    let again = admin.fetch("inviter", &INVITATION).await;
    assert!(again.body.contains("Taken"), "{}", again.body);

    let link = link(&portal.trial.store).await;
    let mut zoe = portal.stranger();
    for _ in 0..2 {
        let page = zoe.get(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("Zoé Œuf") && page.body.contains(demo::FIRM));
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
    }
    let token = link.rsplit('/').next().unwrap().to_owned();
    let choose =
        |password: &'static str| [("token", token.clone()), ("password", password.to_owned())];
    for (bad, told) in [
        ("court", "12 caractères"),
        ("Zoé-Œuf-2026-zoe", "facile à deviner"),
        ("motdepasse2026", "facile à deviner"),
    ] {
        let fields = choose(bad);
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let refused = zoe.post(&link, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(refused.body.contains(told), "{bad}: {}", refused.body);
        assert!(!refused.body.contains(bad), "a password comes back: {bad}");
    }
    let fields = choose("tuile vent 47 lampe");
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let chosen = zoe.post(&link, &fields).await;
    assert_eq!(chosen.location(), "/connexion?fait=bienvenue");
    assert_eq!(zoe.cookie, None, "she signs in like everybody");
    let page = zoe.get(chosen.location()).await;
    assert!(page.body.contains("Votre mot de passe est enregistré."));
    let pair = [("identifier", ZOE), ("password", "tuile vent 47 lampe")];
    assert_eq!(
        zoe.post("/connexion", &pair).await.location(),
        "/tableau-de-bord"
    );
    let used = portal.stranger().post(&link, &fields).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND);
    assert!(used.body.contains("Ce lien n’est plus valable"));
}

/// Fear: what a button says is not what it does; or what it did is not seen at the person's next request.
#[tokio::test]
async fn every_button() {
    let portal = TestPortal::new().await;
    colleague(&portal, "collegue", Role::Collaborator).await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let mut member = portal.member("collegue").await;
    assert_eq!(member.get("/etablissements").await.status, StatusCode::OK);

    let page = page_of(&mut admin, "collegue").await;
    let shown = admin.get(&page).await.body;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let role = [
        ("of", &*id),
        ("act", "role"),
        ("role", "lecteur"),
        ("seen", &*seen(&shown, "role")),
    ];
    let changed = admin.post(&page, &role).await;
    assert_eq!(changed.location(), "/cabinet?fait=role");
    let add = member.post("/etablissements/ajouter", &[("identifier", "999100233")]);
    assert_eq!(
        add.await.status,
        StatusCode::FORBIDDEN,
        "a reader from now on"
    );

    let stale = admin.post(&page, &role).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("a modifié ce membre entre-temps"));
    assert!(stale.body.contains("Erreur\u{a0}: Membre"));

    let suspended = press(&mut admin, "collegue", "suspendre").await;
    assert_eq!(suspended.location(), "/cabinet?fait=suspendre");
    assert_eq!(
        member.get("/etablissements").await.location(),
        "/connexion?suite=%2Fetablissements&motif=session"
    );
    let pair = [("identifier", "collegue"), ("password", demo::PASSWORD)];
    let shut = portal.stranger().post("/connexion", &pair).await;
    assert!(shut.body.contains("incorrect"), "not told why");
    let restored = press(&mut admin, "collegue", "retablir").await;
    assert_eq!(restored.location(), "/cabinet?fait=retablir");
    assert_eq!(
        member.get("/etablissements").await.status,
        StatusCode::SEE_OTHER
    );
    portal.member("collegue").await;

    let removed = press(&mut admin, "collegue", "retirer").await;
    assert_eq!(removed.location(), "/cabinet?fait=retirer");
    assert_eq!(admin.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(!admin.get("/cabinet").await.body.contains("collegue"));
}

/// Fear: the last administrator shuts everybody out, or is not told why the button does nothing.
#[tokio::test]
async fn the_last_administrator() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let page = page_of(&mut admin, demo::MEMBER).await;
    assert!(
        admin
            .get(&page)
            .await
            .body
            .contains("Seul administrateur actif")
    );
    for act in ["suspendre", "retirer"] {
        let refused = press(&mut admin, demo::MEMBER, act).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("n’aurait plus d’administrateur"),
            "{act}"
        );
    }
    colleague(&portal, "associee", Role::Administrator).await;
    let left = press(&mut admin, demo::MEMBER, "retirer").await;
    assert_eq!(left.location(), "/etablissements");
    assert_eq!(
        admin.get(left.location()).await.status,
        StatusCode::SEE_OTHER,
        "out at once"
    );
}

/// Fear: another firm's person is shown or changed, or can be told from one who does not exist.
#[tokio::test]
async fn another_firms_person_is_nobody() {
    let portal = TestPortal::new().await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let mut other = portal.member("autre").await;
    let theirs = page_of(&mut admin, demo::MEMBER).await;
    let nobodys = "/cabinet/membres/01a20cbe-3610-7d9c-af6a-74462ae16a39";
    for page in [&*theirs, nobodys, "/cabinet/membres/x"] {
        assert_eq!(
            other.get(page).await.status,
            StatusCode::NOT_FOUND,
            "{page}"
        );
        let id = page.rsplit('/').next().unwrap();
        let fields = [
            ("of", id),
            ("act", "retirer"),
            ("seen", "administrateur.actif"),
        ];
        assert_eq!(
            other.post(page, &fields).await.status,
            StatusCode::NOT_FOUND
        );
        let fetched = other.fetch("membre", &fields).await;
        assert_eq!(
            (fetched.status, &*fetched.body),
            (StatusCode::NOT_FOUND, "\"NotFound\"")
        );
    }
    assert!(admin.get("/cabinet").await.body.contains(demo::MEMBER));
}

/// Fear: a second factor is asked for and members go on without, or it cannot be made a choice again.
#[tokio::test]
async fn a_second_factor_for_all() {
    let portal = TestPortal::new().await;
    colleague(&portal, "collegue", Role::Collaborator).await;
    let mut admin = portal.member(demo::IDENTIFIER).await;
    let mut member = portal.member("collegue").await;
    let page = admin.get("/cabinet").await.body;
    assert!(
        page.contains("2 membres actifs n’en ont pas encore")
            && page.contains("Vous en faites partie.")
    );
    let asked = admin.post("/cabinet", &[("second_factor", "oui")]).await;
    assert_eq!(asked.location(), "/cabinet?fait=oui");
    assert_eq!(member.get("/etablissements").await.location(), "/securite");
    let fetched = member.fetch("clients", &[]).await;
    assert_eq!(fetched.body, "\"SecondFactorWanted\"");
    let unsaid = admin.fetch("seconde-preuve", &[]).await;
    assert_eq!(
        unsaid.body, "\"SecondFactorWanted\"",
        "the administrator too"
    );
}
