//! Who may do what: every server function, page and form that the program lists, for everybody who may come.
//!
//! What is not in these tables fails the walk: whoever adds a door says who may open it.

use super::browser::{Browser, NOW, TestPortal};
use crate::demo;
use app::{App, plain::DOORS};
use http::{Method, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use portfolio::{
    permission::FRESH,
    ports::{SESSION_IDLE, SESSION_LIFE},
    time::{MINUTE, Timestamp},
};

use sea_orm::{ConnectionTrait, Database};

/// Whom a door opens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
    /// Everybody.
    Strangers,
    /// Every member of a firm.
    Members,
    /// Those, when they have shown a short while ago who they are.
    FreshMembers,
    /// Every member, whatever keeps them from the firm's data: what they do to their own access.
    Selves,
    /// Those, when they have shown a short while ago who they are.
    FreshSelves,
    /// Those who may change the portfolio.
    Editors,
    /// Those, when they have shown a short while ago who they are.
    FreshEditors,
    /// Those who manage the firm.
    Administrators,
    /// Those, when they have shown a short while ago who they are.
    FreshAdministrators,
    /// Those who decide requests for the body.
    Officers,
    /// Clients, who see their own accounts.
    Clients,
    /// Those, when they have shown a short while ago who they are.
    FreshClients,
    /// Everybody who may be a side of a conversation.
    Sides,
    /// Those of them who may write.
    Writers,
    /// Those, when they have shown a short while ago who they are.
    FreshOfficers,
}
use Whom::{
    Administrators, Clients, Editors, FreshAdministrators, FreshClients, FreshEditors,
    FreshMembers, FreshOfficers, FreshSelves, Members, Officers, Selves, Sides, Strangers, Writers,
};

/// Ends a session.
const SIGN_OUT: &str = "/api/deconnexion";

/// Every server function.
const FUNCTIONS: [(&str, Whom); 126] = [
    ("/api/langue", Strangers),
    ("/api/mon-compte/attestations", Clients),
    ("/api/mon-compte/attestation", Clients),
    ("/api/messagerie", Sides),
    ("/api/messagerie/conversation", Sides),
    ("/api/messagerie/suite", Sides),
    ("/api/messagerie/attente", Selves),
    ("/api/messagerie/nouvelle", Sides),
    ("/api/messagerie/brouillon", Writers),
    ("/api/mon-compte", Clients),
    ("/api/mon-compte/retirer", FreshClients),
    ("/api/mon-compte/adresse", FreshClients),
    ("/api/acces", Strangers),
    // To let an account see one more asks for a client: `own_account` sees to it.
    ("/api/repondre", Strangers),
    ("/api/creer-mon-compte", Strangers),
    ("/api/adresse", Strangers),
    ("/api/confirmer-adresse", Strangers),
    ("/api/compte-en-ligne", Members),
    ("/api/compte-en-ligne/agir", Editors),
    ("/api/invitations", Members),
    ("/api/invitations/selection", Editors),
    ("/api/attestations", Members),
    ("/api/attestation", Members),
    ("/api/agent/numero", FreshOfficers),
    ("/api/mobilite/fichier", Editors),
    ("/api/mobilite/fichier/client", Editors),
    ("/api/mobilite/fichier/agir", Editors),
    ("/api/echeances", Members),
    ("/api/echeances/clients", Members),
    ("/api/echeances/client", Members),
    ("/api/echeances/choisir", Editors),
    ("/api/echeances/agenda", Members),
    // A new address asks besides for a fresh confirmation: `calendar` sees to it.
    ("/api/echeances/agenda/agir", Members),
    ("/api/courriels", Selves),
    ("/api/courriels/choisir", Selves),
    ("/api/desabonnement", Strangers),
    ("/api/mobilite", Members),
    ("/api/mobilite/client", Members),
    ("/api/mobilite/personne", Members),
    ("/api/mobilite/demande", Members),
    ("/api/mobilite/commencer", Editors),
    ("/api/mobilite/agir", Editors),
    ("/api/mobilite/numero", FreshEditors),
    ("/api/mobilite/envoyer", Editors),
    ("/api/mobilite/etape/personne", Editors),
    ("/api/mobilite/etape/entreprise", Editors),
    ("/api/mobilite/etape/mission", Editors),
    ("/api/mobilite/etape/conditions", Editors),
    ("/api/mobilite/etape/activites", Editors),
    ("/api/mobilite/etape/accord", Editors),
    ("/api/mobilite/etape/ayant-droit", Editors),
    ("/api/mobilite/etape/contact", Editors),
    ("/api/agent", Officers),
    ("/api/agent/demande", Officers),
    ("/api/agent/decider", Officers),
    ("/api/verification", Strangers),
    ("/api/fichiers", Editors),
    ("/api/fichier", Editors),
    ("/api/fichier/agir", Editors),
    ("/api/code", Strangers),
    ("/api/code/demande", Strangers),
    ("/api/code/cle", Strangers),
    ("/api/code/cle/demande", Strangers),
    ("/api/connexion/cle", Strangers),
    ("/api/connexion/cle/demande", Strangers),
    ("/api/confirmer/cle", Selves),
    ("/api/confirmer/cle/demande", Selves),
    ("/api/securite/cles", FreshSelves),
    ("/api/securite/cles/ajouter", FreshSelves),
    ("/api/securite/cles/demande", FreshSelves),
    ("/api/securite/cles/retirer", FreshSelves),
    ("/api/confirmer", Selves),
    ("/api/confirmer/demande", Selves),
    ("/api/rester", Selves),
    ("/api/securite", Selves),
    ("/api/securite/mot-de-passe", Selves),
    ("/api/securite/sessions", FreshSelves),
    ("/api/securite/application", FreshSelves),
    ("/api/securite/application/ajouter", FreshSelves),
    ("/api/securite/application/retirer", FreshSelves),
    ("/api/securite/codes", FreshSelves),
    ("/api/securite/codes/renouveler", FreshSelves),
    ("/api/lien", Strangers),
    ("/api/mot-de-passe", Strangers),
    ("/api/mot-de-passe-oublie", Strangers),
    ("/api/cabinet", Administrators),
    ("/api/journal", Administrators),
    ("/api/inviter", FreshAdministrators),
    ("/api/membre", FreshAdministrators),
    ("/api/seconde-preuve", FreshAdministrators),
    ("/api/connexion", Strangers),
    ("/api/deconnexion", Strangers),
    ("/api/moi", Strangers),
    ("/api/tableau-de-bord", Members),
    ("/api/tableau-de-bord/lots", Members),
    ("/api/revue", Members),
    ("/api/revue/confirmer", Editors),
    ("/api/clients", Members),
    ("/api/client", Members),
    ("/api/clients/nombre", Members),
    ("/api/clients/filtres", Members),
    ("/api/clients/aller", Members),
    ("/api/favori", Members),
    ("/api/vues", Members),
    ("/api/vue", Members),
    ("/api/suivi/choix", Members),
    ("/api/suivi", Editors),
    ("/api/etiquette", Editors),
    ("/api/brouillon", Members),
    ("/api/inscrire", Editors),
    ("/api/mandat", Editors),
    ("/api/enregistrer", Editors),
    ("/api/modifier", Editors),
    ("/api/resilier", FreshEditors),
    ("/api/selection", Members),
    ("/api/selection/cocher", Members),
    ("/api/selection/choisir", Members),
    ("/api/selection/offre", Members),
    ("/api/export/compte", Members),
    ("/api/lots", Members),
    ("/api/lot", Members),
    ("/api/lot/avancement", Members),
    ("/api/lot/preparer", Editors),
    // A change that ends enrolments asks besides for a fresh confirmation: `bulk` sees to it.
    ("/api/lot/agir", Editors),
    ("/api/modeles", Members),
    ("/api/modele", Editors),
];

/// Every page. Who may see it; what it does is its server functions' business.
const PAGES: [(&str, Whom); 84] = [
    ("/mon-compte/attestations", Clients),
    ("/messagerie", Members),
    ("/messagerie/nouveau", Members),
    ("/messagerie/{id}", Members),
    ("/agent/messagerie", Officers),
    ("/agent/messagerie/{id}", Officers),
    ("/mon-compte", Clients),
    ("/mon-compte/adresse", Clients),
    ("/mon-compte/mandats/{id}/retirer", Clients),
    ("/creer-mon-compte", Strangers),
    ("/acces/{token}", Strangers),
    ("/adresse/{token}", Strangers),
    ("/etablissements/invitations", Members),
    ("/etablissements/{id}/compte-en-ligne", Members),
    ("/etablissements/{id}/attestation", Members),
    ("/mon-compte/messagerie", Clients),
    ("/mon-compte/messagerie/nouveau", Clients),
    ("/mon-compte/messagerie/{id}", Clients),
    ("/agent/demandes/{id}/numero", Officers),
    ("/mobilite/importer", Members),
    ("/mobilite/importer/controle", Members),
    ("/echeances", Members),
    ("/echeances/agenda", Members),
    ("/etablissements/{id}/echeances", Members),
    ("/courriels", Selves),
    ("/desabonnement/{token}", Strangers),
    ("/mobilite", Members),
    ("/mobilite/personnes/{id}", Members),
    ("/mobilite/demandes/{id}", Members),
    ("/mobilite/demandes/{id}/personne", Members),
    ("/mobilite/demandes/{id}/entreprise", Members),
    ("/mobilite/demandes/{id}/mission", Members),
    ("/mobilite/demandes/{id}/conditions", Members),
    ("/mobilite/demandes/{id}/activites", Members),
    ("/mobilite/demandes/{id}/accord", Members),
    ("/mobilite/demandes/{id}/ayants-droit", Members),
    ("/mobilite/demandes/{id}/contact", Members),
    ("/mobilite/demandes/{id}/envoi", Members),
    ("/etablissements/{id}/mobilite", Members),
    ("/etablissements/{id}/mobilite/nouvelle", Members),
    ("/agent", Officers),
    ("/agent/demandes/{id}", Officers),
    ("/verification", Strangers),
    ("/etablissements/importer", Members),
    ("/etablissements/importer/{id}", Members),
    ("/connexion/code", Strangers),
    ("/connexion/confirmer", Selves),
    ("/securite", Selves),
    ("/securite/mot-de-passe", Selves),
    ("/securite/application", Selves),
    ("/securite/application/retirer", Selves),
    ("/securite/cle", Selves),
    ("/securite/cle/{id}", Selves),
    ("/securite/codes", Selves),
    ("/mot-de-passe-oublie", Strangers),
    ("/invitation/{token}", Strangers),
    ("/mot-de-passe/{token}", Strangers),
    ("/cabinet", Administrators),
    ("/cabinet/inviter", Administrators),
    ("/cabinet/membres/{id}", Administrators),
    ("/cabinet/journal", Administrators),
    ("/", Strangers),
    ("/connexion", Strangers),
    ("/aide", Strangers),
    ("/tableau-de-bord", Members),
    ("/revue", Members),
    ("/etablissements", Members),
    ("/etablissements/filtres", Members),
    ("/etablissements/vues", Members),
    ("/etablissements/{id}/suivi", Members),
    ("/cabinet/etiquettes", Members),
    ("/etablissements/ajouter", Members),
    ("/etablissements/ajouter/{draft}/mandat", Members),
    ("/etablissements/ajouter/{draft}/services", Members),
    ("/etablissements/{id}", Members),
    ("/etablissements/{id}/resilier", Members),
    ("/etablissements/selection", Members),
    ("/etablissements/selection/modifier", Members),
    ("/etablissements/lots", Members),
    ("/etablissements/lots/{id}", Members),
    ("/etablissements/exporter", Members),
    ("/cabinet/modeles", Members),
    ("/cabinet/modeles/nouveau", Members),
    ("/cabinet/modeles/{id}", Members),
];

/// Everybody who may come, and how far each gets.
async fn everybody(portal: &TestPortal) -> Vec<(&'static str, Browser, fn(Whom) -> StatusCode)> {
    const OPEN: StatusCode = StatusCode::OK;
    const STRANGER: StatusCode = StatusCode::UNAUTHORIZED;
    const NOT_ALLOWED: StatusCode = StatusCode::FORBIDDEN;
    let stranger: fn(Whom) -> StatusCode = |whom| match whom {
        Strangers => OPEN,
        _ => STRANGER,
    };
    let administrator: fn(Whom) -> StatusCode = |whom| match whom {
        Officers | FreshOfficers | Clients | FreshClients => NOT_ALLOWED,
        _ => OPEN,
    };
    let editor: fn(Whom) -> StatusCode = |whom| match whom {
        Administrators | FreshAdministrators | Officers | FreshOfficers | Clients
        | FreshClients => NOT_ALLOWED,
        _ => OPEN,
    };
    let reader: fn(Whom) -> StatusCode = |whom| match whom {
        Strangers | Members | FreshMembers | Selves | FreshSelves | Sides => OPEN,
        _ => NOT_ALLOWED,
    };
    let officer: fn(Whom) -> StatusCode = |whom| match whom {
        Strangers | Selves | FreshSelves | Officers | FreshOfficers | Sides | Writers => OPEN,
        _ => NOT_ALLOWED,
    };
    let client: fn(Whom) -> StatusCode = |whom| match whom {
        Strangers | Selves | FreshSelves | Clients | FreshClients | Sides | Writers => OPEN,
        _ => NOT_ALLOWED,
    };
    let stale: fn(Whom) -> StatusCode = |whom| match whom {
        FreshEditors | FreshAdministrators | FreshMembers | FreshSelves | Officers
        | FreshOfficers | Clients | FreshClients => NOT_ALLOWED,
        _ => OPEN,
    };
    let stale_client: fn(Whom) -> StatusCode = |whom| match whom {
        Strangers | Selves | Clients | Sides | Writers => OPEN,
        _ => NOT_ALLOWED,
    };
    // At work for a while: the last request was short ago, the sign-in was not.
    let working = portal.member("demo").await;
    let moments: [fn() -> Timestamp; 2] = [|| NOW.plus(10 * MINUTE), || NOW.plus(20 * MINUTE)];
    for now in moments {
        let mut working = portal.at(&working, now);
        assert_eq!(working.get("/etablissements").await.status, OPEN);
    }
    let own = portal.client().await;
    for now in moments {
        let mut own = portal.at(&own, now);
        assert_eq!(own.get("/mon-compte").await.status, OPEN);
    }
    let away = portal.member("demo").await;
    let old = portal.member("demo").await;
    // Their sessions were in force a moment ago.
    let (suspended, removed) = (
        portal.member("parti").await,
        portal.member("ailleurs").await,
    );
    let db = Database::connect(&portal.trial.url).await.unwrap();
    for sql in [
        "UPDATE member SET suspended_at = 1 WHERE identifier = 'parti'",
        "UPDATE member SET removed_at = 1 WHERE identifier = 'ailleurs'",
    ] {
        db.execute_unprepared(sql).await.unwrap();
    }
    vec![
        ("suspended", suspended, stranger),
        ("removed", removed, stranger),
        ("stranger", portal.stranger(), stranger),
        ("administrator", portal.member("demo").await, administrator),
        ("collaborator", portal.member("collab").await, editor),
        ("reader", portal.member("lecture").await, reader),
        ("officer", portal.member(demo::OFFICER).await, officer),
        ("client", portal.client().await, client),
        (
            "client at work",
            portal.at(&own, || NOW.plus(FRESH + 6 * MINUTE)),
            stale_client,
        ),
        (
            "at work",
            portal.at(&working, || NOW.plus(FRESH + 6 * MINUTE)),
            stale,
        ),
        (
            "away",
            portal.at(&away, || NOW.plus(SESSION_IDLE)),
            stranger,
        ),
        (
            "since yesterday",
            portal.at(&old, || NOW.plus(SESSION_LIFE)),
            stranger,
        ),
    ]
}

/// The refusal that goes with a status, as a server function tells it: a word, and nothing of what was asked for.
fn told(status: StatusCode, whom: Whom, name: &str) -> &'static str {
    match (status, whom, name) {
        (StatusCode::UNAUTHORIZED, ..) => "\"SignedOut\"",
        (_, FreshEditors | FreshAdministrators | FreshSelves, "at work")
        | (_, FreshClients | FreshSelves, "client at work") => "\"Unconfirmed\"",
        _ => "\"NotAllowed\"",
    }
}

/// Fear: a server function that somebody adds is open to those whom nobody thought of. They are public addresses, whether a page uses
/// them or not.
#[tokio::test]
async fn every_server_function() {
    let portal = TestPortal::with_colleagues().await;
    let everybody = everybody(&portal).await;
    let mut walked = 0;
    for (path, method) in server_fn_paths() {
        assert_eq!(
            method,
            Method::POST,
            "{path}: nothing is done, and nothing told, on a GET"
        );
        let listed = FUNCTIONS.iter().find(|(listed, _)| *listed == path);
        let (_, whom) =
            listed.unwrap_or_else(|| panic!("{path}: say in FUNCTIONS who may call it"));
        let function = path.trim_start_matches("/api/");
        for (name, visitor, status) in &everybody {
            // It would end the very sessions that go on walking; `doors` sees to it.
            if path == SIGN_OUT && *name != "stranger" {
                continue;
            }
            let mut visitor = visitor.clone();
            let answer = visitor.fetch(function, &[]).await;
            let expected = status(*whom);
            if expected == StatusCode::OK {
                let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                assert!(
                    !refused.contains(&answer.status),
                    "{path} for {name}: {}",
                    answer.body
                );
            } else {
                assert_eq!(
                    answer.status, expected,
                    "{path} for {name}: {}",
                    answer.body
                );
                assert_eq!(
                    answer.body,
                    told(expected, *whom, name),
                    "{path} for {name}"
                );
            }
        }
        walked += 1;
    }
    assert_eq!(
        walked,
        FUNCTIONS.len(),
        "FUNCTIONS names what is no longer there"
    );
}

/// Where signing in leads.
fn home(name: &str) -> &'static str {
    if name == "officer" {
        "/agent"
    } else if name.starts_with("client") {
        "/mon-compte"
    } else {
        "/tableau-de-bord"
    }
}

/// An address of a page, its parts filled in with an id that nobody has.
fn address(path: &str) -> String {
    path.split('/')
        .map(|part| {
            if part.starts_with(['{', ':']) {
                "01a20cbe-3610-7d9c-af6a-74462ae16a39"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Fear: a page that somebody adds is seen by strangers, or the way back to it is lost.
#[tokio::test]
async fn every_page() {
    let portal = TestPortal::with_colleagues().await;
    let everybody = everybody(&portal).await;
    let mut walked = 0;
    for page in generate_route_list(App) {
        let listed = PAGES.iter().find(|(listed, _)| *listed == page.path());
        let (_, whom) =
            listed.unwrap_or_else(|| panic!("{}: say in PAGES who may see it", page.path()));
        let address = address(page.path());
        for (name, visitor, status) in &everybody {
            let answer = visitor.clone().get(&address).await;
            // Who is in already is led on from the sign-in page.
            let own = home(name);
            if address == "/connexion" && status(Selves) != StatusCode::UNAUTHORIZED {
                assert_eq!(answer.location(), own, "{name}");
                continue;
            }
            // No side has anything to see on another's pages.
            let signed_in = status(Selves) == StatusCode::OK;
            let other_side = match *whom {
                Strangers | Selves | FreshSelves => false,
                Officers => own != "/agent",
                Clients | FreshClients => own != "/mon-compte",
                _ => own != "/tableau-de-bord",
            };
            let other_side = other_side && signed_in;
            if other_side {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address} for {name}");
                assert_eq!(answer.location(), own, "{address} for {name}");
                assert_eq!(answer.body, "", "{address} for {name}");
                continue;
            }
            let sent_away = answer.status == StatusCode::SEE_OTHER;
            let stranger = status(*whom) == StatusCode::UNAUTHORIZED;
            assert_eq!(
                sent_away, stranger,
                "{address} for {name}: {}",
                answer.status
            );
            if stranger {
                assert!(
                    answer.location().starts_with("/connexion?suite="),
                    "{address}"
                );
                assert_eq!(answer.body, "", "{address}");
            }
        }
        walked += 1;
    }
    assert_eq!(walked, PAGES.len(), "PAGES names what is no longer there");
}

/// Every address that is neither: it hands a file out, or takes one in.
const FILES: [(&str, &str, Whom); 26] = [
    (
        "GET",
        "/mon-compte/attestations/{paper}/attestation-de-vigilance.pdf",
        Clients,
    ),
    (
        "GET",
        "/etablissements/{id}/attestation/{paper}/attestation-de-vigilance.pdf",
        Members,
    ),
    (
        "POST",
        "/etablissements/selection/attestations",
        FreshMembers,
    ),
    ("POST", "/mon-compte/messagerie/nouveau", Clients),
    ("POST", "/mon-compte/messagerie/{id}", Clients),
    ("GET", "/mon-compte/messagerie/pieces/{id}", Clients),
    ("POST", "/messagerie/nouveau", Editors),
    ("POST", "/messagerie/{id}", Editors),
    ("GET", "/messagerie/pieces/{id}", Members),
    ("POST", "/agent/messagerie/{id}", Officers),
    ("GET", "/agent/messagerie/pieces/{id}", Officers),
    ("POST", "/mobilite/importer", Editors),
    ("GET", "/mobilite/importer/modele.xlsx", Editors),
    ("GET", "/mobilite/importer/modele.csv", Editors),
    // Whoever has the secret of the address: `calendar` sees to it.
    ("GET", "/calendrier/{secret}", Strangers),
    ("POST", "/desabonnement/{token}", Strangers),
    ("POST", "/cabinet/journal/export", FreshAdministrators),
    ("POST", "/etablissements/importer", Editors),
    ("GET", "/etablissements/importer/modele.xlsx", Editors),
    ("GET", "/etablissements/importer/modele.csv", Editors),
    ("GET", "/etablissements/importer/{id}/progression", Editors),
    (
        "POST",
        "/etablissements/importer/{id}/refusees",
        FreshEditors,
    ),
    ("GET", "/mobilite/demandes/{id}/certificat.pdf", Members),
    ("POST", "/etablissements/exporter/fichier", FreshMembers),
    (
        "POST",
        "/etablissements/lots/{id}/ecartes.csv",
        FreshMembers,
    ),
    ("POST", "/mobilite/export", FreshMembers),
];

/// Fear: a file that somebody adds is fetched, or sent, by those whom nobody thought of.
#[tokio::test]
async fn every_file() {
    let portal = TestPortal::with_colleagues().await;
    let everybody = everybody(&portal).await;
    let files = crate::router::files::<()>(portal.portal());
    let mut walked = 0;
    for (method, path) in files.listed() {
        let listed = FILES
            .iter()
            .find(|(by, listed, _)| (*by, *listed) == (method.as_str(), *path));
        let (.., whom) = listed.unwrap_or_else(|| panic!("{path}: say in FILES who may have it"));
        let address = address(path);
        for (name, visitor, status) in &everybody {
            let mut visitor = visitor.clone();
            let answer = match *method {
                Method::GET => visitor.get(&address).await,
                _ => visitor.post(&address, &[]).await,
            };
            let shown = format!(
                "{method} {path} for {name}: {} {}",
                answer.status,
                answer.location()
            );
            let handed_out = answer.headers.contains_key(header::CONTENT_DISPOSITION);
            let away = |place: &str| {
                answer.status == StatusCode::SEE_OTHER && answer.location().starts_with(place)
            };
            match status(*whom) {
                StatusCode::OK => {
                    assert!(!away("/connexion"), "{shown}");
                    assert_ne!(answer.status, StatusCode::FORBIDDEN, "{shown}");
                }
                StatusCode::UNAUTHORIZED => {
                    assert!(away("/connexion?suite="), "{shown}");
                    assert_eq!(answer.body, "", "{shown}");
                }
                _ if *name == "at work" && !matches!(whom, Officers | Clients | FreshClients) => {
                    assert!(!handed_out, "{shown}");
                    assert!(away("/connexion/confirmer?suite="), "{shown}");
                }
                _ => {
                    let refused = [StatusCode::SEE_OTHER, StatusCode::FORBIDDEN];
                    assert!(refused.contains(&answer.status) && !handed_out, "{shown}");
                    assert!(!answer.body.contains("Brasserie"), "{shown}");
                }
            }
        }
        walked += 1;
    }
    assert_eq!(walked, FILES.len(), "FILES names what is no longer there");
}

/// Fear: an address is added beside the three lists that are walked.
#[test]
fn nothing_is_routed_beside_the_lists() {
    let mut ahead = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src"
    ))];
    let mut beside = Vec::new();
    while let Some(place) = ahead.pop() {
        for entry in std::fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                ahead.push(path);
            } else if std::fs::read_to_string(&path).unwrap().contains(".route(") {
                beside.push(name);
            }
        }
    }
    // Where the list is made, those who run the portal, and tests.
    let known = ["/src/files.rs", "/src/operations.rs"];
    beside.retain(|name| {
        !known.iter().any(|known| name.ends_with(known)) && !name.contains("/tests")
    });
    assert_eq!(beside, [] as [String; 0]);
}

/// Fear: what is refused to a script is taken from a plain form.
#[tokio::test]
async fn every_form() {
    let portal = TestPortal::with_colleagues().await;
    let everybody = everybody(&portal).await;
    for door in &DOORS {
        let listed = FUNCTIONS.iter().find(|(listed, _)| *listed == door.api);
        let (_, whom) = listed.unwrap_or_else(|| panic!("{} runs {}", door.page, door.api));
        let address = address(door.page);
        for (name, visitor, status) in &everybody {
            if door.api == SIGN_OUT && *name != "stranger" {
                continue;
            }
            let answer = visitor.clone().post(&address, &[]).await;
            let (expected, place) = match (status(*whom), *whom, *name) {
                (StatusCode::UNAUTHORIZED, ..) => (StatusCode::SEE_OTHER, "/connexion?suite="),
                (
                    StatusCode::FORBIDDEN,
                    FreshEditors | FreshAdministrators | FreshSelves,
                    "at work",
                )
                | (StatusCode::FORBIDDEN, FreshClients | FreshSelves, "client at work") => {
                    (StatusCode::SEE_OTHER, "/connexion/confirmer?suite=")
                }
                (status, ..) => (status, ""),
            };
            if expected == StatusCode::OK {
                let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
                assert!(!refused.contains(&answer.status), "{address} for {name}");
                assert!(
                    !answer.location().starts_with("/connexion"),
                    "{address} for {name}"
                );
            } else {
                // Of a page drawn again, that there is no such thing is the stronger word.
                let missing = door.page.contains('{') && answer.status == StatusCode::NOT_FOUND;
                assert!(
                    missing || answer.status == expected,
                    "{address} for {name}: {}",
                    answer.status
                );
                assert!(
                    missing || answer.location().starts_with(place),
                    "{address} for {name}"
                );
            }
        }
    }
}

/// Fear: a firm that the body has suspended goes on through some door.
#[tokio::test]
async fn a_suspended_firm_goes_nowhere() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let store = &portal.trial.store;
    let firm = store.firm_named(crate::demo::FIRM).await.unwrap().unwrap();
    store.suspend_firm(firm, true, NOW).await.unwrap();
    for (path, whom) in FUNCTIONS {
        if ![Strangers, Selves, FreshSelves].contains(&whom) {
            let answer = member.fetch(path.trim_start_matches("/api/"), &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(answer.body, "\"Forbidden\"", "{path}");
        }
    }
}
