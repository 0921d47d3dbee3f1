//! The portal in English: every page that somebody can reach by its links, files, and letters.

use super::browser::{Browser, NOW, TestPortal};
use crate::demo;
use http::StatusCode;
use portfolio::{language::ENGLISH, ports::Outbox as _, search::encode};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

/// Chooses a language, as the button of every page does.
async fn choose(browser: &mut Browser, language: &str, back: &str) -> String {
    let answer = browser
        .post("/langue", &[("language", language), ("back", back)])
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().to_owned()
}

/// Fear: the button leads away from the page, or only a browser with JavaScript gets English.
#[tokio::test]
async fn chosen_by_a_stranger() {
    let portal = TestPortal::new().await;
    let mut browser = portal.stranger();
    let french = browser.get("/aide").await.body;
    assert!(french.contains("<html lang=\"fr\"") && french.contains("<h1>Aide"));
    assert_eq!(choose(&mut browser, "en", "/aide").await, "/aide");
    let english = browser.get("/aide").await.body;
    assert!(english.contains("<html lang=\"en\"") && english.contains("<h1>Help"));
    assert!(english.contains("value=\"fr\"") && english.contains(">Français"));
    assert_eq!(choose(&mut browser, "fr", "/aide").await, "/aide");
    assert!(browser.get("/aide").await.body.contains("<h1>Aide"));
    assert_eq!(choose(&mut browser, "en", "//evil.example/").await, "/");
    let unknown = browser.post("/langue", &[("language", "de")]).await;
    assert!(unknown.status.is_client_error());
}

/// Fear: what somebody chose is gone on their other computer, or letters go on in French; or one person's choice changes another's pages.
#[tokio::test]
async fn chosen_by_a_member() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("collab").await;
    choose(&mut member, "en", "/etablissements").await;
    let mut elsewhere = portal.member("collab").await;
    let mut colleague = portal.member(demo::IDENTIFIER).await;
    let (list, theirs) = tokio::join!(
        elsewhere.get("/etablissements"),
        colleague.get("/etablissements")
    );
    assert!(
        list.body.contains("<h1>Manage establishments"),
        "{}",
        list.body
    );
    assert!(theirs.body.contains("<h1>Gérer les établissements"));
    // A file is for other programs, and reads alike whoever fetches it.
    let head = |file: &str| file.lines().next().unwrap_or_default().to_owned();
    for (file, fields) in [
        ("/mobilite/export", &[][..]),
        (
            "/etablissements/exporter/fichier",
            &[("format", "csv"), ("of", "liste")][..],
        ),
    ] {
        let (theirs, own) = (
            colleague.post(file, fields).await,
            elsewhere.post(file, fields).await,
        );
        assert_eq!(own.status, StatusCode::OK, "{file}: {}", own.location());
        assert_eq!(head(&own.body), head(&theirs.body), "{file}");
        assert!(own.body.contains("État"), "{file}: {}", head(&own.body));
    }
    let template = elsewhere.get("/etablissements/importer/modele.csv").await;
    assert!(
        template.body.contains("Siren ou Siret"),
        "{}",
        head(&template.body)
    );
}

/// Fear: a refusal is told in another language than the page, or what was typed is gone because of it.
#[tokio::test]
async fn refused_in_english() {
    let portal = TestPortal::new().await;
    let mut member = portal.member(demo::IDENTIFIER).await;
    choose(&mut member, "en", "/").await;
    let refused = member
        .post("/etablissements/ajouter", &[("identifier", "123456789")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("There is a problem") && refused.body.contains("check digit"));
    assert!(refused.body.contains("value=\"123456789\""));
}

/// Fear: somebody who reads English is written to in French, or the other way round: the letter is caused by somebody else.
#[tokio::test]
async fn letters_in_the_language_of_whom_they_go_to() {
    let portal = TestPortal::new().await;
    let mut client = portal.client().await;
    choose(&mut client, "en", "/mon-compte").await;
    // It asks for another address: told to the old and the new one, in its own language.
    let asked = client
        .post(
            "/mon-compte/adresse",
            &[
                ("email", "toni@ailleurs.example"),
                ("password", demo::PASSWORD),
            ],
        )
        .await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let mut seen = 0;
    while let Some(claimed) = portal.trial.store.claim(NOW).await.unwrap() {
        assert!(
            claimed.message.html.contains("<html lang=\"en\""),
            "{}",
            claimed.message.subject
        );
        assert!(
            claimed.message.text.starts_with("Hello "),
            "{}",
            claimed.message.subject
        );
        portal.trial.store.sent(&claimed, NOW).await.unwrap();
        seen += 1;
    }
    assert!(seen > 0);
}

/// What is shown of a page: its texts, and what is told beside them.
fn shown(html: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = html;
    while let Some((text, from)) = rest.split_once('<') {
        texts.push(text.to_owned());
        let (tag, after) = from.split_once('>').unwrap_or((from, ""));
        for name in [
            "aria-label",
            "title",
            "placeholder",
            "alt",
            "data-label",
            "label",
        ] {
            let told = tag.split_once(&format!(" {name}=\"")).map(|(_, told)| told);
            if let Some((told, _)) = told.and_then(|told| told.split_once('"')) {
                texts.push(told.to_owned());
            }
        }
        rest = after;
        for skipped in ["script", "style", "textarea"] {
            if tag.starts_with(skipped) {
                rest = rest
                    .split_once(&format!("</{skipped}"))
                    .map_or("", |(_, after)| after);
            }
        }
    }
    let plain = |text: &String| {
        text.replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .trim()
            .to_owned()
    };
    texts
        .iter()
        .map(plain)
        .filter(|text| text.chars().any(char::is_alphabetic))
        .collect()
}

/// The addresses that a page links to, without those that hand out files.
fn links(html: &str) -> Vec<String> {
    html.split(" href=\"/")
        .skip(1)
        .filter_map(|from| from.split_once('"'))
        .map(|(path, _)| {
            format!(
                "/{}",
                path.split('#')
                    .next()
                    .unwrap_or_default()
                    .replace("&amp;", "&")
            )
        })
        .filter(|path| {
            !["/pkg", "/favicon", "/aide/"]
                .iter()
                .any(|begin| path.starts_with(begin))
        })
        .filter(|path| {
            ![".csv", ".xlsx", ".pdf", ".ics", ".zip"]
                .iter()
                .any(|end| path.split('?').next().unwrap_or_default().ends_with(end))
        })
        .collect()
}

/// An address without what differs from one client to the next.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path: Vec<&str> = path
        .split('/')
        .map(|part| {
            if part.len() > 30 || part.chars().any(|c| c.is_ascii_digit()) {
                "*"
            } else {
                part
            }
        })
        .collect();
    let query: BTreeSet<&str> = query
        .split('&')
        .filter_map(|part| part.split('=').next())
        .collect();
    format!("{}?{query:?}", path.join("/"))
}

/// French words that a text says: words of the table, with anything in their gaps.
struct French {
    whole: HashMap<String, String>,
    with_gaps: Vec<(Vec<String>, String)>,
}

impl French {
    fn new() -> Self {
        let (mut whole, mut with_gaps) = (HashMap::new(), Vec::new());
        for table in ENGLISH {
            let words: HashMap<String, String> = serde_json::from_str(table).unwrap();
            for (french, english) in words {
                if french.trim() == english.trim() || english.contains(french.trim()) {
                    continue;
                }
                if french.contains('{') {
                    let fixed: Vec<String> = french
                        .split(['{', '}'])
                        .step_by(2)
                        .map(|part| part.trim().to_owned())
                        .collect();
                    let letters = fixed
                        .iter()
                        .flat_map(|part| part.chars())
                        .filter(|c| c.is_alphabetic())
                        .count();
                    if letters > 8 {
                        with_gaps.push((fixed, french));
                    }
                } else {
                    whole.insert(french.trim().to_owned(), french);
                }
            }
        }
        Self { whole, with_gaps }
    }

    fn said(&self, text: &str) -> Option<&str> {
        if let Some(found) = self.whole.get(text) {
            return Some(found);
        }
        let fits = |fixed: &[String]| {
            let mut rest = text;
            fixed
                .iter()
                .all(|part| match rest.split_once(part.as_str()) {
                    Some((_, after)) => {
                        rest = after;
                        true
                    }
                    None => false,
                })
        };
        self.with_gaps
            .iter()
            .find(|(fixed, _)| fits(fixed))
            .map(|(_, french)| french.as_str())
    }
}

/// Fear: a page says something in French to somebody who reads English: a label of a code, a word of a constant, a sentence that is put
/// together.
#[tokio::test]
async fn every_page_that_links_lead_to() {
    let portal = TestPortal::with_colleagues().await;
    let french = French::new();
    let mut wrong = BTreeMap::new();
    let mut walked = BTreeSet::new();
    let seats = [
        (portal.stranger(), "/"),
        (portal.member(demo::IDENTIFIER).await, "/tableau-de-bord"),
        (portal.member(demo::OFFICER).await, "/agent"),
        (portal.client().await, "/mon-compte"),
    ];
    for (mut browser, first) in seats {
        choose(&mut browser, "en", first).await;
        let mut queue = VecDeque::from([first.to_owned()]);
        let mut seen: HashMap<String, usize> = HashMap::new();
        while let Some(address) = queue.pop_front() {
            let page = browser.get(&address).await;
            if page.status.is_redirection() {
                continue;
            }
            walked.insert(address.split('?').next().unwrap_or_default().to_owned());
            for text in shown(&page.body) {
                if let Some(words) = french.said(&text) {
                    wrong
                        .entry(text.clone())
                        .or_insert_with(|| (address.clone(), words.to_owned()));
                }
            }
            for link in links(&page.body) {
                let count = seen.entry(kind(&link)).or_default();
                *count += 1;
                // Two of a kind: one client has more than the other.
                if *count <= 2 {
                    queue.push_back(link);
                }
            }
        }
    }
    assert!(walked.len() > 70, "{walked:#?}");
    assert!(wrong.is_empty(), "{} of them: {wrong:#?}", wrong.len());
}

/// Fear: what no page leads to is French: a link that is over, an address that leads nowhere, a request that is refused.
#[tokio::test]
async fn pages_that_nothing_leads_to() {
    let portal = TestPortal::new().await;
    let french = French::new();
    let mut browser = portal.stranger();
    choose(&mut browser, "en", "/").await;
    let token = "0".repeat(64);
    for address in [
        format!("/invitation/{token}"),
        format!("/mot-de-passe/{token}"),
        format!("/acces/{token}"),
        format!("/adresse/{token}"),
        format!("/desabonnement/{token}"),
        "/rien".to_owned(),
        "/creer-mon-compte".to_owned(),
        "/mot-de-passe-oublie".to_owned(),
        format!("/connexion?suite={}&motif=fin", encode("/etablissements")),
    ] {
        let page = browser.get(&address).await;
        assert!(page.body.contains("<html lang=\"en\""), "{address}");
        for text in shown(&page.body) {
            assert_eq!(french.said(&text), None, "{address}: {text}");
        }
    }
    let refused = browser.post("/aide", &[]).await;
    assert!(refused.body.contains("lang=\"en\""), "{}", refused.body);
}
