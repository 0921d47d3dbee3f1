//! A member's own access: password, second factor, sessions. `server` implements it on `store` and its hasher.

use super::{Outage, Session, SessionToken, StepToken, Visit};
use crate::{
    access::{Access, Asked, Codes, Setup},
    form::{ConfirmDraft, NewPasswordDraft, SecondStepDraft},
    ids::{ListId, Oneself, SessionId},
    language::Language,
    permission::Fresh,
    second_factor::Code,
    time::Timestamp,
};
use async_trait::async_trait;

/// What a member does to their own access.
#[async_trait]
pub trait Security: Send + Sync {
    /// What « Sécurité » shows.
    async fn access(&self, session: &Session, now: Timestamp) -> Result<Access, Outage>;

    /// What [`Security::confirm`] asks of this member.
    async fn asked(&self, me: &Oneself) -> Result<Asked, Outage>;

    /// What [`Security::second_step`] asks of the member whose password was right; `None` when that is too long ago.
    async fn asked_at_step(
        &self,
        step: &StepToken,
        now: Timestamp,
    ) -> Result<Option<Asked>, Outage>;

    /// Shows again who one is. Failures are counted like those of a second factor: a screen left open is no place to guess at.
    /// The session goes on under a new token.
    async fn confirm(
        &self,
        session: &Session,
        draft: &ConfirmDraft,
        now: Timestamp,
    ) -> Result<Confirmation, Outage>;

    /// Changes the password, knowing the old one, and ends every other session. Failures are counted as above.
    async fn change_password(
        &self,
        session: &Session,
        draft: &NewPasswordDraft,
        now: Timestamp,
    ) -> Result<PasswordChange, Outage>;

    /// Speaks and writes to this person in a language from now on.
    async fn choose_language(&self, me: &Oneself, language: Language) -> Result<(), Outage>;

    /// Ends sessions of one's own; `present` is the one that asks.
    async fn end_sessions(
        &self,
        me: &Fresh<Oneself>,
        present: SessionId,
        which: Sessions,
        now: Timestamp,
    ) -> Result<(), Outage>;

    /// Makes the secret of an application, in place of one that was not confirmed; `false` when one is in use already.
    async fn begin_application(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<bool, Outage>;

    /// The secret that waits for its first code.
    async fn application(&self, me: &Fresh<Oneself>) -> Result<Option<Setup>, Outage>;

    /// Takes an application into use by its first code. Where it is the member's first second factor there are new recovery codes.
    async fn confirm_application(
        &self,
        me: &Fresh<Oneself>,
        code: &Code,
        now: Timestamp,
    ) -> Result<ApplicationAdded, Outage>;

    /// Forgets the application, and the recovery codes when no second factor is left; no matter when there is none.
    async fn remove_application(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<(), Outage>;

    /// The recovery codes that were just made, and how many are left; `None` for a member without a second factor.
    async fn codes(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<Option<Codes>, Outage>;

    /// Makes new recovery codes: those of before open nothing any more. `false` for a member without a second factor.
    async fn renew_codes(&self, me: &Fresh<Oneself>, now: Timestamp) -> Result<bool, Outage>;

    /// This list of new recovery codes is written down: nobody reads it here again. `false` when there are others meanwhile, which an
    /// old page knows nothing of.
    async fn codes_written(
        &self,
        me: &Fresh<Oneself>,
        list: ListId,
        now: Timestamp,
    ) -> Result<bool, Outage>;

    /// The second factor after a right password.
    async fn second_step(
        &self,
        step: &StepToken,
        draft: &SecondStepDraft,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<SecondStep, Outage>;
}

/// Which of one's own sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// This one; another's is no session.
    One(SessionId),
    /// All but the present one.
    Others,
}

/// What [`Security::confirm`] answers.
#[derive(Debug)]
pub enum Confirmation {
    /// It is; the session goes on under this token.
    Confirmed(SessionToken),
    /// The password is not the member's.
    WrongPassword,
    /// A code is asked for as well, and none was typed.
    CodeMissing,
    /// The code does not fit, or was used.
    WrongCode,
    /// Too many passwords are being checked at once.
    Busy,
    /// Too many failures: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

/// What [`Security::change_password`] answers.
#[derive(Debug, PartialEq, Eq)]
pub enum PasswordChange {
    /// Done; every other session has ended.
    Done,
    /// The old one is not the member's.
    WrongPassword,
    /// The new one is among those that are tried first.
    Guessable,
    /// Too many passwords are being checked at once.
    Busy,
    /// Too many failures: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

/// What [`Security::confirm_application`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationAdded {
    /// It is in use.
    Done {
        /// Whether there are new recovery codes to write down.
        codes: bool,
    },
    /// The code does not fit.
    WrongCode,
    /// No secret waits for a code: another page has confirmed it or begun anew.
    NotBegun,
    /// Too many failures: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

/// What [`Security::second_step`] answers.
#[derive(Debug)]
pub enum SecondStep {
    /// Come in.
    Session(SessionToken),
    /// The code does not fit, or was used.
    WrongCode,
    /// The password was too long ago, or its step was used.
    Over,
    /// Too many failures: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}
