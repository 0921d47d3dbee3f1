//! « + Ajouter un compte »: one field, « Inscrire ».

use super::Form;
use crate::{
    identifier::Identifier,
    problem::{Field, Judge, Problems, Subject},
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
        "Saisissez le Siren, le Siret ou le numéro de compte de votre client."
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
