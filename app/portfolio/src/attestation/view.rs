//! What pages show of a client's attestations.

use super::{Refused, SecurityCode, rule::last_day};
use crate::{holder::HolderScheme, ids::AttestationId, language::t, mobility::day::Day};
use serde::{Deserialize, Serialize};

/// What the page of one client's attestations shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// Whether one can be asked for: the firm manages the client, with the service.
    pub open: bool,
    /// Why there would be none today; nothing of it is told where none can be asked for.
    pub refused: Option<Refused>,
    /// Those that were issued, the latest ahead.
    pub past: Vec<Past>,
    /// The day it is.
    pub today: Day,
}

/// One attestation that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// Which.
    pub id: AttestationId,
    /// What anybody checks it by: whoever may see the paper may read it out.
    pub code: SecurityCode,
    /// The day of issue.
    pub issued: Day,
    /// Who fetched it.
    pub by: By,
}

impl Past {
    /// The last day on which it is good.
    pub fn until(&self) -> Day {
        last_day(self.issued)
    }

    /// Whether it is good on a day.
    pub fn is_good(&self, today: Day) -> bool {
        today <= self.until()
    }
}

/// Who fetched an attestation. A holder may have several firms, one after the other; none is told the name of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// This member of the firm that looks.
    Member(String),
    /// A firm.
    Firm,
    /// The holder.
    Holder,
}

impl By {
    /// As people read it.
    pub fn told(&self) -> &str {
        match self {
            Self::Member(name) => name,
            Self::Firm => t("Un cabinet"),
            Self::Holder => t("Le titulaire du compte"),
        }
    }
}
