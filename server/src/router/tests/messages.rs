//! Messages as browsers send them, with and without JavaScript: through the whole portal, with files that mean harm.

use super::{
    browser::{Answer, Browser, NOW, TestPortal},
    mobility::hidden,
};
use crate::demo;
use axum::body::Body;
use http::{Request, StatusCode, header};
use portfolio::{
    message::file::{MOST_BYTES, MOST_TOGETHER},
    ports::Outbox as _,
};

const HTML: &str = "text/html,application/xhtml+xml";
const JSON: &str = "application/json";
const PDF: &[u8] = b"%PDF-1.7 bulletin";

/// A form with its files, as browsers send it.
async fn send(
    browser: &mut Browser,
    accept: &str,
    page: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    // A control in which nothing was chosen.
    let none: &[(&str, &[u8])] = &[("", b"")];
    for (name, bytes) in if files.is_empty() { none } else { files } {
        let part = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = Request::post(page)
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

/// A member whose client has the services, and the client.
async fn writer(portal: &TestPortal) -> (Browser, String) {
    let mut member = portal.member("demo").await;
    let id = member.enrol_employer().await;
    let page = format!("/etablissements/{id}");
    let version = hidden(&member.get(&page).await.body, "version");
    let ticks = [
        ("of", &*id),
        ("version", &*version),
        ("services[]", "MESSAGERIE"),
        ("services[]", "MAIL_MESSAGE"),
    ];
    let saved = member.post(&page, &ticks).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    (member, id)
}

/// A conversation that this member begins; its path.
async fn begun(
    member: &mut Browser,
    client: &str,
    subject: &str,
    files: &[(&str, &[u8])],
) -> String {
    let page = format!("/messagerie/nouveau?client={client}");
    let shown = member.get(&page).await;
    let once = hidden(&shown.body, "once");
    let fields = [
        ("about", client),
        ("to", "organisme"),
        ("subject", subject),
        ("text", "Bonjour,\r\n<script>harm()</script>\r\nMerci"),
        ("once", &*once),
    ];
    let sent = send(member, HTML, &page, &fields, files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    sent.location().split('?').next().unwrap().to_owned()
}

fn links<'a>(page: &'a str, part: &str) -> Vec<&'a str> {
    page.split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .filter(|to| to.contains(part))
        .collect()
}

/// Fear: without JavaScript nobody can write, answer or fetch what is attached; what was written is markup; or the other side is told by
/// mail what was written.
#[expect(clippy::too_many_lines, reason = "one story, told in its order")]
#[tokio::test]
async fn from_the_firm_to_the_body_and_back() {
    let portal = TestPortal::new().await;
    let (mut member, client) = writer(&portal).await;
    let page = begun(
        &mut member,
        &client,
        "Taux <b>AT</b>",
        &[("bulletin.pdf", PDF)],
    )
    .await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let shown = member.get(&page).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("Taux &lt;b&gt;AT&lt;/b&gt;"));
    assert!(
        shown
            .body
            .contains("Bonjour,\n&lt;script>harm()&lt;/script>")
            || shown.body.contains("Bonjour,\n&lt;script&gt;harm()"),
        "{}",
        shown.body
    );
    assert!(!shown.body.contains("<script>harm()"));

    let mut officer = portal.member(demo::OFFICER).await;
    let queue = officer.get("/agent/messagerie").await;
    assert!(queue.body.contains("Taux &lt;b&gt;AT") && queue.body.contains("Sans réponse"));
    assert!(
        // Two of the demonstration besides.
        queue.body.contains("3\u{a0}conversations en attente"),
        "{}",
        queue.body
    );
    let there = format!("/agent/messagerie/{id}");
    let shown = officer.get(&there).await;
    let file = links(&shown.body, "/pieces/")[0].to_owned();
    let fetched = officer.get(&file).await;
    assert_eq!((fetched.status, &*fetched.bytes), (StatusCode::OK, PDF));
    let answer = [("of", &*id), ("text", "Voici le taux.")];
    let said = send(
        &mut officer,
        HTML,
        &there,
        &answer,
        &[("taux.csv", "mois;taux\n1;é\n".as_bytes())],
    )
    .await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(
        officer
            .get("/agent/messagerie?etat=repondues")
            .await
            .body
            .contains("Taux &lt;b&gt;AT")
    );

    let list = member.get("/messagerie?nonlus=1").await;
    assert!(
        list.body.contains("Non lue") && list.body.contains("2\u{a0}conversations non lues"),
        "{}",
        list.body
    );
    let read = member.get(&page).await;
    assert!(read.body.contains("Voici le taux.") && read.body.contains("Organisme"));
    assert!(
        !read.body.contains(demo::OFFICER_NAME),
        "officers are not named to firms"
    );
    assert!(
        !member
            .get("/messagerie?nonlus=1")
            .await
            .body
            .contains("Taux")
    );
    let told = portal.trial.store.claim(NOW).await.unwrap();
    if let Some(told) = told {
        assert!(told.message.text.contains("/messagerie") && !told.message.text.contains("taux"));
    }

    let closed = send(
        &mut officer,
        HTML,
        &there,
        &[("of", &*id), ("act", "clore")],
        &[],
    )
    .await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    let late = send(
        &mut member,
        HTML,
        &page,
        &[("of", &*id), ("text", "Encore un mot")],
        &[],
    )
    .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("a clos cette conversation"));
    let opened = send(
        &mut officer,
        HTML,
        &there,
        &[("of", &*id), ("act", "rouvrir")],
        &[],
    )
    .await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let faults = portal.trial.store.faults().await.unwrap().faults;
    assert_eq!(faults, []);
}

/// Fear: a refusal loses what was typed, says nothing, or is told to a script in another way than to a person.
#[tokio::test]
async fn refused_alike() {
    let portal = TestPortal::new().await;
    let (mut member, client) = writer(&portal).await;
    let page = format!("/messagerie/nouveau?client={client}");
    let fields = [
        ("about", &*client),
        ("to", "organisme"),
        ("subject", ""),
        ("text", "Tout ceci reste <là>"),
    ];
    let harm: &[(&str, &[u8])] = &[("facture.pdf", b"<html><script>harm()</script></html>")];
    let person = send(&mut member, HTML, &page, &fields, harm).await;
    assert_eq!(person.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        person.body.contains("Tout ceci reste &lt;là&gt;"),
        "{}",
        person.body
    );
    assert!(
        person.body.contains("Saisissez l’objet") && person.body.contains("aucun format accepté")
    );
    let script = send(&mut member, JSON, &page, &fields, harm).await;
    assert_eq!(script.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        script.body,
        r#"{"Problems":[["Subject","Missing"],["Files",{"Attachment":"Kind"}]]}"#
    );
    let good = [fields[0], fields[1], ("subject", "Objet"), fields[3]];
    let sent = send(&mut member, JSON, &page, &good, &[]).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.body);
    assert!(sent.body.contains("\"to\":\"/messagerie/"));
    let stranger = send(&mut portal.stranger(), JSON, &page, &good, &[]).await;
    assert_eq!(
        (stranger.status, &*stranger.body),
        (StatusCode::UNAUTHORIZED, "\"SignedOut\"")
    );
    // Without the service.
    let mut other = portal.member("autre").await;
    let theirs = send(&mut other, JSON, &page, &good, &[]).await;
    assert_eq!(
        (theirs.status, &*theirs.body),
        (StatusCode::NOT_FOUND, "\"NotFound\"")
    );
    // What is begun is there again.
    let typed = format!("about={client}&to=organisme&subject=D%C3%A9but&text=Ligne%0ASuite");
    let kept = member
        .fetch("messagerie/brouillon", &[("typed", &typed)])
        .await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let shown = member.get(&page).await;
    assert!(
        shown.body.contains("value=\"Début\"") && shown.body.contains("Ligne\nSuite"),
        "{}",
        shown.body
    );
}

/// Fear: something that runs is handed on to who trusts the portal, or a bomb is unfolded, or a limit is none.
#[tokio::test]
async fn files_that_mean_harm() {
    let portal = TestPortal::new().await;
    let (mut member, client) = writer(&portal).await;
    let page = begun(&mut member, &client, "Fichiers", &[]).await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let fields = [("of", &*id), ("text", "Joint")];
    let refused: [(&str, &[u8]); 6] = [
        ("facture.pdf", b"<!DOCTYPE html><script>harm()</script>"),
        (
            "logo.png",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='harm()'/>",
        ),
        ("a.csv", b"<?xml version='1.0'?><svg/>"),
        (
            "macro.xlsx",
            b"PK\x03\x04[Content_Types].xml xl/workbook.xml xl/vbaProject.bin",
        ),
        ("a.pdf", b"MZ\x90\x00\x03"),
        ("vide.pdf", b""),
    ];
    for file in refused {
        let answer = send(&mut member, HTML, &page, &fields, &[file]).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            file.0
        );
        assert!(
            answer.body.contains("Joint"),
            "what was typed is lost: {}",
            file.0
        );
    }
    let large = [b"%PDF-".to_vec(), vec![0; MOST_BYTES]].concat();
    let too_large = send(&mut member, JSON, &page, &fields, &[("a.pdf", &large)]).await;
    assert!(
        too_large.body.contains("\"TooLarge\""),
        "{}",
        too_large.body
    );
    let huge = vec![b'a'; MOST_TOGETHER + 100_000];
    let too_large = send(&mut member, JSON, &page, &fields, &[("a.txt", &huge)]).await;
    assert!(
        too_large.body.contains("\"TooLargeTogether\""),
        "{}",
        too_large.body
    );
    let six = [("a.pdf", PDF); 6];
    let too_many = send(&mut member, JSON, &page, &fields, &six).await;
    assert!(too_many.body.contains("\"TooMany\""), "{}", too_many.body);
    let not_one = Request::post(&page)
        .header(header::ACCEPT, JSON)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(
            "--edge\r\nContent-Disposition: form-data; name=\"te",
        ));
    let broken = member.send(not_one.unwrap()).await;
    assert_eq!(
        broken.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        broken.body
    );

    // A workbook that unfolds to gigabytes is kept as it came, and handed back the same.
    let bomb = [
        &b"PK\x03\x04[Content_Types].xml xl/workbook.xml "[..],
        &vec![0xff; 40_000],
    ]
    .concat();
    let long = format!("{}.xlsx", "é".repeat(120));
    let names = [
        "bombe.xlsx",
        "..%2F..%2Fetc%2Fpasswd",
        "a%0D%0AX-Injected: 1.xlsx",
        &*long,
    ];
    for name in names {
        let sent = send(&mut member, HTML, &page, &fields, &[(name, &bomb)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{name}: {}", sent.body);
    }
    let shown = member.get(&page).await;
    let files = links(&shown.body, "/pieces/");
    assert_eq!(files.len(), names.len());
    for file in files {
        let fetched = member.get(file).await;
        assert_eq!(&*fetched.bytes, &*bomb);
        let told = |name: &str| fetched.headers[name].to_str().unwrap();
        let disposition = told("content-disposition");
        assert!(
            disposition.starts_with("attachment; filename=\""),
            "{disposition}"
        );
        assert!(
            !disposition.contains(['/', '\\', '\r', '\n']) && disposition.contains(".xlsx"),
            "{disposition}"
        );
        assert_eq!(told("x-content-type-options"), "nosniff");
        assert!(told("content-security-policy").ends_with("; sandbox"));
        assert!(!fetched.headers.contains_key("x-injected"));
        assert_eq!(told("cache-control"), "no-store");
    }
}

/// Fear: another firm, or a reader, writes or fetches; or an officer comes in by the firm's door.
#[tokio::test]
async fn only_its_sides() {
    let portal = TestPortal::with_colleagues().await;
    let (mut member, client) = writer(&portal).await;
    let page = begun(&mut member, &client, "Secret", &[("a.pdf", PDF)]).await;
    let id = page.rsplit('/').next().unwrap().to_owned();
    let file = links(&member.get(&page).await.body, "/pieces/")[0].to_owned();
    let mut other = portal.member("autre").await;
    for path in [&page, &file, &format!("/messagerie?client={client}")] {
        let answer = other.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.body.contains("Secret"));
    }
    let fields = [("of", &*id), ("text", "x")];
    assert_eq!(
        send(&mut other, JSON, &page, &fields, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    let mut reader = portal.member("lecture").await;
    assert!(reader.get(&page).await.body.contains("Secret"));
    assert_eq!(reader.get(&file).await.status, StatusCode::OK);
    let refused = send(&mut reader, JSON, &page, &fields, &[]).await;
    assert_eq!(
        (refused.status, &*refused.body),
        (StatusCode::FORBIDDEN, "\"NotAllowed\"")
    );
    let mut officer = portal.member(demo::OFFICER).await;
    let refused = send(&mut officer, JSON, &page, &fields, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let there = format!("/agent/messagerie/{id}");
    let refused = send(&mut member, JSON, &there, &fields, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // A look by the page itself shows what is new, to nobody else either.
    let after = [("id", &*id), ("n", "0")];
    assert!(
        member
            .fetch("messagerie/suite", &after)
            .await
            .body
            .contains("Bonjour")
    );
    assert_eq!(
        other.fetch("messagerie/suite", &after).await.status,
        StatusCode::NOT_FOUND
    );
}

/// Fear: a client cannot write or read without JavaScript, comes into another's pages, or reads what is not for it.
#[tokio::test]
async fn the_client_is_a_side() {
    let portal = TestPortal::new().await;
    let mut client = portal.client().await;
    let page = "/mon-compte/messagerie/nouveau?compte=0";
    let shown = client.get(page).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert!(shown.body.contains("À mon cabinet"), "{}", shown.body);
    let about = hidden(&shown.body, "about");
    assert_eq!(about, demo::CLIENT_HOLDER);
    let fields = [
        ("about", &*about),
        ("to", "autre"),
        ("subject", "Question du client"),
        ("text", "Bonjour"),
    ];
    let sent = send(&mut client, HTML, page, &fields, &[("bail.pdf", PDF)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let there = sent.location().split('?').next().unwrap().to_owned();
    let id = there.rsplit('/').next().unwrap().to_owned();
    assert!(there.starts_with("/mon-compte/messagerie/"));
    assert!(
        client
            .get("/mon-compte/messagerie")
            .await
            .body
            .contains("Question du client")
    );

    let mut member = portal.member("demo").await;
    assert!(
        member
            .get("/messagerie?nonlus=1")
            .await
            .body
            .contains("Question du client")
    );
    let page = format!("/messagerie/{id}");
    let read = member.get(&page).await;
    let file = links(&read.body, "/pieces/")[0].to_owned();
    assert_eq!(&*member.get(&file).await.bytes, PDF);
    let said = send(
        &mut member,
        HTML,
        &page,
        &[("of", &*id), ("text", "Réponse du cabinet")],
        &[],
    )
    .await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
    assert!(client.get(&there).await.body.contains("Réponse du cabinet"));

    // The body is no side of it, another client neither, and each goes by its own door.
    let mut officer = portal.member(demo::OFFICER).await;
    assert_eq!(
        officer.get(&format!("/agent/messagerie/{id}")).await.status,
        StatusCode::NOT_FOUND
    );
    let mut other = portal.client_of("toni", &["RG:999100233"]).await;
    assert_eq!(other.get(&there).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        other
            .get(&file.replace("/messagerie", "/mon-compte/messagerie"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    let wrong = send(
        &mut client,
        JSON,
        &page,
        &[("of", &*id), ("text", "x")],
        &[],
    )
    .await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert_eq!(portal.trial.store.faults().await.unwrap().faults, []);
}
