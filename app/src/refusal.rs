//! What a server function answers: where to go next, or why not. Codes only: nothing typed, nothing internal.

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
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Unreadable => 400,
            Self::Unavailable { .. } | Self::Offline => 503,
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
