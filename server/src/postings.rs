//! Requests to work abroad as a file for spreadsheets: a posted form, since that they were exported is written down.

use crate::{
    export,
    files::{self, Files},
    guard,
};
use app::{asking::Portal, routes};
use axum::{
    extract::Request,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use http::{Method, header};
use portfolio::mobility::{day::Day, request::RequestRow, wording};

/// The heads of the columns.
const HEADS: [&str; 9] = [
    "Client",
    "Siren ou compte",
    "Personne",
    "Demande",
    "Pays",
    "Du",
    "Au",
    "Certificat",
    "État",
];

/// The address that the form is posted to.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let portal = portal.clone();
    Files::default().with(
        Method::POST,
        routes::EXPORT_MOBILITY,
        post(move |request: Request| exported(portal, request)),
    )
}

async fn exported(portal: Portal, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let (search, unread) = routes::mobility_of(query);
    let page = routes::mobility_list(&search);
    let session = match files::session(&request, &page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    // The page says that a part of the address was not read.
    if unread {
        return Redirect::to(&format!("{}?{query}", routes::MOBILITY)).into_response();
    }
    let now = (portal.now)();
    let Some(scope) = session.scope() else {
        return Redirect::to(&page).into_response();
    };
    let Some(scope) = session.fresh(scope, now) else {
        return Redirect::to(&routes::confirm(&page)).into_response();
    };
    let rows = match portal.mobility.export_requests(&scope, &search, now).await {
        Ok(rows) => rows,
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let mut text = format!("{}{}", export::MARK, export::row(&HEADS.map(str::to_owned)));
    for row in &rows {
        text.push_str(&export::row(&cells(row)));
    }
    let name = format!("attachment; filename=\"mobilite-{}.csv\"", now.iso_date());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, text).into_response()
}

fn cells(row: &RequestRow) -> [String; 9] {
    let countries: Vec<_> = row.countries.iter().map(|country| country.name()).collect();
    let certificate = row
        .certificate
        .map(|kind| wording::certificate(kind, row.countries.first().copied()));
    let day = |day: Option<Day>| day.map(Day::short).unwrap_or_default();
    [
        row.client.name.clone(),
        row.client.held.holder.to_string(),
        row.who.clone(),
        wording::journey(row.journey).to_owned(),
        countries.join(", "),
        day(row.period.map(|days| days.start)),
        day(row.period.map(|days| days.end)),
        certificate.unwrap_or_default(),
        row.state.label().to_owned(),
    ]
}
