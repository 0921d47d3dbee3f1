//! « + Ajouter un compte »: one field, « Inscrire ».

use super::Form;
use crate::{
    identifier::Identifier,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the page sends on « Inscrire ».
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BeginForm {
    /// Siren, Siret or account number.
    pub identifier: String,
    /// `1` when fourteen digits are meant as an account number, not as a Siret.
    pub as_account: String,
    /// `1` when the holder's other scheme is meant, the first being enrolled already.
    pub other_scheme: String,
    /// `1` when « Rechercher » was pressed: what was typed is to be found, not enrolled.
    pub seek: String,
}

impl BeginForm {
    /// What is to be found, when « Rechercher » was pressed. The answer has an address, so that what could be a social security
    /// number is refused rather than sought.
    ///
    /// # Errors
    /// Nothing was typed, or a number of digits that a social security number has.
    pub fn sought(&self) -> Option<Result<&str, Problem>> {
        if self.seek != "1" {
            return None;
        }
        let typed = self.identifier.trim();
        Some(match Identifier::parse(typed, false) {
            Err(problem @ (Problem::Missing | Problem::DigitCount { .. })) => Err(problem),
            _ => Ok(typed),
        })
    }
}

/// An enrolment to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginDraft {
    /// What was typed, understood.
    pub identifier: Identifier,
    /// Whether to go on although one scheme of the holder is enrolled.
    pub other_scheme: bool,
}

/// The fields of [`BeginForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BeginField {
    /// « Siren, Siret ou numéro de compte ».
    Identifier,
}

impl Field for BeginField {
    fn name(self) -> &'static str {
        "identifier"
    }
    fn ask(self) -> &'static str {
        t("Saisissez le Siren, le Siret ou le numéro de compte de votre client.")
    }
    fn subject(self) -> Subject {
        Subject::Identifier
    }
}

impl Form for BeginForm {
    type Field = BeginField;
    type Draft = BeginDraft;

    fn check(&self) -> Result<BeginDraft, Problems<BeginField>> {
        let mut judge = Judge::new();
        let identifier = judge.take(
            BeginField::Identifier,
            Identifier::parse(&self.identifier, self.as_account == "1"),
        );
        judge.close(identifier.map(|identifier| BeginDraft {
            identifier,
            other_scheme: self.other_scheme == "1",
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a social security number that was typed by slip ends up in an address.
    #[test]
    fn what_is_sought() {
        let sought = |identifier: &str| {
            BeginForm {
                identifier: identifier.into(),
                seek: "1".into(),
                ..BeginForm::default()
            }
            .sought()
            .map(|sought| sought.map(str::to_owned))
        };
        assert_eq!(sought(" boulangerie "), Some(Ok("boulangerie".into())));
        assert_eq!(sought("732829320"), Some(Ok("732829320".into())));
        assert_eq!(sought(" "), Some(Err(Problem::Missing)));
        for nir in ["2550814168025", "255081416802538", "2 55 08 14 168 025 38"] {
            assert!(matches!(sought(nir), Some(Err(_))), "{nir}");
        }
        assert_eq!(BeginForm::default().sought(), None);
    }
}
