//! What stands before every request and behind every answer: the log, the headers, the truthful status, the last resort.

use crate::router::{API, PKG};
use app::{plain::MintedNonce, routes};
use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header, header::HeaderName};
use http_body_util::BodyExt;
use portfolio::ports::Outage;
use std::{any::Any, time::Duration};

/// The header by which server functions say that they refused.
const REFUSED: HeaderName = HeaderName::from_static("serverfnerror");

/// Logs each request: method, path and status. Never the query, which can hold what somebody sought; never a header, never a body.
pub async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = logged(request.uri().path()).to_owned();
    let clock = tokio::time::Instant::now();
    let response = next.run(request).await;
    let took: Duration = clock.elapsed();
    let status = response.status().as_u16();
    // Files are many and tell nothing.
    if path.starts_with(PKG) {
        tracing::debug!(%method, path, status, "request");
    } else {
        tracing::info!(%method, path, status, milliseconds = took.as_secs_f64() * 1000.0, "request");
    }
    response
}

/// A path as it may be logged: the address of a link that was sent holds its secret.
fn logged(path: &str) -> &str {
    let link = [routes::INVITATION, routes::NEW_PASSWORD];
    link.into_iter()
        .find(|link| path.starts_with(link))
        .unwrap_or(path)
}

/// Mints the nonce of the content security policy, and sets the headers that every answer carries.
pub async fn headers(mut request: Request, next: Next) -> Response {
    let nonce = nonce();
    let file = is_file(request.uri().path());
    let hashed = request.uri().path().starts_with(PKG);
    let link = routes::is_link(request.uri().path());
    request.extensions_mut().insert(MintedNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let good = response.status().is_success();
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::REFERRER_POLICY,
            // Not even our own pages are told the secret of a link.
            if link { "no-referrer" } else { "same-origin" },
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        (
            header::CACHE_CONTROL,
            match (file && good, hashed) {
                // Its name holds the hash of its content: it never changes.
                (true, true) => "public, max-age=31536000, immutable",
                (true, false) => "public, max-age=86400",
                (false, _) => "no-store",
            },
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy(&nonce)) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn is_file(path: &str) -> bool {
    path.starts_with(PKG) || path.starts_with("/aide/") || path == "/favicon.svg"
}

/// Nothing but our own files, and the inline scripts of this very answer.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// 128 random bits, in hexadecimal.
fn nonce() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    format!("{:032x}", u128::from_be_bytes(bytes))
}

/// Server functions answer codes, never pages or redirects, whatever the caller accepts; arguments that cannot be read are the
/// caller's fault and say so.
pub async fn truthful_calls(mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(API) {
        return next.run(request).await;
    }
    request
        .headers_mut()
        .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().remove(header::REFERER);
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(&REFUSED)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let body = body.to_bytes();
    parts.status = if &body[..] == b"\"Unreadable\"" {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    Response::from_parts(parts, Body::from(body))
}

/// The answer to a panic: a page with a reference; the log has the rest under the same reference.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let reference = reference();
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(reference, what, "panic");
    trouble(StatusCode::INTERNAL_SERVER_ERROR, &reference)
}

/// The answer when storage does not: nobody is taken for a stranger because of it.
pub fn unavailable(outage: &Outage, api: bool) -> Response {
    let reference = reference();
    tracing::error!(reference, %outage, "sessions cannot be read");
    if api {
        let body = format!("{{\"Unavailable\":{{\"reference\":\"{reference}\"}}}}");
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::CONTENT_TYPE, "application/json")],
            body,
        )
            .into_response();
    }
    trouble(StatusCode::SERVICE_UNAVAILABLE, &reference)
}

/// What a person tells the help desk, and what the log is searched for.
fn reference() -> String {
    nonce()[..8].to_uppercase()
}

fn trouble(status: StatusCode, reference: &str) -> Response {
    let said = format!(
        "Réessayez dans un instant. Si cela continue, contactez-nous avec cette référence\u{a0}: <code>{reference}</code>"
    );
    (status, Html(page("Un incident s’est produit", &said))).into_response()
}

/// A page of last resort: no style sheet, no script, a way back.
fn page(title: &str, said: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} – Portefeuille</title></head>\
         <body><main><h1>{title}</h1><p>{said}</p><p><a href=\"/\">Accueil</a></p></main></body></html>"
    )
}

/// Gives a refusal that came without a page one in French, when a person asked: too large, cross-site, wrong method, too slow.
pub async fn explained(request: Request, next: Next) -> Response {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let person = accept.is_some_and(|accept| accept.contains("text/html"))
        && !request.uri().path().starts_with(API);
    let response = next.run(request).await;
    let status = response.status();
    let told = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("text/html"));
    if told || !person || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let said = match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            "Ce qui a été envoyé est trop volumineux. Revenez en arrière et raccourcissez votre saisie."
        }
        StatusCode::FORBIDDEN => "Cette demande venait d’un autre site\u{a0}: elle a été refusée.",
        StatusCode::METHOD_NOT_ALLOWED => "Cette adresse ne s’ouvre pas de cette façon.",
        StatusCode::REQUEST_TIMEOUT => {
            "La demande a pris trop de temps. Réessayez dans un instant."
        }
        StatusCode::NOT_FOUND => "Cette adresse ne mène à rien.",
        _ => "La demande n’a pas pu être traitée. Réessayez dans un instant.",
    };
    let mut page = (status, Html(page("Demande refusée", said))).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allow.clone());
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: who reads the log chooses a password in somebody else's place.
    #[test]
    fn no_secret_of_a_link_is_logged() {
        assert_eq!(logged("/invitation/0123abcd"), "/invitation/");
        assert_eq!(logged("/mot-de-passe/0123abcd/x"), "/mot-de-passe/");
        assert_eq!(logged("/mot-de-passe-oublie"), "/mot-de-passe-oublie");
        assert_eq!(logged("/etablissements"), "/etablissements");
    }
}
