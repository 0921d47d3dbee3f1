//! Which kind of request, and for whom: what makes a request.

use super::{fields, read};
use crate::{
    form::Form,
    ids::{EnrolmentId, WorkerId},
    mobility::situation::Status,
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Journey {
    /// « Détachement »: one country, for a time.
    Posting,
    /// « Pluriactivité »: several European States by turns.
    Several,
}

impl Journey {
    /// Both, in the page's order.
    pub const ALL: [Self; 2] = [Self::Posting, Self::Several];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Posting => Self::Several,
            Self::Several => Self::Posting,
        }
    }

    /// The word that the form sends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Posting => "detachement",
            Self::Several => "pluriactivite",
        }
    }
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct JourneyForm {
    /// The client's enrolment.
    pub of: String,
    /// The kind of request.
    pub journey: String,
    /// As what the person works in France.
    pub status: String,
    /// Somebody of this client who is known already; empty for somebody new.
    pub worker: String,
}

/// A request to be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JourneyDraft {
    /// The client's enrolment; `None` when its id is not one, which no page of ours sends.
    pub of: Option<EnrolmentId>,
    /// The kind of request.
    pub journey: Journey,
    /// As what the person works in France.
    pub status: Status,
    /// Somebody of this client who is known already.
    pub worker: Option<WorkerId>,
}

fields! {
    /// The fields of [`JourneyForm`].
    JourneyField {
        /// The kind of request.
        Journey: "journey", "Choisissez la situation.";
        /// As what the person works in France.
        Status: "status", "Choisissez le statut en France.";
        /// Somebody who is known already.
        Worker: "worker", "Choisissez la personne.";
    }
}

impl Form for JourneyForm {
    type Field = JourneyField;
    type Draft = JourneyDraft;

    fn check(&self) -> Result<JourneyDraft, Problems<JourneyField>> {
        let mut judge = Judge::new();
        let journey = judge.take(
            JourneyField::Journey,
            read::choice(&self.journey, &Journey::ALL, Journey::code),
        );
        let status = judge.take(
            JourneyField::Status,
            read::choice(&self.status, &Status::ALL, Status::code),
        );
        let worker = match &*self.worker {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Problem::NotOffered),
        };
        let worker = judge.take(JourneyField::Worker, worker);
        let draft = || {
            Some(JourneyDraft {
                of: self.of.parse().ok(),
                journey: journey?,
                status: status?,
                worker: worker?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
