//! What stands before every request and behind every answer: the log, the headers, the truthful status, the last resort.

use crate::{
    language,
    metrics::Metrics,
    proxies::{Peer, Proxies},
    router::{API, FILE_PATIENCE, LARGEST_BODY, PATIENCE, PKG},
};
use app::{
    plain::MintedNonce,
    refusal::{NoField, Refusal},
    routes,
};
use axum::{
    Json,
    body::{Body, HttpBody as _},
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, header::HeaderName};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use portfolio::{
    language::{current, speak, t},
    ports::Outage,
    say,
};
use std::{
    any::Any,
    sync::{Arc, LazyLock, OnceLock},
    time::Duration,
};
use tracing::Instrument as _;

/// The header by which server functions say that they refused.
const REFUSED: HeaderName = HeaderName::from_static("serverfnerror");
/// The header that names a request, in the log of a proxy and in ours.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The header by which a browser says which site makes it ask.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Gives each request its origin and its id; every line that is logged of the request has the id, and so has the answer. A proxy
/// that was named may bring an id along; nobody else's is taken into the log.
pub async fn identified(
    State(proxies): State<Proxies>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let origin = proxies.origin(peer, request.headers());
    let brought = request
        .headers()
        .get(REQUEST_ID)
        .filter(|_| proxies.handed(&request))
        .filter(|id| is_id(id.as_bytes()))
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let id = brought.unwrap_or_else(nonce);
    request.extensions_mut().insert(origin);
    // Of the highest level, so that errors have it whatever is logged.
    let span = tracing::error_span!("request", id);
    async move {
        tracing::debug!(%origin, "from");
        let mut response = next.run(request).await;
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// 8 to 64 letters, digits and marks, as proxies make them: nothing that could pass for something else in a log.
fn is_id(text: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (8..=64).contains(&text.len()) && text.iter().all(plain)
}

/// The route that the router matched, for whoever stands before it.
#[derive(Clone, Default)]
struct Matched(Arc<OnceLock<MatchedPath>>);

/// Tells [`log`] which route was matched.
pub async fn matched(request: Request, next: Next) -> Response {
    let extensions = request.extensions();
    if let (Some(told), Some(route)) =
        (extensions.get::<Matched>(), extensions.get::<MatchedPath>())
    {
        // Matched twice, the first one stays.
        let _ = told.0.set(route.clone());
    }
    next.run(request).await
}

/// Logs and counts each request: method, path and status. Never the query, which can hold what somebody sought; never a header,
/// never a body.
pub async fn log(State(metrics): State<Metrics>, mut request: Request, next: Next) -> Response {
    let (method, path) = (
        request.method().clone(),
        logged(request.uri().path()).to_owned(),
    );
    let matched = Matched::default();
    request.extensions_mut().insert(matched.clone());
    let clock = tokio::time::Instant::now();
    let response = next.run(request).await;
    let took: Duration = clock.elapsed();
    metrics.answered(&method, &path, matched.0.get(), response.status(), took);
    let status = response.status().as_u16();
    // Files are many and tell nothing.
    if path.starts_with(PKG) {
        tracing::debug!(%method, path, status, "request");
    } else {
        tracing::info!(%method, path, status, milliseconds = took.as_secs_f64() * 1000.0, "request");
    }
    response
}

/// How people reach the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Over https: browsers are told to keep to it.
    Https,
    /// Over plain http, on one machine.
    Plain,
}

/// What browsers over https are told: for two years, here and below, https alone.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// A path as it may be logged: the address of a link that was sent holds its secret.
fn logged(path: &str) -> &str {
    routes::LINKS
        .into_iter()
        .find(|link| path.starts_with(link))
        .unwrap_or(path)
}

/// Mints the nonce of the content security policy, and sets the headers that every answer carries.
pub async fn headers(
    State(transport): State<Transport>,
    mut request: Request,
    next: Next,
) -> Response {
    let nonce = nonce();
    let file = files_of(request.uri().path()).is_some();
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
    if let Some(spelled) = headers.get(header::CONTENT_TYPE).and_then(spelled) {
        headers.insert(header::CONTENT_TYPE, spelled);
    }
    // What is handed out as a file may be held to more.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY)
        && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
    {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if transport == Transport::Https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}

/// The kind of a text, with the way its letters are written where that was not said (ASVS 5.0, 4.1.1).
fn spelled(kind: &HeaderValue) -> Option<HeaderValue> {
    match kind.to_str().ok()? {
        "text/css" => Some(HeaderValue::from_static("text/css; charset=utf-8")),
        "text/javascript" => Some(HeaderValue::from_static("text/javascript; charset=utf-8")),
        "text/html" => Some(HeaderValue::from_static("text/html; charset=utf-8")),
        "text/plain" => Some(HeaderValue::from_static("text/plain; charset=utf-8")),
        "image/svg+xml" => Some(HeaderValue::from_static("image/svg+xml; charset=utf-8")),
        _ => None,
    }
}

/// The route of a file, when this is the path of one.
pub fn files_of(path: &str) -> Option<&'static str> {
    if path.starts_with(PKG) {
        Some("/pkg/{file}")
    } else if path.starts_with("/aide/") {
        Some("/aide/{file}")
    } else if path == "/favicon.svg" {
        Some("/favicon.svg")
    } else {
        None
    }
}

/// Refuses what another site makes a browser ask of a server function, or a change of protocol, whatever the method. Nothing is
/// told on a GET today; this is so that nothing ever is. What would change something is refused by tower-http's own layer.
pub async fn own_site(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let closed = request.uri().path().starts_with(API) || headers.contains_key(header::UPGRADE);
    if closed && foreign(headers, request.uri()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// Whether another site makes the browser ask: what it says itself or, where it is too old to say it, its `Origin`.
fn foreign(headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return site != "same-origin" && site != "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return false;
    };
    let origin = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"));
    let host = uri
        .authority()
        .map(http::uri::Authority::as_str)
        .or_else(|| headers.get(header::HOST)?.to_str().ok());
    origin.is_none_or(|(_, origin)| Some(origin) != host)
}

/// Whether a request brings a file of clients, or a message with what is attached: its body is taken in by who reads it, once it is known who sends it.
fn brings_file(request: &Request) -> bool {
    let path = request.uri().path();
    let message = || routes::messages_at(path).is_some();
    request.method() == Method::POST
        && ([routes::IMPORTS, routes::POSTINGS].contains(&path) || message())
}

/// Ends a request that takes too long.
pub async fn timely(request: Request, next: Next) -> Response {
    let patience = if brings_file(&request) {
        FILE_PATIENCE
    } else {
        PATIENCE
    };
    tokio::time::timeout(patience, next.run(request))
        .await
        .unwrap_or_else(|_| StatusCode::REQUEST_TIMEOUT.into_response())
}

/// Takes a request's body in before anything is done with it: at most [`LARGEST_BODY`] bytes, within this time. Whoever sends
/// slowly holds nothing but the connection.
pub async fn received(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    if brings_file(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    // Told beforehand, it need not be sent.
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let whole = Limited::new(body, LARGEST_BODY).collect();
    match tokio::time::timeout(patience, whole).await {
        Ok(Ok(whole)) => {
            let body = Body::from(whole.to_bytes());
            next.run(Request::from_parts(parts, body)).await
        }
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            StatusCode::PAYLOAD_TOO_LARGE.into_response()
        }
        // Cut off, or not what HTTP allows.
        Ok(Err(_)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// Nothing but our own files, and the inline scripts of this very answer. `make dev` tells the page over a port of its own that it
/// was built again.
fn policy(nonce: &str) -> String {
    let reload = if *WATCHED {
        " ws://127.0.0.1:3001 ws://localhost:3001"
    } else {
        ""
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; connect-src 'self'{reload}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// Whether cargo-leptos watches the sources, as in `make dev`.
static WATCHED: LazyLock<bool> = LazyLock::new(|| std::env::var_os("LEPTOS_WATCH").is_some());

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

/// The reference that was logged with an answer.
#[derive(Clone)]
struct Logged(String);

/// The answer to a panic: a page with a reference; the log has the rest under the same reference.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let reference = reference();
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(reference, what, "panic");
    let mut page = trouble(StatusCode::INTERNAL_SERVER_ERROR, &reference);
    page.extensions_mut().insert(Logged(reference));
    page
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
    let said = say!(
        "Réessayez dans un instant. Si cela continue, contactez-nous avec cette référence\u{a0}: {reference}",
        reference = format!("<code>{reference}</code>")
    );
    (status, Html(page(t("Un incident s’est produit"), &said))).into_response()
}

/// A page of last resort: no style sheet, no script, a way back.
fn page(title: &str, said: &str) -> String {
    let (code, home) = (current().code(), t("Accueil"));
    format!(
        "<!DOCTYPE html><html lang=\"{code}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} – Portefeuille</title></head>\
         <body><main><h1>{title}</h1><p>{said}</p><p><a href=\"/\">{home}</a></p></main></body></html>"
    )
}

/// Gives a refusal that came without words some: a page in their language when a person asked, a code when a server function was called.
/// Too large, cross-site, wrong method, too slow, or a panic.
pub async fn explained(request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with(API);
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let person = accept.is_some_and(|accept| accept.contains("text/html")) && !api;
    let language = language::chosen(request.headers()).unwrap_or_default();
    let response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let is = |kind| {
        response
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|told| told.to_str().ok())
            .is_some_and(|told| told.starts_with(kind))
    };
    let mut words = if api {
        if is("application/json") || response.headers().contains_key(&REFUSED) {
            return response;
        }
        (status, Json(code(&response))).into_response()
    } else if person && !is("text/html") {
        {
            let words = speak(language, || page(t("Demande refusée"), said(status)));
            (status, Html(words)).into_response()
        }
    } else {
        return response;
    };
    if let Some(allow) = response.headers().get(header::ALLOW) {
        words.headers_mut().insert(header::ALLOW, allow.clone());
    }
    words
}

/// What a server function's caller is told, for whom its pages have words. What may be tried again has a reference that is logged.
fn code(response: &Response) -> Refusal<NoField> {
    let status = response.status();
    if status == StatusCode::NOT_FOUND {
        return Refusal::NotFound;
    }
    if status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT {
        return Refusal::Unreadable;
    }
    let logged = response.extensions().get::<Logged>().cloned();
    let Logged(reference) = logged.unwrap_or_else(|| {
        let reference = reference();
        tracing::warn!(reference, status = status.as_u16(), "refused");
        Logged(reference)
    });
    Refusal::Unavailable { reference }
}

/// What a person is told.
fn said(status: StatusCode) -> &'static str {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => t(
            "Ce qui a été envoyé est trop volumineux. Revenez en arrière et raccourcissez votre saisie.",
        ),
        StatusCode::FORBIDDEN => {
            t("Cette demande venait d’un autre site\u{a0}: elle a été refusée.")
        }
        StatusCode::METHOD_NOT_ALLOWED => t("Cette adresse ne s’ouvre pas de cette façon."),
        StatusCode::REQUEST_TIMEOUT => {
            t("La demande a pris trop de temps. Réessayez dans un instant.")
        }
        StatusCode::NOT_FOUND => t("Cette adresse ne mène à rien."),
        _ => t("La demande n’a pas pu être traitée. Réessayez dans un instant."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: who reads the log chooses a password in somebody else's place, or reads a firm's dates for ever.
    #[test]
    fn no_secret_of_a_link_is_logged() {
        assert_eq!(logged("/invitation/0123abcd"), "/invitation/");
        assert_eq!(logged("/mot-de-passe/0123abcd/x"), "/mot-de-passe/");
        assert_eq!(logged("/acces/0123abcd"), "/acces/");
        assert_eq!(logged("/adresse/0123abcd"), "/adresse/");
        assert_eq!(logged("/calendrier/0123abcd"), "/calendrier/");
        assert_eq!(logged("/mot-de-passe-oublie"), "/mot-de-passe-oublie");
        assert_eq!(logged("/etablissements"), "/etablissements");
    }
}
