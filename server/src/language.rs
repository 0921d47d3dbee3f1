//! In which language whoever asks is answered: the one that this browser was told, else the one that the person has chosen, else French.

use crate::entry;
use app::asking::{LANGUAGE, Visitor};
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use http::HeaderMap;
use hyper::body::{Body as HttpBody, Bytes, Frame, SizeHint};
use portfolio::language::{Language, Spoken};
use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// Answers in the language of whoever asks. After [`crate::entry::visitor`], which knows them.
pub async fn spoken(request: Request, next: Next) -> Response {
    let chosen = chosen(request.headers());
    let own = request
        .extensions()
        .get::<Visitor>()
        .and_then(|visitor| visitor.session.as_ref())
        .map(|session| session.language);
    let language = chosen.or(own).unwrap_or_default();
    answered(language, next.run(request)).await
}

/// Speaks what the browser was told around everything that may end before it is known who asks: a session that cannot be read, a panic.
pub async fn told(request: Request, next: Next) -> Response {
    let language = chosen(request.headers()).unwrap_or_default();
    Spoken::new(language, next.run(request)).await
}

/// Answers in French, whoever asks: files that other programs read, and papers of the body.
pub async fn in_french(request: Request, next: Next) -> Response {
    answered(Language::French, next.run(request)).await
}

/// The language that a browser was told.
pub fn chosen(headers: &HeaderMap) -> Option<Language> {
    entry::cookie(headers, LANGUAGE).and_then(Language::of)
}

async fn answered(language: Language, answer: impl Future<Output = Response>) -> Response {
    let response = Spoken::new(language, answer).await;
    response.map(|body| Body::new(SpokenBody(Spoken::new(language, body))))
}

/// A body that is made while it is sent.
struct SpokenBody(Spoken<Body>);

impl HttpBody for SpokenBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.0.poll_by(|body| body.poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.0.inner().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.inner().size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderValue, header};

    /// Fear: what a browser was told is not heard beside other cookies, or a language that nobody speaks is.
    #[test]
    fn what_a_browser_was_told() {
        let told = |cookies: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
            chosen(&headers)
        };
        assert_eq!(told("session=0; langue=en"), Some(Language::English));
        assert_eq!(told("langue=fr"), Some(Language::French));
        assert_eq!(told("langue=de"), None);
        assert_eq!(told("xlangue=en"), None);
        assert_eq!(chosen(&HeaderMap::new()), None);
    }
}
