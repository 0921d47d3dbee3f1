//! « Mot de passe oublié ».

use super::Form;
use crate::language::t;
use crate::problem::{Field, Judge, Problem, Problems, Subject};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResetForm {
    /// « Identifiant ou adresse électronique ».
    pub identifier: String,
}

/// Somebody who forgot a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetDraft {
    /// What they sign in with, or where messages to them go; lower case.
    pub identifier: String,
}

/// The fields of [`ResetForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ResetField {
    /// « Identifiant ou adresse électronique ».
    Identifier,
}

impl Field for ResetField {
    fn name(self) -> &'static str {
        "identifier"
    }
    fn ask(self) -> &'static str {
        t("Saisissez votre identifiant ou votre adresse électronique.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

/// Characters of the longest identifier.
const LONGEST: usize = 254;

impl Form for ResetForm {
    type Field = ResetField;
    type Draft = ResetDraft;

    fn check(&self) -> Result<ResetDraft, Problems<ResetField>> {
        let mut judge = Judge::new();
        let identifier = self.identifier.trim().to_lowercase();
        let identifier = judge.take(
            ResetField::Identifier,
            match identifier.chars().count() {
                0 => Err(Problem::Missing),
                got if got > LONGEST => Err(Problem::TooLong { got, want: LONGEST }),
                _ => Ok(identifier),
            },
        );
        judge.close(identifier.map(|identifier| ResetDraft { identifier }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: capitals or spaces keep somebody from their own access.
    #[test]
    fn tidied() {
        let form = |text: &str| ResetForm {
            identifier: text.into(),
        };
        let draft = form(" Claire@Cabinet.fr ").check().unwrap();
        assert_eq!(draft.identifier, "claire@cabinet.fr");
        assert!(form(" ").check().is_err());
        assert!(form(&"x".repeat(255)).check().is_err());
    }
}
