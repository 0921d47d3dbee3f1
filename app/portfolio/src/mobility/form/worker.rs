//! Who goes: the person, as the certificate names them.

use super::{Of, fields, read};
use crate::{
    form::Form,
    mobility::{country, country::Country, day::Day, situation::Nationality},
    nir::Nir,
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkerForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Nom ».
    pub last_name: String,
    /// « Prénoms ».
    pub first_names: String,
    /// « Numéro de sécurité sociale ».
    pub nir: String,
    /// `oui` when the request has a NIR already, which then need not be typed again.
    pub nir_known: String,
    /// « Nationalité ».
    pub nationality: String,
    /// « Date de naissance ».
    pub birth_date: String,
    /// « Pays de naissance ».
    pub birth_country: String,
    /// « Commune ou ville de naissance ».
    pub birth_place: String,
    /// « Adresse ».
    pub street: String,
    /// « Code postal ».
    pub postcode: String,
    /// « Commune ».
    pub town: String,
    /// « Pays de résidence ».
    pub country: String,
}

/// A postal address.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// Number and street.
    pub street: String,
    /// Post code; empty in countries without.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// Country.
    pub country: Country,
}

/// Somebody who goes abroad. Nothing of it is ever logged.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkerDraft {
    /// Which request.
    pub of: Of,
    /// Family name.
    pub last_name: String,
    /// First names.
    pub first_names: String,
    /// The social security number; `None` keeps the one that the request has. A port refuses `None` where there is none.
    pub nir: Option<Nir>,
    /// Nationality.
    pub nationality: Nationality,
    /// Day of birth.
    pub birth_date: Day,
    /// Country of birth.
    pub birth_country: Country,
    /// Town of birth.
    pub birth_place: String,
    /// Where the person lives.
    pub address: Address,
}

impl WorkerDraft {
    /// What only today tells: nobody is born in the future.
    ///
    /// # Errors
    /// [`Problem::InFuture`] on the day of birth.
    pub fn born_by(&self, today: Day) -> Result<(), Problems<WorkerField>> {
        if self.birth_date <= today {
            return Ok(());
        }
        Err(Problems::one(WorkerField::BirthDate, Problem::InFuture))
    }
}

impl fmt::Debug for WorkerDraft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorkerDraft({:?})", self.of.request)
    }
}

fields! {
    /// The fields of [`WorkerForm`].
    WorkerField {
        /// « Nom ».
        LastName: "last_name", "Saisissez le nom.";
        /// « Prénoms ».
        FirstNames: "first_names", "Saisissez les prénoms.";
        /// « Numéro de sécurité sociale ».
        Nir: "nir", "Saisissez le numéro de sécurité sociale.", Nir;
        /// « Nationalité ».
        Nationality: "nationality", "Choisissez la nationalité.";
        /// « Date de naissance ».
        BirthDate: "birth_date", "Saisissez la date de naissance.";
        /// « Pays de naissance ».
        BirthCountry: "birth_country", "Choisissez le pays de naissance.";
        /// « Commune ou ville de naissance ».
        BirthPlace: "birth_place", "Saisissez la commune ou la ville de naissance.";
        /// « Adresse ».
        Street: "street", "Saisissez l’adresse.";
        /// « Code postal ».
        Postcode: "postcode", "Saisissez le code postal.";
        /// « Commune ».
        Town: "town", "Saisissez la commune.";
        /// « Pays de résidence ».
        Country: "country", "Choisissez le pays de résidence.";
    }
}

impl WorkerForm {
    fn address(&self, judge: &mut Judge<WorkerField>) -> Option<Address> {
        let street = judge.take(WorkerField::Street, read::line(&self.street));
        let town = judge.take(WorkerField::Town, read::line(&self.town));
        let country = judge.take(WorkerField::Country, country::read(&self.country));
        let postcode = judge.take(
            WorkerField::Postcode,
            read::postcode(&self.postcode, country),
        );
        Some(Address {
            street: street?,
            postcode: postcode?,
            town: town?,
            country: country?,
        })
    }

    /// Whose national the person is, as far as that can be read.
    pub fn nationality_read(&self) -> Option<Nationality> {
        read::nationality(&self.nationality).ok()
    }

    /// « Zoé Anne D’Ormesson ».
    pub fn who(&self) -> String {
        crate::tidy::one_line(&format!("{} {}", self.first_names, self.last_name))
    }

    /// The number typed, or nothing where one is known.
    fn nir(&self) -> Result<Option<Nir>, Problem> {
        match Nir::parse(&self.nir) {
            Err(Problem::Missing) if self.nir_known == "oui" => Ok(None),
            judged => judged.map(Some),
        }
    }
}

impl Form for WorkerForm {
    type Field = WorkerField;
    type Draft = WorkerDraft;

    fn check(&self) -> Result<WorkerDraft, Problems<WorkerField>> {
        let mut judge = Judge::new();
        let last_name = judge.take(WorkerField::LastName, read::name(&self.last_name));
        let first_names = judge.take(WorkerField::FirstNames, read::name(&self.first_names));
        let nir = judge.take(WorkerField::Nir, self.nir());
        let nationality = judge.take(
            WorkerField::Nationality,
            read::nationality(&self.nationality),
        );
        let birth_date = judge.take(WorkerField::BirthDate, Day::parse(&self.birth_date));
        let birth_country = judge.take(
            WorkerField::BirthCountry,
            country::read(&self.birth_country),
        );
        let birth_place = judge.take(WorkerField::BirthPlace, read::line(&self.birth_place));
        let address = self.address(&mut judge);
        let draft = || {
            Some(WorkerDraft {
                of: Of::read(&self.request, &self.version),
                last_name: last_name?,
                first_names: first_names?,
                nir: nir?,
                nationality: nationality?,
                birth_date: birth_date?,
                birth_country: birth_country?,
                birth_place: birth_place?,
                address: address?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        Self {
            nir: String::new(),
            ..self.clone()
        }
    }
}

/// Logs see nobody.
impl fmt::Debug for WorkerForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WorkerForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> WorkerForm {
        WorkerForm {
            last_name: " d’Ormesson ".into(),
            first_names: "Zoé  Anne".into(),
            nir: "2 55 08 14 168 025 38".into(),
            nationality: "FR".into(),
            birth_date: "14/08/1955".into(),
            birth_country: "FR".into(),
            birth_place: "Caen".into(),
            street: "1 rue de la Paix".into(),
            postcode: "14000".into(),
            town: "Caen".into(),
            country: "FR".into(),
            ..WorkerForm::default()
        }
    }

    /// Fear: only the first empty field is told.
    #[test]
    fn judged_whole() {
        let problems = WorkerForm::default().check().unwrap_err();
        let empty = problems.iter().filter(|(_, p)| **p == Problem::Missing);
        // A post code may be missing while the country is not known.
        assert_eq!(empty.count(), 10);
        assert_eq!(problems.of(WorkerField::Postcode), None);
        let draft = form().check().unwrap();
        assert_eq!(draft.first_names, "Zoé Anne");
        assert_eq!(draft.address.country.code(), "FR");
        let elsewhere = WorkerForm {
            country: "IE".into(),
            postcode: String::new(),
            ..form()
        };
        assert!(elsewhere.check().is_ok());
    }

    /// Fear: the number of social security is put back on a page, or told by `{:?}`.
    #[test]
    fn the_nir_is_not_kept() {
        let form = form();
        let kept = serde_json::to_string(&form.kept()).unwrap();
        let told = format!("{form:?}{:?}", form.check().unwrap());
        assert!(!kept.contains("2 55 08") && kept.contains("d’Ormesson"));
        assert!(!told.contains("2550814") && !told.contains("Ormesson"));
    }

    /// Fear: a number must be typed again at every visit, or is lost for good when it is left out.
    #[test]
    fn a_known_nir_need_not_be_typed() {
        let mut known = WorkerForm {
            nir: String::new(),
            ..form()
        };
        let problems = known.check().unwrap_err();
        assert_eq!(problems.of(WorkerField::Nir), Some(&Problem::Missing));
        known.nir_known = "oui".into();
        assert_eq!(known.check().unwrap().nir, None);
        known.nir = "255081416802539".into();
        assert!(known.check().is_err(), "what is typed is judged");
    }

    /// Fear: somebody who is not born yet goes abroad.
    #[test]
    fn born_already() {
        let draft = form().check().unwrap();
        assert!(draft.born_by(draft.birth_date).is_ok());
        let yesterday = draft.birth_date.plus_days(-1);
        assert!(draft.born_by(yesterday).is_err());
    }
}
