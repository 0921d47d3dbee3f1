//! What a page carries so that nothing foreign runs in it, and how its cookie is closed.

use super::browser::TestPortal;
use app::asking::Cookie;
use portfolio::ports::SessionToken;

/// Fear: an answer without its headers, or a policy that lets a foreign script in.
#[tokio::test]
async fn every_answer_carries_its_headers() {
    let portal = TestPortal::new().await;
    let mut member = portal.member("demo").await;
    let mut nonces = Vec::new();
    for path in [
        "/",
        "/connexion",
        "/etablissements",
        "/nulle-part",
        "/pkg/absent.js",
    ] {
        let answer = member.get(path).await;
        let header = |name: &str| {
            answer
                .headers
                .get(name)
                .map_or("", |value| value.to_str().unwrap())
        };
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        let policy = header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}: {policy}"
        );
        let nonce = policy
            .split('\'')
            .find_map(|part| part.strip_prefix("nonce-"))
            .unwrap()
            .to_owned();
        for script in answer.body.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            assert!(
                tag.contains(&nonce),
                "{path}: a script without the nonce: {tag}"
            );
        }
        assert!(!answer.body.contains(" style="), "{path}: an inline style");
        nonces.push(nonce);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 5, "a nonce serves once");
}

/// Fear: the cookie can be read by scripts, sent by other sites, or used over http where https is meant.
#[test]
fn the_cookie_is_closed() {
    let token = SessionToken::new("ab".repeat(32));
    let plain = Cookie::Plain.hand_out(&token);
    assert!(
        plain.starts_with("session=abab") && plain.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{plain}"
    );
    let secure = Cookie::Secure.hand_out(&token);
    assert!(
        secure.starts_with("__Host-session=") && secure.ends_with("; Secure"),
        "{secure}"
    );
    assert!(Cookie::Secure.take_back().contains("Max-Age=0"));
}
