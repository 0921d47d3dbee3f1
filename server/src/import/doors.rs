//! The addresses of files: one is sent, the template and the refused lines are fetched, progress is followed.
//!
//! They are open to whoever may change the portfolio, as the pages that lead to them are.

use super::{
    arrivals::{self, AROUND, Arrivals, Lost},
    mend, postings, read, template,
};
use crate::{files::Files, guard};
use app::{
    asking::{Portal, Visitor},
    plain,
    refusal::Refusal,
    routes,
};
use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures_util::stream::{self, Stream};
use http::{Method, StatusCode, header, request::Parts};
use portfolio::{
    form::{UploadField, UploadForm},
    ids::ImportId,
    import::{FileFault, MOST_BYTES, Progress, name_of},
    permission::Editor,
    ports::{Imports, Outage, Session, Upload, Uploaded},
    problem::{Problem, Problems},
    sheet::Format,
};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::{Instant, sleep, timeout},
};

/// How long a file may take to arrive.
pub(super) const PATIENCE: Duration = Duration::from_secs(90);
/// Files of refused lines that are written at a time: each holds a connection that reads.
const MENDED: usize = 2;
/// How long progress is told before the browser has to ask anew; a connection ends a little later.
const FOLLOWED: Duration = Duration::from_secs(90);
/// How often progress is looked at.
const LOOK: Duration = Duration::from_secs(1);

/// The addresses.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let uploads = Arrivals::new();
    let mended = Arc::new(Semaphore::new(MENDED));
    let with = || portal.clone();
    let (sending, following, mending) = (with(), with(), with());
    postings::routes(portal, &uploads)
        .taking(
            Method::POST,
            routes::IMPORTS,
            post(move |request: Request| upload(sending, uploads, request))
                .layer(DefaultBodyLimit::max(MOST_BYTES + AROUND)),
        )
        .with(
            Method::GET,
            routes::TEMPLATE,
            get(|request: Request| async move { for_editors(&request, routes::IMPORTS, workbook_template) }),
        )
        .with(
            Method::GET,
            routes::TEXT_TEMPLATE,
            get(|request: Request| async move { for_editors(&request, routes::IMPORTS, text_template) }),
        )
        .with(
            Method::GET,
            "/etablissements/importer/{id}/progression",
            get(move |Path(id): Path<String>, request: Request| follow(following, id, request)),
        )
        .with(
            Method::POST,
            "/etablissements/importer/{id}/refusees",
            post(move |Path(id): Path<String>, request: Request| {
                to_mend(mending, mended, id, request)
            }),
        )
}

/// The session and the permission of whoever asks; the answer to whoever has none.
pub(super) fn allowed<'a>(
    request: &'a Request,
    page: &str,
) -> Result<(&'a Session, Editor), Box<Response>> {
    let visitor = request.extensions().get::<Visitor>();
    let session = visitor.and_then(|visitor| visitor.session.as_ref());
    let Some(session) = session else {
        let signed_out = visitor.is_some_and(|visitor| visitor.token.is_some());
        let page = routes::sign_in(page, signed_out);
        return Err(Box::new(Redirect::to(&page).into_response()));
    };
    let open = !session.suspended && !session.wants_second_factor;
    let editor = session.editor().filter(|_| open);
    let editor = editor.ok_or_else(|| Box::new(StatusCode::FORBIDDEN.into_response()))?;
    Ok((session, editor))
}

fn editor(request: &Request) -> Result<Editor, Box<Response>> {
    allowed(request, routes::IMPORTS).map(|(_, editor)| editor)
}

pub(super) fn for_editors(request: &Request, page: &str, answer: fn() -> Response) -> Response {
    match allowed(request, page) {
        Ok(_) => answer(),
        Err(refused) => *refused,
    }
}

async fn upload(portal: Portal, uploads: Arc<Arrivals>, request: Request) -> Response {
    let editor = match editor(&request) {
        Ok(editor) => editor,
        Err(refused) => return *refused,
    };
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let taken = match uploads.begin(editor.firm) {
        Some(_arrival) => match timeout(PATIENCE, arrivals::arrived(body)).await {
            Ok(Ok(file)) => take_in(&portal, &editor, &uploads, parts, file).await,
            Ok(Err(lost)) => Err(lost),
            Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
        },
        None => Err(FileFault::Busy.into()),
    };
    match taken {
        Ok(Ok(id)) => Redirect::to(&routes::import(id)).into_response(),
        Ok(Err(outage)) => guard::unavailable(&outage, false),
        Err(Lost::Disk(error)) => guard::unavailable(&Outage(error.to_string()), false),
        Err(Lost::Fault(fault)) => {
            let problems = Problems::one(UploadField::File, Problem::File(fault));
            let refusal = Refusal::Problems(problems);
            plain::draw(portal, again, &UploadForm {}, Some(&refusal)).await
        }
    }
}

/// Reads what has arrived, and keeps it.
async fn take_in(
    portal: &Portal,
    editor: &Editor,
    uploads: &Arrivals,
    parts: Parts,
    file: std::fs::File,
) -> Result<Result<ImportId, Outage>, Lost> {
    let place = uploads.place().await.ok_or(FileFault::Busy)?;
    let bytes = arrivals::bytes(file).await?;
    let whole = Request::from_parts(parts, Body::from(bytes));
    // The place is held for as long as anything of the file is in memory.
    let (upload, _place) = received(whole, place).await?;
    let kept = portal.imports.upload(editor, upload, (portal.now)()).await;
    match kept {
        Ok(Uploaded::Waits(id)) => Ok(Ok(id)),
        Ok(Uploaded::TooMany) => Err(FileFault::TooManyFiles.into()),
        Err(outage) => Ok(Err(outage)),
    }
}

/// The file that a browser sent, read. It goes on being read when the browser has gone, and keeps its place.
pub(super) async fn received(
    request: Request,
    place: OwnedSemaphorePermit,
) -> Result<(Upload, OwnedSemaphorePermit), FileFault> {
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|_| FileFault::Missing)?;
    let field = async {
        while let Some(field) = multipart.next_field().await.ok()? {
            if field.name() == Some("fichier") {
                let name = field.file_name().unwrap_or_default().to_owned();
                return Some((name, field.bytes().await.ok()?));
            }
        }
        None
    };
    let (name, bytes) = field.await.ok_or(FileFault::Missing)?;
    if name.is_empty() && bytes.is_empty() {
        return Err(FileFault::Missing);
    }
    if bytes.len() > MOST_BYTES {
        return Err(FileFault::TooLarge);
    }
    let name = name_of(&name);
    drop(multipart);
    let read = spawn_blocking(move || Ok((read::read(name, &bytes)?, place))).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "a file could not be read");
        Err(FileFault::BrokenWorkbook)
    })
}

fn workbook_template() -> Response {
    match template::workbook() {
        Ok(bytes) => attached(Format::Xlsx, "modele-clients.xlsx", bytes),
        Err(error) => unwritten(&error),
    }
}

fn text_template() -> Response {
    let bytes = template::text().into_bytes();
    attached(Format::Csv, "modele-clients.csv", bytes)
}

pub(super) fn unwritten(error: &rust_xlsxwriter::XlsxError) -> Response {
    tracing::error!(%error, "a workbook could not be written");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A download. Its name is ours.
pub(super) fn attached(format: Format, name: &str, body: impl Into<Body>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, body.into()).into_response()
}

async fn to_mend(portal: Portal, places: Arc<Semaphore>, id: String, request: Request) -> Response {
    let (session, editor) = match allowed(&request, routes::IMPORTS) {
        Ok(allowed) => allowed,
        Err(refused) => return *refused,
    };
    let Ok(id) = id.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let now = (portal.now)();
    let Some(editor) = session.fresh(editor, now) else {
        return Redirect::to(&routes::confirm(&routes::import(id))).into_response();
    };
    // Who comes too many waits for the others, for as long as a request may.
    let Ok(place) = places.acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let mend = match portal.imports.to_mend(&editor, id, now).await {
        Ok(Some(mend)) => mend,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let format = mend.format;
    let name = format!("lignes-refusees-{}.{}", now.iso_date(), format.code());
    let body = Body::from_stream(mend::written(mend, place));
    attached(format, &name, body)
}

async fn follow(portal: Portal, id: String, request: Request) -> Response {
    let editor = match editor(&request) {
        Ok(editor) => editor,
        Err(refused) => return *refused,
    };
    let Ok(id) = id.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match portal.imports.progress(&editor, id).await {
        Ok(Some(_)) => {}
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(outage) => return guard::unavailable(&outage, false),
    }
    Sse::new(followed(portal.imports, editor, id))
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Progress, whenever there is some, until the work is over or it is time to ask anew.
fn followed(
    imports: Arc<dyn Imports>,
    editor: Editor,
    id: ImportId,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let until = Instant::now() + FOLLOWED;
    let told: Option<Progress> = None;
    stream::unfold(
        (imports, editor, told),
        move |(imports, editor, told)| async move {
            loop {
                let over = told.is_some_and(|told| !told.state.at_work());
                if over || Instant::now() >= until {
                    return None;
                }
                let now = imports.progress(&editor, id).await.ok()??;
                if told != Some(now) {
                    let event = Event::default().data(now.told());
                    return Some((Ok(event), (imports, editor, Some(now))));
                }
                sleep(LOOK).await;
            }
        },
    )
}
