//! Clients as files for spreadsheets: the portfolio or the selection, and the clients that a change left alone.
//!
//! They are posted forms, or links to what only reads and is written down nowhere. Clients are read some at a time and written as they
//! come, so that no number of them fills the memory; CSV is sent while it is read, a workbook stands in a nameless temporary file
//! until it is whole.

mod attestations;
mod csv;
mod left;
mod places;
mod spool;
mod workbook;

use crate::{
    connections::Long,
    files::{self, Files},
    guard,
};
use app::{asking::Portal, routes};
use axum::{
    body::{Body, Bytes},
    extract::{Path, Request},
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use futures_util::stream::{Stream, StreamExt as _};
use http::{Method, StatusCode, header};
use http_body_util::BodyExt as _;
use places::{Place, Places};
use portfolio::{
    ports::{Exported, SheetPages},
    search::decode,
    sheet::Format,
    time::Timestamp,
};
use std::{io, time::Duration};

/// How long an export may take, to its last byte.
const PATIENCE: Duration = Duration::from_mins(15);

/// The addresses.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let places = Places::default();
    let (exporting, leaving) = (portal.clone(), portal.clone());
    let (also, gathering, third) = (places.clone(), portal.clone(), places.clone());
    Files::default()
        .with(
            Method::POST,
            routes::EXPORT_CLIENTS_FILE,
            post(move |request: Request| export(exporting, places, request)),
        )
        .with(
            Method::POST,
            routes::SELECTED_ATTESTATIONS,
            post(move |request: Request| attestations::file(gathering, third, request)),
        )
        .with(
            Method::POST,
            "/etablissements/lots/{id}/ecartes.csv",
            post(move |Path(id): Path<String>, request: Request| {
                left::file(leaving, also, id, request)
            }),
        )
}

/// What the form asks for: which clients, and as what.
fn asked(form: &str, query: &str) -> Option<(Exported, Format)> {
    let parts = decode(form);
    let part = |name: &str| {
        let part = parts.iter().find(|(known, _)| known == name);
        part.map(|(_, value)| value.as_str())
    };
    let format = Format::from_code(part("format")?)?;
    let exported = match part("of")? {
        "selection" => Exported::Selection,
        "liste" => {
            let back = routes::back(query);
            Exported::Found(Box::new(routes::back_of(&back).first_page()))
        }
        _ => return None,
    };
    Some((exported, format))
}

async fn export(portal: Portal, places: Places, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let page = routes::export_page(&routes::back(&query));
    let session = match files::session(&request, &page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let now = (portal.now)();
    let Some(scope) = session.scope() else {
        return Redirect::to(&page).into_response();
    };
    let Some(scope) = session.fresh(scope, now) else {
        return Redirect::to(&routes::confirm(&page)).into_response();
    };
    let Ok(body) = request.into_body().collect().await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let form = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    let Some((exported, format)) = asked(&form, &query) else {
        return Redirect::to(&page).into_response();
    };
    let Some(place) = places.take(&scope) else {
        return Redirect::to(&busy(&page)).into_response();
    };
    let pages = portal
        .exports
        .export_clients(&scope, &exported, format, now)
        .await;
    let pages = match pages {
        Ok(pages) => pages,
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let body = match format {
        Format::Csv => Body::from_stream(held(csv::written(pages), place)),
        Format::Xlsx => Body::from_stream(held(workbook::written(pages), place)),
    };
    let mut answer = (download("clients", format, now), body).into_response();
    answer.extensions_mut().insert(Long(PATIENCE));
    answer
}

/// The page that was left, saying that there was no place.
fn busy(page: &str) -> String {
    routes::done(page, routes::Done::Busy.code())
}

/// A stream that keeps its place among the exports for as long as somebody reads it. It may be asked once more after its end, as
/// what packs an answer does.
fn held<T>(
    pieces: impl Stream<Item = T> + Send + 'static,
    place: Place,
) -> impl Stream<Item = T> + Send + 'static {
    let pieces = pieces.inspect(move |_| {
        let _kept = &place;
    });
    pieces.fuse()
}

/// The headers of a file that is kept, not shown.
fn download(name: &str, format: Format, now: Timestamp) -> [(header::HeaderName, String); 2] {
    let name = format!(
        "attachment; filename=\"{name}-{}.{}\"",
        now.iso_date(),
        format.code()
    );
    [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ]
}

type Pages = Box<dyn SheetPages>;
type Piece = io::Result<Bytes>;

/// Why a file that was begun ends before its end: it is logged, and the browser sees that something is missing.
fn cut(error: impl std::fmt::Display) -> io::Error {
    tracing::error!(%error, "an export was cut off");
    io::Error::other("the export was cut off")
}

#[cfg(test)]
mod tests;
