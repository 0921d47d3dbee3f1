//! Where a kind of message is stopped: by the button of the page that a message's link opens, or by one click in a mail program, which
//! posts to the same address without a cookie (RFC 8058).

use crate::{files::Files, guard};
use app::{asking::Portal, routes};
use axum::{
    extract::{Path, Request},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use http::{Method, StatusCode};
use http_body_util::BodyExt as _;
use portfolio::{
    origin::Origin,
    ports::{LeaveMeant, LeaveToken},
};

/// What a mail program posts.
const ONE_CLICK: &[u8] = b"List-Unsubscribe=One-Click";

/// The address.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let portal = portal.clone();
    Files::default().taking(
        Method::POST,
        "/desabonnement/{token}",
        post(move |Path(token): Path<String>, request: Request| leave(portal, token, request)),
    )
}

async fn leave(portal: Portal, token: String, request: Request) -> Response {
    let from = request
        .extensions()
        .get::<Origin>()
        .copied()
        .unwrap_or_default();
    let page = format!("{}{token}", routes::LEAVE);
    let body = match request.into_body().collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return StatusCode::BAD_REQUEST.into_response(),
    };
    let one_click = body.windows(ONE_CLICK.len()).any(|part| part == ONE_CLICK);
    let done = portal
        .notices
        .leave(&LeaveToken::new(token), from, (portal.now)())
        .await;
    match done {
        Err(outage) => guard::unavailable(&outage, false),
        Ok(LeaveMeant::Paused) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        // The page says that it is stopped, or that the link opens nothing.
        Ok(LeaveMeant::Unknown) => StatusCode::NOT_FOUND.into_response(),
        // A mail program follows no redirect.
        Ok(LeaveMeant::Known(..)) if one_click => StatusCode::OK.into_response(),
        Ok(LeaveMeant::Known(..)) => Redirect::to(&page).into_response(),
    }
}
