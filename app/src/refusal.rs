//! What a server function answers: where to go next, or why not. Codes only: nothing typed, nothing internal.

use crate::routes;
use leptos::{
    prelude::*,
    server_fn::{codec::JsonEncoding, error::ServerFnErrorErr},
};
use portfolio::problem::{Field, Problems, Subject};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Where a form that was carried out leads: the same path for a browser that follows it in place and for one that is redirected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// A path of this site.
    pub to: String,
}

/// Why a call did not succeed. `F` names the fields of the form it concerns; [`NoField`] where there is no form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal<F> {
    /// What was sent has to be mended.
    Problems(Problems<F>),
    /// There is no session in force.
    SignedOut,
    /// The body has closed the firm's access to its portfolio.
    Forbidden,
    /// The member's role does not go so far.
    NotAllowed,
    /// The firm asks for a second factor, and the member has none yet.
    SecondFactorWanted,
    /// It is a while since the member has shown who they are, and this asks for it.
    Unconfirmed,
    /// There is no such thing here: unknown, or another firm's.
    NotFound,
    /// What was sent cannot be read at all.
    Unreadable,
    /// The portal failed; the reference is in its log.
    Unavailable {
        /// What to tell the help desk.
        reference: String,
    },
    /// The network did not carry it.
    Offline,
}

impl<F> Refusal<F>
where
    F: Serialize + DeserializeOwned + std::fmt::Debug + 'static,
{
    /// The status that says it over HTTP.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Problems(_) => 422,
            Self::SignedOut => 401,
            Self::Forbidden | Self::NotAllowed | Self::SecondFactorWanted | Self::Unconfirmed => {
                403
            }
            Self::NotFound => 404,
            Self::Unreadable => 400,
            Self::Unavailable { .. } | Self::Offline => 503,
        }
    }
}

impl<F> Refusal<F> {
    /// The page that lifts the refusal, from where one comes back to `here`; `None` where no page does.
    pub fn way_out(&self, here: &str) -> Option<String> {
        match self {
            Self::SignedOut => Some(routes::sign_in(here, true)),
            Self::Unconfirmed => Some(routes::confirm(here)),
            Self::SecondFactorWanted => Some(routes::SECURITY.to_owned()),
            _ => None,
        }
    }
}

impl<F> FromServerFnError for Refusal<F>
where
    F: Serialize + DeserializeOwned + std::fmt::Debug + 'static,
{
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // On the server it is what was sent that cannot be read, in the browser what came back.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => Self::Unreadable,
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Unreadable,
            _ => Self::Unavailable {
                reference: "—".to_owned(),
            },
        }
    }
}

/// The fields of a call without a form: none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoField {}

impl Field for NoField {
    fn name(self) -> &'static str {
        match self {}
    }
    fn ask(self) -> &'static str {
        match self {}
    }
    fn subject(self) -> Subject {
        match self {}
    }
}
