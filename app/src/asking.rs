//! On the server only: who is asking, the ports, and the truthful answer. The one place where server functions meet HTTP.

use crate::{contact::Contact, refusal::Refusal};
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use portfolio::{
    device,
    ids::{Oneself, Scope},
    language::Language,
    origin::Origin,
    permission::{Administrator, Client, Editor, Fresh, Officer, Seat},
    ports::{
        Arrivals, Attestations, Bench, Bulk, Calendar, ClientAccounts, Dashboard, Door, Exports,
        Finding, Imports, Invitations, Journal, Links, Members, Messages, Mobility, Models,
        Notices, Outage, OwnFields, Passkeys, Portfolio, Postings, Reader, Security, Selecting,
        Session, SessionToken, StepToken, Verification, Visit, Writer,
    },
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, sync::Arc};

/// What the binary hands to the pages: the ports, the clock, and what it was told in its settings.
#[derive(Clone)]
pub struct Portal {
    /// The firm's portfolio.
    pub portfolio: Arc<dyn Portfolio>,
    /// Files of clients.
    pub imports: Arc<dyn Imports>,
    /// The portfolio as a whole.
    pub dashboard: Arc<dyn Dashboard>,
    /// What falls due.
    pub calendar: Arc<dyn Calendar>,
    /// Who wants which messages.
    pub notices: Arc<dyn Notices>,
    /// Finding a client in it.
    pub finding: Arc<dyn Finding>,
    /// The firm's own fields on its clients.
    pub own: Arc<dyn OwnFields>,
    /// What each member has ticked.
    pub selecting: Arc<dyn Selecting>,
    /// Changes of many clients.
    pub bulk: Arc<dyn Bulk>,
    /// Models of services.
    pub models: Arc<dyn Models>,
    /// The portfolio as a file.
    pub exports: Arc<dyn Exports>,
    /// Requests to work abroad.
    pub mobility: Arc<dyn Mobility>,
    /// Secure messages.
    pub messages: Arc<dyn Messages>,
    /// Files of postings.
    pub postings: Arc<dyn Postings>,
    /// Those who decide them.
    pub bench: Arc<dyn Bench>,
    /// Certificates, verified by anybody.
    pub verification: Arc<dyn Verification>,
    /// Attestations de vigilance.
    pub attestations: Arc<dyn Attestations>,
    /// Who gets in.
    pub door: Arc<dyn Door>,
    /// What members do to their own access.
    pub security: Arc<dyn Security>,
    /// Passkeys.
    pub passkeys: Arc<dyn Passkeys>,
    /// What happened.
    pub journal: Arc<dyn Journal>,
    /// The firm's people.
    pub members: Arc<dyn Members>,
    /// Links that were sent.
    pub links: Arc<dyn Links>,
    /// What clients do with their own accounts.
    pub accounts: Arc<dyn ClientAccounts>,
    /// How firms bring clients to accounts of their own.
    pub invitations: Arc<dyn Invitations>,
    /// Clients' links that were sent.
    pub arrivals: Arc<dyn Arrivals>,
    /// The address by which people reach the portal, without a slash at its end.
    pub url: String,
    /// The clock.
    pub now: fn() -> Timestamp,
    /// How the session's cookie is written.
    pub cookie: Cookie,
    /// How to reach the body's help.
    pub contact: Contact,
    /// The files that a page loads.
    pub assets: Assets,
}

/// The addresses of the files that a page loads, with the hash of their content in their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The script that loads the client.
    pub js: String,
    /// The client.
    pub wasm: String,
    /// The English words.
    pub words: String,
}

/// The name of the cookie that holds the language of a browser.
pub const LANGUAGE: &str = "langue";

/// How the session's cookie is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Over https: `Secure`, bound to this host by its `__Host-` name.
    Secure,
    /// Over plain http, for one machine alone.
    Plain,
}

impl Cookie {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-session",
            Self::Plain => "session",
        }
    }

    /// The name of the one between the password and the second factor.
    pub const fn step_name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-etape",
            Self::Plain => "etape",
        }
    }

    /// The header that hands out the token of a session.
    pub fn hand_out(self, token: &SessionToken) -> String {
        self.set(self.name(), token.expose(), "")
    }

    /// The header that hands out the token of a second step.
    pub fn hand_out_step(self, token: &StepToken) -> String {
        self.set(self.step_name(), token.expose(), "")
    }

    /// The header by which a browser is told a language, for a year.
    pub fn speak(self, language: Language) -> String {
        self.set(LANGUAGE, language.code(), "; Max-Age=31536000")
    }

    /// The header that takes a session's back.
    pub fn take_back(self) -> String {
        self.set(self.name(), "", "; Max-Age=0")
    }

    /// The header that takes a second step's back.
    pub fn take_back_step(self) -> String {
        self.set(self.step_name(), "", "; Max-Age=0")
    }

    fn set(self, name: &str, value: &str, end: &str) -> String {
        let secure = self.secure();
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{end}{secure}")
    }

    const fn secure(self) -> &'static str {
        match self {
            Self::Secure => "; Secure",
            Self::Plain => "",
        }
    }
}

/// Who sent a request: put among its extensions by the session layer.
#[derive(Clone, Default)]
pub struct Visitor {
    /// The token that came, whether it is good or not.
    pub token: Option<SessionToken>,
    /// The token of a second step that came, whether it is good or not.
    pub step: Option<StepToken>,
    /// The session in force.
    pub session: Option<Session>,
}

impl fmt::Debug for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visitor")
            .field("signed_in", &self.session.is_some())
            .finish_non_exhaustive()
    }
}

/// The portal of this request.
pub fn portal() -> Portal {
    expect_context()
}

/// Who sent this request; a stranger where there is no request, as when the routes are listed.
pub fn visitor() -> Visitor {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Visitor>().cloned())
        .unwrap_or_default()
}

/// Where this request comes from, and with what.
pub fn visit() -> Visit {
    use_context::<Parts>()
        .map(|parts| Visit {
            from: parts
                .extensions
                .get::<Origin>()
                .copied()
                .unwrap_or_default(),
            device: parts
                .headers
                .get(header::USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .map(device::named)
                .unwrap_or_default(),
        })
        .unwrap_or_default()
}

/// The session of this request, for what a person does to their own access.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger.
pub fn signed_in<F: Code>() -> Result<Session, Refusal<F>> {
    visitor().session.ok_or(Refusal::SignedOut)
}

/// The session of this request, once nothing keeps it from the firm's data.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger, [`Refusal::Forbidden`] for a firm that is suspended,
/// [`Refusal::SecondFactorWanted`] for a member who has to add one first, [`Refusal::NotAllowed`] for an officer of the body and for
/// a client.
pub fn session<F: Code>() -> Result<Session, Refusal<F>> {
    let session = unhindered()?;
    match session.seat {
        Seat::Firm(_) => Ok(session),
        Seat::Body | Seat::Client => Err(Refusal::NotAllowed),
    }
}

/// The permission of this request to decide requests to work abroad.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger, [`Refusal::SecondFactorWanted`] for an officer who has to add one first,
/// [`Refusal::NotAllowed`] for the members of firms.
pub fn officer<F: Code>() -> Result<Officer, Refusal<F>> {
    unhindered()?.officer().ok_or(Refusal::NotAllowed)
}

/// The permission of this request to its owner's own accounts.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger, [`Refusal::SecondFactorWanted`] for a client who has to add one first,
/// [`Refusal::NotAllowed`] for everybody else.
pub fn client<F: Code>() -> Result<Client, Refusal<F>> {
    unhindered()?.client().ok_or(Refusal::NotAllowed)
}

/// The same, of somebody who has shown who they are a short while ago.
///
/// # Errors
/// Those of [`client`], and [`Refusal::Unconfirmed`].
pub fn fresh_client<F: Code>() -> Result<Fresh<Client>, Refusal<F>> {
    let session = unhindered()?;
    let client = session.client().ok_or(Refusal::NotAllowed)?;
    fresh(&session, client)
}

/// The same, of an officer who has shown who they are a short while ago.
///
/// # Errors
/// Those of [`officer`], and [`Refusal::Unconfirmed`].
pub fn fresh_officer<F: Code>() -> Result<Fresh<Officer>, Refusal<F>> {
    let officer = officer()?;
    fresh(&unhindered()?, officer)
}

/// The session of this request, once nothing keeps it from what its owner signed in for.
fn unhindered<F: Code>() -> Result<Session, Refusal<F>> {
    let session = signed_in()?;
    if session.suspended {
        return Err(Refusal::Forbidden);
    }
    if session.wants_second_factor {
        return Err(Refusal::SecondFactorWanted);
    }
    Ok(session)
}

/// Who reads messages by this request, whatever they signed in for.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger, [`Refusal::Forbidden`] and [`Refusal::SecondFactorWanted`] for those who are kept from what
/// they signed in for.
pub fn reader<F: Code>() -> Result<Reader, Refusal<F>> {
    unhindered()?.reader().ok_or(Refusal::NotAllowed)
}

/// Who writes them.
///
/// # Errors
/// Those of [`reader`], and [`Refusal::NotAllowed`] for those whose role is to look.
pub fn writer<F: Code>() -> Result<Writer, Refusal<F>> {
    unhindered()?.writer().ok_or(Refusal::NotAllowed)
}

/// What this request may see.
///
/// # Errors
/// Those of [`session`].
pub fn scope<F: Code>() -> Result<Scope, Refusal<F>> {
    session()?.scope().ok_or(Refusal::NotAllowed)
}

/// The permission of this request to change the portfolio.
///
/// # Errors
/// Those of [`session`], and [`Refusal::NotAllowed`] for a reader.
pub fn editor<F: Code>() -> Result<Editor, Refusal<F>> {
    session()?.editor().ok_or(Refusal::NotAllowed)
}

/// The same, of somebody who has shown who they are a short while ago.
///
/// # Errors
/// Those of [`editor`], and [`Refusal::Unconfirmed`].
pub fn fresh_editor<F: Code>() -> Result<Fresh<Editor>, Refusal<F>> {
    let session = session()?;
    let editor = session.editor().ok_or(Refusal::NotAllowed)?;
    fresh(&session, editor)
}

/// The permission of this request to manage the firm's members.
///
/// # Errors
/// Those of [`session`], and [`Refusal::NotAllowed`] for others.
pub fn administrator<F: Code>() -> Result<Administrator, Refusal<F>> {
    session()?.administrator().ok_or(Refusal::NotAllowed)
}

/// The same, of somebody who has shown who they are a short while ago.
///
/// # Errors
/// Those of [`administrator`], and [`Refusal::Unconfirmed`].
pub fn fresh_administrator<F: Code>() -> Result<Fresh<Administrator>, Refusal<F>> {
    let session = session()?;
    let administrator = session.administrator().ok_or(Refusal::NotAllowed)?;
    fresh(&session, administrator)
}

/// Somebody who changes their own access and has shown who they are a short while ago.
///
/// # Errors
/// [`Refusal::SignedOut`] and [`Refusal::Unconfirmed`].
pub fn fresh_self<F: Code>() -> Result<Fresh<Oneself>, Refusal<F>> {
    let session = signed_in()?;
    fresh(&session, session.me.clone())
}

fn fresh<P, F: Code>(session: &Session, permission: P) -> Result<Fresh<P>, Refusal<F>> {
    session
        .fresh(permission, (portal().now)())
        .ok_or(Refusal::Unconfirmed)
}

/// The portal of this request, where it has passkeys.
///
/// # Errors
/// [`Refusal::NotFound`] where it has none.
pub fn with_passkeys<F: Code>() -> Result<Portal, Refusal<F>> {
    let portal = portal();
    if portal.passkeys.offered() {
        Ok(portal)
    } else {
        Err(Refusal::NotFound)
    }
}

/// What the fields of a form must be able to do to travel.
pub trait Code: Serialize + DeserializeOwned + fmt::Debug + 'static {}
impl<F: Serialize + DeserializeOwned + fmt::Debug + 'static> Code for F {}

/// Answers a server function: the status says over HTTP what the refusal says in its body.
///
/// # Errors
/// The refusal itself.
pub fn answer<T, F: Code>(outcome: Result<T, Refusal<F>>) -> Result<T, Refusal<F>> {
    if let Err(refusal) = &outcome {
        set_status(refusal.status());
    }
    outcome
}

/// Sets the status of this answer.
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (
        use_context::<ResponseOptions>(),
        StatusCode::from_u16(status),
    ) {
        options.set_status(status);
    }
}

/// Adds a header to this answer.
pub fn add_header(name: HeaderName, value: &str) {
    if let (Some(options), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(value),
    ) {
        options.append_header(name, value);
    }
}

/// Hands a cookie out with this answer.
pub fn set_cookie(value: &str) {
    add_header(header::SET_COOKIE, value);
}

/// Logs an outage under a reference that the page shows.
pub fn outage<F>(outage: Outage) -> Refusal<F> {
    let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_uppercase();
    tracing::error!(reference, %outage, "storage did not answer");
    Refusal::Unavailable { reference }
}
