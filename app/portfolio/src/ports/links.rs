//! Links that were sent: by one, a person who is not signed in chooses a password, once.

use super::Outage;
use crate::{
    form::Password,
    origin::Origin,
    time::{HOUR, Timestamp},
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How long a link to choose a new password is good, in seconds.
pub const RESET_LIFE: i64 = HOUR;

/// The secret of a link: 256 random bits in hexadecimal. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkToken(String);

impl LinkToken {
    /// A token as it came.
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    /// Its characters, for the link and for hashing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Logs never see it.
impl fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkToken(…)")
    }
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Choosing the first password.
    Invitation,
    /// Choosing a new one.
    Reset,
}

impl Purpose {
    /// As tables hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// The purpose of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset]
            .into_iter()
            .find(|purpose| purpose.code() == code)
    }
}

/// Whom a good link was sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressee {
    /// What the link is for.
    pub purpose: Purpose,
    /// The person.
    pub name: String,
    /// What they sign in with.
    pub identifier: String,
    /// The firm.
    pub firm: String,
}

/// What strangers do with the messages that they asked for or were sent.
#[async_trait]
pub trait Links: Send + Sync {
    /// Whom a link was sent to, while it is good. Asking changes nothing: programs that look for harm open every link.
    async fn addressee(
        &self,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Option<Addressee>, Outage>;

    /// Chooses the password by a link, which is used up. All sessions of the person end, and a second factor stays asked for.
    async fn choose(
        &self,
        token: &LinkToken,
        password: Password,
        from: Origin,
        now: Timestamp,
    ) -> Result<Chosen, Outage>;

    /// Sends a link to whoever signs in by these words, if anybody does: the answer and its delay are the same.
    async fn ask_reset(
        &self,
        identifier: &str,
        from: Origin,
        now: Timestamp,
    ) -> Result<Asked, Outage>;
}

/// What [`Links::choose`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Done, by a link of this kind.
    Done(Purpose),
    /// The link is not good, or no longer.
    Over,
    /// The password is easily guessed.
    Guessable,
    /// Too many passwords are being hashed at once.
    Busy,
}

/// What [`Links::ask_reset`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Taken, whether there is such a person or not.
    Taken,
    /// Too many messages for these words, or from here.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}
