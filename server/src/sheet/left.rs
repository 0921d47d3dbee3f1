//! The clients that a change has left alone, with why: to be looked at one by one.

use super::{csv, download, session};
use crate::guard;
use app::{asking::Portal, routes};
use axum::{
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use http::StatusCode;
use portfolio::{
    bulk::{Part, Shown, Told},
    ids::BulkId,
    sheet::{Format, harmless},
};

/// Clients read at a time.
const READ: u64 = 2_000;

/// The file of a change.
pub async fn file(portal: Portal, id: String, request: Request) -> Response {
    let Ok(id) = id.parse::<BulkId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let session = match session(&request, &routes::job(id)) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let Some(scope) = session.scope() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let now = (portal.now)();
    let heads = ["Identifiant", "Régime", "Nom", "Pourquoi"].map(str::to_owned);
    let mut rows = vec![heads];
    let mut after = 0;
    loop {
        let shown = Shown {
            part: Part::Left,
            after,
            most: READ,
        };
        let job = portal.bulk.job(&scope, id, shown, now).await;
        let job = match job {
            Ok(Some(job)) => job,
            Ok(None) => return StatusCode::NOT_FOUND.into_response(),
            Err(outage) => return guard::unavailable(&outage, false),
        };
        rows.extend(job.lines.iter().map(cells));
        match job.after {
            Some(next) => after = next,
            None => break,
        }
    }
    if rows.len() == 1 {
        return Redirect::to(&routes::job(id)).into_response();
    }
    (
        download("clients-ecartes", Format::Csv, now),
        csv::whole(rows.into_iter()),
    )
        .into_response()
}

fn cells(line: &Told) -> [String; 4] {
    let number: String = line.held.holder.to_string().split_whitespace().collect();
    [
        number,
        line.held.scheme.code().to_owned(),
        harmless(&line.name),
        harmless(&line.became.told()),
    ]
}
