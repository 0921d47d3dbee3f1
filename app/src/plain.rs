//! Forms posted without JavaScript.
//!
//! A page's form is posted to the page's own address. Here the same server function runs as for a browser with JavaScript, through
//! the same door. Carried out, the answer is a redirect (post, redirect, get); refused, it is the page again with its problems, what
//! was typed (secrets apart: [`Form::kept`]) and a truthful status. Leptos' own way would redirect with the error in the address and
//! lose what was typed.

use crate::{
    arrival::calls::{Apply, ConfirmEmail, Reply},
    asking::Portal,
    attestation::calls::{Issue, IssueOwn},
    bulk::calls::{ActOnJob, ActOnModel, Prepare, Select},
    calendar::calls::{ActOnFeed, ChooseRhythm},
    clients::{
        calls::{Begin, Change, Enrol, Prove, Terminate},
        find::{ActOnView, Favourite},
        follow::{ActOnLabel, KeepOwn},
    },
    firm::calls::{ActOn, Invite, SetPolicy},
    import::calls::ActOnImport,
    language::calls::ChooseLanguage,
    link::calls::{AskReset, Choose},
    mobility,
    notices::calls::WantNotice,
    office::calls::{Reveal, Rule},
    online,
    own_account::calls::{AskEmail, Withdraw},
    refusal::{Next, Refusal},
    review::calls::Confirm as ConfirmMandate,
    routes,
    security::{
        calls::{AddApplication, ChangePassword, EndSessions, RemoveApplication, RenewCodes},
        keys::{AddPasskey, RemovePasskey},
    },
    session::{
        calls::{SignIn, SignOut},
        proofs::{Confirm, PassSecondStep},
    },
    shell,
    verification::calls::Verify,
};
use axum::{
    Router,
    body::Body,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use http::{HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use leptos::{nonce::Nonce, prelude::*, server_fn::ServerFn};
use portfolio::attestation::{IssueForm, OwnIssueForm};
use portfolio::form::{
    AnswerForm, ApplicationForm, ApplyForm, BeginForm, BulkForm, ChooseForm, CodesForm,
    ConfirmEmailForm, ConfirmForm, EmailForm, EndSessionsForm, FavouriteForm, FeedForm, Form,
    ImportForm, InviteForm, InviteManyForm, JobForm, LabelForm, LanguageForm, MemberForm,
    ModelForm, NewPasswordForm, NoticeForm, OnlineForm, OwnForm, PasskeyForm, PolicyForm,
    ProofForm, RemoveForm, RemovePasskeyForm, ResetForm, ReviewForm, RhythmForm, SecondStepForm,
    SelectionForm, ServicesForm, SignInForm, TerminateForm, ViewForm, WithdrawForm,
};
use portfolio::language::current;
use portfolio::mobility::form::{
    ActForm, AgreementForm, BusinessForm, ConditionsForm, ContactForm, DependantForm, JourneyForm,
    MissionForm, PostingsForm, RevealCaseForm, RevealForm, RulingForm, SeveralForm, SummaryForm,
    VerifyForm, WorkerForm,
};
use std::{future::Future, pin::Pin};

/// What a page is drawn again with: the form and its refusal as text, since a context knows no generic types.
#[derive(Clone)]
pub struct Returned {
    /// The kept form, as JSON.
    pub form: String,
    /// The refusal, as JSON; `null` when a button only filled the form.
    pub refusal: String,
    /// What was answered, as JSON, of a form that leads nowhere else; `null` otherwise.
    pub answer: String,
}

/// Everything that pages and server functions find in their context.
pub fn provide(portal: Portal) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        provide_context(portal.clone());
        // For what a page has done on other threads.
        provide_context(current());
        if let Some(parts) = use_context::<http::request::Parts>()
            && let Some(minted) = parts.extensions.get::<MintedNonce>()
        {
            provide_context(Nonce::from_value(minted.0.as_str()));
        }
    }
}

/// The nonce of this answer's content security policy: minted by the guard, put among the request's extensions.
#[derive(Clone)]
pub struct MintedNonce(pub String);

/// Where a form is posted to, and what runs there.
pub struct Door {
    /// The page's own address.
    pub page: &'static str,
    /// The server function that the form is sent through.
    pub api: &'static str,
    submit: Submit,
}

impl Door {
    const fn of<F: Form>(page: &'static str, api: &'static str) -> Self {
        let submit = submit::<F, false>;
        Self { page, api, submit }
    }

    /// A form whose answer is shown on its own page: it changes nothing, and stands in no address.
    const fn answering<F: Form>(page: &'static str, api: &'static str) -> Self {
        let submit = submit::<F, true>;
        Self { page, api, submit }
    }
}

/// All of them: what is not listed here cannot be posted to.
pub const DOORS: [Door; 63] = [
    Door::of::<LanguageForm>(routes::LANGUAGE, ChooseLanguage::PATH),
    Door::of::<SignInForm>(routes::SIGN_IN, SignIn::PATH),
    Door::of::<SignInForm>(routes::SIGN_OUT, SignOut::PATH),
    Door::of::<SecondStepForm>(routes::SECOND_STEP, PassSecondStep::PATH),
    Door::of::<ConfirmForm>(routes::CONFIRM, Confirm::PATH),
    Door::of::<EndSessionsForm>(routes::SECURITY, EndSessions::PATH),
    Door::of::<NewPasswordForm>(routes::PASSWORD, ChangePassword::PATH),
    Door::of::<ApplicationForm>(routes::APPLICATION, AddApplication::PATH),
    Door::of::<RemoveForm>(routes::REMOVE_APPLICATION, RemoveApplication::PATH),
    Door::of::<PasskeyForm>(routes::PASSKEY, AddPasskey::PATH),
    Door::of::<RemovePasskeyForm>("/securite/cle/{id}", RemovePasskey::PATH),
    Door::of::<CodesForm>(routes::CODES, RenewCodes::PATH),
    Door::of::<BeginForm>(routes::ADD, Begin::PATH),
    Door::of::<ProofForm>("/etablissements/ajouter/{draft}/mandat", Prove::PATH),
    Door::of::<ServicesForm>("/etablissements/ajouter/{draft}/services", Enrol::PATH),
    Door::of::<ImportForm>("/etablissements/importer/{id}", ActOnImport::PATH),
    Door::of::<ServicesForm>("/etablissements/{id}", Change::PATH),
    Door::of::<TerminateForm>("/etablissements/{id}/resilier", Terminate::PATH),
    Door::of::<FavouriteForm>(routes::CLIENTS, Favourite::PATH),
    Door::of::<ViewForm>(routes::VIEWS, ActOnView::PATH),
    Door::of::<OwnForm>("/etablissements/{id}/suivi", KeepOwn::PATH),
    Door::of::<LabelForm>(routes::LABELS, ActOnLabel::PATH),
    Door::of::<RhythmForm>("/etablissements/{id}/echeances", ChooseRhythm::PATH),
    Door::answering::<FeedForm>(routes::FEED_PAGE, ActOnFeed::PATH),
    Door::of::<NoticeForm>(routes::NOTICES, WantNotice::PATH),
    Door::of::<ReviewForm>(routes::REVIEW, ConfirmMandate::PATH),
    Door::of::<SelectionForm>(routes::SELECTION, Select::PATH),
    Door::of::<BulkForm>(routes::CHANGE_SELECTION, Prepare::PATH),
    Door::of::<JobForm>("/etablissements/lots/{id}", ActOnJob::PATH),
    Door::of::<ModelForm>(routes::NEW_MODEL, ActOnModel::PATH),
    Door::of::<ModelForm>("/cabinet/modeles/{id}", ActOnModel::PATH),
    Door::of::<OwnIssueForm>(routes::MY_ATTESTATIONS, IssueOwn::PATH),
    Door::of::<IssueForm>("/etablissements/{id}/attestation", Issue::PATH),
    Door::of::<JourneyForm>(
        "/etablissements/{id}/mobilite/nouvelle",
        mobility::calls::Begin::PATH,
    ),
    Door::of::<PostingsForm>(
        routes::POSTINGS_CHECKED,
        mobility::postings::ActOnPostings::PATH,
    ),
    Door::of::<RevealForm>("/mobilite/personnes/{id}", mobility::calls::Reveal::PATH),
    Door::of::<ActForm>("/mobilite/demandes/{id}", mobility::calls::Act::PATH),
    Door::of::<WorkerForm>(
        "/mobilite/demandes/{id}/personne",
        mobility::keep::Worker::PATH,
    ),
    Door::of::<BusinessForm>(
        "/mobilite/demandes/{id}/entreprise",
        mobility::keep::Business::PATH,
    ),
    Door::of::<MissionForm>(
        "/mobilite/demandes/{id}/mission",
        mobility::keep::Mission::PATH,
    ),
    Door::of::<ConditionsForm>(
        "/mobilite/demandes/{id}/conditions",
        mobility::keep::Conditions::PATH,
    ),
    Door::of::<SeveralForm>(
        "/mobilite/demandes/{id}/activites",
        mobility::keep::Several::PATH,
    ),
    Door::of::<AgreementForm>(
        "/mobilite/demandes/{id}/accord",
        mobility::keep::Agreement::PATH,
    ),
    Door::of::<DependantForm>(
        "/mobilite/demandes/{id}/ayants-droit",
        mobility::keep::Dependant::PATH,
    ),
    Door::of::<ContactForm>(
        "/mobilite/demandes/{id}/contact",
        mobility::keep::Contact::PATH,
    ),
    Door::of::<SummaryForm>(
        "/mobilite/demandes/{id}/envoi",
        mobility::keep::Submit::PATH,
    ),
    Door::of::<PolicyForm>(routes::FIRM, SetPolicy::PATH),
    Door::of::<InviteForm>(routes::INVITE, Invite::PATH),
    Door::of::<MemberForm>("/cabinet/membres/{id}", ActOn::PATH),
    Door::of::<RulingForm>("/agent/demandes/{id}", Rule::PATH),
    Door::of::<RevealCaseForm>("/agent/demandes/{id}/numero", Reveal::PATH),
    Door::answering::<VerifyForm>(routes::VERIFICATION, Verify::PATH),
    Door::of::<ResetForm>(routes::FORGOTTEN, AskReset::PATH),
    Door::of::<WithdrawForm>(routes::MY_ACCOUNT, Withdraw::PATH),
    Door::of::<WithdrawForm>("/mon-compte/mandats/{id}/retirer", Withdraw::PATH),
    Door::of::<EmailForm>(routes::MY_EMAIL, AskEmail::PATH),
    Door::of::<OnlineForm>(
        "/etablissements/{id}/compte-en-ligne",
        online::calls::Act::PATH,
    ),
    Door::answering::<InviteManyForm>(routes::INVITATIONS, online::calls::InviteSelected::PATH),
    Door::of::<ApplyForm>(routes::APPLY, Apply::PATH),
    Door::of::<AnswerForm>("/acces/{token}", Reply::PATH),
    Door::of::<ConfirmEmailForm>("/adresse/{token}", ConfirmEmail::PATH),
    Door::of::<ChooseForm>("/invitation/{token}", Choose::PATH),
    Door::of::<ChooseForm>("/mot-de-passe/{token}", Choose::PATH),
];

/// The addresses that forms are posted to.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Router<S> {
    DOORS.iter().fold(Router::new(), |router, door| {
        let (portal, submit, api) = (portal.clone(), door.submit, door.api);
        router.route(
            door.page,
            post(move |request: Request<Body>| submit(portal, api, request)),
        )
    })
}

type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;
type Submit = fn(Portal, &'static str, Request<Body>) -> Answer;

/// Runs one posted form through its server function and answers as a browser without JavaScript needs it.
fn submit<F: Form, const ANSWERS: bool>(
    portal: Portal,
    api: &'static str,
    request: Request<Body>,
) -> Answer {
    Box::pin(async move {
        let (parts, body) = request.into_parts();
        let Ok(body) = body.collect().await else {
            return StatusCode::PAYLOAD_TOO_LARGE.into_response();
        };
        let body = body.to_bytes();
        let form: Option<F> = qs().deserialize_bytes(&body).ok();
        let Some(form) = form else {
            let refusal: Refusal<F::Field> = Refusal::Unreadable;
            return draw(portal, parts, &F::default(), Some(&refusal)).await;
        };
        if let Some(filled) = form.refilled() {
            return draw::<F>(portal, parts, &filled, None).await;
        }
        let mut call = Request::new(Body::from(body));
        *call.method_mut() = Method::POST;
        *call.headers_mut() = parts.headers.clone();
        call.headers_mut()
            .insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        *call.extensions_mut() = parts.extensions.clone();
        *call.uri_mut() = http::Uri::from_static(api);
        let answer = leptos_axum::handle_server_fns_with_context(provide(portal.clone()), call)
            .await
            .into_response();
        let carried_out = answer.status().is_success();
        let cookies: Vec<_> = answer
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .cloned()
            .collect();
        let Ok(told) = answer.into_body().collect().await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let told = told.to_bytes();
        if carried_out && ANSWERS {
            let answer = String::from_utf8_lossy(&told).into_owned();
            return draw_with::<F>(portal, parts, &form.kept(), None, answer).await;
        }
        if carried_out {
            let Ok(next) = serde_json::from_slice::<Next>(&told) else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let mut redirect = Redirect::to(&next.to).into_response();
            for cookie in cookies {
                redirect.headers_mut().append(header::SET_COOKIE, cookie);
            }
            return redirect;
        }
        let refusal = serde_json::from_slice(&told).unwrap_or(Refusal::Unreadable);
        let here = parts
            .uri
            .path_and_query()
            .map_or(routes::CLIENTS, |path| path.as_str());
        if let Some(elsewhere) = refusal.way_out(here) {
            return Redirect::to(&elsewhere).into_response();
        }
        draw(portal, parts, &form.kept(), Some(&refusal)).await
    })
}

/// How leptos reads url-encoded bodies, so that a posted form means the same here and there.
fn qs() -> serde_qs::Config {
    serde_qs::Config::new(5, false)
}

/// Draws the page of this address with a returned form.
pub async fn draw<F: Form>(
    portal: Portal,
    parts: http::request::Parts,
    form: &F,
    refusal: Option<&Refusal<F::Field>>,
) -> Response {
    draw_with(portal, parts, form, refusal, "null".to_owned()).await
}

/// The same, with what was answered.
async fn draw_with<F: Form>(
    portal: Portal,
    parts: http::request::Parts,
    form: &F,
    refusal: Option<&Refusal<F::Field>>,
    answer: String,
) -> Response {
    let status = refusal.map_or(StatusCode::OK, |refusal| {
        StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    });
    let (Ok(form), Ok(refusal)) = (serde_json::to_string(form), serde_json::to_string(&refusal))
    else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let returned = Returned {
        form,
        refusal,
        answer,
    };
    let provide = provide(portal.clone());
    let context = move || {
        provide();
        provide_context(returned.clone());
    };
    let mut page = Request::new(Body::empty());
    *page.uri_mut() = parts.uri;
    *page.headers_mut() = parts.headers;
    *page.extensions_mut() = parts.extensions;
    let assets = portal.assets.clone();
    let render =
        leptos_axum::render_app_async_with_context(context, move || shell::shell(assets.clone()));
    let mut response = render(page).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}
