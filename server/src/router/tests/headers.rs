//! What every answer carries, whichever part of the portal it comes from: the program's own lists of its addresses are walked.

use super::{
    browser::{Answer, Browser, TestPortal},
    input::Chunks,
    network::Broken,
};
use crate::router::{Around, LARGEST_BODY};
use app::{App, asking::Cookie};
use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// A built site of one file each, removed at its end.
struct Site(PathBuf);

impl Site {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("portail-site-{}", uuid::Uuid::new_v4()));
        for file in ["pkg/portail.1.js", "aide/liste.png", "favicon.svg"] {
            let file = folder.join(file);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "x").unwrap();
        }
        Self(folder)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What is the same on every answer, whatever it is.
fn carried(answer: &Answer, what: &str) {
    let told = |name: &str| {
        answer
            .headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    };
    assert_eq!(told("x-content-type-options"), "nosniff", "{what}");
    // The address of a link that was sent is a secret.
    let link = app::routes::LINKS.map(|link| what.contains(link));
    let referrer = if link.contains(&true) {
        "no-referrer"
    } else {
        "same-origin"
    };
    assert_eq!(told("referrer-policy"), referrer, "{what}");
    assert_eq!(told("cross-origin-opener-policy"), "same-origin", "{what}");
    assert_eq!(
        told("cross-origin-resource-policy"),
        "same-origin",
        "{what}"
    );
    assert!(
        told("permissions-policy").contains("camera=(), geolocation=()"),
        "{what}"
    );
    let policy = told("content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'nonce-",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(
        !policy.replace("'wasm-unsafe-eval'", "").contains("unsafe"),
        "{what}: {policy}"
    );
}

fn complete(answer: &Answer, what: &str, cookie: Cookie, kept: Option<&str>) {
    carried(answer, what);
    let told = |name: &str| {
        answer
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap())
    };
    assert_eq!(
        told("cache-control"),
        Some(kept.unwrap_or("no-store")),
        "{what}"
    );
    let https = "max-age=63072000; includeSubDomains";
    let expected = (cookie == Cookie::Secure).then_some(https);
    assert_eq!(told("strict-transport-security"), expected, "{what}");
    assert_eq!(told("x-request-id").map(str::len), Some(32), "{what}");
    // Texts say how their letters are written (ASVS 5.0, 4.1.1).
    if let Some(kind) =
        told("content-type").filter(|kind| kind.starts_with("text/") || kind.contains("svg"))
    {
        assert!(kind.ends_with("; charset=utf-8"), "{what}: {kind}");
    }
}

fn asked(method: &Method, path: &str) -> http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

async fn walked(browser: &mut Browser, cookie: Cookie) {
    let mut addresses: Vec<(Method, String)> = Vec::new();
    for page in generate_route_list(App) {
        let path = page.path().replace(['{', '}', ':'], "");
        addresses.push((Method::GET, path.clone()));
        addresses.push((Method::HEAD, path.clone()));
        // A form's address, or 405.
        addresses.push((Method::POST, path.clone()));
        addresses.push((Method::DELETE, path));
    }
    assert!(
        addresses.len() >= 36,
        "the list of pages is not the program's"
    );
    for (path, _) in server_fn_paths() {
        addresses.push((Method::POST, path.to_owned()));
        addresses.push((Method::GET, path.to_owned()));
    }
    for lost in [
        "/nulle-part",
        "/api/nulle-part",
        "/pkg/absent.js",
        "/aide/absent.png",
    ] {
        addresses.push((Method::GET, lost.to_owned()));
        addresses.push((Method::POST, lost.to_owned()));
    }
    for (method, path) in addresses {
        let what = format!("{method} {path}");
        let answer = browser
            .clone()
            .send(asked(&method, &path).body(Body::empty()).unwrap())
            .await;
        complete(&answer, &what, cookie, None);
    }
    for (file, kept) in [
        ("/pkg/portail.1.js", "public, max-age=31536000, immutable"),
        ("/aide/liste.png", "public, max-age=86400"),
        ("/favicon.svg", "public, max-age=86400"),
    ] {
        let answer = browser.get(file).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        complete(&answer, file, cookie, Some(kept));
    }
}

/// Answers that no route gives: the last resorts.
async fn resorts(browser: &Browser, cookie: Cookie) {
    for path in ["/etablissements/ajouter", "/api/inscrire"] {
        let post = || asked(&Method::POST, path);
        let large = Body::from(vec![b'a'; LARGEST_BODY + 1]);
        let slow = Body::new(Chunks {
            left: 1,
            ends: false,
        });
        let chunks = Body::new(Chunks {
            left: 1024,
            ends: true,
        });
        let foreign = post().header("sec-fetch-site", "cross-site");
        for (request, status) in [
            (post().body(large), 413),
            (post().body(chunks), 413),
            (post().body(slow), 408),
            (foreign.body(Body::empty()), 403),
        ] {
            let answer = browser.clone().send(request.unwrap()).await;
            assert_eq!(answer.status.as_u16(), status, "{path}");
            complete(&answer, &format!("{status} {path}"), cookie, None);
        }
    }
}

/// Fear: an answer without its headers, from a part of the portal that nobody thought of: one added later, an error, a panic.
#[tokio::test]
async fn every_route_carries_its_headers() {
    let site = Site::new();
    for cookie in [Cookie::Plain, Cookie::Secure] {
        let around = Around {
            body_patience: Duration::from_millis(50),
            ..Around::default()
        };
        let portal = TestPortal::new()
            .await
            .with(&site.0, around, |portal| portal.cookie = cookie);
        walked(&mut portal.stranger(), cookie).await;
        let mut member = portal.member("demo").await;
        walked(&mut member, cookie).await;
        resorts(&member, cookie).await;

        let broken = portal.with(&site.0, Around::default(), |portal| {
            portal.door = Arc::new(Broken);
        });
        for path in ["/", "/api/moi"] {
            let mut browser = broken.stranger();
            browser.cookie.clone_from(&member.cookie);
            let answer = browser.get(path).await;
            assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
            complete(&answer, "a panic", cookie, None);
        }
    }
}
