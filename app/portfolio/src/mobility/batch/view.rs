//! What the page of a dry run shows: never a number of a person.

use super::Column;
use crate::{
    ids::{EnrolmentId, MobilityId, PostingsId},
    import::Flaw,
    mobility::{
        country::Country,
        day::Period,
        decision::{Certificate, Outcome},
        request::Step,
        rule::Reason,
    },
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What is wrong with a line, and where. Codes: nothing of what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The column.
    pub column: Column,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Fault {
    /// What makes a fault of what is wrong with a cell.
    pub fn at(column: Column) -> impl Fn(Flaw) -> Self {
        move |flaw| Self { column, flaw }
    }
}

/// Why a line is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// A cell of it.
    Fault(Fault),
    /// The firm does not manage this client.
    UnknownClient,
    /// The client does not have the service.
    NoService,
    /// The rules refuse it.
    Rule(Reason),
}

impl From<Fault> for Why {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a line comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// A draft may be made of it.
    Ready {
        /// What would certify, as far as that is known.
        certificate: Option<Certificate>,
        /// What would become of the request, as it stands.
        outcome: Outcome,
        /// The steps of which something is missing.
        missing: Vec<Step>,
        /// What would be examined, and what is to be known.
        reasons: Vec<Reason>,
    },
    /// There is a request of this person to this country on these days.
    Already(MobilityId),
    /// An earlier line says the same.
    Twice {
        /// Its number.
        line: u32,
    },
    /// None may.
    Refused(Why),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Its number in the file.
    pub line: u32,
    /// The client, once it is known to be the firm's.
    pub client: Option<(EnrolmentId, String)>,
    /// Who goes; empty where the line could not be read.
    pub who: String,
    /// Where to.
    pub country: Option<Country>,
    /// From when to when.
    pub period: Option<Period>,
    /// What it comes to.
    pub verdict: Verdict,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Which.
    pub id: PostingsId,
    /// Its name.
    pub name: String,
    /// When it was sent.
    pub at: Timestamp,
    /// The client whose page it was sent from.
    pub client: Option<(EnrolmentId, String)>,
    /// The heads that mean nothing here.
    pub ignored: Vec<String>,
    /// Its lines.
    pub lines: Vec<LineView>,
}

impl FileView {
    /// How many lines are ready, there already or said twice, and refused.
    pub fn counts(&self) -> (u64, u64, u64) {
        let (mut ready, mut there, mut refused) = (0, 0, 0);
        for line in &self.lines {
            match line.verdict {
                Verdict::Ready { .. } => ready += 1,
                Verdict::Already(_) | Verdict::Twice { .. } => there += 1,
                Verdict::Refused(_) => refused += 1,
            }
        }
        (ready, there, refused)
    }
}
