//! The list's page from the portal's own binary, beside the same page from axum with a compiled template and the same statements.
//!
//! The template is made of the very page that the portal answers: names and identities are gaps, the rest is fixed. So it stays the
//! same page when the page changes, and the floor does nothing that a template engine would not do: it asks the database, writes the
//! fixed parts and, escaped, the values. It knows no session and no header of security.

use crate::{
    fill::{Filled, text},
    load::{Asked, Found, Spread, load},
    portal::Portal,
};
use axum::{
    Router,
    extract::State,
    response::{Html, IntoResponse, Response},
    routing,
};
use http::StatusCode;
use portfolio::{ports::Portfolio, search::Search};
use sea_orm::{ConnectionTrait, DatabaseConnection, QueryResult, Statement};
use server::clock;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::TcpListener;
use uuid::Uuid;

/// Connections at a time.
const CONNECTIONS: usize = 64;
/// How long each side is asked, each time.
const DURATION: Duration = Duration::from_secs(4);
/// How often each side is asked.
const TIMES: usize = 3;
/// The page that is asked for: fifty rows.
const PAGE: &str = "/etablissements?taille=50";

/// The portal's page, and its floor: of several times each the one in the middle.
#[derive(Debug)]
pub struct Measured {
    /// The portal.
    pub ours: Found,
    /// The template.
    pub floor: Found,
}

/// Asks both for the page, by turns.
///
/// # Errors
/// When the portal does not start, or anything answers otherwise than with the page.
pub async fn measure(filled: &Filled, portal: &Portal) -> Result<Measured, String> {
    let asked = Asked::page(PAGE).by(&portal.cookie);
    let html = asked.of(portal.address).await?;
    let floor = floor(filled, &html).await?;
    if Asked::page(PAGE).of(floor).await? != html {
        return Err("the floor's page is another one".to_owned());
    }
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let (path, cookie) = (PAGE, &portal.cookie);
        ours.push(load(portal.address, path, cookie, CONNECTIONS, DURATION).await?);
        bare.push(load(floor, path, "", CONNECTIONS, DURATION).await?);
    }
    Ok(Measured {
        ours: middle(ours),
        floor: middle(bare),
    })
}

fn middle(mut found: Vec<Found>) -> Found {
    found.sort_by(|one, other| one.per_second.total_cmp(&other.per_second));
    let middle = found.len() / 2;
    found.into_iter().nth(middle).unwrap_or(Found {
        per_second: 0.0,
        took: Spread::default(),
        bytes: 0,
    })
}

/// A part of the page.
enum Piece {
    Fixed(String),
    Name(usize),
    Id(usize),
}

struct Floor {
    pieces: Vec<Piece>,
    statements: Vec<Statement>,
    /// The statement whose rows are the page's.
    rows: usize,
    beside: DatabaseConnection,
}

/// Serves the page's floor; ends with the process.
async fn floor(filled: &Filled, html: &str) -> Result<SocketAddr, String> {
    let (search, _) = app::routes::search_of(PAGE.split_once('?').map_or("", |(_, query)| query));
    let (listing, statements) = heard_of(filled, &search).await?;
    let rows = statements
        .iter()
        .position(|statement| statement.sql.contains("name_key") && statement.sql.contains("LIMIT"))
        .ok_or("no statement reads rows")?;
    let needles: Vec<(String, Piece)> = listing
        .iter()
        .enumerate()
        .flat_map(|(place, (id, name))| {
            [
                (id.to_string(), Piece::Id(place)),
                (escaped(name), Piece::Name(place)),
            ]
        })
        .collect();
    let floor = Arc::new(Floor {
        pieces: pieces(html, &needles),
        statements,
        rows,
        beside: filled.beside.clone(),
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(text)?;
    let address = listener.local_addr().map_err(text)?;
    let router = Router::new()
        .route("/etablissements", routing::get(page))
        .with_state(floor);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// What the list answers, and the statements that it makes.
async fn heard_of(
    filled: &Filled,
    search: &Search,
) -> Result<(Vec<(Uuid, String)>, Vec<Statement>), String> {
    filled.heard.listen();
    let listing = filled
        .store
        .list(filled.scope(), search, clock::now())
        .await
        .map_err(text)?;
    let rows = listing.rows.into_iter().map(|row| (row.id.0, row.name));
    Ok((rows.collect(), filled.heard.take()))
}

/// A page cut at every name and identity.
fn pieces(html: &str, needles: &[(String, Piece)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    loop {
        let next = needles
            .iter()
            .filter_map(|(needle, piece)| rest.find(needle.as_str()).map(|at| (at, needle, piece)))
            .min_by_key(|(at, needle, _)| (*at, usize::MAX - needle.len()));
        let Some((at, needle, piece)) = next else {
            pieces.push(Piece::Fixed(rest.to_owned()));
            return pieces;
        };
        pieces.push(Piece::Fixed(rest[..at].to_owned()));
        pieces.push(match piece {
            Piece::Name(place) => Piece::Name(*place),
            Piece::Id(place) => Piece::Id(*place),
            Piece::Fixed(fixed) => Piece::Fixed(fixed.clone()),
        });
        rest = &rest[at + needle.len()..];
    }
}

async fn page(State(floor): State<Arc<Floor>>) -> Response {
    match written(&floor).await {
        Ok(page) => Html(page).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error).into_response(),
    }
}

async fn written(floor: &Floor) -> Result<String, String> {
    let mut rows: Vec<QueryResult> = Vec::new();
    for (place, statement) in floor.statements.iter().enumerate() {
        let read = floor
            .beside
            .query_all_raw(statement.clone())
            .await
            .map_err(text)?;
        if place == floor.rows {
            rows = read;
        }
    }
    let rows: Vec<(Uuid, String)> = rows
        .iter()
        .map(|row| Ok((row.try_get("", ID)?, row.try_get("", "name")?)))
        .collect::<Result<_, sea_orm::DbErr>>()
        .map_err(text)?;
    let mut page = String::with_capacity(128 * 1024);
    for piece in &floor.pieces {
        match piece {
            Piece::Fixed(fixed) => page.push_str(fixed),
            Piece::Name(place) => page.push_str(&escaped(&rows[*place].1)),
            Piece::Id(place) => page.push_str(&rows[*place].0.to_string()),
        }
    }
    Ok(page)
}

/// The column of a client's identity in the statement that reads rows.
const ID: &str = "enrolment_id";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
