//! The people of a firm, managed by its administrators.

use super::Outage;
use crate::{
    form::{InviteDraft, MemberDraft},
    permission::{Administrator, Fresh},
    team::Team,
    time::{DAY, Timestamp},
};
use async_trait::async_trait;

/// How long an invitation is good, in seconds.
pub const INVITATION_LIFE: i64 = 7 * DAY;

/// The people of a firm. Every change is written in the journal, and leaves the firm an active administrator; this is looked at while
/// the firm is locked, and so is whether whoever asks still is one.
#[async_trait]
pub trait Members: Send + Sync {
    /// Everybody but those who were removed.
    async fn team(&self, administrator: &Administrator) -> Result<Team, Outage>;

    /// Adds somebody who chooses a password by the link of the message that is sent.
    async fn invite(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &InviteDraft,
        now: Timestamp,
    ) -> Result<Invited, Outage>;

    /// Changes somebody. A person who is suspended or removed is out at the next request: sessions, links and enrolments in the
    /// making end. Whoever is removed is kept, for what they did; what they signed in with is free again.
    async fn act(
        &self,
        administrator: &Fresh<Administrator>,
        draft: &MemberDraft,
        now: Timestamp,
    ) -> Result<Option<Acted>, Outage>;

    /// Asks everybody of the firm for a second factor, or no longer.
    async fn ask_second_factor(
        &self,
        administrator: &Fresh<Administrator>,
        asked: bool,
        now: Timestamp,
    ) -> Result<Acted, Outage>;
}

/// What [`Members::invite`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Done; the message is on its way.
    Done,
    /// Somebody signs in by this address already.
    Taken,
    /// Whoever asks is no administrator any more.
    NotAllowed,
    /// Too many messages to this address, or from here.
    Paused {
        /// When the next one is sent.
        until: Timestamp,
    },
}

/// What [`Members::act`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acted {
    /// Done.
    Done,
    /// The page was old: the person's role or standing has changed.
    Stale,
    /// The firm would be left without an active administrator.
    LastAdministrator,
    /// Whoever asks is no administrator any more.
    NotAllowed,
    /// Too many messages to this address, or from here.
    Paused {
        /// When the next one is sent.
        until: Timestamp,
    },
}
