//! « Résilier » (card, step 6).

use super::Form;
use crate::{
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What « OK » sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TerminateForm {
    /// The enrolment to end.
    pub of: String,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// An enrolment to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TerminateDraft {
    /// The enrolment.
    pub of: EnrolmentId,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// The fields of [`TerminateForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TerminateField {
    /// The enrolment.
    Of,
}

impl Field for TerminateField {
    fn name(self) -> &'static str {
        "of"
    }
    fn ask(self) -> &'static str {
        t("Choisissez le client à résilier.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for TerminateForm {
    type Field = TerminateField;
    type Draft = TerminateDraft;

    fn check(&self) -> Result<TerminateDraft, Problems<TerminateField>> {
        let mut judge = Judge::new();
        let of = judge.take(
            TerminateField::Of,
            self.of.parse().map_err(|_| Problem::NotOffered),
        );
        judge.close(of.map(|of| TerminateDraft {
            of,
            back: self.back.clone(),
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
