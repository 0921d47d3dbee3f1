//! The services ticked for a client, when it is enrolled and whenever they are changed (card, steps 3 and 4).

use super::Form;
use crate::{
    catalogue::{Channel, ServiceCode},
    ids::{DraftId, EnrolmentId},
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the page sends on « Enregistrer ».
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServicesForm {
    /// The enrolment in the making, or the enrolment that is changed.
    pub of: String,
    /// The version of the enrolment that the page shows; empty for one in the making.
    pub version: String,
    /// The ticked codes.
    pub services: Vec<String>,
    /// The codes of the whole page, for [`Form::refilled`]: what « Tout cocher » ticks.
    pub offered: String,
    /// The button that only fills the form: `tout-en-ligne`, `rien-courriel`, `modele-` and the codes of a model.
    pub fill: String,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// What the button of a model begins with, before the codes of its services.
pub const FROM_MODEL: &str = "modele-";

impl ServicesForm {
    /// With the services of a model, as far as the page offers them, and no others.
    fn of_model(&self, codes: &str) -> Self {
        let offered: BTreeSet<_> = self.offered.split(',').collect();
        Self {
            services: codes
                .split(',')
                .filter(|code| offered.contains(code))
                .map(str::to_owned)
                .collect(),
            ..self.kept()
        }
    }
}

/// Services to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicesDraft {
    /// The id that the page named; it is the port's to know whether it is a draft's or an enrolment's.
    pub of: Option<uuid::Uuid>,
    /// The version that the page showed.
    pub version: i32,
    /// The ticked services.
    pub services: BTreeSet<ServiceCode>,
    /// The list that the person came from, as a query string.
    pub back: String,
}

impl ServicesDraft {
    /// The enrolment in the making that the page named.
    pub fn draft(&self) -> Option<DraftId> {
        self.of.map(DraftId)
    }

    /// The enrolment that the page named.
    pub fn enrolment(&self) -> Option<EnrolmentId> {
        self.of.map(EnrolmentId)
    }
}

/// The fields of [`ServicesForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ServicesField {
    /// The ticked services.
    Services,
}

impl Field for ServicesField {
    fn name(self) -> &'static str {
        "services"
    }
    fn ask(self) -> &'static str {
        t("Choisissez les services.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ServicesForm {
    type Field = ServicesField;
    type Draft = ServicesDraft;

    fn check(&self) -> Result<ServicesDraft, Problems<ServicesField>> {
        let mut judge = Judge::new();
        let services: Option<BTreeSet<ServiceCode>> = self
            .services
            .iter()
            .map(|code| ServiceCode::find(code))
            .collect();
        let services = judge.take(ServicesField::Services, services.ok_or(Problem::NotOffered));
        judge.close(services.map(|services| ServicesDraft {
            of: self.of.parse().ok(),
            version: self.version.parse().unwrap_or_default(),
            services,
            back: self.back.clone(),
        }))
    }

    fn kept(&self) -> Self {
        Self {
            fill: String::new(),
            ..self.clone()
        }
    }

    fn refilled(&self) -> Option<Self> {
        if let Some(codes) = self.fill.strip_prefix(FROM_MODEL) {
            return Some(self.of_model(codes));
        }
        let (ticks, channel) = self.fill.split_once('-')?;
        let channel = Channel::ALL
            .into_iter()
            .find(|known| known.code() == channel)?;
        let of_channel = |code: &String| {
            ServiceCode::find(code).is_some_and(|known| known.service().channel() == channel)
        };
        let mut services: Vec<String> = self
            .services
            .iter()
            .filter(|code| !of_channel(code))
            .cloned()
            .collect();
        if ticks == "tout" {
            services.extend(
                self.offered
                    .split(',')
                    .map(str::to_owned)
                    .filter(of_channel),
            );
        }
        Some(Self {
            services,
            ..self.kept()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a forged tick is dropped without a word, or one ticked twice counts twice.
    #[test]
    fn ticks() {
        let form = |services: &[&str]| ServicesForm {
            services: services.iter().map(|code| (*code).to_owned()).collect(),
            ..ServicesForm::default()
        };
        assert_eq!(form(&["DPAE", "DPAE"]).check().unwrap().services.len(), 1);
        assert_eq!(form(&[]).check().unwrap().services.len(), 0);
        assert_eq!(
            form(&["DPAE", "X"])
                .check()
                .unwrap_err()
                .of(ServicesField::Services),
            Some(&Problem::NotOffered)
        );
    }

    /// Fear: a model ticks what this client may not have, or leaves what it does not hold.
    #[test]
    fn a_model_fills_what_is_offered() {
        let form = ServicesForm {
            services: vec!["MAIL_DSN".into()],
            offered: "DPAE,MAIL_DSN".into(),
            fill: "modele-DPAE,DECL_CA".into(),
            ..ServicesForm::default()
        };
        assert_eq!(form.refilled().unwrap().services, ["DPAE"]);
    }

    /// Fear: without JavaScript, « Tout cocher » ticks the other list too, or what this client may not have.
    #[test]
    fn fill_buttons_keep_to_their_list() {
        let form = ServicesForm {
            services: vec!["MAIL_DSN".into(), "DPAE".into()],
            offered: "DPAE,DSN_SUIVI,MAIL_DSN,MAIL_ECHEANCE,FAUX".into(),
            fill: "tout-en-ligne".into(),
            ..ServicesForm::default()
        };
        assert_eq!(
            form.refilled().unwrap().services,
            ["MAIL_DSN", "DPAE", "DSN_SUIVI"]
        );
        let none = ServicesForm {
            fill: "rien-courriel".into(),
            ..form.clone()
        };
        assert_eq!(none.refilled().unwrap().services, ["DPAE"]);
        assert_eq!(
            ServicesForm {
                fill: String::new(),
                ..form
            }
            .refilled(),
            None
        );
    }
}
