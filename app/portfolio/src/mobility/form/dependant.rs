//! One dependant who goes along, added at a time.

use super::{Of, fields, read};
use crate::{
    form::Form,
    mobility::day::Day,
    problem::{Judge, Problems},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// « Lien de parenté ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kinship {
    /// « Conjoint ».
    Spouse,
    /// « Enfant ».
    Child,
    /// « Autre ».
    Other,
}

impl Kinship {
    /// All, in the page's order.
    pub const ALL: [Self; 3] = [Self::Spouse, Self::Child, Self::Other];

    /// The word that the form sends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spouse => "conjoint",
            Self::Child => "enfant",
            Self::Other => "autre",
        }
    }
}

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DependantForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Nom ».
    pub last_name: String,
    /// « Prénoms ».
    pub first_names: String,
    /// « Date de naissance ».
    pub birth_date: String,
    /// « Lien de parenté ».
    pub kinship: String,
}

/// A dependant.
#[derive(Clone, PartialEq, Eq)]
pub struct DependantDraft {
    /// Which request.
    pub of: Of,
    /// Family name.
    pub last_name: String,
    /// First names.
    pub first_names: String,
    /// Day of birth.
    pub birth_date: Day,
    /// What they are to the worker.
    pub kinship: Kinship,
}

impl DependantDraft {
    /// The most that one request may name (former form of the Urssaf).
    pub const MOST: usize = 8;
}

fields! {
    /// The fields of [`DependantForm`].
    DependantField {
        /// « Nom ».
        LastName: "last_name", "Saisissez le nom.";
        /// « Prénoms ».
        FirstNames: "first_names", "Saisissez les prénoms.";
        /// « Date de naissance ».
        BirthDate: "birth_date", "Saisissez la date de naissance.";
        /// « Lien de parenté ».
        Kinship: "kinship", "Choisissez le lien de parenté.";
    }
}

impl Form for DependantForm {
    type Field = DependantField;
    type Draft = DependantDraft;

    fn check(&self) -> Result<DependantDraft, Problems<DependantField>> {
        let mut judge = Judge::new();
        let last_name = judge.take(DependantField::LastName, read::name(&self.last_name));
        let first_names = judge.take(DependantField::FirstNames, read::name(&self.first_names));
        let birth_date = judge.take(DependantField::BirthDate, Day::parse(&self.birth_date));
        let kinship = judge.take(
            DependantField::Kinship,
            read::choice(&self.kinship, &Kinship::ALL, Kinship::code),
        );
        let draft = || {
            Some(DependantDraft {
                of: Of::read(&self.request, &self.version),
                last_name: last_name?,
                first_names: first_names?,
                birth_date: birth_date?,
                kinship: kinship?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// Logs see nobody.
impl fmt::Debug for DependantForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DependantForm(…)")
    }
}

/// Logs see nobody.
impl fmt::Debug for DependantDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DependantDraft({:?})", self.of.request)
    }
}
