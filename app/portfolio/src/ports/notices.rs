//! Messages that are not obligatory: who wants which, and what the link of one does.

use super::Outage;
use crate::{form::NoticeDraft, ids::Oneself, letter::Notice, origin::Origin, time::Timestamp};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The secret by which messages of one kind to one person are stopped: it does nothing else, for as long as the person is there.
#[derive(Clone, PartialEq, Eq)]
pub struct LeaveToken(String);

impl LeaveToken {
    /// A token as it came.
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    /// Its characters, for the address and for comparing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Logs never see it.
impl fmt::Debug for LeaveToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LeaveToken(…)")
    }
}

/// What one's own page of messages shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticesShown {
    /// Where messages go; empty where there is no address.
    pub email: String,
    /// Since when a mail server says that there is no such address.
    pub refused_at: Option<Timestamp>,
    /// Each kind, and whether it is wanted.
    pub wanted: Vec<(Notice, bool)>,
}

/// What a link to stop messages means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeaveMeant {
    /// This kind; whether it is still wanted.
    Known(Notice, bool),
    /// Nothing: no such link.
    Unknown,
    /// Nothing for the moment: too many that are none.
    Paused,
}

/// Who wants which messages.
#[async_trait]
pub trait Notices: Send + Sync {
    /// What whoever asks wants.
    async fn notices(&self, me: &Oneself) -> Result<NoticesShown, Outage>;

    /// Wants a kind or no longer, or says that the address is good.
    async fn want(&self, me: &Oneself, draft: &NoticeDraft, now: Timestamp) -> Result<(), Outage>;

    /// What a link means; it changes nothing, since programs that look for harm open every link.
    async fn meant(
        &self,
        token: &LeaveToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<LeaveMeant, Outage>;

    /// Stops the kind that a link means.
    async fn leave(
        &self,
        token: &LeaveToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<LeaveMeant, Outage>;
}
