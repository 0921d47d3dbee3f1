//! Passkeys: added, removed, and asked for. `server` implements it on `store`; what browsers are asked and answer is verified there.

use super::{Outage, Session, SessionToken, StepToken, Visit};
use crate::{
    access::{Ceremony, Passkey},
    form::PasskeyAnswer,
    ids::{Oneself, PasskeyId},
    origin::Origin,
    permission::Fresh,
    time::Timestamp,
};
use async_trait::async_trait;

/// What is done with passkeys. Each asks for the person as well (user verification), so that one alone is both factors. A pause that
/// somebody's wrong passwords or codes brought about stops no passkey: a stranger keeps nobody out who has one.
#[async_trait]
pub trait Passkeys: Send + Sync {
    /// Whether the portal has them: its own address must be a name, since browsers make none for a number.
    fn offered(&self) -> bool;

    /// What a browser is asked for a new one.
    async fn begin_passkey(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<KeyAsked, Outage>;

    /// Adds what the browser made. Where it is the member's first second factor there are new recovery codes.
    async fn add_passkey(
        &self,
        me: &Fresh<Oneself>,
        name: &str,
        answer: &PasskeyAnswer,
        now: Timestamp,
    ) -> Result<PasskeyAdded, Outage>;

    /// The member's own, the oldest first.
    async fn passkeys(&self, me: &Fresh<Oneself>) -> Result<Vec<Passkey>, Outage>;

    /// Forgets one of the member's own, and the recovery codes when no second factor is left; no matter when there is none.
    async fn remove_passkey(
        &self,
        me: &Fresh<Oneself>,
        id: PasskeyId,
        now: Timestamp,
    ) -> Result<(), Outage>;

    /// What a browser is asked for one that is there.
    async fn ask_passkey(
        &self,
        whom: Whom<'_>,
        from: Origin,
        now: Timestamp,
    ) -> Result<KeyAsked, Outage>;

    /// Signs in: no identifier and no password.
    async fn sign_in_by_passkey(
        &self,
        answer: &PasskeyAnswer,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<KeyTried, Outage>;

    /// The second factor after a right password.
    async fn step_by_passkey(
        &self,
        step: &StepToken,
        answer: &PasskeyAnswer,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<KeyTried, Outage>;

    /// Shows again who one is: the session goes on under a new token.
    async fn confirm_by_passkey(
        &self,
        session: &Session,
        answer: &PasskeyAnswer,
        now: Timestamp,
    ) -> Result<KeyTried, Outage>;
}

/// Who is asked for a passkey.
#[derive(Clone, Copy, Debug)]
pub enum Whom<'a> {
    /// Whoever signs in.
    Anybody,
    /// The member whose password was right.
    Step(&'a StepToken),
    /// The member who is signed in.
    Member(&'a Oneself),
}

/// What [`Passkeys::begin_passkey`] and [`Passkeys::ask_passkey`] answer.
#[derive(Debug)]
pub enum KeyAsked {
    /// Ask the browser this.
    Ceremony(Ceremony),
    /// The password was too long ago, or its step was used.
    Over,
    /// The member has none.
    NoKey,
    /// The member has as many as there may be.
    Full,
    /// Too many were asked for from this address.
    Paused {
        /// When the next one is given.
        until: Timestamp,
    },
}

/// What [`Passkeys::add_passkey`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyAdded {
    /// It is in use.
    Done {
        /// Whether there are new recovery codes to write down.
        codes: bool,
    },
    /// The browser took too long, or its answer was used.
    Over,
    /// The answer does not hold together, or was made at another address.
    Unusable,
    /// It is somebody's already.
    Known,
    /// The member has as many as there may be.
    Full,
}

/// What trying a passkey answers.
#[derive(Debug)]
pub enum KeyTried {
    /// Come in; the session is this token's.
    Session(SessionToken),
    /// It opens nothing here: unknown, another's, or not verified; of somebody who is kept out as well.
    Refused,
    /// The browser took too long, its answer was used, or the password was too long ago.
    Over,
    /// Too many failures from this address: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}
