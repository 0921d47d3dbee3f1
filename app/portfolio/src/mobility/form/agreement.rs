//! What the forms of bilateral agreements ask besides.

use super::{Of, fields, read};
use crate::{
    form::Form,
    problem::{Judge, Problems},
};
use serde::{Deserialize, Serialize};

/// « Situation de famille ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marital {
    /// « Célibataire ».
    Single,
    /// « Marié ».
    Married,
    /// « Pacsé ».
    Partner,
    /// « Divorcé ou séparé ».
    Divorced,
    /// « Veuf ».
    Widowed,
}

impl Marital {
    /// All, in the page's order.
    pub const ALL: [Self; 5] = [
        Self::Single,
        Self::Married,
        Self::Partner,
        Self::Divorced,
        Self::Widowed,
    ];

    /// The word that the form sends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Single => "celibataire",
            Self::Married => "marie",
            Self::Partner => "pacse",
            Self::Divorced => "divorce",
            Self::Widowed => "veuf",
        }
    }
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgreementForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Profession en France ».
    pub profession: String,
    /// « Travail effectué pendant la mission ».
    pub work: String,
    /// « Situation de famille ».
    pub marital: String,
}

/// What a bilateral form wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementDraft {
    /// Which request.
    pub of: Of,
    /// The profession in France.
    pub profession: String,
    /// What is done abroad.
    pub work: String,
    /// Marital status.
    pub marital: Marital,
}

fields! {
    /// The fields of [`AgreementForm`].
    AgreementField {
        /// « Profession en France ».
        Profession: "profession", "Saisissez la profession exercée en France.";
        /// « Travail effectué pendant la mission ».
        Work: "work", "Décrivez en quelques mots le travail effectué pendant la mission.";
        /// « Situation de famille ».
        Marital: "marital", "Choisissez la situation de famille.";
    }
}

impl Form for AgreementForm {
    type Field = AgreementField;
    type Draft = AgreementDraft;

    fn check(&self) -> Result<AgreementDraft, Problems<AgreementField>> {
        let mut judge = Judge::new();
        let profession = judge.take(AgreementField::Profession, read::line(&self.profession));
        let work = judge.take(AgreementField::Work, read::line(&self.work));
        let marital = judge.take(
            AgreementField::Marital,
            read::choice(&self.marital, &Marital::ALL, Marital::code),
        );
        let draft = || {
            Some(AgreementDraft {
                of: Of::read(&self.request, &self.version),
                profession: profession?,
                work: work?,
                marital: marital?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
