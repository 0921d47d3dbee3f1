//! « Seconde preuve » : whether the firm asks everybody for one.

use super::Form;
use crate::language::t;
use crate::problem::{Field, Judge, Problem, Problems, Subject};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PolicyForm {
    /// `oui` or `non`.
    pub second_factor: String,
}

/// What the firm asks of everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyDraft {
    /// Whether a second factor is asked for.
    pub second_factor: bool,
}

/// The fields of [`PolicyForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PolicyField {
    /// The button.
    SecondFactor,
}

impl Field for PolicyField {
    fn name(self) -> &'static str {
        "second_factor"
    }
    fn ask(self) -> &'static str {
        t("Choisissez si une seconde preuve est demandée.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for PolicyForm {
    type Field = PolicyField;
    type Draft = PolicyDraft;

    fn check(&self) -> Result<PolicyDraft, Problems<PolicyField>> {
        let mut judge = Judge::new();
        let second_factor = judge.take(
            PolicyField::SecondFactor,
            match &*self.second_factor {
                "oui" => Ok(true),
                "non" => Ok(false),
                "" => Err(Problem::Missing),
                _ => Err(Problem::NotOffered),
            },
        );
        judge.close(second_factor.map(|second_factor| PolicyDraft { second_factor }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a form that says nothing takes the second factor away from a whole firm.
    #[test]
    fn said_outright() {
        let asked = |text: &str| {
            PolicyForm {
                second_factor: text.into(),
            }
            .check()
            .map(|draft| draft.second_factor)
            .ok()
        };
        assert_eq!(
            ["oui", "non", "", "0"].map(asked),
            [Some(true), Some(false), None, None]
        );
    }
}
