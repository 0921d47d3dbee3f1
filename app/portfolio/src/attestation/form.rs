//! « Obtenir l'attestation ».

use crate::{
    form::Form,
    holder::HolderScheme,
    ids::EnrolmentId,
    language::t,
    problem::{Field, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the button sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IssueForm {
    /// The client's enrolment.
    pub of: String,
}

/// The fields of [`IssueForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IssueField {
    /// The client.
    Of,
}

impl Field for IssueField {
    fn name(self) -> &'static str {
        "of"
    }
    fn ask(self) -> &'static str {
        t("Choisissez le client dont vous voulez l’attestation.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for IssueForm {
    type Field = IssueField;
    type Draft = EnrolmentId;

    fn check(&self) -> Result<EnrolmentId, Problems<IssueField>> {
        let of = self.of.parse();
        of.map_err(|_| Problems::one(IssueField::Of, Problem::NotOffered))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What the button of a client's own page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnIssueForm {
    /// The key of the accounts: whose, under which scheme.
    pub held: String,
}

impl Form for OwnIssueForm {
    type Field = IssueField;
    type Draft = HolderScheme;

    fn check(&self) -> Result<HolderScheme, Problems<IssueField>> {
        let held = self.held.parse();
        held.map_err(|()| Problems::one(IssueField::Of, Problem::NotOffered))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
