//! What is to be done to all selected clients.

use super::Form;
use crate::{
    bulk::Change,
    catalogue::ServiceCode,
    language::t,
    model,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What the page sends on « Voir ce qui changera ».
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkForm {
    /// What is done: [`bulk_act`].
    pub act: String,
    /// The ticked services.
    pub services: Vec<String>,
    /// The id of the label.
    pub label: String,
    /// The id of the member who is to be in charge; empty for nobody.
    pub in_charge: String,
    /// The button that only fills the form: the codes of a model.
    pub fill: String,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// The words by which a form says what is done.
pub mod bulk_act {
    /// [`super::Change::Add`].
    pub const ADD: &str = "ouvrir";
    /// [`super::Change::Remove`].
    pub const REMOVE: &str = "fermer";
    /// [`super::Change::Set`].
    pub const SET: &str = "remplacer";
    /// [`super::Change::Label`].
    pub const LABEL: &str = "etiqueter";
    /// [`super::Change::Unlabel`].
    pub const UNLABEL: &str = "desetiqueter";
    /// [`super::Change::InCharge`].
    pub const IN_CHARGE: &str = "confier";
    /// [`super::Change::End`].
    pub const END: &str = "resilier";
}

/// A change to be prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkDraft {
    /// The change.
    pub change: Change,
    /// The list that the person came from, as a query string.
    pub back: String,
}

/// The fields of [`BulkForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BulkField {
    /// What is done.
    Act,
    /// The services.
    Services,
    /// The label.
    Label,
    /// Who is to be in charge.
    InCharge,
}

impl Field for BulkField {
    fn name(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Services => "services",
            Self::Label => "label",
            Self::InCharge => "in_charge",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Act => t("Choisissez ce qu’il faut faire."),
            Self::Services => t("Choisissez au moins un service."),
            Self::Label => t("Choisissez une étiquette."),
            Self::InCharge => t("Choisissez une personne."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for BulkForm {
    type Field = BulkField;
    type Draft = BulkDraft;

    fn check(&self) -> Result<BulkDraft, Problems<BulkField>> {
        let mut judge = Judge::new();
        let change = match &*self.act {
            bulk_act::ADD => judge
                .take(BulkField::Services, self.services())
                .map(Change::Add),
            bulk_act::REMOVE => judge
                .take(BulkField::Services, self.services())
                .map(Change::Remove),
            // Switching everything off is « Fermer », with everything ticked: nobody does it by ticking nothing.
            bulk_act::SET => judge
                .take(BulkField::Services, self.services())
                .map(Change::Set),
            bulk_act::LABEL => judge
                .take(BulkField::Label, id(&self.label))
                .map(Change::Label),
            bulk_act::UNLABEL => judge
                .take(BulkField::Label, id(&self.label))
                .map(Change::Unlabel),
            bulk_act::IN_CHARGE => {
                let member = match &*self.in_charge {
                    "" => Ok(None),
                    typed => id(typed).map(Some),
                };
                judge
                    .take(BulkField::InCharge, member)
                    .map(Change::InCharge)
            }
            bulk_act::END => Some(Change::End),
            "" => judge.take(BulkField::Act, Err(Problem::Missing)),
            _ => judge.take(BulkField::Act, Err(Problem::NotOffered)),
        };
        judge.close(change.map(|change| BulkDraft {
            change,
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
        if self.fill.is_empty() {
            return None;
        }
        let services = model::read(&self.fill);
        Some(Self {
            services: services
                .iter()
                .map(|code| code.as_str().to_owned())
                .collect(),
            ..self.kept()
        })
    }
}

impl BulkForm {
    fn services(&self) -> Result<BTreeSet<ServiceCode>, Problem> {
        if self.services.is_empty() {
            return Err(Problem::Missing);
        }
        self.services
            .iter()
            .map(|code| ServiceCode::find(code))
            .collect::<Option<_>>()
            .ok_or(Problem::NotOffered)
    }
}

fn id<T: std::str::FromStr>(typed: &str) -> Result<T, Problem> {
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    typed.parse().map_err(|_| Problem::NotOffered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(act: &str, services: &[&str]) -> BulkForm {
        BulkForm {
            act: act.into(),
            services: services.iter().map(|code| (*code).to_owned()).collect(),
            ..BulkForm::default()
        }
    }

    /// Fear: a button does what another one says, or nothing ticked empties thousands of clients.
    #[test]
    fn each_its_own() {
        let dpae = ServiceCode::find("DPAE").unwrap();
        let change = |form: BulkForm| form.check().unwrap().change;
        assert_eq!(
            change(form("ouvrir", &["DPAE"])),
            Change::Add([dpae].into())
        );
        assert_eq!(
            change(form("remplacer", &["DPAE"])),
            Change::Set([dpae].into())
        );
        assert_eq!(change(form("confier", &[])), Change::InCharge(None));
        assert_eq!(change(form("resilier", &[])), Change::End);
        for (act, services, field) in [
            ("ouvrir", &[][..], BulkField::Services),
            ("remplacer", &[][..], BulkField::Services),
            ("fermer", &["X"][..], BulkField::Services),
            ("etiqueter", &[][..], BulkField::Label),
            ("", &[][..], BulkField::Act),
            ("tout", &[][..], BulkField::Act),
        ] {
            let problems = form(act, services).check().unwrap_err();
            assert!(problems.of(field).is_some(), "{act}");
        }
    }

    /// Fear: without JavaScript a model is applied to everybody instead of being put on the page.
    #[test]
    fn a_model_only_fills() {
        let filled = BulkForm {
            fill: "DPAE,X,DSN_SUIVI".into(),
            ..form("ouvrir", &["MAIL_DSN"])
        };
        let refilled = filled.refilled().unwrap();
        assert_eq!(refilled.services, ["DSN_SUIVI", "DPAE"]);
        assert_eq!((&*refilled.act, &*refilled.fill), ("ouvrir", ""));
        assert_eq!(form("ouvrir", &[]).refilled(), None);
    }
}
