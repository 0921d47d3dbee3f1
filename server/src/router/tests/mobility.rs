//! A request to work abroad over HTTP, as a browser without JavaScript makes it.

use super::browser::{Browser, TestPortal};
use http::StatusCode;

const NIR: &str = "255081416802538";

/// Posts a step with the version that its page shows, and follows it.
pub async fn step(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> String {
    let answer = posted(browser, page, fields).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{page}: {}",
        answer.body
    );
    answer.location().to_owned()
}

async fn posted(
    browser: &mut Browser,
    page: &str,
    fields: &[(&str, &str)],
) -> super::browser::Answer {
    let shown = browser.get(page).await;
    assert_eq!(shown.status, StatusCode::OK, "{page}");
    let version = hidden(&shown.body, "version");
    let request = hidden(&shown.body, "request");
    let mut all = vec![("request", &*request), ("version", &*version)];
    all.extend(fields);
    browser.post(page, &all).await
}

/// The value of a hidden field.
pub fn hidden(body: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let value = body.split_once(&mark).map_or("", |(_, rest)| rest);
    value.split('"').next().unwrap_or_default().to_owned()
}

/// A client with the service, and a request of it that is begun: the address of its first step.
pub async fn begun(browser: &mut Browser) -> String {
    let id = browser.enrol_employer().await;
    let page = format!("/etablissements/{id}");
    let start = format!("{page}/mobilite/nouvelle");
    let choice = [
        ("of", &*id),
        ("journey", "detachement"),
        ("status", "salarie"),
    ];
    let refused = browser.post(&start, &choice).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("n’a pas le service"),
        "{}",
        refused.body
    );
    let ticks = [
        ("of", &*id),
        ("version", "1"),
        ("services[]", "MOBILITE_INTERNATIONALE"),
    ];
    let saved = browser.post(&page, &ticks).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let begun = browser.post(&start, &choice).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    begun.location().to_owned()
}

pub const WORKER: [(&str, &str); 11] = [
    ("last_name", "D’Ormesson"),
    ("first_names", "Zoé Anne"),
    ("nir", NIR),
    ("nationality", "France"),
    ("birth_date", "14/08/1955"),
    ("birth_country", "France"),
    ("birth_place", "Caen"),
    ("street", "1 rue de la Paix"),
    ("postcode", "14000"),
    ("town", "Caen"),
    ("country", "France"),
];

/// Fear: a browser without JavaScript cannot make a request, or a NIR comes back on a page.
#[tokio::test]
async fn from_the_first_step_to_the_certificate() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let first = begun(&mut member).await;
    assert!(first.ends_with("/personne"), "{first}");
    let wrong = [("last_name", "R2D2"), ("nir", NIR)];
    let refused = posted(&mut member, &first, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("R2D2") && !refused.body.contains(NIR));
    let page = step(&mut member, &first, &WORKER).await;
    assert!(page.ends_with("/entreprise"), "{page}");
    let business = [
        ("name", "Boulangerie"),
        ("street", "1 rue"),
        ("postcode", "75002"),
        ("town", "Paris"),
        ("activity", "Boulangerie"),
    ];
    let page = step(&mut member, &page, &business).await;
    assert!(page.ends_with("/mission"), "{page}");
    let mut mission = [
        ("country", "Guadeloupe"),
        ("start", "01/01/2027"),
        ("end", "30/06/2027"),
        ("status_abroad", "salarie"),
        ("activity", "Conseil"),
        ("host_name", "ACME"),
        ("host_street", "1 Hauptstraße"),
        ("host_town", "Berlin"),
        ("lodging", "sur-place"),
    ];
    let refused = posted(&mut member, &page, &mission).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("Ce territoire relève de la Sécurité sociale française")
    );
    mission[0].1 = "allemagne";
    let page = step(&mut member, &page, &mission).await;
    assert!(page.ends_with("/conditions"), "{page}");
    let asked = "affiliated,substantial,replaces,host_pay,host_dismiss,host_sanction,host_contract";
    let mut conditions = vec![("asked", asked)];
    conditions.extend(asked.split(',').map(|name| {
        let yes = ["affiliated", "substantial"].contains(&name);
        (name, if yes { "oui" } else { "non" })
    }));
    let page = step(&mut member, &page, &conditions).await;
    assert!(page.ends_with("/contact"), "{page}");
    let contact = [
        ("last_name", "Martin"),
        ("first_name", "Claire"),
        ("email", "claire@dupont.fr"),
        ("phone", "01 23 45 67 89"),
    ];
    let page = step(&mut member, &page, &contact).await;
    assert!(page.ends_with("/envoi"), "{page}");
    let shown = member.get(&page).await.body;
    assert!(shown.contains("Certificat A1") && shown.contains("ACME"));
    assert!(!shown.contains(NIR) && !shown.contains("16\u{a0}802"));
    let refused = posted(&mut member, &page, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let request = step(&mut member, &page, &[("certified", "oui")]).await;
    let shown = member.get(&request).await.body;
    assert!(shown.contains("Accordée") && shown.contains("Code de vérification"));
    // A draft no longer: its steps lead to what became of it.
    let away = member.get(&page).await;
    assert_eq!(away.location(), request, "{}", away.status);
    let list = member.get("/mobilite?etat=accordee&pays=DE").await;
    assert!(list.body.contains("D’Ormesson"));
    assert_eq!(
        member.get("/mobilite?etat=x").await.status,
        StatusCode::BAD_REQUEST
    );
    let file = member.post("/mobilite/export", &[]).await;
    assert!(file.body.contains("Zoé Anne D’Ormesson") && file.body.contains("Allemagne"));
    let withdrawn = [("act", "retirer"), ("words", "Mission annulée")];
    let page = step(&mut member, &request, &withdrawn).await;
    assert!(
        member
            .get(&page)
            .await
            .body
            .contains("Ce certificat est retiré")
    );
}

/// Fear: the number of somebody is shown without a fresh confirmation, to a reader, or to a colleague who did not ask.
#[tokio::test]
async fn a_number_is_shown_on_purpose() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("demo").await;
    let first = begun(&mut member).await;
    step(&mut member, &first, &WORKER).await;
    let request = first.trim_end_matches("/personne");
    let shown = member.get(request).await.body;
    let at = shown.split_once("/mobilite/personnes/").unwrap().1;
    let id = at.split('"').next().unwrap();
    let person = format!("/mobilite/personnes/{id}");
    let asks = [("worker", id)];
    let whole = "2\u{a0}55\u{a0}08\u{a0}14\u{a0}168\u{a0}025\u{a0}38";
    assert!(!member.get(&person).await.body.contains(whole));
    let mut reader = portal.member("lecture").await;
    assert_eq!(
        reader.post(&person, &asks).await.status,
        StatusCode::FORBIDDEN
    );
    let mut later = member.clone();
    portal.later(&mut later).await;
    let confirm = later.post(&person, &asks).await;
    assert!(confirm.location().starts_with("/connexion/confirmer"));
    let answer = member.post(&person, &asks).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(!answer.body.contains(whole));
    assert!(member.get(answer.location()).await.body.contains(whole));
    for other in ["lecture", "collab"] {
        let body = portal.member(other).await.get(&person).await.body;
        assert!(!body.contains(whole) && body.contains("••"), "{other}");
    }
    let mut stranger = portal.member("autre").await;
    assert_eq!(stranger.get(&person).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(request).await.status, StatusCode::NOT_FOUND);
}
