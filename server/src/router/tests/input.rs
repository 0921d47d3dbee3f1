//! Bad input of any kind: a clear refusal, the right status, nothing lost.

use super::browser::TestPortal;
use axum::body::Body;
use http::{Request, StatusCode, header};
use portfolio::search::encode;

/// Fear: a broken address brings a page down, or is swallowed without a word.
#[tokio::test]
async fn broken_addresses() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for broken in [
        "page=abc",
        "taille=7",
        "tri=%FF",
        "ouvrir=1",
        "page=-1&q=dupont",
    ] {
        let answer = member.get(&format!("/etablissements?{broken}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{broken}");
        assert!(answer.body.contains("n’a pas pu être lue"), "{broken}");
        let list = answer.body.contains("Affichage de") || answer.body.contains("Aucun client");
        assert!(list, "{broken}: the list is shown all the same");
    }
    for odd in [
        "q=%FF%FE",
        "q=%00",
        "q=%",
        "&&&=&",
        "q=a&q=b",
        "%F0%28%8C%BC=1",
        "q=%25%5F%27%3B--",
    ] {
        let answer = member.get(&format!("/etablissements?{odd}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
    }
    for lost in [
        "/etablissements/%FF",
        "/etablissements/x/y/z",
        "/%00",
        "/..%2f..%2fetc/passwd",
        "/etablissements/ajouter/x/mandat",
        "/pkg/x.js",
    ] {
        let answer = member.get(lost).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{lost}");
    }
}

fn post(path: &str, kind: &str, body: Vec<u8>) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, kind)
        .header(header::CONTENT_LENGTH, body.len())
        .body(Body::from(body))
        .unwrap()
}

/// Fear: a huge or unreadable body is taken in, or answered as the portal's own failure.
#[tokio::test]
async fn unreadable_bodies() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let form = "application/x-www-form-urlencoded";
    for path in ["/api/inscrire", "/etablissements/ajouter"] {
        let huge = member
            .send(post(path, form, vec![b'a'; 10 * 1024 * 1024]))
            .await;
        assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let binary = member
            .send(post(path, form, b"identifier=\xff\xfe%ff".to_vec()))
            .await;
        assert!(binary.status.is_client_error(), "{path}: {}", binary.status);
    }
    let nested = b"services=x&services[a][b][c][d][e][f][g]=1".to_vec();
    let nested = member.send(post("/api/enregistrer", form, nested)).await;
    assert!(
        nested.status.is_client_error(),
        "{}: {}",
        nested.status,
        nested.body
    );
    let json = member
        .send(post(
            "/api/inscrire",
            "application/json",
            b"{\"identifier\":1}".to_vec(),
        ))
        .await;
    assert!(json.status.is_client_error(), "{}", json.status);
    assert_eq!(
        member.fetch("nulle-part", &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

/// A body of unknown length, as chunks are: so many of one kilobyte, then its end, or never an end.
pub struct Chunks {
    /// How many are left.
    pub left: usize,
    /// Whether it ends after them.
    pub ends: bool,
}

impl axum::body::HttpBody for Chunks {
    type Data = axum::body::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        use std::task::Poll;
        if let Some(left) = self.left.checked_sub(1) {
            self.left = left;
            let chunk = axum::body::Bytes::from_static(&[b'a'; 1024]);
            return Poll::Ready(Some(Ok(hyper::body::Frame::data(chunk))));
        }
        if self.ends {
            Poll::Ready(None)
        } else {
            Poll::Pending
        }
    }
}

/// Fear: a body that does not say how long it is gets past the limit, or is told to be wrong instead of too large; the caller of a
/// server function gets words that it cannot read.
#[tokio::test]
async fn chunks_beyond_the_limit() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    for (kilobytes, too_large) in [(63, false), (65, true), (usize::MAX, true)] {
        for path in ["/api/inscrire", "/etablissements/ajouter"] {
            let chunks = Chunks {
                left: kilobytes,
                ends: true,
            };
            let request = Request::post(path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, "text/html")
                .body(Body::new(chunks))
                .unwrap();
            let answer = member.send(request).await;
            let refused = answer.status == StatusCode::PAYLOAD_TOO_LARGE;
            assert_eq!(
                refused, too_large,
                "{path}: {kilobytes} kB: {}",
                answer.status
            );
            if too_large {
                let words = if path.starts_with("/api") {
                    "\"Unreadable\""
                } else {
                    "trop volumineux"
                };
                assert!(answer.body.contains(words), "{path}: {}", answer.body);
            }
        }
    }
}

/// Fear: what somebody typed is run by a browser.
#[tokio::test]
async fn typed_text_is_text() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let sought = member
        .get(&format!("/etablissements?q={}", encode(hostile)))
        .await;
    let refused = member
        .post("/etablissements/ajouter", &[("identifier", hostile)])
        .await;
    for answer in [sought, refused] {
        assert!(
            !answer.body.contains("<script>alert") && !answer.body.contains("<img src=x"),
            "{}",
            answer.body
        );
    }
}
