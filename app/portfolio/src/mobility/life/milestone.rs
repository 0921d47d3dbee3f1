//! What anybody may be told of a step of a request: neither who decided, nor what somebody wrote.

use super::Happened;
use crate::{language::t, mobility::day::Day, say};
use serde::{Deserialize, Serialize};

/// What happened to a request, as those may read it who neither made nor decided it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Milestone {
    /// It was begun.
    Begun,
    /// It was sent.
    Submitted,
    /// The rules left nothing open.
    GrantedAtOnce,
    /// The body granted it.
    Granted,
    /// The body examines it.
    Examined,
    /// The body refused it.
    Refused,
    /// The body asked something.
    Asked,
    /// That was answered.
    Answered,
    /// It was withdrawn.
    Withdrawn,
    /// The person came back early.
    EndedEarly {
        /// The last day abroad.
        last_day: Day,
    },
}

impl Milestone {
    /// In a few words.
    pub fn told(self) -> String {
        let plain = match self {
            Self::Begun => t("Demande commencée"),
            Self::Submitted => t("Demande envoyée"),
            Self::GrantedAtOnce => t("Accordée aussitôt"),
            Self::Granted => t("Accordée par l’organisme"),
            Self::Examined => t("Transmise à l’organisme pour examen"),
            Self::Refused => t("Refusée par l’organisme"),
            Self::Asked => t("Complément demandé par l’organisme"),
            Self::Answered => t("Réponse envoyée"),
            Self::Withdrawn => t("Demande retirée"),
            Self::EndedEarly { last_day } => {
                return say!("Mission écourtée au {long}", long = last_day.long());
            }
        };
        plain.to_owned()
    }

    /// Whether the body did it, an officer or the rules.
    pub const fn by_body(self) -> bool {
        matches!(
            self,
            Self::GrantedAtOnce | Self::Granted | Self::Examined | Self::Refused | Self::Asked
        )
    }
}

impl Happened {
    /// What anybody may be told of it.
    pub const fn milestone(&self) -> Milestone {
        match self {
            Self::Begun => Milestone::Begun,
            Self::Submitted => Milestone::Submitted,
            Self::Granted { by: None } => Milestone::GrantedAtOnce,
            Self::Granted { by: Some(_) } => Milestone::Granted,
            Self::Examined => Milestone::Examined,
            Self::Refused { .. } => Milestone::Refused,
            Self::Asked { .. } => Milestone::Asked,
            Self::Answered { .. } => Milestone::Answered,
            Self::Withdrawn { .. } => Milestone::Withdrawn,
            Self::EndedEarly { last_day, .. } => Milestone::EndedEarly {
                last_day: *last_day,
            },
        }
    }
}
