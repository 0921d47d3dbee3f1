//! The way to a client's own account: the firm that invites, and the links that were sent.

use super::{LinkToken, Outage};
use crate::{
    email::Email,
    form::{ApplyDraft, OnlineDraft, Password},
    ids::{EnrolmentId, Scope},
    invitation::{self, InvitedMany, Opened, State},
    origin::Origin,
    permission::{Client, Editor},
    time::Timestamp,
};
use async_trait::async_trait;

/// What a firm does to bring its clients to accounts of their own. The enrolment is the proof: what the registry knows of a client is
/// shown to nobody before.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// A client's own account, and the latest invitation to make one.
    async fn online(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<invitation::Online>, Outage>;

    /// Invites, once more or for the first time, or takes an invitation back. Sent again, the link of before is good no longer.
    async fn act(
        &self,
        editor: &Editor,
        draft: &OnlineDraft,
        now: Timestamp,
    ) -> Result<Option<OnlineActed>, Outage>;

    /// Invites those of the clients that the member has selected who have no account, wait for nothing and have an address in the
    /// registry: in the order of names, each by a transaction of its own, until a firm may send no more.
    async fn invite_selected(&self, editor: &Editor, now: Timestamp)
    -> Result<InvitedMany, Outage>;

    /// The firm's invitations of a state, or of all; and what clients took back.
    async fn list(
        &self,
        scope: &Scope,
        state: Option<State>,
        now: Timestamp,
    ) -> Result<invitation::Invitations, Outage>;
}

/// What [`Invitations::act`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnlineActed {
    /// Done.
    Done,
    /// The client has an account: there is nothing to be invited to.
    HasAccount,
    /// The enrolment has ended.
    Ended,
    /// There is no invitation that waits.
    Over,
    /// Too many messages.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}

/// What is done by links that were sent, mostly by people who are not signed in.
#[async_trait]
pub trait Arrivals: Send + Sync {
    /// What a link is for, while it is good. Asking changes nothing: programs that look for harm open every link.
    async fn opened(&self, token: &LinkToken, now: Timestamp) -> Result<Option<Opened>, Outage>;

    /// Makes a client's own account, and uses the link up.
    async fn accept(
        &self,
        token: &LinkToken,
        name: &str,
        password: Password,
        from: Origin,
        now: Timestamp,
    ) -> Result<Arrived, Outage>;

    /// Says no to an invitation; false when the link is not good.
    async fn refuse(&self, token: &LinkToken, from: Origin, now: Timestamp)
    -> Result<bool, Outage>;

    /// Lets the account of somebody who is signed in see what the link is for.
    async fn attach(
        &self,
        client: &Client,
        token: &LinkToken,
        now: Timestamp,
    ) -> Result<Attached, Outage>;

    /// Tries a proof. Where it holds and nobody has the account, a link goes out to the address; whoever has the account already is told
    /// by a message, and the answer is that of a proof that does not hold.
    async fn apply(
        &self,
        draft: &ApplyDraft,
        from: Origin,
        now: Timestamp,
    ) -> Result<Applied, Outage>;

    /// The address that a link confirms, while it is good.
    async fn new_email(&self, token: &LinkToken, now: Timestamp) -> Result<Option<Email>, Outage>;

    /// Confirms it: from now on it is signed in with.
    async fn confirm_email(
        &self,
        token: &LinkToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<EmailConfirmed, Outage>;
}

/// What [`Arrivals::accept`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// The account is there.
    Done,
    /// The link is not good, or no longer.
    Over,
    /// Somebody signs in with this address already.
    Taken,
    /// The password is easily guessed.
    Guessable,
    /// Too many passwords are being hashed at once.
    Busy,
}

/// What [`Arrivals::attach`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// Done.
    Done,
    /// The link is not good, or no longer.
    Over,
}

/// What [`Arrivals::apply`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// A link is on its way.
    Sent,
    /// The proof does not hold, or somebody has the account.
    Refused {
        /// Tries left before a pause, once few remain.
        left: Option<u8>,
    },
    /// Too many failures, or too many messages: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

/// What [`Arrivals::confirm_email`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailConfirmed {
    /// Done.
    Done,
    /// The link is not good, or no longer.
    Over,
    /// Somebody else signs in with this address.
    Taken,
}
