//! « Travailler à l'étranger »: requests on the accountants' side, on the body's, and a certificate verified by anybody.

use super::Outage;
use crate::{
    ids::{EnrolmentId, FirmId, MobilityId, OfficerId, Scope, WorkerId},
    mobility::{
        code::VerificationCode,
        country::Country,
        day::{Day, Period},
        decision::{Certificate, Decision},
        form::{Journey, JourneyDraft, Of},
        life::{Happened, State},
        request::{
            Answers, Certified, ClientOf, Colleagues, Filled, Listing, Person, Request, RequestRow,
        },
        search::MobilitySearch,
        situation::Earlier,
    },
    nir::Nir,
    origin::Origin,
    permission::{Editor, Fresh, Officer},
    time::Timestamp,
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// The requests of a firm's clients.
#[async_trait]
pub trait Mobility: Send + Sync {
    /// One page of the firm's requests.
    async fn requests(
        &self,
        scope: &Scope,
        search: &MobilitySearch,
        now: Timestamp,
    ) -> Result<Listing, Outage>;

    /// Every request that a search finds, for an export: at most [`MOST_EXPORTED`]; it is written down in the journal.
    async fn export_requests(
        &self,
        scope: &Scope,
        search: &MobilitySearch,
        now: Timestamp,
    ) -> Result<Vec<RequestRow>, Outage>;

    /// The people whom a client sends, and their requests.
    async fn workers(
        &self,
        scope: &Scope,
        client: EnrolmentId,
    ) -> Result<Option<Colleagues>, Outage>;

    /// One request.
    async fn request(
        &self,
        scope: &Scope,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Request>, Outage>;

    /// Begins a request of a client that has the service.
    async fn begin_request(
        &self,
        editor: &Editor,
        draft: &JourneyDraft,
        now: Timestamp,
    ) -> Result<Option<Started>, Outage>;

    /// Keeps a step of a draft that is still at the version named.
    async fn keep_step(
        &self,
        editor: &Editor,
        step: &Filled,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// Takes a dependant, by place, out of a draft.
    async fn drop_dependant(
        &self,
        editor: &Editor,
        of: Of,
        place: usize,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// Makes a draft one of the other kind; what was answered stays.
    async fn turn(
        &self,
        editor: &Editor,
        of: Of,
        journey: Journey,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// Gives a draft up: nothing is left of it.
    async fn discard(
        &self,
        editor: &Editor,
        of: Of,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// Sends a draft: it is judged once more, granted at once where the rules leave nothing open, examined otherwise.
    async fn submit(
        &self,
        editor: &Editor,
        of: Of,
        now: Timestamp,
    ) -> Result<Option<Submitted>, Outage>;

    /// Withdraws a request that was sent, answers what the body asks, or ends a mission early.
    async fn act_on_request(
        &self,
        editor: &Editor,
        of: Of,
        act: &Change,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// One person, and their requests.
    async fn person(
        &self,
        scope: &Scope,
        id: WorkerId,
        now: Timestamp,
    ) -> Result<Option<Person>, Outage>;

    /// The NIR of somebody; that it was looked at is written down. For [`REVEALED`] it is shown to this member on the person's page.
    async fn reveal(
        &self,
        editor: &Fresh<Editor>,
        id: WorkerId,
        now: Timestamp,
    ) -> Result<Option<Nir>, Outage>;

    /// What the certificate of a request says; `None` also while there is none.
    async fn certificate(
        &self,
        scope: &Scope,
        id: MobilityId,
    ) -> Result<Option<CertificateFacts>, Outage>;
}

/// How long a NIR that was asked for is shown, in seconds.
pub const REVEALED: i64 = 5 * crate::time::MINUTE;

/// The most requests that one export holds.
pub const MOST_EXPORTED: u64 = 20_000;

/// What [`Mobility::begin_request`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Started {
    /// Go on with this draft.
    Draft(MobilityId),
    /// The client does not have the service.
    NoService,
    /// The firm no longer manages the client.
    Ended,
    /// The person that was named is not one of this client.
    NoSuchWorker,
}

/// What becomes of a change of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stepped {
    /// Done.
    Done,
    /// Somebody changed it meanwhile.
    Stale {
        /// The version in force.
        version: i32,
    },
    /// It stands where this cannot be done.
    NotNow(State),
    /// No NIR was typed, and there is none.
    NoNir,
    /// There are as many dependants as there may be.
    TooMany,
    /// A day that the certificate does not cover.
    NotCovered(Period),
}

/// What [`Mobility::submit`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It was sent, and stands here now.
    Done(State),
    /// Somebody changed it meanwhile.
    Stale {
        /// The version in force.
        version: i32,
    },
    /// It was sent already.
    NotNow(State),
    /// Something is missing, or no longer passes.
    NotWhole,
    /// The rules refuse it.
    Impossible(Box<Decision>),
    /// The client no longer has the service, or is no longer the firm's.
    NoService,
}

/// What an accountant does to a request that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Withdraws it, and says why.
    Withdraw(String),
    /// Answers what the body asks.
    Answer(String),
    /// The person came back on this last day, and why.
    EndEarly(Day, String),
}

/// Everything that a certificate says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateFacts {
    /// Which request.
    pub id: MobilityId,
    /// Where the request stands: a certificate that was withdrawn or ended early says so.
    pub state: State,
    /// The last day abroad, of a mission that was cut short.
    pub last_day: Option<Day>,
    /// The certificate.
    pub certified: Certified,
    /// Whose.
    pub client: ClientOf,
    /// What was answered, without the NIR.
    pub answers: Answers,
    /// The NIR as pages show it.
    pub nir: String,
    /// What the rules said of it.
    pub decision: Decision,
    /// Where to.
    pub countries: Vec<Country>,
}

/// The body's side: an officer sees requests, and no portfolio.
#[async_trait]
pub trait Bench: Send + Sync {
    /// The requests that wait for a decision, the one that was sent first ahead; or those that were decided, the latest ahead.
    async fn queue(&self, officer: &Officer, wanted: &QueueWanted) -> Result<Queue, Outage>;

    /// One request that was sent, with the facts and the rules' reasons.
    async fn case(
        &self,
        officer: &Officer,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Case>, Outage>;

    /// Decides a request that is still at the version named.
    async fn decide(
        &self,
        officer: &Officer,
        of: Of,
        ruling: &Ruling,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage>;

    /// The NIR of the person of a request; that it was looked at is written down. For [`REVEALED`] it is shown to this officer on the
    /// pages of the person's requests.
    async fn reveal_to_officer(
        &self,
        officer: &Fresh<Officer>,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Nir>, Outage>;
}

/// Which part of the queue is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueWanted {
    /// Only requests in these states; none of them is a draft.
    pub states: Vec<State>,
    /// Only to this country, when any.
    pub country: Option<Country>,
    /// Only of this kind, when any.
    pub kind: Option<Journey>,
    /// The page, from 1; [`crate::mobility::search::PAGE`] requests each.
    pub page: u64,
}

/// One page of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The requests.
    pub rows: Vec<QueueRow>,
    /// How many there are in all.
    pub total: u64,
    /// How many wait for a decision.
    pub examination: u64,
    /// How many wait for an answer of the firm.
    pub asked: u64,
}

/// One request of the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The request.
    pub row: RequestRow,
    /// The firm that sent it.
    pub firm: String,
    /// When it was sent.
    pub submitted_at: Timestamp,
}

/// One request as the body examines it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The request; `earlier` are the person's other requests of all firms, since the body has all of them.
    pub request: Request,
    /// The firm that sent it.
    pub firm: (FirmId, String),
    /// Who decided, an officer or nobody.
    pub decided_by: Option<OfficerId>,
    /// The requests in force of the same person, this one apart, whichever firm sent them.
    pub others: Vec<(MobilityId, State, Earlier)>,
    /// The whole NIR, for some minutes after this officer asked for it on purpose.
    pub shown: Option<String>,
}

/// What an officer decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// A certificate of this kind, for these days.
    Grant(Certificate, Period),
    /// None, and why.
    Refuse(String),
    /// First something is asked.
    Ask(String),
}

impl Ruling {
    /// What the history says of it.
    pub fn happened(&self, by: OfficerId) -> Happened {
        match self {
            Self::Grant(..) => Happened::Granted { by: Some(by) },
            Self::Refuse(reason) => Happened::Refused {
                by,
                reason: reason.clone(),
            },
            Self::Ask(question) => Happened::Asked {
                by,
                question: question.clone(),
            },
        }
    }
}

/// A certificate, verified by whoever holds its code.
#[async_trait]
pub trait Verification: Send + Sync {
    /// The certificate of a code. Codes that are none are counted by network; every code is looked up alike.
    async fn verify(
        &self,
        code: &VerificationCode,
        from: Origin,
        now: Timestamp,
    ) -> Result<CodeTried, Outage>;
}

/// What [`Verification::verify`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeTried {
    /// There is such a certificate.
    Known(Box<Verified>),
    /// There is none.
    Unknown,
    /// Too many codes from this network were none: nothing was looked up.
    Paused {
        /// When the next one is.
        until: Timestamp,
    },
}

/// What a code confirms: enough to hold it against a paper, and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// The certificate's number.
    pub number: String,
    /// What it is.
    pub kind: Certificate,
    /// Who is named on it: family name and the initials of the first names.
    pub who: String,
    /// Where to.
    pub countries: Vec<Country>,
    /// From when to when it was made.
    pub period: Period,
    /// When it was granted.
    pub at: Timestamp,
    /// Granted, withdrawn, or ended early.
    pub state: State,
    /// The last day abroad, of a mission that was cut short.
    pub last_day: Option<Day>,
    /// When it was withdrawn or ended early.
    pub ended_at: Option<Timestamp>,
}
