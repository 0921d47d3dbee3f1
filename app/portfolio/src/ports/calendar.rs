//! The firm's calendar, and the feed that diaries fetch.

use super::Outage;
use crate::{
    calendar::{Agenda, AgendaQuery, ClientPage, ClientWanted, Facts, FeedShown, Whose},
    form::RhythmDraft,
    ids::{EnrolmentId, Scope},
    origin::Origin,
    permission::{Editor, Fresh},
    time::Timestamp,
};
use async_trait::async_trait;
use std::fmt;

/// The secret of a feed's address: 256 random bits in hexadecimal. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedToken(String);

impl FeedToken {
    /// A token as it came.
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    /// Its characters, for the address and for hashing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Logs never see it.
impl fmt::Debug for FeedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedToken(…)")
    }
}

/// What became of a rhythm that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RhythmKept {
    /// It is kept.
    Done,
    /// A client of this kind cannot have it, or has ended.
    NotOffered,
}

/// What a feed's address opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedOpened {
    /// A feed.
    Known(Box<Facts>),
    /// Nothing: no such address, or one that is good no longer.
    Unknown,
    /// Nothing for the moment: it was asked for too often.
    Paused,
}

/// What falls due for a firm's clients.
#[async_trait]
pub trait Calendar: Send + Sync {
    /// The weeks that a page's address asks for.
    async fn agenda(
        &self,
        scope: &Scope,
        asked: &AgendaQuery,
        now: Timestamp,
    ) -> Result<Agenda, Outage>;

    /// The clients with their next dates, by name.
    async fn by_client(
        &self,
        scope: &Scope,
        asked: &AgendaQuery,
        now: Timestamp,
    ) -> Result<ClientPage, Outage>;

    /// The dates of one client.
    async fn of_client(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<ClientWanted>, Outage>;

    /// Says when a client declares.
    async fn choose_rhythm(
        &self,
        editor: &Editor,
        draft: &RhythmDraft,
        now: Timestamp,
    ) -> Result<Option<RhythmKept>, Outage>;

    /// The feed of whoever asks, if there is one.
    async fn feed(&self, scope: &Scope) -> Result<Option<FeedShown>, Outage>;

    /// Makes an address for the feed of whoever asks. The one before is good no longer.
    async fn make_feed(
        &self,
        by: &Fresh<Scope>,
        whose: Whose,
        now: Timestamp,
    ) -> Result<FeedToken, Outage>;

    /// Makes the address good no longer.
    async fn revoke_feed(&self, scope: &Scope, now: Timestamp) -> Result<(), Outage>;

    /// What an address opens. It is the only thing that is asked: no session, and nobody of the firm is there.
    async fn open_feed(
        &self,
        token: &FeedToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<FeedOpened, Outage>;
}
