//! Who is asking: from the cookie to the session. Pages are for members unless they are listed as public.

use crate::{guard, router::API};
use app::{
    asking::{Portal, Visitor},
    routes,
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderMap, Method, StatusCode, header};
use portfolio::{
    origin::Origin,
    ports::{SessionToken, StepToken},
};

/// The pages that strangers may see, besides links that were sent; every other one is for members.
const PUBLIC: [&str; 9] = [
    routes::LANGUAGE,
    routes::APPLY,
    routes::HOME,
    routes::SIGN_IN,
    routes::SECOND_STEP,
    routes::SIGN_OUT,
    routes::FORGOTTEN,
    routes::HELP,
    routes::VERIFICATION,
];

/// Puts the [`Visitor`] among the request's extensions.
pub async fn visitor(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let token = token(request.headers(), portal.cookie.name()).map(SessionToken::new);
    let step = self::token(request.headers(), portal.cookie.step_name()).map(StepToken::new);
    let from = request
        .extensions()
        .get::<Origin>()
        .copied()
        .unwrap_or_default();
    let session = match &token {
        None => None,
        Some(token) => {
            let now = (portal.now)();
            let found = if routes::is_watch(request.uri().path()) {
                portal.door.watching(token, from, now).await
            } else {
                portal.door.session(token, from, now).await
            };
            match found {
                Ok(session) => session,
                Err(outage) => {
                    return guard::unavailable(&outage, request.uri().path().starts_with(API));
                }
            }
        }
    };
    let member = session.as_ref().map(|session| session.me.member);
    request.extensions_mut().insert(Visitor {
        token,
        step,
        session,
    });
    let response = next.run(request).await;
    // Who goes where they may not is worth a line with their id; their name is in no log.
    if let (StatusCode::FORBIDDEN, Some(member)) = (response.status(), member) {
        tracing::warn!(%member, "refused");
    }
    response
}

/// Sends strangers to the sign-in page, from where they come back. Server functions and posted forms refuse by themselves.
pub async fn members_only(request: Request, next: Next) -> Response {
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .cloned()
        .unwrap_or_default();
    let seat = visitor.session.as_ref().map(|session| session.seat);
    let path = request.uri().path();
    let page = matches!(*request.method(), Method::GET | Method::HEAD) && !path.starts_with(API);
    let public = PUBLIC.contains(&path) || routes::is_link(path);
    if page && visitor.session.is_none() && !public {
        let here = request
            .uri()
            .path_and_query()
            .map_or(path, |here| here.as_str());
        return Redirect::to(&routes::sign_in(here, visitor.token.is_some())).into_response();
    }
    // Who is in already has nothing to do there. What is said there of somebody who was signed out is for nobody else.
    if page && path == routes::SIGN_IN && visitor.session.is_some() {
        let next = request
            .uri()
            .query()
            .and_then(|query| routes::part(query, routes::param::NEXT));
        let next = portfolio::form::way_on(&next.unwrap_or_default());
        let elsewhere = seat.and_then(|seat| routes::landing(seat, &next));
        return Redirect::to(elsewhere.unwrap_or(&next)).into_response();
    }
    let wanted = visitor
        .session
        .is_some_and(|session| session.wants_second_factor);
    if page && wanted && !without_second_factor(path) {
        return Redirect::to(routes::SECURITY).into_response();
    }
    // Officers see nothing of a firm's pages, and members nothing of theirs: each goes to their own.
    if page && let Some(own) = seat.and_then(|seat| routes::landing(seat, path)) {
        return Redirect::to(own).into_response();
    }
    next.run(request).await
}

/// Whether a page is open to a member whose firm asks for a second factor that they have not added yet.
fn without_second_factor(path: &str) -> bool {
    PUBLIC.contains(&path)
        || routes::is_link(path)
        || path == routes::CONFIRM
        || path.starts_with(routes::SECURITY)
}

/// What a browser's cookie of a name holds.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// The token of a cookie, when it looks like ours.
fn token(headers: &HeaderMap, name: &str) -> Option<String> {
    cookie(headers, name)
        .filter(|value| value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn read(cookies: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookies));
        token(&headers, "session")
    }

    /// Fear: another cookie is taken for the session, or a strange one reaches the database.
    #[test]
    fn only_our_cookie() {
        let good = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        assert_eq!(
            read("a=b; session=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")
                .as_deref(),
            Some(good)
        );
        assert_eq!(read("session=short"), None);
        assert_eq!(
            read("xsession=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
            None
        );
        assert_eq!(
            read("session=' OR 1=1 --3456789abcdef0123456789abcdef0123456789abcdef0123456789ab"),
            None
        );
    }
}
