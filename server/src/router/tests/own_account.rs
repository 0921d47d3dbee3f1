//! Clients' own accounts, from the firm's invitation to the mandate that is taken back.

use super::{
    browser::{Browser, EMPLOYER, NOW, TestPortal},
    firm::link,
};
use crate::demo;
use http::StatusCode;
use portfolio::ports::Outbox as _;

const TONI: &str = "toni@client.example";
const PASSWORD: &str = "tuile vent 47 lampe";

/// Invites the client, and gives the path of the link that was sent.
async fn invite(portal: &TestPortal, member: &mut Browser, id: &str) -> String {
    let page = format!("/etablissements/{id}/compte-en-ligne");
    let fields = [("of", id), ("email", TONI), ("act", "inviter")];
    let done = member.post(&page, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    link(&portal.trial.store).await
}

/// Makes the account by a link, and signs in to it.
async fn arrive(portal: &TestPortal, link: &str) -> Browser {
    let token = link.rsplit('/').next().unwrap();
    let mut browser = portal.stranger();
    let fields = [
        ("token", token),
        ("act", "accepter"),
        ("name", "Toni Titulaire"),
        ("password", PASSWORD),
    ];
    let done = browser.post(link, &fields).await;
    assert_eq!(
        done.location(),
        "/connexion?fait=compte-cree",
        "{}",
        done.body
    );
    let fields = [("identifier", TONI), ("password", PASSWORD)];
    let done = browser.post("/connexion", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    browser
}

/// Fear: an invitation leads nowhere without JavaScript, the client sees what is the firm's own, or an open page of the firm goes on with
/// what was taken back and shows an error page.
#[tokio::test]
async fn from_the_invitation_to_the_end_of_the_mandate() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let id = member.enrol_employer().await;
    let own = [("of", &*id), ("version", "0"), ("reference", "REF-SECRETE")];
    let kept = member
        .post(&format!("/etablissements/{id}/suivi"), &own)
        .await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let link = invite(&portal, &mut member, &id).await;
    let page = portal.stranger().get(&link).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(demo::FIRM) && page.body.contains(TONI));
    let mut client = arrive(&portal, &link).await;
    let home = client.get("/connexion").await;
    assert_eq!(home.location(), "/mon-compte");
    let page = client.get("/mon-compte").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains(demo::FIRM) && page.body.contains("Gère ce compte depuis le"));
    assert!(!page.body.contains("REF-SECRETE") && !page.body.contains(demo::MEMBER));
    let state = member
        .get("/etablissements/invitations?etat=acceptee")
        .await;
    assert!(state.body.contains(TONI) && state.body.contains("Acceptée"));

    let gone = [("of", &*id), ("service", "DPAE")];
    let done = client.post("/mon-compte", &gone).await;
    assert_eq!(
        done.location(),
        "/mon-compte?fait=service-retire",
        "{}",
        done.body
    );
    let services = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "DPAE"),
        ("services[]", "MAIL_DSN"),
    ];
    let open = format!("/etablissements/{id}");
    let stale = member.post(&open, &services).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        stale
            .body
            .contains("Le titulaire du compte a modifié ce client")
    );

    let question = format!("/mon-compte/mandats/{id}/retirer");
    assert!(client.get(&question).await.body.contains(demo::FIRM));
    let done = client.post(&question, &[("of", &*id)]).await;
    assert_eq!(
        done.location(),
        "/mon-compte?fait=mandat-retire",
        "{}",
        done.body
    );
    let over = member.post(&open, &services).await;
    assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = member.get(&open).await;
    assert!(
        told.body
            .contains("Mandat retiré par le titulaire du compte"),
        "{}",
        told.body
    );
    let list = member.get("/etablissements/invitations").await;
    assert!(list.body.contains("a retiré son mandat"));
    let after = client.get("/mon-compte").await;
    assert!(after.body.contains("Personne ne gère ce compte pour vous."));
}

/// Fear: the page of a client leaves out what a firm asked for in its name, or shows who decided, what was written, or a draft.
#[tokio::test]
async fn what_was_done_abroad_is_read() {
    let portal = TestPortal::new().await;
    // The demonstration's firm sends drivers of this one abroad, and has a draft for one of them.
    let mut client = portal
        .client_of("rousseau@client.example", &["RG:999100084"])
        .await;
    let page = client.get("/mon-compte").await;
    assert_eq!(page.status, StatusCode::OK);
    let body = page.body.replace("<!>", "").replace("&#x27;", "'");
    for told in [
        "Travail à l’étranger, Karim Benali (Pays-Bas). Demande envoyée",
        "Travail à l’étranger, Karim Benali (Pays-Bas). Accordée aussitôt",
        "Travail à l’étranger, Inès Carpentier (Portugal). Refusée par l’organisme",
        "Travail à l’étranger, Nadia Roche (Autriche). Demande retirée",
        "Travail à l’étranger, Élodie Marchand (Italie). Complément demandé par l’organisme",
        "L’organisme",
        "Compte en ligne ouvert",
    ] {
        assert!(body.contains(told), "{told}: {body}");
    }
    for kept in [
        demo::MEMBER,
        demo::OFFICER_NAME,
        "Pologne",
        "Le salon est annulé",
        "Depuis quelle date",
        "1850375998001",
        "1 85 03",
    ] {
        assert!(!body.contains(kept), "{kept}");
    }
    // The demonstration's client sees its own.
    let other = portal.client().await.get("/mon-compte").await;
    assert!(!other.body.contains("Benali"));
    let english = client
        .post("/langue", &[("language", "en"), ("back", "/mon-compte")])
        .await;
    assert_eq!(english.status, StatusCode::SEE_OTHER, "{}", english.body);
    let page = client.get("/mon-compte").await;
    assert!(
        page.body
            .contains("Work abroad, Karim Benali (Netherlands). Request sent"),
        "{}",
        page.body
    );
}

/// Fear: a link that is wrong, old or answered tells who was invited.
#[tokio::test]
async fn a_wrong_link_tells_nothing() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let id = member.enrol_employer().await;
    let first = invite(&portal, &mut member, &id).await;
    let mut told = Vec::new();
    let token = first.rsplit('/').next().unwrap();
    let refuse = [("token", token), ("act", "refuser")];
    let done = portal.stranger().post(&first, &refuse).await;
    assert_eq!(done.location(), "/creer-mon-compte?fait=refusee");
    for path in [&*first, "/acces/0123", "/acces/x"] {
        let page = portal.stranger().get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.body.contains("Ce lien n’est plus valable"));
        assert!(!page.body.contains(demo::FIRM) && !page.body.contains(TONI));
        told.push(page.status);
        let token = path.rsplit('/').next().unwrap();
        let fields = [
            ("token", token),
            ("act", "accepter"),
            ("name", "Toni"),
            ("password", PASSWORD),
        ];
        let posted = portal.stranger().fetch("repondre", &fields).await;
        assert_eq!(posted.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(posted.body.contains("LinkOver"), "{}", posted.body);
    }
    let state = member
        .get(&format!("/etablissements/{id}/compte-en-ligne"))
        .await;
    assert!(state.body.contains("Refusée"));
}

/// Fear: a wrong proof, and a right one of an account that is there, are told apart; a secret comes back on the page; or a right proof
/// leads nowhere.
#[tokio::test]
async fn alone_with_a_proof() {
    let portal = TestPortal::new().await;
    let [siren, amount, account] = EMPLOYER;
    let fields = |siren, amount, account| {
        [
            ("identifier", siren),
            ("status", "employeur"),
            ("amount", amount),
            ("employer_account", account),
            ("email", TONI),
        ]
    };
    let apply = async |fields: [(&'static str, &'static str); 5]| {
        portal.stranger().post("/creer-mon-compte", &fields).await
    };
    let wrong = apply(fields(siren, "4813", account)).await;
    // The demonstration's client has this one already.
    let taken = apply(fields("999100019", "2846", "999000000001000187")).await;
    for refused in [&wrong, &taken] {
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused
                .body
                .contains("ne permettent pas de créer un compte")
        );
        assert!(refused.body.contains(TONI) && !refused.body.contains("0000000"));
    }
    assert!(portal.trial.store.claim(NOW).await.unwrap().is_none());
    let sent = apply(fields(siren, amount, account)).await;
    assert_eq!(
        sent.location(),
        "/creer-mon-compte?fait=envoi",
        "{}",
        sent.body
    );
    let link = link(&portal.trial.store).await;
    let mut client = arrive(&portal, &link).await;
    let page = client.get("/mon-compte").await;
    assert!(page.body.contains("Personne ne gère ce compte pour vous."));
    let home = portal.stranger().get("/").await;
    assert!(home.body.contains("href=\"/creer-mon-compte\""));
}

/// Fear: an e-mail address is changed by a page that was left open, or without its owner.
#[tokio::test]
async fn another_address() {
    let portal = TestPortal::new().await;
    let mut client = portal.client().await;
    let asked = client.post("/mon-compte/adresse", &[("email", TONI)]).await;
    assert_eq!(
        asked.location(),
        "/mon-compte/adresse?fait=adresse-demandee"
    );
    let page = client.get("/mon-compte/adresse").await;
    assert!(page.body.contains("En attente de confirmation") && page.body.contains(TONI));
    let link = link(&portal.trial.store).await;
    assert!(link.starts_with("/adresse/"));
    // Opening it changes nothing.
    assert!(portal.stranger().get(&link).await.body.contains(TONI));
    let token = link.rsplit('/').next().unwrap();
    let done = portal.stranger().post(&link, &[("token", token)]).await;
    assert_eq!(done.location(), "/connexion?fait=adresse", "{}", done.body);
    let page = client.get("/mon-compte").await;
    assert!(page.body.contains(TONI) && !page.body.contains("En attente de confirmation"));
    assert_eq!(
        portal.stranger().get(&link).await.status,
        StatusCode::NOT_FOUND
    );
    let empty = client.post("/mon-compte/adresse", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Fear: whoever has an account and is invited for another of their own has to make a second one, with another address.
#[tokio::test]
async fn one_more_for_who_has_an_account() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let id = member.enrol_employer().await;
    let link = invite(&portal, &mut member, &id).await;
    let mut client = portal
        .client_of("double@client.example", &["TI:999100068"])
        .await;
    let page = client.get(&link).await;
    assert!(page.body.contains("Le rattacher à mon compte"));
    let token = link.rsplit('/').next().unwrap();
    let attach = [("token", token), ("act", "rattacher")];
    let done = client.post(&link, &attach).await;
    assert_eq!(
        done.location(),
        "/mon-compte?fait=rattachement",
        "{}",
        done.body
    );
    let page = client.get("/mon-compte").await;
    assert!(page.body.contains(demo::FIRM));
}

/// Fear: of a selection somebody is invited twice, without an address, or by a reader; or nobody is told who was left out.
#[tokio::test]
async fn a_selection_is_invited() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    let nobody = member
        .post("/etablissements/invitations", &[("act", "inviter")])
        .await;
    assert_eq!(nobody.status, StatusCode::OK);
    assert!(nobody.body.contains("Aucun client n’est sélectionné"));
    let id = member.enrol_employer().await;
    let ids = super::bulk::ids(&mut member).await;
    let ticks: Vec<&str> = ids.iter().map(|id| &**id).collect();
    super::bulk::press(&mut member, "cocher", &ticks).await;
    let invited = member
        .post("/etablissements/invitations", &[("act", "inviter")])
        .await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);
    assert!(invited.body.contains("envoyée"), "{}", invited.body);
    let page = member
        .get(&format!("/etablissements/{id}/compte-en-ligne"))
        .await;
    assert!(page.body.contains("En attente"), "{}", page.body);
    let again = member
        .post("/etablissements/invitations", &[("act", "inviter")])
        .await;
    assert!(again.body.contains("déjà invité"), "{}", again.body);
    let wrong = member.post("/etablissements/invitations", &[]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut reader = portal.member("lecture").await;
    let refused = reader
        .post("/etablissements/invitations", &[("act", "inviter")])
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        !reader
            .get("/etablissements/invitations")
            .await
            .body
            .contains("Inviter les clients sélectionnés")
    );
}
