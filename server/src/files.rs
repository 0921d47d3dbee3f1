//! Addresses that are neither pages nor server functions: they hand files out, or take them in. The program keeps their list, so that a
//! test walks all of them for everybody, as it walks the pages and the server functions.

use crate::language;
use app::{asking::Visitor, routes};
use axum::{
    Router,
    extract::Request,
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::MethodRouter,
};
use http::Method;
use portfolio::ports::Session;

/// Some of these addresses.
#[derive(Debug)]
pub struct Files<S> {
    router: Router<S>,
    listed: Vec<(Method, &'static str)>,
}

impl<S: Clone + Send + Sync + 'static> Default for Files<S> {
    fn default() -> Self {
        Self {
            router: Router::new(),
            listed: Vec::new(),
        }
    }
}

impl<S: Clone + Send + Sync + 'static> Files<S> {
    /// One more that hands something out, and answers this method alone. What is handed out is read by other programs, or is a paper
    /// of the body: its words are French, whoever fetches it.
    #[must_use]
    pub fn with(self, method: Method, path: &'static str, handler: MethodRouter<S>) -> Self {
        let handler = handler.layer(middleware::from_fn(language::in_french));
        self.taking(method, path, handler)
    }

    /// One more that takes something in, and answers with a page.
    #[must_use]
    pub fn taking(mut self, method: Method, path: &'static str, handler: MethodRouter<S>) -> Self {
        self.listed.push((method, path));
        self.router = self.router.route(path, handler);
        self
    }

    /// These and those.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.listed.extend(others.listed);
        self.router = self.router.merge(others.router);
        self
    }

    /// Every one of them: method and path.
    pub fn listed(&self) -> &[(Method, &'static str)] {
        &self.listed
    }

    /// As a router.
    pub fn router(self) -> Router<S> {
        self.router
    }
}

/// The session of whoever asks, once nothing keeps it from the firm's data; else the way on. `page` is where the address is offered, and
/// says what keeps from it.
///
/// # Errors
/// The way on: the sign-in page, or `page`.
pub fn session(request: &Request, page: &str) -> Result<Session, Box<Response>> {
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .cloned()
        .unwrap_or_default();
    let Some(session) = visitor.session else {
        let way = routes::sign_in(page, visitor.token.is_some());
        return Err(Box::new(Redirect::to(&way).into_response()));
    };
    if session.suspended || session.wants_second_factor {
        return Err(Box::new(Redirect::to(page).into_response()));
    }
    Ok(session)
}
