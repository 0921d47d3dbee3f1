//! The last step: what was answered is certified, and the request is sent.

use super::{Of, fields};
use crate::{
    form::Form,
    problem::{Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SummaryForm {
    /// The request.
    pub request: String,
    /// The version that the page shows: what was read is what is sent.
    pub version: String,
    /// « Je certifie l'exactitude de ces informations »: `oui` when ticked.
    pub certified: String,
}

/// A request to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryDraft {
    /// Which request.
    pub of: Of,
}

fields! {
    /// The fields of [`SummaryForm`].
    SummaryField {
        /// « Je certifie l'exactitude de ces informations ».
        Certified: "certified", "Certifiez l’exactitude de ces informations pour envoyer la demande.";
    }
}

impl Form for SummaryForm {
    type Field = SummaryField;
    type Draft = SummaryDraft;

    fn check(&self) -> Result<SummaryDraft, Problems<SummaryField>> {
        if self.certified != "oui" {
            return Err(Problems::one(SummaryField::Certified, Problem::Missing));
        }
        Ok(SummaryDraft {
            of: Of::read(&self.request, &self.version),
        })
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
