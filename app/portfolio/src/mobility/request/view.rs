//! What pages show of requests and of the people who go: plain values, no NIR among them.

use super::Answers;
use crate::{
    holder::HolderScheme,
    ids::{EnrolmentId, MobilityId, WorkerId},
    mobility::{
        code::VerificationCode,
        country::Country,
        day::{Day, Period},
        decision::{Certificate, Decision},
        form::{Journey, WorkerForm},
        life::{Happened, State},
        situation::Earlier,
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// Whose request it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientOf {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
}

/// A certificate that was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certified {
    /// What it is.
    pub kind: Certificate,
    /// Its number.
    pub number: String,
    /// What anybody verifies it by.
    pub code: VerificationCode,
    /// From when to when it is good; what became of it later is the request's state.
    pub period: Period,
    /// When it was granted.
    pub at: Timestamp,
    /// Whether the rules left nothing open, so that nobody had to look.
    pub automatic: bool,
}

/// One entry of a request's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// The member's name; none for the body.
    pub by: Option<String>,
    /// What.
    pub what: Happened,
}

/// One request, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Which.
    pub id: MobilityId,
    /// Grows with every change: a page names the version that it showed.
    pub version: i32,
    /// Where it stands.
    pub state: State,
    /// Whose it is.
    pub client: ClientOf,
    /// Whether the client still has the service, and is still the firm's.
    pub open: bool,
    /// Who goes, once that is known.
    pub worker: Option<WorkerId>,
    /// The NIR as pages show it: [`crate::nir::Nir::masked`].
    pub nir: Option<String>,
    /// What was answered.
    pub answers: Answers,
    /// The person's other requests of this firm that are in force.
    pub earlier: Vec<Earlier>,
    /// What the rules made of it when it was sent.
    pub decision: Option<Decision>,
    /// The certificate, once granted.
    pub certificate: Option<Certified>,
    /// When it was sent.
    pub submitted_at: Option<Timestamp>,
    /// The last day abroad, of a mission that was cut short.
    pub last_day: Option<Day>,
    /// What happened to it, latest first.
    pub history: Vec<Event>,
    /// The day that storage was asked on, so that server and browser judge alike.
    pub today: Day,
}

impl Request {
    /// What the rules make of it now; of one that was sent, what they made of it then.
    pub fn judged(&self) -> Decision {
        match &self.decision {
            Some(decision) => decision.clone(),
            None => self.answers.decide(&self.earlier, self.today),
        }
    }

    /// What the body asks, while it waits for an answer.
    pub fn question(&self) -> Option<&str> {
        self.history.iter().find_map(|event| match &event.what {
            Happened::Asked { question, .. } if self.state == State::Asked => Some(&**question),
            _ => None,
        })
    }
}

/// One row of a list of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Which.
    pub id: MobilityId,
    /// Whose.
    pub client: ClientOf,
    /// Who goes; empty while nobody is named.
    pub who: String,
    /// The kind of request.
    pub journey: Journey,
    /// Where it stands.
    pub state: State,
    /// Where to.
    pub countries: Vec<Country>,
    /// From when to when; the certificate's days, once there is one, up to the last one abroad.
    pub period: Option<Period>,
    /// What it gave.
    pub certificate: Option<Certificate>,
    /// When something last became of it.
    pub changed_at: Timestamp,
}

/// How many people are in one country on the day that is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where.
    pub country: Country,
    /// How many people.
    pub people: u64,
}

/// One page of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The rows of the page, latest first.
    pub rows: Vec<RequestRow>,
    /// How many requests match.
    pub total: u64,
    /// The page shown, from 1.
    pub page: u64,
    /// Where people are today by certificates in force, most first.
    pub abroad: Vec<Place>,
    /// Certificates that end within [`super::super::search::SOON`] days.
    pub ending: u64,
    /// Requests that the body asks something about.
    pub asked: u64,
    /// The countries that some request names, for the filter.
    pub countries: Vec<Country>,
    /// The day that storage was asked on.
    pub today: Day,
}

/// Somebody whom a client has sent abroad, or is about to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// Who.
    pub id: WorkerId,
    /// Family name.
    pub last_name: String,
    /// First names.
    pub first_names: String,
    /// The NIR as pages show it.
    pub nir: String,
    /// Everything else that was answered last, to start from again.
    pub form: WorkerForm,
}

/// The same with the requests that were made for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerRow {
    /// Who.
    pub worker: Worker,
    /// Their requests, latest first.
    pub requests: Vec<RequestRow>,
}

/// One person with everything that the firm may see of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Whose.
    pub client: ClientOf,
    /// Whether the client has the service, and is still the firm's.
    pub open: bool,
    /// The person, and their requests.
    pub row: WorkerRow,
    /// The whole NIR, for some minutes after it was asked for on purpose.
    pub shown: Option<String>,
}

/// The people of one client, and the client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleagues {
    /// The client.
    pub client: ClientOf,
    /// Whether it has the service, and is still the firm's.
    pub open: bool,
    /// By name.
    pub workers: Vec<WorkerRow>,
    /// The requests of nobody yet, latest first.
    pub nobodys: Vec<RequestRow>,
    /// The business as a new request starts from: name and establishment, as the registry has them.
    pub business: crate::mobility::form::BusinessForm,
}
