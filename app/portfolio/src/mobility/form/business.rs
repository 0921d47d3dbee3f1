//! Who sends: the employer, or the business of somebody self-employed.

use super::{Of, fields, read};
use crate::{
    form::Form,
    mobility::country::Country,
    problem::{Judge, Problems},
    siret::Siret,
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusinessForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Siret », which some managers have none of.
    pub siret: String,
    /// « Nom ou raison sociale ».
    pub name: String,
    /// « Adresse ».
    pub street: String,
    /// « Code postal ».
    pub postcode: String,
    /// « Commune ».
    pub town: String,
    /// « Nature de l'activité ».
    pub activity: String,
}

/// A business in France.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessDraft {
    /// Which request.
    pub of: Of,
    /// The establishment, when it has a number.
    pub siret: Option<Siret>,
    /// Its name.
    pub name: String,
    /// Number and street.
    pub street: String,
    /// Post code.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// What it does.
    pub activity: String,
}

fields! {
    /// The fields of [`BusinessForm`].
    BusinessField {
        /// « Siret ».
        Siret: "siret", "Saisissez le Siret.";
        /// « Nom ou raison sociale ».
        Name: "name", "Saisissez le nom ou la raison sociale.";
        /// « Adresse ».
        Street: "street", "Saisissez l’adresse.";
        /// « Code postal ».
        Postcode: "postcode", "Saisissez le code postal.";
        /// « Commune ».
        Town: "town", "Saisissez la commune.";
        /// « Nature de l'activité ».
        Activity: "activity", "Saisissez la nature de l’activité.";
    }
}

impl Form for BusinessForm {
    type Field = BusinessField;
    type Draft = BusinessDraft;

    fn check(&self) -> Result<BusinessDraft, Problems<BusinessField>> {
        let mut judge = Judge::new();
        let siret = judge.take(BusinessField::Siret, read::maybe(Siret::parse(&self.siret)));
        let name = judge.take(BusinessField::Name, read::line(&self.name));
        let street = judge.take(BusinessField::Street, read::line(&self.street));
        let postcode = judge.take(
            BusinessField::Postcode,
            read::postcode(&self.postcode, Country::of("FR")),
        );
        let town = judge.take(BusinessField::Town, read::line(&self.town));
        let activity = judge.take(BusinessField::Activity, read::line(&self.activity));
        let draft = || {
            Some(BusinessDraft {
                of: Of::read(&self.request, &self.version),
                siret: siret?,
                name: name?,
                street: street?,
                postcode: postcode?,
                town: town?,
                activity: activity?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Key, Problem};

    /// Fear: a manager without a Siret cannot go on, or a wrong one passes because none is needed.
    #[test]
    fn a_siret_may_be_missing_but_not_wrong() {
        let mut form = BusinessForm {
            name: "Dupont & fils".into(),
            street: "1 rue de la Paix".into(),
            postcode: "75002".into(),
            town: "Paris".into(),
            activity: "Menuiserie".into(),
            ..BusinessForm::default()
        };
        assert_eq!(form.check().unwrap().siret, None);
        form.siret = "732 829 320 00074".into();
        assert!(form.check().unwrap().siret.is_some());
        form.siret = "73282932000079".into();
        let problems = form.check().unwrap_err();
        let wrong = Problem::WrongKey(Key::Siret);
        assert_eq!(problems.of(BusinessField::Siret), Some(&wrong));
    }
}
