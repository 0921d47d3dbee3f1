//! The calendar feed that diaries fetch by a secret address: no session, no cookie. What it tells is bounded (`portfolio::calendar`),
//! how often it is told too; and its address is in no log.

use crate::{files::Files, guard, mail::host};
use app::{asking::Portal, routes};
use axum::{
    extract::{Path, Request},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{Method, StatusCode, header};
use portfolio::{
    calendar::{events, written},
    mobility::day::Day,
    origin::Origin,
    ports::{FeedOpened, FeedToken},
};

/// The address.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let portal = portal.clone();
    Files::default().with(
        Method::GET,
        "/calendrier/{secret}",
        get(move |Path(secret): Path<String>, request: Request| feed(portal, secret, request)),
    )
}

async fn feed(portal: Portal, secret: String, request: Request) -> Response {
    let from = request
        .extensions()
        .get::<Origin>()
        .copied()
        .unwrap_or_default();
    let now = (portal.now)();
    let token = FeedToken::new(secret);
    let facts = match portal.calendar.open_feed(&token, from, now).await {
        Ok(FeedOpened::Known(facts)) => facts,
        Ok(FeedOpened::Unknown) => return StatusCode::NOT_FOUND.into_response(),
        Ok(FeedOpened::Paused) => {
            let wait = [(header::RETRY_AFTER, "900")];
            return (StatusCode::TOO_MANY_REQUESTS, wait).into_response();
        }
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let today = Day::of(now);
    let events = events(&facts, today, &portal.url, routes::CALENDAR);
    let name = format!("Échéances – {}", facts.firm);
    let file = written(&name, &host(&portal.url), today, &events);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "inline; filename=\"echeances.ics\"",
        ),
    ];
    (headers, file).into_response()
}
