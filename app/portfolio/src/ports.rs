//! What the product needs from the outside. `store` implements it on SQLite and PostgreSQL; one contract suite holds both to it.
//!
//! Conventions: one method is one transaction. « Now » is an argument. What is not there is `None`, and so is what belongs to
//! another firm: the two cannot be told apart. Refusals that a person can act on are outcomes; an [`Outage`] is nobody's fault here.

use crate::{
    catalogue::ServiceCode,
    client::{Client, DraftView, Listing, Proven, SignedIn},
    form::{Proof, SignInDraft},
    holder::Scheme,
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, Scope},
    search::Search,
    time::Timestamp,
};
use async_trait::async_trait;
use std::{collections::BTreeSet, fmt};

/// Storage did not answer, or answered what cannot be. The text is for logs; it holds no value of anybody's.
#[derive(Debug)]
pub struct Outage(pub String);

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Outage {}

/// How long an enrolment in the making can be taken up again, in seconds: a working day.
pub const DRAFT_LIFE: i64 = 12 * crate::time::HOUR;

/// A firm's portfolio: everything an accountant does with its clients.
#[async_trait]
pub trait Portfolio: Send + Sync {
    /// The page of the portfolio that a search asks for. A page beyond the last is the last; a client to be shown decides the page.
    async fn list(&self, scope: &Scope, search: &Search) -> Result<Listing, Outage>;

    /// One client, ended or not.
    async fn client(&self, scope: &Scope, id: EnrolmentId) -> Result<Option<Client>, Outage>;

    /// Begins an enrolment, unless every scheme of the holder is enrolled already, or one is and `other_scheme` was not asked for.
    async fn begin(
        &self,
        scope: &Scope,
        identifier: &Identifier,
        other_scheme: bool,
        now: Timestamp,
    ) -> Result<Begun, Outage>;

    /// An enrolment in the making of this member.
    async fn draft(
        &self,
        scope: &Scope,
        id: DraftId,
        now: Timestamp,
    ) -> Result<Option<DraftView>, Outage>;

    /// Tries a proof of mandate. Unknown account, wrong number, wrong amount and wrong NIR do the same work and answer alike.
    async fn prove(
        &self,
        scope: &Scope,
        id: DraftId,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Option<Proved>, Outage>;

    /// Saves an enrolment whose mandate is proved. Said twice of one draft, it answers the same enrolment twice.
    async fn enrol(
        &self,
        scope: &Scope,
        id: DraftId,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Enrolled>, Outage>;

    /// Changes the services of an enrolment that is still at `version`.
    async fn change(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        version: i32,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Changed>, Outage>;

    /// Ends an enrolment; it is kept, with its date and author.
    async fn terminate(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<Terminated>, Outage>;
}

/// What [`Portfolio::begin`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Go on with this draft.
    Draft(DraftId),
    /// This scheme is enrolled already.
    Already {
        /// The enrolment in force.
        enrolment: EnrolmentId,
        /// Its scheme.
        scheme: Scheme,
        /// Whether the holder's other scheme is free.
        other_open: bool,
    },
}

/// What [`Portfolio::prove`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proved {
    /// The mandate is proved.
    Proven(Proven),
    /// It is not, and nothing more is told; `left` counts the tries left, once few remain.
    Refused {
        /// Tries left before a pause.
        left: Option<u8>,
    },
    /// Too many failures: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
    /// Proved, but the firm already manages this scheme of the holder.
    Already {
        /// The enrolment in force.
        enrolment: EnrolmentId,
        /// Its scheme.
        scheme: Scheme,
    },
}

/// What [`Portfolio::enrol`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// Done, now or before, with these very services.
    Done(EnrolmentId),
    /// It was enrolled meanwhile, by somebody of the firm or from another page, with other services.
    Already {
        /// The enrolment in force.
        enrolment: EnrolmentId,
        /// Its scheme.
        scheme: Scheme,
    },
    /// It was saved from another page, and has ended since.
    Ended {
        /// Who ended it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// The mandate was not proved.
    NotProven,
    /// A service that this kind of account may not have.
    NotOffered,
}

/// What [`Portfolio::change`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Done.
    Done,
    /// Somebody saved meanwhile.
    Stale {
        /// The version in force.
        version: i32,
        /// Who saved last.
        by: String,
        /// When.
        at: Timestamp,
        /// Services added since the version named.
        added: Vec<ServiceCode>,
        /// Services removed since the version named.
        removed: Vec<ServiceCode>,
    },
    /// It has ended.
    Ended {
        /// Who ended it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A service that this kind of account may not have.
    NotOffered,
}

/// What [`Portfolio::terminate`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Terminated {
    /// Done now.
    Done,
    /// It had ended before.
    Already {
        /// Who ended it.
        by: String,
        /// When.
        at: Timestamp,
    },
}

/// The secret of a session, as its cookie holds it: 256 random bits in hexadecimal. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// A token as it came.
    pub const fn new(token: String) -> Self {
        Self(token)
    }

    /// Its characters, for the cookie and for hashing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Logs never see it.
impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// Who is signed in, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What may be seen and done.
    pub scope: Scope,
    /// Whether the body has closed the firm's access to its portfolio.
    pub suspended: bool,
    /// The names that pages show.
    pub shown: SignedIn,
}

/// How long a session lasts without a request, in seconds.
pub const SESSION_IDLE: i64 = 15 * crate::time::MINUTE;
/// How long a session lasts at all, in seconds.
pub const SESSION_LIFE: i64 = 12 * crate::time::HOUR;

/// The door: who gets in.
#[async_trait]
pub trait Door: Send + Sync {
    /// Tries an identifier and a password. A wrong pair takes the same work whether the identifier exists or not.
    async fn sign_in(&self, draft: &SignInDraft, now: Timestamp) -> Result<SignIn, Outage>;

    /// Ends the session of a token; no matter when there is none.
    async fn sign_out(&self, token: &SessionToken, now: Timestamp) -> Result<(), Outage>;

    /// The session of a token, if it is in force: neither idle for [`SESSION_IDLE`], nor older than [`SESSION_LIFE`], nor ended.
    async fn session(
        &self,
        token: &SessionToken,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage>;
}

/// What [`Door::sign_in`] answers.
#[derive(Debug)]
pub enum SignIn {
    /// Come in.
    Session(SessionToken),
    /// The pair does not go together.
    WrongPair,
    /// Too many passwords are being checked at once.
    Busy,
}
