//! What the product needs from the outside. `store` implements it on SQLite and PostgreSQL; one contract suite holds both to it.
//!
//! Conventions: one method is one transaction. « Now » is an argument. What is not there is `None`, and so is what belongs to
//! another firm: the two cannot be told apart. Refusals that a person can act on are outcomes; an [`Outage`] is nobody's fault here.

mod accounts;
mod attestation;
mod bulk;
mod calendar;
mod dashboard;
mod finding;
mod imports;
mod links;
mod mail;
mod members;
mod messages;
mod mobility;
mod notices;
mod online;
mod passkeys;
mod postings;
mod security;

pub use accounts::{ClientAccounts, EmailAsked, Withdrawn};
pub use attestation::{
    Asker, AttestationPieces, Attestations, Attested, Checked, Dealt, Gathered, Issued, Left,
    Vouched,
};
pub use bulk::{
    Bulk, BulkWork, Confirmed, Exported, Exports, ModelKept, Models, Prepared, Selecting,
    SheetPages, Undone,
};
pub use calendar::{Calendar, FeedOpened, FeedToken, RhythmKept};
pub use dashboard::Dashboard;
pub use finding::{Finding, LabelKept, Marked, OwnFields, OwnKept, Reviewed, ViewKept};
pub use imports::{
    BOX, ImportAct, ImportClaim, ImportWork, Imports, MOST_WAITING, Piece, Refused, RefusedPages,
    ToMend, Upload, Uploaded, WORK_CLAIM, Waiting,
};
pub use links::{Addressee, Asked, Chosen, LinkToken, Links, Purpose, RESET_LIFE};
pub use mail::{CLAIM, Claimed, Outbox, PATIENCE, pause};
pub use members::{Acted, INVITATION_LIFE, Invited, Members};
pub use messages::{
    AboutWhom, Fetched, MOST_COUNTED, Messages, NoticeLinks, Reader, Writer, Written, WrittenIn,
};
pub use mobility::{
    Bench, Case, CertificateFacts, Change, CodeTried, MOST_EXPORTED, Mobility, Queue, QueueRow,
    QueueWanted, REVEALED, Ruling, Started, Stepped, Submitted, Verification, Verified,
};
pub use notices::{LeaveMeant, LeaveToken, Notices, NoticesShown};
pub use online::{Applied, Arrivals, Arrived, Attached, EmailConfirmed, Invitations, OnlineActed};
pub use passkeys::{KeyAsked, KeyTried, PasskeyAdded, Passkeys, Whom};
pub use postings::Postings;
pub use security::{
    ApplicationAdded, Confirmation, PasswordChange, SecondStep, Security, Sessions,
};

use crate::{
    catalogue::ServiceCode,
    client::{Client, DraftView, Listing, Proven, SignedIn},
    form::{Proof, SignInDraft},
    holder::Scheme,
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, OfficerId, Oneself, Scope, SessionId},
    journal::{Line, Page, Wanted},
    language::Language,
    origin::Origin,
    permission::{self, Administrator, Editor, Fresh, Officer, Role, Seat},
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
    async fn list(&self, scope: &Scope, search: &Search, now: Timestamp)
    -> Result<Listing, Outage>;

    /// One client, ended or not.
    async fn client(&self, scope: &Scope, id: EnrolmentId) -> Result<Option<Client>, Outage>;

    /// Begins an enrolment, unless every scheme of the holder is enrolled already, or one is and `other_scheme` was not asked for.
    async fn begin(
        &self,
        editor: &Editor,
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
        editor: &Editor,
        id: DraftId,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Option<Proved>, Outage>;

    /// Saves an enrolment whose mandate is proved. Said twice of one draft, it answers the same enrolment twice.
    async fn enrol(
        &self,
        editor: &Editor,
        id: DraftId,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Enrolled>, Outage>;

    /// Changes the services of an enrolment that is still at `version`.
    async fn change(
        &self,
        editor: &Editor,
        id: EnrolmentId,
        version: i32,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Changed>, Outage>;

    /// Ends an enrolment; it is kept, with its date and author.
    async fn terminate(
        &self,
        editor: &Fresh<Editor>,
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
    /// They were these services already: nothing is written, and the version stays.
    Nothing,
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

/// The secret between a right password and the second factor, as its cookie holds it: see [`SessionToken`].
#[derive(Clone, PartialEq, Eq)]
pub struct StepToken(String);

impl StepToken {
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
impl fmt::Debug for StepToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StepToken(…)")
    }
}

/// Where somebody comes from, and with what: what a session is known by to its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visit {
    /// The network address.
    pub from: Origin,
    /// « Firefox sur Windows ».
    pub device: String,
}

/// Who is signed in, and what for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What its owner ends it by.
    pub id: SessionId,
    /// Who it is, for what they do to their own access.
    pub me: Oneself,
    /// What they signed in for.
    pub seat: Seat,
    /// When the person last showed who they are.
    pub confirmed_at: Timestamp,
    /// Whether the body has closed the firm's access to its portfolio.
    pub suspended: bool,
    /// Whether the firm, or the body, asks for a second factor and the person has none.
    pub wants_second_factor: bool,
    /// The language that the person has chosen for the portal and for what it writes to them.
    pub language: Language,
    /// The names that pages show.
    pub shown: SignedIn,
}

impl Session {
    /// A session that nobody signed in to: of those who run the portal, and of tests. It is fresh at `now`.
    pub fn of_operator(scope: Scope, role: Role, now: Timestamp) -> Self {
        Self {
            id: SessionId(uuid::Uuid::nil()),
            me: Oneself {
                house: scope.firm,
                member: scope.member,
                from: scope.from,
            },
            seat: Seat::Firm(role),
            confirmed_at: now,
            suspended: false,
            wants_second_factor: false,
            language: Language::default(),
            shown: SignedIn {
                member: String::new(),
                firm: String::new(),
                seat: Seat::Firm(role),
            },
        }
    }

    /// What may be seen of the firm's data: for its members alone.
    pub fn scope(&self) -> Option<Scope> {
        self.in_firm().map(|(scope, _)| scope)
    }

    fn in_firm(&self) -> Option<(Scope, Role)> {
        let scope = Scope {
            firm: self.me.house,
            member: self.me.member,
            from: self.me.from,
        };
        self.seat.role().map(|role| (scope, role))
    }

    /// The permission to change the portfolio, if the role gives it.
    pub fn editor(&self) -> Option<Editor> {
        let (scope, role) = self.in_firm()?;
        Editor::of(&scope, role)
    }

    /// The permission to manage the firm's members, if the role gives it.
    pub fn administrator(&self) -> Option<Administrator> {
        let (scope, role) = self.in_firm()?;
        Administrator::of(&scope, role)
    }

    /// The permission to decide requests: for the body's officers alone.
    pub fn officer(&self) -> Option<Officer> {
        let id = OfficerId(self.me.member.0);
        (self.seat == Seat::Body).then(|| Officer::of_session(id, self.me.from))
    }

    /// Who reads messages, whatever they signed in for.
    pub fn reader(&self) -> Option<Reader> {
        let firm = || self.scope().map(Reader::Firm);
        let body = || self.officer().map(Reader::Body);
        firm()
            .or_else(body)
            .or_else(|| self.client().map(Reader::Client))
    }

    /// Who writes them; nobody whose role is to look.
    pub fn writer(&self) -> Option<Writer> {
        let firm = || self.editor().map(Writer::Firm);
        let body = || self.officer().map(Writer::Body);
        firm()
            .or_else(body)
            .or_else(|| self.client().map(Writer::Client))
    }

    /// The permission of a client to its own accounts: for the people of clients' houses alone.
    pub fn client(&self) -> Option<permission::Client> {
        (self.seat == Seat::Client).then(|| permission::Client::of_session(&self.me))
    }

    /// A permission, while the last confirmation is fresh.
    pub fn fresh<P>(&self, permission: P, now: Timestamp) -> Option<Fresh<P>> {
        Fresh::of(permission, self.confirmed_at, now)
    }
}

/// How long a session lasts without a request, in seconds.
pub const SESSION_IDLE: i64 = 15 * crate::time::MINUTE;
/// How long a session lasts at all, in seconds.
pub const SESSION_LIFE: i64 = 12 * crate::time::HOUR;
/// How long the second factor is waited for, in seconds.
pub const STEP_LIFE: i64 = 10 * crate::time::MINUTE;

/// The door: who gets in.
#[async_trait]
pub trait Door: Send + Sync {
    /// Tries an identifier and a password. A wrong pair takes the same work whether the identifier exists or not.
    async fn sign_in(
        &self,
        draft: &SignInDraft,
        visit: &Visit,
        now: Timestamp,
    ) -> Result<SignIn, Outage>;

    /// Ends the session of a token; no matter when there is none. Who ends it may be elsewhere than who began it.
    async fn sign_out(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<(), Outage>;

    /// The session of a token, if it is in force: neither idle for [`SESSION_IDLE`], nor older than [`SESSION_LIFE`], nor ended, and
    /// its member neither suspended nor removed.
    async fn session(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage>;

    /// The same for what an open page asks by itself: it shows nobody to be there, and does not keep the session from ending.
    async fn watching(
        &self,
        token: &SessionToken,
        from: Origin,
        now: Timestamp,
    ) -> Result<Option<Session>, Outage>;
}

/// What [`Door::sign_in`] answers.
#[derive(Debug)]
pub enum SignIn {
    /// Come in.
    Session(SessionToken),
    /// The pair is good; the second factor is waited for.
    SecondFactor(StepToken),
    /// The pair does not go together.
    WrongPair,
    /// Too many passwords are being checked at once.
    Busy,
    /// Too many failures for this identifier or from this address: nothing was tried.
    Paused {
        /// When the next try is taken.
        until: Timestamp,
    },
}

/// The journal: who did what, when and from where.
#[async_trait]
pub trait Journal: Send + Sync {
    /// One page of the firm's entries.
    async fn journal(&self, administrator: &Administrator, wanted: &Wanted)
    -> Result<Page, Outage>;

    /// Begins an export of every entry that is wanted and there is now, and writes down how many they are. The answer is what the first
    /// piece is asked for with: entries are never changed, so that what is added meanwhile is no part of any piece.
    async fn begin_export(
        &self,
        administrator: &Fresh<Administrator>,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<Wanted, Outage>;

    /// One piece of an export, latest first; none at its end. The next one is of the lines before its last. Names are those of the
    /// moment at which the piece is read.
    async fn exported(
        &self,
        administrator: &Fresh<Administrator>,
        wanted: &Wanted,
    ) -> Result<Vec<Line>, Outage>;
}
