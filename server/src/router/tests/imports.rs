//! Files of clients, as a browser sends, follows and fetches them.

use super::browser::{Answer, Browser, EMPLOYER, NOW, TestPortal};
use crate::import::Importer;
use app::routes;
use axum::body::Body;
use http::{Request, StatusCode, header};
use portfolio::import::MOST_BYTES;
use sea_orm::{ConnectionTrait as _, Database, Statement};
use std::sync::Arc;

const PAGE: &str = routes::IMPORTS;
const HEADS: &str = "Siren;N° de compte;Montant;NIR\n";

/// Sends a file as the page's form does.
async fn send(browser: &mut Browser, name: &str, bytes: &[u8]) -> Answer {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
    multipart(browser, "multipart/form-data; boundary=edge", body).await
}

async fn multipart(browser: &mut Browser, kind: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(PAGE)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body));
    browser.send(request.unwrap()).await
}

/// The file of the demonstration's employer, and lines that are refused.
pub fn clients() -> String {
    let [siren, amount, account] = EMPLOYER;
    format!(
        "{HEADS}{siren};{account};{amount};\n{siren};{account};{amount};\n732829320;1,17E+17;12;\n404833048;117000001567462542;98765,43;\n"
    )
}

async fn work(portal: &TestPortal) {
    let worker = Importer::new(Arc::new(portal.trial.store.clone()), || NOW);
    worker.work_off().await.unwrap();
}

/// Sends a file and has it tried; its page.
pub async fn tried(portal: &TestPortal, browser: &mut Browser, text: &str) -> String {
    let sent = send(browser, "clients.csv", text.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = sent.location().to_owned();
    let answer = browser.post(&page, &check(&page)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    work(portal).await;
    page
}

/// A number in the database.
async fn number(portal: &TestPortal, sql: &str) -> i64 {
    let db = Database::connect(&portal.trial.url).await.unwrap();
    let asked = Statement::from_string(db.get_database_backend(), sql);
    let row = db.query_one_raw(asked).await.unwrap().unwrap();
    db.close().await.unwrap();
    row.try_get("", "n").unwrap()
}

fn id(page: &str) -> &str {
    page.rsplit('/').next().unwrap()
}

fn check(page: &str) -> Vec<(&'static str, &str)> {
    let columns = ["identifiant", "compte", "montant", "nir"].map(|column| ("columns[]", column));
    [("of", id(page)), ("act", "controler")]
        .into_iter()
        .chain(columns)
        .collect()
}

/// Fear: without JavaScript a file cannot be sent, tried, added and mended; or a secret of it comes back on a page.
#[tokio::test]
async fn from_the_file_to_the_list() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let [siren, _, account] = EMPLOYER;
    let sent = send(&mut member, "mes clients.csv", clients().as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = sent.location().to_owned();
    let shown = member.get(&page).await;
    assert!(shown.body.contains("mes clients.csv") && shown.body.contains(siren));
    for secret in [account, "98765", "4812"] {
        assert!(!shown.body.contains(secret), "{secret}");
    }
    let twice = [
        ("of", id(&page)),
        ("act", "controler"),
        ("columns[]", "montant"),
        ("columns[]", "montant"),
        ("columns[]", "-"),
        ("columns[]", "-"),
    ];
    let refused = member.post(&page, &twice).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Deux colonnes sont indiquées"));
    assert_eq!(
        refused.body.matches("value=\"montant\" selected").count(),
        2
    );

    let begun = member.post(&page, &check(&page)).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let working = member.get(&page).await;
    assert!(
        working
            .body
            .contains("<noscript><meta http-equiv=\"refresh\"")
    );
    work(&portal).await;
    let result = member.get(&page).await;
    assert!(
        result.body.contains("Ajouter la ligne valide"),
        "{}",
        result.body
    );
    assert!(result.body.contains("Ce client figure déjà à la ligne 2."));
    assert!(result.body.contains("1,23E+13"));
    assert!(!result.body.contains(account) && !result.body.contains("98765"));
    let only = member.get(&format!("{page}?lignes=valide")).await;
    assert!(!only.body.contains("figure déjà"));

    let add = [
        ("of", id(&page)),
        ("act", "ajouter"),
        ("services[]", "DPAE"),
    ];
    let added = member.post(&page, &add).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    work(&portal).await;
    let done = member.get(&page).await;
    assert!(done.body.contains("1\u{a0}client ajouté"), "{}", done.body);
    assert!(done.body.contains(&format!("action=\"{page}/refusees\"")));
    let mend = member.post(&format!("{page}/refusees"), &[]).await;
    assert_eq!(mend.status, StatusCode::OK);
    let lines: Vec<_> = mend.body.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{}", mend.body);
    assert!(
        lines[2].starts_with("732829320;1,17E+17;12;;"),
        "{}",
        lines[2]
    );
    let kept = mend.headers.get(header::CACHE_CONTROL).unwrap();
    assert_eq!(kept, "no-store");
    let list = member.get(&format!("/etablissements?q={siren}")).await;
    assert!(list.body.contains("Affichage de 1 à 1"), "it is listed");
}

/// Fear: the same through the functions that the awake page calls tells another story.
#[tokio::test]
async fn the_awake_page() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let page = tried(&portal, &mut member, &clients()).await;
    let fields = [("id", id(&page)), ("query", "?lignes=refuse&page=1")];
    let shown = member.fetch("fichier", &fields).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("\"ready\":1") && shown.body.contains("\"Scientific\""));
    assert!(!shown.body.contains("98765") && !shown.body.contains(EMPLOYER[2]));
    let cancel = [("of", id(&page)), ("act", "annuler")];
    for once in [true, false] {
        let ended = member.fetch("fichier/agir", &cancel).await;
        assert_eq!(ended.status, StatusCode::OK, "twice is once");
        assert_eq!(ended.body.contains("fait=annuler"), once);
    }
    let listed = member.fetch("fichiers", &[]).await;
    assert!(listed.body.contains("\"Cancelled\""), "{}", listed.body);
}

/// Fear: a file that cannot be read is answered as the portal's fault, or not in words; or a huge one fills the memory.
#[tokio::test]
async fn bad_uploads() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let many = format!("{HEADS}{}", "732829320;1;2\n".repeat(51_000));
    for (name, bytes, told) in [
        ("a.csv", b"".to_vec(), "ne contient aucune ligne"),
        ("a.csv", many.into_bytes(), "plus de 50\u{202f}000"),
        ("a.csv", vec![b'a'; MOST_BYTES + 1], "dépasse 10\u{a0}Mo"),
        ("a.csv", vec![b'a'; 2 * MOST_BYTES], "dépasse 10\u{a0}Mo"),
        (
            "a.pdf",
            b"%PDF-1.7\n\0".to_vec(),
            "ni un CSV ni un classeur",
        ),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(),
            "ancien format",
        ),
        ("a.xlsx", b"PK\x03\x04xx".to_vec(), "abîmé ou démesuré"),
        ("", b"".to_vec(), "Choisissez le fichier"),
    ] {
        let answer = send(&mut member, name, &bytes).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(answer.body.contains(told), "{told}");
        assert!(answer.body.contains("<title>Erreur\u{a0}: "), "{told}");
    }
    let odd: [(&str, &[u8]); 5] = [
        ("application/x-www-form-urlencoded", b"fichier=a"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=edge", b"--edge\r\nrubbish"),
        (
            "multipart/form-data; boundary=edge",
            b"--edge\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\na\r\n--edge--",
        ),
        ("text/plain", b"\xff"),
    ];
    for (kind, body) in odd {
        let answer = multipart(&mut member, kind, body.to_vec()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
    }
    let listed = member.fetch("fichiers", &[]).await;
    assert_eq!(listed.body, "[]", "nothing is kept of them");
}

/// Fear: a stranger or a reader sends a file, or somebody fetches what is another firm's.
#[tokio::test]
async fn whom_it_opens_to() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("demo").await;
    let page = tried(&portal, &mut member, &clients()).await;
    let plain = [
        routes::TEMPLATE.to_owned(),
        routes::TEXT_TEMPLATE.to_owned(),
        format!("{page}/progression"),
    ];
    let text = clients();
    for (name, status) in [
        ("lecture", StatusCode::FORBIDDEN),
        ("", StatusCode::SEE_OTHER),
    ] {
        let mut other = match name {
            "" => portal.stranger(),
            name => portal.member(name).await,
        };
        for path in &plain {
            let answer = other.get(path).await;
            assert_eq!(answer.status, status, "{path} for {name}");
        }
        let secrets = other.post(&format!("{page}/refusees"), &[]).await;
        assert_eq!(secrets.status, status, "{name}");
        let sent = send(&mut other, "a.csv", text.as_bytes()).await;
        assert_eq!(sent.status, status, "{name}");
        if name.is_empty() {
            assert!(sent.location().starts_with("/connexion?suite="));
        }
    }
    let missing = format!("{PAGE}/01a20cbe-3610-7d9c-af6a-74462ae16a39");
    let mut other = portal.member("autre").await;
    for end in ["", "/progression", "/refusees"] {
        let mut ask = async |page: &str| {
            let path = format!("{page}{end}");
            match end {
                "/refusees" => other.post(&path, &[]).await,
                _ => other.get(&path).await,
            }
        };
        let (theirs, nobodys) = (ask(&page).await, ask(missing.as_str()).await);
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{end}");
        assert_eq!(nobodys.status, StatusCode::NOT_FOUND, "{end}");
    }
    let act = [("of", id(&page)), ("act", "annuler")];
    let answer = other.fetch("fichier/agir", &act).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let mut colleague = portal.member("collab").await;
    assert_eq!(colleague.get(&page).await.status, StatusCode::OK);
    let secrets = colleague.post(&format!("{page}/refusees"), &[]).await;
    assert_eq!(secrets.status, StatusCode::NOT_FOUND, "who sent it alone");
}

/// Fear: whoever finds a screen that somebody left fetches numbers and amounts of clients, or nobody learns that they were fetched.
#[tokio::test]
async fn refused_lines_ask_who_one_is() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let page = tried(&portal, &mut member, &clients()).await;
    let path = format!("{page}/refusees");
    let linked = member.get(&path).await;
    assert_eq!(linked.status, StatusCode::METHOD_NOT_ALLOWED, "no link");
    let told = "SELECT COUNT(*) AS n FROM journal WHERE detail LIKE '%RefusedLinesExported%'";
    let mut left = member.clone();
    portal.later(&mut left).await;
    let asked = left.post(&path, &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert!(asked.location().starts_with("/connexion/confirmer?suite="));
    assert!(asked.location().contains("importer"), "and back again");
    assert_eq!(number(&portal, told).await, 0);
    let sent = member.post(&path, &[]).await;
    assert_eq!(sent.status, StatusCode::OK);
    assert_eq!(number(&portal, told).await, 1);
}

/// Fear: « Ajouter » on a file that was cancelled meanwhile is said to be done, or its lines are still said to be added.
#[tokio::test]
async fn nothing_is_added_of_a_cancelled_file() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let page = tried(&portal, &mut member, &clients()).await;
    assert!(member.get(&page).await.body.contains("À ajouter"));
    let cancel = [("of", id(&page)), ("act", "annuler")];
    member.post(&page, &cancel).await;
    let add = [("of", id(&page)), ("act", "ajouter")];
    let late = member.post(&page, &add).await;
    assert_eq!(late.status, StatusCode::SEE_OTHER);
    assert!(!late.location().contains("fait="), "{}", late.location());
    let shown = member.get(late.location()).await;
    assert!(shown.body.contains("Cet import a été annulé"));
    assert!(shown.body.contains("Non ajouté") && !shown.body.contains("À ajouter"));
}

/// Fear: what the portal exports cannot be sent in again, or changes something when it is.
#[tokio::test]
async fn an_exported_file_comes_back() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let events = "SELECT COUNT(*) AS n FROM enrolment_event";
    for format in ["csv", "xlsx"] {
        let form = [("of", "liste"), ("format", format)];
        let exported = member.post(routes::EXPORT_CLIENTS_FILE, &form).await;
        assert_eq!(exported.status, StatusCode::OK);
        let before = number(&portal, events).await;
        let sent = send(&mut member, "clients", &exported.bytes).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = sent.location().to_owned();
        let shown = member.get(&page).await.body;
        let mut check = vec![("of", id(&page)), ("act", "controler")];
        // What the page has recognised, as its form sends it.
        let columns: Vec<&str> = shown
            .split("<option value=\"")
            .skip(1)
            .filter(|option| option.split('>').next().unwrap().contains("selected"))
            .map(|option| option.split('"').next().unwrap())
            .collect();
        assert_eq!(
            columns.len(),
            portfolio::sheet::COLUMNS.len(),
            "{columns:?}"
        );
        check.extend(columns.into_iter().map(|column| ("columns[]", column)));
        let begun = member.post(&page, &check).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        work(&portal).await;
        let result = member.fetch("fichier", &[("id", id(&page))]).await;
        let managed = "SELECT COUNT(*) AS n FROM enrolment WHERE ended_at IS NULL AND firm_id = \
            (SELECT firm_id FROM member WHERE identifier = 'demo')";
        let managed = number(&portal, managed).await;
        assert!(managed > 5);
        let already = format!("\"ready\":0,\"added\":0,\"already\":{managed},\"refused\":0");
        assert!(result.body.contains(&already), "{}", result.body);
        let after = number(&portal, events).await;
        assert_eq!(after, before);
    }
}

/// Fear: another site has a signed-in browser send a file.
#[tokio::test]
async fn no_other_site_sends() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let request = Request::post(PAGE)
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from("--edge--"));
    let answer = member.send(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

/// Fear: progress is told for ever, or not until the end.
#[tokio::test]
async fn progress_is_followed_to_its_end() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let sent = send(&mut member, "a.csv", clients().as_bytes()).await;
    let page = sent.location().to_owned();
    member.post(&page, &check(&page)).await;
    let mut follower = member.clone();
    let path = format!("{page}/progression");
    let (told, ()) = tokio::join!(follower.get(&path), async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        work(&portal).await;
    });
    let kind = told.headers.get(header::CONTENT_TYPE).unwrap();
    assert_eq!(kind, "text/event-stream");
    let events: Vec<_> = told
        .body
        .split("\n\n")
        .filter(|event| !event.is_empty())
        .collect();
    assert_eq!(events.first(), Some(&"data: checking 0 4 0 0 0 0"));
    assert_eq!(events.last(), Some(&"data: checked 4 4 1 0 0 3"));
}

/// Fear: the templates are not what they say.
#[tokio::test]
async fn templates() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let text = member.get(routes::TEXT_TEMPLATE).await;
    assert!(
        text.body.starts_with("\u{feff}Siren ou Siret;"),
        "{}",
        text.body
    );
    let workbook = member.get(routes::TEMPLATE).await;
    assert!(workbook.body.starts_with("PK"));
    let name = workbook.headers.get(header::CONTENT_DISPOSITION).unwrap();
    assert_eq!(name, "attachment; filename=\"modele-clients.xlsx\"");
}
