//! The addresses of files of postings: one is sent, the templates are fetched. A file is taken in as files of clients are, by the same
//! places and limits, and read at once: it is short.

use super::{
    arrivals::{self, AROUND, Arrivals, Lost},
    doors::{PATIENCE, allowed, attached, for_editors, received, unwritten},
    template,
};
use crate::{files::Files, guard};
use app::{asking::Portal, plain, refusal::Refusal, routes};
use axum::{
    body::Body,
    extract::{DefaultBodyLimit, Request},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{Method, StatusCode, request::Parts};
use portfolio::{
    form::{UploadField, UploadForm},
    ids::{EnrolmentId, PostingsId},
    import::{FileFault, MOST_BYTES},
    mobility::batch::Sent,
    permission::Editor,
    ports::{Outage, Upload, Waiting},
    problem::{Problem, Problems},
    sheet::Format,
};
use std::sync::Arc;
use tokio::time::timeout;

/// The addresses.
pub(super) fn routes<S: Clone + Send + Sync + 'static>(
    portal: &Portal,
    uploads: &Arc<Arrivals>,
) -> Files<S> {
    let (sending, uploads) = (portal.clone(), Arc::clone(uploads));
    Files::default()
        .taking(
            Method::POST,
            routes::POSTINGS,
            post(move |request: Request| upload(sending, uploads, request))
                .layer(DefaultBodyLimit::max(MOST_BYTES + AROUND)),
        )
        .with(
            Method::GET,
            routes::POSTINGS_TEMPLATE,
            get(|request: Request| async move {
                for_editors(&request, routes::POSTINGS, workbook_template)
            }),
        )
        .with(
            Method::GET,
            routes::POSTINGS_TEXT_TEMPLATE,
            get(|request: Request| async move {
                for_editors(&request, routes::POSTINGS, text_template)
            }),
        )
}

async fn upload(portal: Portal, uploads: Arc<Arrivals>, request: Request) -> Response {
    let editor = match allowed(&request, routes::POSTINGS) {
        Ok((_, editor)) => editor,
        Err(refused) => return *refused,
    };
    let query = request.uri().query().unwrap_or_default();
    let client = routes::part(query, routes::param::CLIENT);
    let client = client.and_then(|id| id.parse().ok());
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let taken = match uploads.begin(editor.firm) {
        Some(_arrival) => match timeout(PATIENCE, arrivals::arrived(body)).await {
            Ok(Ok(file)) => take_in(&portal, &editor, &uploads, (parts, file), client).await,
            Ok(Err(lost)) => Err(lost),
            Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
        },
        None => Err(FileFault::Busy.into()),
    };
    match taken {
        Ok(Ok(_)) => Redirect::to(routes::POSTINGS_CHECKED).into_response(),
        Ok(Err(outage)) => guard::unavailable(&outage, false),
        Err(Lost::Disk(error)) => guard::unavailable(&Outage(error.to_string()), false),
        Err(Lost::Fault(fault)) => {
            let problems = Problems::one(UploadField::File, Problem::File(fault));
            let refusal = Refusal::Problems(problems);
            plain::draw(portal, again, &UploadForm {}, Some(&refusal)).await
        }
    }
}

/// Reads what has arrived, and keeps what means something of it.
async fn take_in(
    portal: &Portal,
    editor: &Editor,
    uploads: &Arrivals,
    (parts, file): (Parts, std::fs::File),
    client: Option<EnrolmentId>,
) -> Result<Result<PostingsId, Outage>, Lost> {
    let place = uploads.place().await.ok_or(FileFault::Busy)?;
    let bytes = arrivals::bytes(file).await?;
    let whole = Request::from_parts(parts, Body::from(bytes));
    // The place is held for as long as anything of the file is in memory.
    let (upload, _place) = received(whole, place).await?;
    let sent = sent(upload, client)?;
    let kept = portal.postings.keep_postings(editor, sent, (portal.now)());
    Ok(kept.await)
}

/// A file that was read, unpacked line by line.
fn sent(upload: Upload, client: Option<EnrolmentId>) -> Result<Sent, FileFault> {
    let lines = upload.pieces.into_iter().flat_map(|piece| {
        let lines: Vec<Waiting> =
            serde_json::from_slice(&piece.text).expect("a piece was packed by the reader");
        lines
    });
    Sent::read(upload.name, &upload.heads, lines, client)
}

fn workbook_template() -> Response {
    match template::postings() {
        Ok(bytes) => attached(Format::Xlsx, "modele-missions.xlsx", bytes),
        Err(error) => unwritten(&error),
    }
}

fn text_template() -> Response {
    let bytes = template::postings_text().into_bytes();
    attached(Format::Csv, "modele-missions.csv", bytes)
}
