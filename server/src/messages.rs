//! Messages on their way in, with their files; and attachments on their way out.
//!
//! Who may write is known before a body is read. What goes out is always a download, told as what it was found to be or as nothing in
//! particular, and under a policy by which a browser that showed it all the same would run nothing of it.

use crate::{
    files::{self, Files},
    guard,
    import::arrivals::{self, AROUND, Arrivals, Lost},
};
use app::{
    asking::{Portal, Visitor},
    plain,
    refusal::{Next, Refusal},
    routes,
};
use axum::{
    Json,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest as _, Multipart, Path, Request},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::{Method, StatusCode, header, request::Parts};
use portfolio::{
    form::Form,
    ids::{AttachmentId, FirmId},
    message::{
        file::{Attachment, FileFault, FileKind, MOST_FILES, MOST_TOGETHER, judged},
        form::{AnswerForm, BeginThreadForm, FILES, MessageField},
    },
    ports::{NoticeLinks, Outage, Writer, Written},
    problem::{Problem, Problems},
    search::encode,
};
use std::{collections::HashMap, fs::File, sync::Arc, time::Duration};
use tokio::time::timeout;

/// How long a message may take to arrive, with its files.
const PATIENCE: Duration = Duration::from_secs(90);
/// Parts of a body that are read: the fields of the larger form, and one file more than may be.
const MOST_PARTS: usize = 8 + MOST_FILES;
/// What a browser that shows an attachment all the same may do with it: nothing.
const POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/// The addresses.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let uploads = Arrivals::new();
    let files = [
        (routes::MESSAGES, routes::NEW_MESSAGE),
        (routes::OWN_MESSAGES, routes::NEW_OWN_MESSAGE),
    ]
    .into_iter()
    .fold(Files::default(), |files, (base, page)| {
        let beginning = (portal.clone(), uploads.clone());
        let begin = move |request: Request| {
            let (portal, uploads) = beginning;
            taken::<BeginThreadForm>(portal, uploads, base, request)
        };
        files.taking(Method::POST, page, post(begin).layer(limit()))
    });
    [
        (
            routes::MESSAGES,
            "/messagerie/{id}",
            "/messagerie/pieces/{id}",
        ),
        (
            routes::OFFICE_MESSAGES,
            "/agent/messagerie/{id}",
            "/agent/messagerie/pieces/{id}",
        ),
        (
            routes::OWN_MESSAGES,
            "/mon-compte/messagerie/{id}",
            "/mon-compte/messagerie/pieces/{id}",
        ),
    ]
    .into_iter()
    .fold(files, |files, (base, thread, attachment)| {
        let (writing, reading) = ((portal.clone(), uploads.clone()), portal.clone());
        files
            .taking(
                Method::POST,
                thread,
                post(move |request: Request| {
                    let (portal, uploads) = writing;
                    taken::<AnswerForm>(portal, uploads, base, request)
                })
                .layer(limit()),
            )
            .with(
                Method::GET,
                attachment,
                get(move |Path(id): Path<String>, request: Request| {
                    handed_out(reading, base, id, request)
                }),
            )
    })
}

const fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MOST_TOGETHER + AROUND)
}

/// A form that files travel with.
trait Posted: Form<Field = MessageField> {
    /// The form of these fields.
    fn of(fields: &mut HashMap<String, String>) -> Self;

    /// Carries it out.
    fn carried_out(
        &self,
        portal: &Portal,
        writer: &Writer,
        files: &[Attachment],
    ) -> impl Future<Output = Result<Option<Written>, Outage>> + Send;

    /// What the page says afterwards.
    fn done(&self) -> &str;
}

fn taken_out(fields: &mut HashMap<String, String>, name: &str) -> String {
    fields.remove(name).unwrap_or_default()
}

fn links(portal: &Portal) -> NoticeLinks {
    let link = |page: &str| format!("{}{page}", portal.url);
    NoticeLinks {
        firm: link(routes::MESSAGES),
        client: link(routes::OWN_MESSAGES),
    }
}

impl Posted for BeginThreadForm {
    fn of(fields: &mut HashMap<String, String>) -> Self {
        Self {
            about: taken_out(fields, "about"),
            to: taken_out(fields, "to"),
            subject: taken_out(fields, "subject"),
            text: taken_out(fields, "text"),
            once: taken_out(fields, "once"),
        }
    }

    async fn carried_out(
        &self,
        portal: &Portal,
        writer: &Writer,
        files: &[Attachment],
    ) -> Result<Option<Written>, Outage> {
        let (Ok(draft), Some(about)) = (self.check(), self.about()) else {
            return Ok(None);
        };
        let (links, messages) = (links(portal), &portal.messages);
        messages
            .begin_thread(writer, &about, &draft, files, &links, (portal.now)())
            .await
    }

    fn done(&self) -> &str {
        portfolio::message::form::answer_act::ANSWER
    }
}

impl Posted for AnswerForm {
    fn of(fields: &mut HashMap<String, String>) -> Self {
        Self {
            of: taken_out(fields, "of"),
            act: taken_out(fields, "act"),
            text: taken_out(fields, "text"),
            once: taken_out(fields, "once"),
        }
    }

    async fn carried_out(
        &self,
        portal: &Portal,
        writer: &Writer,
        files: &[Attachment],
    ) -> Result<Option<Written>, Outage> {
        let Ok(draft) = self.check() else {
            return Ok(None);
        };
        let (links, messages) = (links(portal), &portal.messages);
        messages
            .answer(writer, &draft, files, &links, (portal.now)())
            .await
    }

    fn done(&self) -> &str {
        if self.act.is_empty() {
            portfolio::message::form::answer_act::ANSWER
        } else {
            &self.act
        }
    }
}

/// Why something was not taken.
enum Not {
    Refused(Refusal<MessageField>),
    Outage(Outage),
    Late,
}

impl From<FileFault> for Not {
    fn from(fault: FileFault) -> Self {
        let problem = Problem::Attachment(fault);
        Self::Refused(Refusal::Problems(Problems::one(
            MessageField::Files,
            problem,
        )))
    }
}

/// Whether whoever asks reads pages: a browser without JavaScript. The client's own script reads codes.
fn reads_pages(parts: &Parts) -> bool {
    let accept = parts.headers.get(header::ACCEPT);
    let accept = accept.and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Who writes, and for which house: known before anything of the body is read.
fn writer(parts: &Parts, base: &'static str) -> Result<(Writer, FirmId), Refusal<MessageField>> {
    let visitor = parts.extensions.get::<Visitor>();
    let session = visitor.and_then(|visitor| visitor.session.as_ref());
    let session = session.ok_or(Refusal::SignedOut)?;
    if session.suspended {
        return Err(Refusal::Forbidden);
    }
    if session.wants_second_factor {
        return Err(Refusal::SecondFactorWanted);
    }
    let writer = session
        .writer()
        .filter(|_| routes::messages_of(session.seat) == base);
    let writer = writer.ok_or(Refusal::NotAllowed)?;
    Ok((writer, session.me.house))
}

/// Takes a message in.
async fn taken<F: Posted>(
    portal: Portal,
    uploads: Arc<Arrivals>,
    base: &'static str,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let (writer, house) = match writer(&parts, base) {
        Ok(found) => found,
        Err(refusal) => return kept_out(&parts, base, &refusal),
    };
    let again = parts.clone();
    let (form, outcome) = match received::<F>(&uploads, house, parts, body).await {
        Ok((form, Ok(files))) => {
            let written = form.carried_out(&portal, &writer, &files).await;
            (form, written.map_err(Not::Outage))
        }
        Ok((form, Err(refusal))) => (form, Err(Not::Refused(refusal))),
        Err(not) => (F::default(), Err(not)),
    };
    let refusal = match outcome {
        Ok(Some(Written::Done(id))) => {
            let to = routes::done(&routes::thread(base, id), form.done());
            return if reads_pages(&again) {
                Redirect::to(&to).into_response()
            } else {
                Json(Next { to }).into_response()
            };
        }
        Ok(Some(Written::Barred(bar))) => {
            let problem = Problem::Barred(bar);
            Refusal::Problems(Problems::one(MessageField::Text, problem))
        }
        Ok(None) => Refusal::NotFound,
        Err(Not::Refused(refusal)) => refusal,
        Err(Not::Outage(outage)) => return guard::unavailable(&outage, !reads_pages(&again)),
        Err(Not::Late) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if reads_pages(&again) {
        plain::draw(portal, again, &form.kept(), Some(&refusal)).await
    } else {
        told(&refusal)
    }
}

/// A refusal, as the client's script reads it.
fn told(refusal: &Refusal<MessageField>) -> Response {
    let status = StatusCode::from_u16(refusal.status());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(refusal)).into_response()
}

/// The answer to who may not write, of whom nothing is read.
fn kept_out(parts: &Parts, base: &str, refusal: &Refusal<MessageField>) -> Response {
    if !reads_pages(parts) {
        return told(refusal);
    }
    match refusal {
        Refusal::SignedOut => {
            let visitor = parts.extensions.get::<Visitor>();
            let signed_out = visitor.is_some_and(|visitor| visitor.token.is_some());
            let here = parts
                .uri
                .path_and_query()
                .map_or(base, |here| here.as_str());
            Redirect::to(&routes::sign_in(here, signed_out)).into_response()
        }
        _ => StatusCode::FORBIDDEN.into_response(),
    }
}

/// What has arrived: the form, and its files or what is wrong with it.
type Received<F> = (F, Result<Vec<Attachment>, Refusal<MessageField>>);

async fn received<F: Posted>(
    uploads: &Arc<Arrivals>,
    house: FirmId,
    parts: Parts,
    body: Body,
) -> Result<Received<F>, Not> {
    let _arrival = uploads.begin(house).ok_or(FileFault::Busy)?;
    let file: File = match timeout(PATIENCE, arrivals::arrived(body)).await {
        Ok(Ok(file)) => file,
        Ok(Err(lost)) => return Err(lost_as(lost)),
        Err(_) => return Err(Not::Late),
    };
    // The place is held for as long as anything of it is in memory that is not kept yet.
    let _place = uploads.place().await.ok_or(FileFault::Busy)?;
    let bytes = arrivals::bytes(file).await;
    let bytes = bytes.map_err(|error| Not::Outage(Outage(error.to_string())))?;
    let whole = Request::from_parts(parts, Body::from(bytes));
    let (mut fields, sent) = read(whole).await?;
    let form = F::of(&mut fields);
    let mut problems: Vec<_> = match form.check() {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|(field, problem)| (field, problem.clone()))
            .collect(),
    };
    let files = match judged(sent) {
        Ok(files) => files,
        Err(fault) => {
            problems.push((MessageField::Files, Problem::Attachment(fault)));
            Vec::new()
        }
    };
    let outcome =
        Problems::from_vec(problems).map_or(Ok(files), |problems| Err(Refusal::Problems(problems)));
    Ok((form, outcome))
}

fn lost_as(lost: Lost) -> Not {
    use portfolio::import::FileFault as Fault;
    match lost {
        Lost::Fault(Fault::TooLarge) => FileFault::TooLargeTogether.into(),
        Lost::Fault(_) => FileFault::Unreadable.into(),
        Lost::Disk(error) => Not::Outage(Outage(error.to_string())),
    }
}

/// The fields, and the files by name: a control in which nothing was chosen sends a file without a name that holds nothing.
async fn read(
    request: Request,
) -> Result<(HashMap<String, String>, Vec<(String, Vec<u8>)>), FileFault> {
    let multipart = Multipart::from_request(request, &()).await;
    let mut multipart = multipart.map_err(|_| FileFault::Unreadable)?;
    let (mut fields, mut files) = (HashMap::new(), Vec::new());
    let unreadable = |_| FileFault::Unreadable;
    for _ in 0..=MOST_PARTS {
        let Some(field) = multipart.next_field().await.map_err(unreadable)? else {
            return Ok((fields, files));
        };
        let name = field.name().unwrap_or_default().to_owned();
        if name == FILES {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(unreadable)?;
            if !(file.is_empty() && bytes.is_empty()) {
                files.push((file, bytes.to_vec()));
            }
        } else {
            let bytes = field.bytes().await.map_err(unreadable)?;
            fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Err(FileFault::TooMany)
}

/// Hands an attachment out.
async fn handed_out(portal: Portal, base: &'static str, id: String, request: Request) -> Response {
    let Ok(id) = id.parse::<AttachmentId>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let session = match files::session(&request, base) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let reader = session
        .reader()
        .filter(|_| routes::messages_of(session.seat) == base);
    let Some(reader) = reader else {
        return Redirect::to(routes::home_of(session.seat)).into_response();
    };
    match portal
        .messages
        .attachment(&reader, id, (portal.now)())
        .await
    {
        Ok(Some(fetched)) => attached(fetched.0),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(outage) => guard::unavailable(&outage, false),
    }
}

/// A download under its own name, which is written twice: in plain letters for old programs, and as it is.
fn attached(attachment: Attachment) -> Response {
    let Attachment { name, kind, bytes } = attachment;
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._- ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let disposition = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        encode(&name)
    );
    let known =
        matches!(kind, FileKind::Csv | FileKind::Text) && std::str::from_utf8(&bytes).is_ok();
    let media = match kind {
        FileKind::Csv if known => "text/csv; charset=utf-8",
        FileKind::Text if known => "text/plain; charset=utf-8",
        kind => kind.media(),
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
    ];
    (headers, bytes).into_response()
}
