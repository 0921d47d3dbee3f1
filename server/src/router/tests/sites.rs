//! What another site makes a browser ask.

use super::browser::TestPortal;
use axum::body::Body;
use http::{Method, Request, StatusCode, header};

/// What a browser says of the site that makes it ask: `Sec-Fetch-Site`, `Origin`, and whether that is this site.
const SITES: [(Option<&str>, Option<&str>, bool); 12] = [
    (Some("same-origin"), None, true),
    (Some("same-origin"), Some("http://portail.test"), true),
    // A proxy may change `Host`: what the browser says itself goes first.
    (Some("same-origin"), Some("http://autre.test"), true),
    // Typed, or a bookmark.
    (Some("none"), None, true),
    (Some("same-site"), None, false),
    (Some("same-site"), Some("http://portail.test"), false),
    (Some("cross-site"), None, false),
    (Some("cross-site"), Some("http://portail.test"), false),
    // Browsers that are too old to say it.
    (None, Some("http://portail.test"), true),
    (None, Some("https://ailleurs.example"), false),
    (None, Some("null"), false),
    // No browser: it has no cookie of anybody's.
    (None, None, true),
];

fn request(
    method: Method,
    path: &str,
    site: Option<&str>,
    origin: Option<&str>,
) -> http::request::Builder {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request
}

/// Fear: another site makes a signed-in browser change something; or our own pages, a bookmark or an old browser are shut out.
#[tokio::test]
async fn cross_site_requests_are_refused() {
    let portal = TestPortal::new().await;
    let member = portal.member("demo").await;
    for (site, origin, ours) in SITES {
        for path in [
            "/api/inscrire",
            "/etablissements/ajouter",
            "/connexion",
            "/api/deconnexion",
            "/deconnexion",
        ] {
            let request = request(Method::POST, path, site, origin)
                .header(header::ACCEPT, "text/html")
                .body(Body::from("identifier=999100233"))
                .unwrap();
            let mut member = member.clone();
            let answer = member.send(request).await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused, !ours,
                "{site:?} {origin:?} on {path}: {}",
                answer.status
            );
            if ours {
                continue;
            }
            assert!(member.cookie.is_some(), "still signed in");
            let words = if path.starts_with("/api") {
                "\"Unreadable\""
            } else {
                "venait d’un autre site"
            };
            assert!(answer.body.contains(words), "{path}: {}", answer.body);
        }
        let reading = request(Method::GET, "/connexion", site, origin);
        let answer = portal
            .stranger()
            .send(reading.body(Body::empty()).unwrap())
            .await;
        assert_eq!(
            answer.status,
            StatusCode::OK,
            "a link from anywhere leads here: {site:?} {origin:?}"
        );
    }
}

/// Fear: another site reads a server function's answer on some method, or opens a channel that no rule of the browser holds back.
#[tokio::test]
async fn cross_site_reads_of_calls_and_upgrades_are_refused() {
    let portal = TestPortal::new().await;
    for (site, origin, ours) in SITES {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            for path in ["/api/moi", "/api/lister", "/api/nulle-part"] {
                let request = request(method.clone(), path, site, origin);
                let answer = portal
                    .stranger()
                    .send(request.body(Body::empty()).unwrap())
                    .await;
                let refused = answer.status == StatusCode::FORBIDDEN;
                assert_eq!(
                    refused, !ours,
                    "{method} {path} {site:?} {origin:?}: {}",
                    answer.status
                );
                assert!(
                    !answer.status.is_success(),
                    "{method} {path}: {}",
                    answer.status
                );
            }
        }
        for path in ["/", "/aide", "/pkg/x.js"] {
            let request = request(Method::GET, path, site, origin)
                .header(header::UPGRADE, "websocket")
                .header(header::CONNECTION, "Upgrade");
            let answer = portal
                .stranger()
                .send(request.body(Body::empty()).unwrap())
                .await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(
                refused, !ours,
                "{path} {site:?} {origin:?}: {}",
                answer.status
            );
            assert_ne!(answer.status, StatusCode::SWITCHING_PROTOCOLS);
        }
    }
}
