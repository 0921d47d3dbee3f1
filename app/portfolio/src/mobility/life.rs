//! The life of a request: its states, and what leads from one to another.
//!
//! | state | by the accountant | by the body |
//! |---|---|---|
//! | draft | sent, given up | |
//! | under examination | withdrawn | granted, refused, asked about |
//! | asked about | answered, withdrawn | granted, refused |
//! | granted | withdrawn, ended early | |
//! | refused, withdrawn, ended early | | |
//!
//! A request that is sent is granted at once where the rules leave nothing open ([`Outcome::Granted`]), and examined otherwise.

mod milestone;

pub use milestone::Milestone;

use super::{day::Day, decision::Outcome};
use crate::ids::OfficerId;
use crate::language::t;
use serde::{Deserialize, Serialize};

/// The longest word of explanation that anybody writes: a reason, a question, an answer.
pub const WORDS: usize = 2000;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// « Brouillon ».
    Draft,
    /// « À l'examen ».
    Examination,
    /// « Complément demandé ».
    Asked,
    /// « Accordée ».
    Granted,
    /// « Refusée ».
    Refused,
    /// « Retirée ».
    Withdrawn,
    /// « Écourtée »: the person came back before the end of the certificate.
    EndedEarly,
}

impl State {
    /// All, in the order in which pages list them.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Asked,
        Self::Examination,
        Self::Granted,
        Self::Refused,
        Self::Withdrawn,
        Self::EndedEarly,
    ];

    /// As tables and addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "brouillon",
            Self::Examination => "examen",
            Self::Asked => "complement",
            Self::Granted => "accordee",
            Self::Refused => "refusee",
            Self::Withdrawn => "retiree",
            Self::EndedEarly => "ecourtee",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => t("Brouillon"),
            Self::Examination => t("À l’examen"),
            Self::Asked => t("Complément demandé"),
            Self::Granted => t("Accordée"),
            Self::Refused => t("Refusée"),
            Self::Withdrawn => t("Retirée"),
            Self::EndedEarly => t("Écourtée"),
        }
    }

    /// Whether the person is, or may come to be, abroad under it: such a request stands in the way of another for the same days.
    pub const fn in_force(self) -> bool {
        matches!(
            self,
            Self::Examination | Self::Asked | Self::Granted | Self::EndedEarly
        )
    }

    /// Whether it is for the body to decide.
    pub const fn awaits_decision(self) -> bool {
        matches!(self, Self::Examination | Self::Asked)
    }
}

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The accountant sends it, and this is what the rules make of it.
    Submit(Outcome),
    /// The body grants it.
    Grant,
    /// The body refuses it.
    Refuse,
    /// The body asks something.
    Ask,
    /// The accountant answers.
    Answer,
    /// The accountant withdraws it.
    Withdraw,
    /// The person came back early.
    EndEarly,
}

impl State {
    /// What an act makes of it; `None` where it cannot be done.
    pub const fn after(self, act: Act) -> Option<Self> {
        Some(match (self, act) {
            (Self::Draft, Act::Submit(Outcome::Granted))
            | (Self::Examination | Self::Asked, Act::Grant) => Self::Granted,
            (Self::Draft, Act::Submit(Outcome::Examination)) | (Self::Asked, Act::Answer) => {
                Self::Examination
            }
            (Self::Examination | Self::Asked, Act::Refuse) => Self::Refused,
            (Self::Examination, Act::Ask) => Self::Asked,
            (Self::Examination | Self::Asked | Self::Granted, Act::Withdraw) => Self::Withdrawn,
            (Self::Granted, Act::EndEarly) => Self::EndedEarly,
            _ => return None,
        })
    }
}

impl State {
    /// Where a history leads to; `None` for one that the rules do not allow.
    pub fn replayed<'a>(history: impl IntoIterator<Item = &'a Happened>) -> Option<Self> {
        let mut history = history.into_iter();
        if history.next() != Some(&Happened::Begun) {
            return None;
        }
        let (mut state, mut sent) = (Self::Draft, false);
        for what in history {
            let act = match what {
                Happened::Submitted if state == Self::Draft && !sent => {
                    sent = true;
                    continue;
                }
                Happened::Granted { by: None } if sent => Act::Submit(Outcome::Granted),
                Happened::Examined if sent => Act::Submit(Outcome::Examination),
                Happened::Granted { by: Some(_) } => Act::Grant,
                Happened::Refused { .. } => Act::Refuse,
                Happened::Asked { .. } => Act::Ask,
                Happened::Answered { .. } => Act::Answer,
                Happened::Withdrawn { .. } => Act::Withdraw,
                Happened::EndedEarly { .. } => Act::EndEarly,
                Happened::Begun
                | Happened::Submitted
                | Happened::Granted { by: None }
                | Happened::Examined => return None,
            };
            state = state.after(act)?;
        }
        // What was sent was granted or examined at once.
        (sent == (state != Self::Draft)).then_some(state)
    }
}

/// One thing that happened to a request, as its history and the journal keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    /// It was begun.
    Begun,
    /// It was sent.
    Submitted,
    /// It was granted.
    Granted {
        /// Who decided; nobody when the rules left nothing open.
        by: Option<OfficerId>,
    },
    /// The rules left something open: the body examines it.
    Examined,
    /// It was refused.
    Refused {
        /// Who decided.
        by: OfficerId,
        /// Why.
        reason: String,
    },
    /// The body asked something.
    Asked {
        /// Who asks.
        by: OfficerId,
        /// What.
        question: String,
    },
    /// The accountant answered.
    Answered {
        /// What.
        answer: String,
    },
    /// It was withdrawn.
    Withdrawn {
        /// Why.
        reason: String,
    },
    /// The person came back early.
    EndedEarly {
        /// The last day abroad.
        last_day: Day,
        /// Why.
        reason: String,
    },
}

impl Happened {
    /// In a few words, without what somebody wrote.
    pub fn told(&self) -> String {
        self.milestone().told()
    }

    /// What somebody wrote; empty where nobody did.
    pub fn words(&self) -> &str {
        match self {
            Self::Refused { reason, .. }
            | Self::Withdrawn { reason }
            | Self::EndedEarly { reason, .. } => reason,
            Self::Asked { question, .. } => question,
            Self::Answered { answer } => answer,
            _ => "",
        }
    }

    /// Whether the body did it, an officer or the rules.
    pub const fn by_body(&self) -> bool {
        self.milestone().by_body()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACTS: [Act; 10] = [
        Act::Submit(Outcome::Granted),
        Act::Submit(Outcome::Examination),
        Act::Submit(Outcome::Incomplete),
        Act::Submit(Outcome::Impossible),
        Act::Grant,
        Act::Refuse,
        Act::Ask,
        Act::Answer,
        Act::Withdraw,
        Act::EndEarly,
    ];

    /// Fear: a request leaves a state by a way that the table at the head of this module does not name.
    #[test]
    fn the_table() {
        use State::{Asked, Draft, EndedEarly, Examination, Granted, Refused, Withdrawn};
        let mut ways = Vec::new();
        for state in State::ALL {
            for act in ACTS {
                ways.extend(state.after(act).map(|to| (state, to)));
            }
        }
        let expected = [
            (Draft, Granted),
            (Draft, Examination),
            (Asked, Granted),
            (Asked, Refused),
            (Asked, Examination),
            (Asked, Withdrawn),
            (Examination, Granted),
            (Examination, Refused),
            (Examination, Asked),
            (Examination, Withdrawn),
            (Granted, Withdrawn),
            (Granted, EndedEarly),
        ];
        assert_eq!(ways, expected);
    }

    /// Fear: a history that cannot have been is taken for one, or one that was is not.
    #[test]
    fn histories() {
        let by = OfficerId(uuid::Uuid::nil());
        let words = || "x".to_owned();
        let granted = Happened::Granted { by: None };
        let asked = Happened::Asked {
            by,
            question: words(),
        };
        let answered = Happened::Answered { answer: words() };
        let withdrawn = Happened::Withdrawn { reason: words() };
        let (begun, sent, examined) = (Happened::Begun, Happened::Submitted, Happened::Examined);
        for (history, leads_to) in [
            (vec![&begun], Some(State::Draft)),
            (vec![&begun, &sent, &granted], Some(State::Granted)),
            (
                vec![&begun, &sent, &examined, &asked, &answered],
                Some(State::Examination),
            ),
            (
                vec![&begun, &sent, &granted, &withdrawn],
                Some(State::Withdrawn),
            ),
            (vec![], None),
            (vec![&sent, &granted], None),
            (vec![&begun, &sent], None),
            (vec![&begun, &granted], None),
            (vec![&begun, &sent, &sent, &granted], None),
            (vec![&begun, &sent, &granted, &granted], None),
            (vec![&begun, &sent, &examined, &answered], None),
        ] {
            assert_eq!(State::replayed(history.clone()), leads_to, "{history:?}");
        }
    }

    /// Fear: a request that was refused or never sent keeps somebody from going abroad, or a code is read as another state.
    #[test]
    fn states() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert!(
            ![State::Draft, State::Refused, State::Withdrawn]
                .map(State::in_force)
                .contains(&true)
        );
        assert!(State::EndedEarly.in_force() && State::Asked.awaits_decision());
    }
}
