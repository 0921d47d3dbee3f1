//! The dashboard and the review, as plain pages and forms.

use super::browser::{Browser, TestPortal};
use app::refusal::{NoField, Refusal};
use http::StatusCode;
use portfolio::{
    dashboard::{Concern, Overview, percent},
    french,
};

/// The overview as the client fetches it.
async fn overview(member: &mut Browser) -> Overview {
    let answer = member.fetch("tableau-de-bord", &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// The value that a page's form sends under a name.
pub fn hidden(page: &str, name: &str) -> String {
    let field = page
        .split("<input")
        .find(|field| field.contains(&format!("name=\"{name}\"")))
        .unwrap();
    let value = field.split("value=\"").nth(1).unwrap();
    let value = value.split('"').next().unwrap();
    value.replace("&amp;", "&")
}

/// Fear: a number of the page leads to a list of another length, or stands there without a way to it.
#[tokio::test]
async fn numbers_are_links_to_as_many() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let told = overview(&mut member).await;
    assert!(told.managed > 20 && !told.is_quiet());
    let page = member.get("/tableau-de-bord").await;
    assert_eq!(page.status, StatusCode::OK);
    let parts = told.makeup.iter().flat_map(|side| side.parts.iter());
    let figures = told
        .attention
        .iter()
        .filter(|(_, clients)| *clients > 0)
        .map(|(concern, clients)| (concern.search(), *clients))
        .chain(parts.map(|(part, clients)| (part.search(), *clients)));
    for (search, clients) in figures {
        let path = app::routes::list(&search);
        let link = format!("href=\"{}\"", path.replace('&', "&amp;"));
        assert!(page.body.contains(&link), "{link}");
        let list = member.get(&path).await;
        let shown = list.body.matches("<tr id=\"client-").count();
        let expected = usize::try_from(clients).unwrap().min(20);
        assert_eq!(shown, expected, "{path}");
    }
}

/// Fear: a chart, its table and what is said of them tell different figures; or one is drawn by a style that the policy refuses.
#[tokio::test]
async fn charts_and_tables_say_the_same() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let told = overview(&mut member).await;
    let page = member.get("/tableau-de-bord").await.body;
    assert!(!page.contains("style="), "no style in a page");
    for moves in &told.movement {
        let drawn = format!(
            "<title>{}\u{a0}: {}, {}, {}<",
            moves.month.long(),
            french::count(moves.added, "ajouté", "ajoutés"),
            french::count(moves.ended, "résilié", "résiliés"),
            french::count(moves.managed, "géré", "gérés"),
        );
        assert_eq!(
            page.matches(&drawn).count(),
            4,
            "two charts of two sizes: {drawn}"
        );
        let row = page
            .split("<tr>")
            .skip(1)
            .find(|row| row.contains(&format!("datetime=\"{}\"", moves.month.iso())))
            .unwrap();
        for figure in [moves.added, moves.ended, moves.managed] {
            assert!(
                row.contains(&format!(">{}<", french::number(figure))),
                "{row}"
            );
        }
    }
    for (part, clients) in told.makeup.iter().flat_map(|side| &side.parts) {
        let row = page
            .split("<tr>")
            .skip(1)
            .find(|row| row.contains(&format!("?{}\"", part.search().query())))
            .unwrap();
        assert!(
            row.contains(&format!(">{}<", french::number(*clients))),
            "{row}"
        );
        assert!(
            row.contains(&percent(*clients, told.managed).replace('<', "&lt;")),
            "{row}"
        );
        assert!(row.contains("<rect"), "{row}");
    }
}

/// Fear: without JavaScript the review stands still, confirms what was not shown, or forgets who was put off.
#[tokio::test]
async fn plain_forms_walk_through() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let stale = |told: &Overview| {
        let found = told
            .attention
            .iter()
            .find(|(concern, _)| *concern == Concern::Stale);
        found.unwrap().1
    };
    let before = stale(&overview(&mut member).await);
    assert!(before >= 2, "the demonstration holds some");
    let first = member.get("/revue").await.body;
    assert!(first.contains(&format!("1\u{a0}sur\u{a0}{before}")));
    let of = hidden(&first, "of");
    let later = first
        .split("href=\"")
        .map(|link| link.split('"').next().unwrap().replace("&amp;", "&"))
        .find(|link| link.starts_with("/revue?apres="))
        .unwrap();
    let second = member.get(&later).await.body;
    assert!(second.contains(&format!("2\u{a0}sur\u{a0}{before}")));
    assert_ne!(hidden(&second, "of"), of, "the first is put off");
    let fields = ["of", "version", "walk"].map(|name| (name, hidden(&second, name)));
    let fields = fields.each_ref().map(|(name, value)| (*name, &**value));
    let done = member.post(&later, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(
        done.location().starts_with("/revue?apres="),
        "{}",
        done.location()
    );
    assert!(
        done.location().ends_with("fait=revu"),
        "{}",
        done.location()
    );
    assert!(
        member
            .get(done.location())
            .await
            .body
            .contains("Le mandat est confirmé")
    );
    assert_eq!(stale(&overview(&mut member).await), before - 1);
    let client = member
        .get(&format!("/etablissements/{}", hidden(&second, "of")))
        .await;
    assert!(client.body.contains("Mandat revu"), "its history tells it");
    assert_eq!(
        hidden(&member.get("/revue").await.body, "of"),
        of,
        "who was put off comes again"
    );
    // A page that is old by now: nothing is confirmed that was not seen.
    let old = [("of", &*of), ("version", "0"), ("walk", "")];
    let refused = member.post("/revue", &old).await;
    assert_eq!(refused.location(), "/revue?fait=modifie", "it comes again");
    assert_eq!(stale(&overview(&mut member).await), before - 1);
    for broken in ["/revue?apres=x", "/revue?vus=-1", "/revue?charge=tous"] {
        let page = member.get(broken).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{broken}");
        assert!(page.body.contains("a été ignorée"), "{broken}");
    }
}

/// Fear: a reader confirms, or another firm's member does; or a reader is shown a button that refuses them.
#[tokio::test]
async fn only_those_who_may() {
    let portal = TestPortal::with_colleagues().await;
    let mut member = portal.member("demo").await;
    let page = member.get("/revue").await.body;
    let (of, version) = (hidden(&page, "of"), hidden(&page, "version"));
    let fields = [("of", &*of), ("version", &*version), ("walk", "")];
    let mut reader = portal.member("lecture").await;
    let seen = reader.get("/revue").await.body;
    assert!(seen.contains("Client suivant") && !seen.contains("toujours valable"));
    let refused = reader.fetch("revue/confirmer", &fields).await;
    let refusal: Refusal<NoField> = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(refusal, Refusal::NotAllowed);
    let mut other = portal.member("autre").await;
    assert!(other.get("/revue").await.body.contains("Rien à revoir"));
    let theirs = other.fetch("revue/confirmer", &fields).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let unknown = [
        ("of", "01a20cbe-3610-7d9c-af6a-74462ae16a39"),
        fields[1],
        fields[2],
    ];
    assert_eq!(
        other.fetch("revue/confirmer", &unknown).await.body,
        theirs.body
    );
}
