//! The addresses of files: one is sent, the template and the refused lines are fetched, progress is followed.
//!
//! They are open to whoever may change the portfolio, as the pages that lead to them are.

use super::{mend, read, template};
use crate::guard;
use app::{
    asking::{Portal, Visitor},
    plain,
    refusal::Refusal,
    routes,
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures_util::stream::{self, Stream};
use http::{StatusCode, header};
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use portfolio::{
    form::{UploadField, UploadForm},
    ids::ImportId,
    import::{FileFault, Format, MOST_BYTES, Progress, name_of},
    permission::Editor,
    ports::{Imports, Upload, Uploaded},
    problem::{Problem, Problems},
};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::{
    sync::Semaphore,
    time::{Instant, sleep, timeout},
};

/// Files that are taken in at a time: each holds some ten megabytes while it is read.
const AT_ONCE: usize = 3;
/// How long a file may take to arrive.
const PATIENCE: Duration = Duration::from_secs(90);
/// What stands around the file in what a browser sends.
const AROUND: usize = 64 * 1024;
/// How much of a file that is too large is still taken, so that the browser comes to read why it was refused.
const DRAINED: usize = 4 * MOST_BYTES;
/// How long progress is told before the browser has to ask anew; a connection ends a little later.
const FOLLOWED: Duration = Duration::from_secs(90);
/// How often progress is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// What a workbook is.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The addresses.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Router<S> {
    let uploads = Arc::new(Semaphore::new(AT_ONCE));
    let with = || portal.clone();
    let (sending, following, mending) = (with(), with(), with());
    Router::new()
        .route(
            routes::IMPORTS,
            post(move |request: Request| upload(sending, uploads, request))
                .layer(DefaultBodyLimit::max(MOST_BYTES + AROUND)),
        )
        .route(
            routes::TEMPLATE,
            get(|request: Request| async move { for_editors(&request, workbook_template) }),
        )
        .route(
            routes::TEXT_TEMPLATE,
            get(|request: Request| async move { for_editors(&request, text_template) }),
        )
        .route(
            "/etablissements/importer/{id}/progression",
            get(move |Path(id): Path<String>, request: Request| follow(following, id, request)),
        )
        .route(
            "/etablissements/importer/{id}/refusees",
            get(move |Path(id): Path<String>, request: Request| to_mend(mending, id, request)),
        )
}

/// The permission of whoever asks; the answer to whoever has none.
fn editor(request: &Request) -> Result<Editor, Box<Response>> {
    let visitor = request.extensions().get::<Visitor>();
    let session = visitor.and_then(|visitor| visitor.session.as_ref());
    let Some(session) = session else {
        let signed_out = visitor.is_some_and(|visitor| visitor.token.is_some());
        let page = routes::sign_in(routes::IMPORTS, signed_out);
        return Err(Box::new(Redirect::to(&page).into_response()));
    };
    let open = !session.suspended && !session.wants_second_factor;
    session
        .editor()
        .filter(|_| open)
        .ok_or_else(|| Box::new(StatusCode::FORBIDDEN.into_response()))
}

fn for_editors(request: &Request, answer: fn() -> Response) -> Response {
    match editor(request) {
        Ok(_) => answer(),
        Err(refused) => *refused,
    }
}

async fn upload(portal: Portal, uploads: Arc<Semaphore>, request: Request) -> Response {
    let editor = match editor(&request) {
        Ok(editor) => editor,
        Err(refused) => return *refused,
    };
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let taken = match uploads.try_acquire() {
        Ok(_place) => {
            let read = timeout(PATIENCE, received(Request::from_parts(parts, body))).await;
            match read {
                Ok(Ok(upload)) => keep(&portal, &editor, upload).await,
                Ok(Err(fault)) => Ok(Err(fault)),
                Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
            }
        }
        Err(_) => Ok(Err(FileFault::Busy)),
    };
    match taken {
        Ok(Ok(id)) => Redirect::to(&routes::import(id)).into_response(),
        Ok(Err(fault)) => {
            let problems = Problems::one(UploadField::File, Problem::File(fault));
            let refusal = Refusal::Problems(problems);
            plain::draw(portal, again, &UploadForm {}, Some(&refusal)).await
        }
        Err(unavailable) => *unavailable,
    }
}

async fn keep(
    portal: &Portal,
    editor: &Editor,
    upload: Upload,
) -> Result<Result<ImportId, FileFault>, Box<Response>> {
    let kept = portal.imports.upload(editor, upload, (portal.now)()).await;
    match kept {
        Ok(Uploaded::Waits(id)) => Ok(Ok(id)),
        Ok(Uploaded::TooMany) => Ok(Err(FileFault::TooManyFiles)),
        Err(outage) => Err(Box::new(guard::unavailable(&outage, false))),
    }
}

/// The file that a browser sends, read.
async fn received(request: Request) -> Result<Upload, FileFault> {
    let (parts, body) = request.into_parts();
    let body = Body::from(collected(body).await?);
    let whole = Request::from_parts(parts, body);
    let multipart = Multipart::from_request(whole, &()).await;
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
    let read = tokio::task::spawn_blocking(move || read::read(name, &bytes)).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "a file could not be read");
        Err(FileFault::BrokenWorkbook)
    })
}

/// A body, whole. More of it than is kept is still taken for a while: browsers read an answer only once they have sent.
async fn collected(mut body: Body) -> Result<Bytes, FileFault> {
    let (mut kept, mut come) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(Ok(data)) = frame.map(Frame::into_data) else {
            return Err(FileFault::Missing);
        };
        come += data.len();
        if come <= MOST_BYTES + AROUND {
            kept.extend_from_slice(&data);
        } else if come > DRAINED {
            break;
        } else {
            kept = Vec::new();
        }
    }
    if come > MOST_BYTES + AROUND {
        return Err(FileFault::TooLarge);
    }
    Ok(Bytes::from(kept))
}

fn workbook_template() -> Response {
    match template::workbook() {
        Ok(bytes) => attached(WORKBOOK, "modele-clients.xlsx", bytes),
        Err(error) => unwritten(&error),
    }
}

fn text_template() -> Response {
    let kind = "text/csv; charset=utf-8";
    attached(kind, "modele-clients.csv", template::text().into_bytes())
}

fn unwritten(error: &rust_xlsxwriter::XlsxError) -> Response {
    tracing::error!(%error, "a workbook could not be written");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A download. Its name is ours.
fn attached(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}

async fn to_mend(portal: Portal, id: String, request: Request) -> Response {
    let editor = match editor(&request) {
        Ok(editor) => editor,
        Err(refused) => return *refused,
    };
    let Ok(id) = id.parse() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mend = match portal.imports.to_mend(&editor, id).await {
        Ok(Some(mend)) => mend,
        Ok(None) => return StatusCode::NOT_FOUND.into_response(),
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let name = format!(
        "lignes-refusees-{}.{}",
        (portal.now)().iso_date(),
        mend.format.code()
    );
    let kind = match mend.format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => WORKBOOK,
    };
    let written = tokio::task::spawn_blocking(move || mend::file(&mend)).await;
    match written {
        Ok(Ok(bytes)) => attached(kind, &name, bytes),
        Ok(Err(error)) => unwritten(&error),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
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
