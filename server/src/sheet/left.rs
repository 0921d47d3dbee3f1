//! The clients that a change has left alone, with why: to be looked at one by one. An export like any other: whoever takes it has shown
//! who they are, and it is written down.

use super::{Piece, Places, busy, csv, cut, download, held};
use crate::{connections::Long, files, guard};
use app::{asking::Portal, routes};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use futures_util::stream::{self, Stream};
use http::StatusCode;
use portfolio::{
    bulk::{Part, Shown, Told},
    ids::{BulkId, Scope},
    permission::Fresh,
    ports::Outage,
    sheet::{Format, harmless},
    time::Timestamp,
};

/// Clients read at a time.
const READ: u64 = 2_000;

/// The file of a change.
pub async fn file(portal: Portal, places: Places, id: String, request: Request) -> Response {
    let Ok(id) = id.parse::<BulkId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let page = routes::job(id);
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
    let Some(place) = places.take(&scope) else {
        return Redirect::to(&busy(&page)).into_response();
    };
    match portal.exports.export_left(&scope, id, now).await {
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Ok(Some(0)) => return Redirect::to(&page).into_response(),
        Ok(Some(_)) => {}
        Err(outage) => return guard::unavailable(&outage, false),
    }
    let pieces = written(portal, scope, id, now);
    let body = Body::from_stream(held(pieces, place));
    let mut answer = (download("clients-ecartes", Format::Csv, now), body).into_response();
    answer.extensions_mut().insert(Long(super::PATIENCE));
    answer
}

/// The file, piece by piece: each is read when the one before has been taken.
fn written(
    portal: Portal,
    scope: Fresh<Scope>,
    id: BulkId,
    now: Timestamp,
) -> impl Stream<Item = Piece> + Send {
    let heads = ["Identifiant", "Régime", "Nom", "Pourquoi"].map(str::to_owned);
    let head = csv::whole(std::iter::once(heads));
    stream::unfold((Some(head), Some(0)), move |(head, after)| {
        let (portal, scope) = (portal.clone(), scope.clone());
        async move {
            if let Some(head) = head {
                return Some((Ok(Bytes::from(head)), (None, after)));
            }
            let shown = Shown {
                part: Part::Left,
                after: after?,
                most: READ,
            };
            match portal.bulk.job(&scope, id, shown, now).await {
                Ok(Some(job)) => {
                    let piece = csv::lines(job.lines.iter().map(cells));
                    Some((Ok(Bytes::from(piece)), (None, job.after)))
                }
                // It was forgotten meanwhile: a file that is cut off shows, a shorter one would look whole.
                Ok(None) => Some((
                    Err(cut(Outage("a change is gone".to_owned()))),
                    (None, None),
                )),
                Err(outage) => Some((Err(cut(outage)), (None, None))),
            }
        }
    })
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
