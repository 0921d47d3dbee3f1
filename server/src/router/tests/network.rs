//! What is known, logged and counted of a request: where it came from, its id, its route; and nothing that anybody typed.

use super::browser::{Browser, TestPortal};
use crate::{
    guard::Transport,
    hasher::Hasher,
    log,
    metrics::Metrics,
    proxies::{Peer, Proxies},
    router::{Around, guarded},
    settings::{Log, LogFormat},
};
use app::asking::Portal;
use async_trait::async_trait;
use axum::{Extension, Router, body::Body, routing::get};
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use portfolio::{
    form::SignInDraft,
    origin::Origin,
    ports::{Door, Outage, Session, SessionToken, SignIn, Visit},
    time::Timestamp,
};
use std::{
    io::{self, Write},
    path::Path,
    sync::{Arc, Mutex},
};
use tower::ServiceExt as _;

/// A door that panics whenever it is asked.
pub struct Broken;

#[async_trait]
impl Door for Broken {
    async fn sign_in(&self, _: &SignInDraft, _: &Visit, _: Timestamp) -> Result<SignIn, Outage> {
        panic!("the door is off its hinges")
    }
    async fn sign_out(&self, _: &SessionToken, _: Origin, _: Timestamp) -> Result<(), Outage> {
        panic!("the door is off its hinges")
    }
    async fn session(
        &self,
        _: &SessionToken,
        _: Origin,
        _: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        panic!("the door is off its hinges")
    }
    async fn watching(
        &self,
        _: &SessionToken,
        _: Origin,
        _: Timestamp,
    ) -> Result<Option<Session>, Outage> {
        panic!("the door is off its hinges")
    }
}

/// A log that is kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Kept {
    fn of(filter: &str, format: LogFormat) -> (Self, tracing::dispatcher::DefaultGuard) {
        let kept = Self::default();
        let writer = kept.clone();
        let log = Log {
            filter: filter.to_owned(),
            format,
        };
        let lines = log::lines(&log, move || writer.clone(), false);
        (kept, tracing::dispatcher::set_default(&lines))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// The address and the id that a request has inside, as `ADDRESS`, and the id that its answer has.
async fn passed(proxies: &str, peer: Option<&str>, headers: &[(&str, &str)]) -> (String, String) {
    let inner = |Extension(origin): Extension<Origin>| async move { origin.to_string() };
    let around = Around {
        proxies: Proxies::read(proxies).unwrap(),
        ..Around::default()
    };
    let router = guarded(
        Router::new().route("/", get(inner)),
        Transport::Plain,
        around,
    );
    let mut request = Request::get("/").body(Body::empty()).unwrap();
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, value.parse().unwrap());
    }
    if let Some(peer) = peer {
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
    }
    let answer = router.oneshot(request).await.unwrap();
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (String::from_utf8(body.to_vec()).unwrap(), id)
}

/// Fear: an origin is made up by whoever asks, or is the proxy's for everybody. What a header may say is tested where it is read.
#[tokio::test]
async fn each_request_has_its_origin() {
    let forged = [("x-forwarded-for", "203.0.113.9")];
    let stranger = passed("10.0.0.0/8", Some("192.0.2.7"), &forged).await;
    assert_eq!(stranger.0, "192.0.2.7");
    let proxy = passed("10.0.0.0/8", Some("10.1.1.1"), &forged).await;
    assert_eq!(proxy.0, "203.0.113.9");
    let nobody = passed("10.0.0.0/8", None, &forged).await;
    assert_eq!(nobody.0, "inconnue");
}

/// Fear: two requests have one id; a stranger writes into the log by one, or hides among the lines of another's request.
#[tokio::test]
async fn each_request_has_its_id() {
    let (_, first) = passed("", None, &[]).await;
    let (_, second) = passed("", None, &[]).await;
    assert_ne!(first, second);
    assert_eq!(first.len(), 32);

    let brought = "0af7651916cd43dd8448eb211c80319c";
    let id = [("x-request-id", brought)];
    let (_, proxy) = passed("10.0.0.1", Some("10.0.0.1"), &id).await;
    assert_eq!(proxy, brought, "a proxy's id is kept");
    for peer in [None, Some("192.0.2.7")] {
        assert_ne!(passed("10.0.0.1", peer, &id).await.1, brought, "{peer:?}");
    }
    let long = "a".repeat(65);
    for odd in [
        "short",
        &long,
        "abcdefgh id=9",
        "abcdefgh\tx",
        "abcdefgh}",
        "",
    ] {
        let (_, id) = passed("10.0.0.1", Some("10.0.0.1"), &[("x-request-id", odd)]).await;
        assert_eq!(id.len(), 32, "{odd:?}");
        assert_ne!(id, odd);
    }
}

/// Everything that a request can hold, none of which is to be read in a log.
const TYPED: [&str; 7] = [
    "queryword",
    "cookieword",
    "agentword",
    "identifierword",
    "passwordword",
    "203.0.113.9",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
];

fn telling(path: &str) -> Request<Body> {
    let [query, cookie, agent, identifier, password, address, token] = TYPED;
    let mut request = Request::post(format!("{path}?suite={query}"))
        .header(header::ACCEPT, "text/html")
        .header(header::HOST, "portail.test")
        .header(header::COOKIE, format!("autre={cookie}; session={token}"))
        .header(header::USER_AGENT, agent)
        .header("x-forwarded-for", address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!(
            "identifier={identifier}&password={password}&next="
        )))
        .unwrap();
    let peer = Peer(address.parse().unwrap());
    request.extensions_mut().insert(peer);
    request
}

fn said_nothing(log: &str) {
    for typed in TYPED {
        assert!(!log.contains(typed), "{typed} is in the log: {log}");
    }
}

/// Fear: what somebody typed, or who it was, is read in a log; or a line of it cannot be told to belong to its request.
#[tokio::test]
async fn logs_hold_ids_and_nothing_typed() {
    let portal = TestPortal::new().await;
    for format in [LogFormat::Text, LogFormat::Json] {
        for path in ["/connexion", "/api/connexion", "/nulle-part"] {
            let (kept, _guard) = Kept::of("info", format);
            let answer = portal.stranger().send(telling(path)).await;
            let id = answer.headers["x-request-id"].to_str().unwrap();
            let log = kept.text();
            assert!(log.contains(path), "{log}");
            for line in log.lines() {
                assert!(line.contains(id), "without the id {id}: {line}");
            }
            said_nothing(&log);
        }
    }
}

/// Fear: nobody can find out who tried what their role does not allow; or the log tells their name.
#[tokio::test]
async fn refusals_say_whose_they_are() {
    let portal = TestPortal::with_colleagues().await;
    let mut reader = portal.member("lecture").await;
    let (kept, _guard) = Kept::of("info", LogFormat::Text);
    let answer = reader
        .fetch("inscrire", &[("identifier", "732829320")])
        .await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let log = kept.text();
    let line = log.lines().find(|line| line.contains("refused")).unwrap();
    assert!(line.contains("member=") && line.contains("id="), "{line}");
    assert!(!log.contains("Lou") && !log.contains("732829320"), "{log}");
}

/// Fear: whoever calls the help desk has a reference that no log knows, or one that the log's other lines cannot be found by; an
/// outage or a panic puts into the log what was typed.
#[tokio::test]
async fn references_are_logged_with_the_id() {
    let portal = TestPortal::new().await;
    let mut sign_in = portal.stranger();
    let metrics = Metrics::default();
    let around = || Around {
        metrics: metrics.clone(),
        ..Around::default()
    };
    portal.trial.store.clone().close().await.unwrap();
    let portal = portal.with(Path::new("."), around(), |_| ());
    let (kept, _guard) = Kept::of("warn", LogFormat::Text);
    // Without a session that has to be read: the outage is met by the server function itself.
    let mut call = telling("/api/connexion");
    call.headers_mut().remove(header::COOKIE);
    let mut answers = vec![(sign_in.send(call).await, 503)];
    for path in ["/connexion", "/api/connexion"] {
        answers.push((portal.stranger().send(telling(path)).await, 503));
    }
    let broken = portal.with(Path::new("."), around(), |portal| {
        portal.door = Arc::new(Broken);
    });
    for path in ["/connexion", "/api/connexion"] {
        answers.push((broken.stranger().send(telling(path)).await, 500));
    }
    let log = kept.text();
    for (answer, status) in answers {
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
        let reference = answer
            .body
            .split_once("\"reference\":\"")
            .or_else(|| answer.body.split_once("<code>"))
            .unwrap_or_else(|| panic!("no reference: {}", answer.body))
            .1;
        let reference = &reference[..8];
        let line = log
            .lines()
            .find(|line| line.contains(reference))
            .unwrap_or_else(|| panic!("{reference} is not in the log: {log}"));
        let id = answer.headers["x-request-id"].to_str().unwrap();
        assert!(line.contains(id), "{line}");
        assert!(!answer.body.contains("hinges"), "{}", answer.body);
    }
    assert_eq!(log.matches("hinges").count(), 2, "{log}");
    said_nothing(&log);
    let counted = metrics.written(&Hasher::new().unwrap()).unwrap();
    for expected in ["portail_panics_total 2\n", "portail_outages_total 2\n"] {
        assert!(counted.contains(expected), "{expected}: {counted}");
    }
}

/// Fear: who reads English alone is told in French that something went wrong, by the page that has no other words.
#[tokio::test]
async fn trouble_is_told_in_the_language_of_the_browser() {
    let changed = |portal: TestPortal, change: fn(&mut Portal)| {
        portal.with(Path::new("."), Around::default(), change)
    };
    let broken = changed(TestPortal::new().await, |portal| {
        portal.door = Arc::new(Broken);
    });
    let closed = changed(TestPortal::new().await, |_| ());
    closed.trial.store.clone().close().await.unwrap();
    for portal in [broken, closed] {
        for (language, title) in [
            ("en", "Something went wrong"),
            ("fr", "Un incident s’est produit"),
        ] {
            let mut request = telling("/etablissements");
            let session = format!("session={}; langue={language}", "0".repeat(64));
            request
                .headers_mut()
                .insert(header::COOKIE, session.parse().unwrap());
            let answer = portal.stranger().send(request).await;
            assert!(answer.status.is_server_error(), "{}", answer.status);
            assert!(answer.body.contains(title), "{}", answer.body);
            assert!(
                answer.body.contains(&format!("lang=\"{language}\"")),
                "{}",
                answer.body
            );
        }
    }
}

/// Fear: every id and every made-up address is a series of its own, until Prometheus falls over; or nothing is counted.
#[tokio::test]
async fn routes_are_counted_and_paths_are_not() {
    let metrics = Metrics::default();
    let around = Around {
        metrics: metrics.clone(),
        ..Around::default()
    };
    let portal = TestPortal::new()
        .await
        .with(Path::new("no-such-folder"), around, |_| ());
    let mut member = portal.member("demo").await;
    for number in 0..50 {
        member
            .get(&format!("/etablissements/{number}?q=a{number}"))
            .await;
        member.get(&format!("/nulle-part/{number}")).await;
        member.get(&format!("/pkg/{number}.js")).await;
        member.get(&format!("/aide/{number}.png")).await;
        let method = format!("M{number}").parse().unwrap();
        let mut odd = Request::new(Body::empty());
        *odd.method_mut() = method;
        member.send(odd).await;
    }
    member.fetch("moi", &[]).await;
    let counted = metrics.written(&Hasher::new().unwrap()).unwrap();
    for expected in [
        "portail_requests_total{method=\"POST\",route=\"/connexion\",status=\"3xx\"} 1\n",
        "portail_requests_total{method=\"GET\",route=\"/etablissements/{id}\",status=\"4xx\"} 50\n",
        "portail_requests_total{method=\"GET\",route=\"other\",status=\"4xx\"} 50\n",
        "portail_requests_total{method=\"GET\",route=\"/pkg/{file}\",status=\"4xx\"} 50\n",
        "portail_requests_total{method=\"GET\",route=\"/aide/{file}\",status=\"4xx\"} 50\n",
        "portail_requests_total{method=\"POST\",route=\"/api/moi\",status=\"2xx\"} 1\n",
        "portail_request_duration_seconds_count{method=\"POST\",route=\"/connexion\"} 1\n",
        "portail_password_places_taken 0\n",
    ] {
        assert!(counted.contains(expected), "{expected}: {counted}");
    }
    let series = counted
        .lines()
        .filter(|line| line.starts_with("portail_requests_total"))
        .count();
    assert!(series <= 8, "{counted}");
    assert!(counted.ends_with("# EOF\n"), "{counted}");
}

/// Fear: health and metrics are read by everybody.
#[tokio::test]
async fn operations_are_not_public() {
    let portal = TestPortal::new().await;
    let mut browsers: Vec<Browser> = vec![portal.stranger(), portal.member("demo").await];
    for browser in &mut browsers {
        for path in ["/metrics", "/health/live", "/health/ready", "/health"] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.body.contains("portail_requests"), "{path}");
        }
    }
}
