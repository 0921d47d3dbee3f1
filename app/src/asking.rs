//! On the server only: who is asking, the ports, and the truthful answer. The one place where server functions meet HTTP.

use crate::{contact::Contact, refusal::Refusal};
use http::{HeaderName, HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use portfolio::{
    ids::Scope,
    ports::{Door, Outage, Portfolio, Session, SessionToken},
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{fmt, sync::Arc};

/// What the binary hands to the pages: the ports, the clock, and what it was told in its settings.
#[derive(Clone)]
pub struct Portal {
    /// The firm's portfolio.
    pub portfolio: Arc<dyn Portfolio>,
    /// Who gets in.
    pub door: Arc<dyn Door>,
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
}

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

    /// The header that hands out a token.
    pub fn hand_out(self, token: &SessionToken) -> String {
        format!(
            "{}={}; Path=/; HttpOnly; SameSite=Lax{}",
            self.name(),
            token.expose(),
            self.secure()
        )
    }

    /// The header that takes it back.
    pub fn take_back(self) -> String {
        format!(
            "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}",
            self.name(),
            self.secure()
        )
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

/// The scope of this request.
///
/// # Errors
/// [`Refusal::SignedOut`] for a stranger, [`Refusal::Forbidden`] for a firm that is suspended.
pub fn scope<F: Code>() -> Result<Scope, Refusal<F>> {
    let session = visitor().session.ok_or(Refusal::SignedOut)?;
    if session.suspended {
        return Err(Refusal::Forbidden);
    }
    Ok(session.scope)
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
