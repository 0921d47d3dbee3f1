//! A file of postings, as a browser without JavaScript sends it, and as it becomes drafts.

use super::browser::{Answer, Browser, TestPortal};
use super::mobility::hidden;
use app::routes;
use axum::body::Body;
use http::{Request, StatusCode, header};

/// A client of the demonstration that has the service, and one that has not.
const WITH: &str = "999100084";
const NIR: &str = "255081416802538";
const HEADS: &str = "Client;Nom;Prénoms;NIR;Pays;Du;Au;Prime\n";

async fn send(browser: &mut Browser, page: &str, bytes: &[u8]) -> Answer {
    let head = "--edge\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"salon.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    let request = Request::post(page)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

fn lines() -> String {
    format!(
        "{HEADS}{WITH};Ormesson;Zoé;{NIR};Allemagne;01/03/2027;30/06/2027;98765\n\
         {WITH};Ormesson;Zoé;{NIR};Guadeloupe;01/08/2027;30/08/2027;0\n\
         732829320;Ormesson;Zoé;{NIR};Belgique;01/09/2027;30/09/2027;0\n"
    )
}

/// Fear: without JavaScript a file cannot be sent, tried and made drafts of; a wrong line is told by another number or without why; or a
/// person's number comes back.
#[tokio::test]
async fn from_the_file_to_the_drafts() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("demo").await;
    let page = member.get(routes::POSTINGS).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("modele.xlsx"), "{}", page.body);
    let sent = send(&mut member, routes::POSTINGS, lines().as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(sent.location(), routes::POSTINGS_CHECKED);
    let shown = member.get(routes::POSTINGS_CHECKED).await.body;
    for said in [
        "salon.csv",
        "1\u{a0}prête, 2\u{a0}refusées",
        "Zoé Ormesson",
        "Certificat A1",
        "À compléter",
        "Ce territoire relève de la Sécurité sociale française",
        "Votre cabinet ne gère pas ce client",
        "Créer le brouillon de la ligne valide",
        "Prime",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    assert!(!shown.contains("255081") && !shown.contains("98765"));
    // A colleague has no file, and a reader may not look.
    let mut colleague = portal.member("collab").await;
    let none = colleague.get(routes::POSTINGS_CHECKED).await.body;
    assert!(none.contains("Aucun fichier en attente"), "{none}");
    let file = hidden(&shown, "file");
    let create = [("file", &*file), ("act", "creer")];
    let stolen = colleague.post(routes::POSTINGS_CHECKED, &create).await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);

    let done = member.post(routes::POSTINGS_CHECKED, &create).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let shown = member.get(done.location()).await.body;
    assert!(shown.contains("Les brouillons sont créés"), "{shown}");
    assert!(shown.contains("Demande existante"));
    let again = member.post(routes::POSTINGS_CHECKED, &create).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let drafts = member.get("/mobilite?etat=brouillon&q=ormesson").await.body;
    assert!(drafts.contains("Affichage de 1 à 1 sur 1"), "{drafts}");
    // Each step that is missing is open, and what was in the file is there.
    let request = shown.split("/mobilite/demandes/").nth(1).unwrap();
    let request = format!("/mobilite/demandes/{}", request.split('"').next().unwrap());
    let draft = member.get(&request).await.body;
    assert!(draft.contains(&format!("{request}/personne")), "{draft}");
    let person = member.get(&format!("{request}/personne")).await.body;
    assert!(person.contains("Ormesson") && !person.contains(NIR));

    let forget = [("file", &*file), ("act", "oublier")];
    let forgotten = member.post(routes::POSTINGS_CHECKED, &forget).await;
    assert_eq!(forgotten.location(), routes::POSTINGS);
    let gone = member.get(routes::POSTINGS_CHECKED).await.body;
    assert!(gone.contains("Aucun fichier en attente"));
}

/// Fear: what a script sends is answered otherwise than a plain form.
#[tokio::test]
async fn as_a_script_sends_it() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    send(&mut member, routes::POSTINGS, lines().as_bytes()).await;
    let seen = member.fetch("mobilite/fichier", &[]).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.body.contains("255081"), "{}", seen.body);
    let file = seen.body.split("\"id\":\"").nth(1).unwrap();
    let file = file.split('"').next().unwrap();
    let wrong = member
        .fetch("mobilite/fichier/agir", &[("file", file), ("act", "x")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let create = [("file", file), ("act", "creer")];
    let done = member.fetch("mobilite/fichier/agir", &create).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    assert!(done.body.contains("fait=brouillons"));
    let stale = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
    let stale = [("file", stale), ("act", "creer")];
    let gone = member.fetch("mobilite/fichier/agir", &stale).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(gone.body.contains("Gone"), "{}", gone.body);
}

/// Fear: a file that cannot be taken is taken, or refused without a word of why on the page that it was sent from.
#[tokio::test]
async fn files_that_are_not_taken() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let long = format!(
        "{HEADS}{}",
        format!("{WITH};Ormesson;Zoé;{NIR};Allemagne;01/03/2027;30/06/2027;\n").repeat(501)
    );
    for (bytes, said) in [
        (String::new(), "aucune ligne"),
        (HEADS.to_owned(), "aucune ligne"),
        (
            format!("Nom;Pays;Du;Au\n{NIR};a;b;c\n"),
            "Client (Siren ou Siret)",
        ),
        (
            "Client;Nom;Pays;Du;Au\na;b;c;d;e\n".to_owned(),
            "Numéro de sécurité sociale",
        ),
        (long, "500\u{a0}lignes"),
    ] {
        let answer = send(&mut member, routes::POSTINGS, bytes.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
        assert!(!answer.body.contains(NIR));
    }
    assert!(
        member
            .get(routes::POSTINGS_CHECKED)
            .await
            .body
            .contains("Aucun fichier")
    );
}

/// Fear: the template cannot be sent in as it is filled in, or names its columns otherwise than the page.
#[tokio::test]
async fn the_template_is_taken() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let template = member.get(routes::POSTINGS_TEXT_TEMPLATE).await;
    assert_eq!(template.status, StatusCode::OK);
    let columns = template.body.matches(';').count() + 1;
    let mut cells = vec![String::new(); columns];
    for (head, typed) in [
        ("Client (Siren ou Siret)", WITH),
        ("Nom", "Ormesson"),
        ("Prénoms", "Zoé"),
        ("Numéro de sécurité sociale", NIR),
        ("Pays de la mission", "JP"),
        ("Premier jour", "01/03/2027"),
        ("Dernier jour", "30/06/2027"),
    ] {
        let heads = template.body.trim_start_matches('\u{feff}').trim_end();
        let place = heads
            .split(';')
            .position(|known| known.trim_matches('"') == head);
        cells[place.unwrap()] = typed.to_owned();
    }
    let filled = format!("{}{}\r\n", template.body, cells.join(";"));
    let sent = send(&mut member, routes::POSTINGS, filled.as_bytes()).await;
    assert_eq!(sent.location(), routes::POSTINGS_CHECKED, "{}", sent.body);
    let shown = member.get(routes::POSTINGS_CHECKED).await.body;
    assert!(
        shown.contains("1\u{a0}prête") && shown.contains("Japon"),
        "{shown}"
    );
    let workbook = member.get(routes::POSTINGS_TEMPLATE).await;
    let read = crate::import::read("modele.xlsx".to_owned(), &workbook.bytes);
    // It has heads, and no line yet.
    assert!(matches!(read, Err(portfolio::import::FileFault::Empty)));
}
