//! The models of services of a firm: made, changed, deleted.

use super::{Form, own};
use crate::{
    catalogue::ServiceCode,
    french::searchable,
    ids::ModelId,
    language::t,
    model::LONGEST_NAME,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What each of the page's buttons sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ModelForm {
    /// The model; empty for a new one.
    pub of: String,
    /// The version that the page shows.
    pub version: String,
    /// What is done: [`model_act`].
    pub act: String,
    /// « Nom ».
    pub name: String,
    /// The ticked codes.
    pub services: Vec<String>,
}

/// The words by which a form says what is done.
pub mod model_act {
    /// [`super::ModelDraft::Save`].
    pub const SAVE: &str = "enregistrer";
    /// [`super::ModelDraft::Delete`].
    pub const DELETE: &str = "supprimer";
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModelDraft {
    /// Makes a model, or changes the one named.
    Save {
        /// The model; none for a new one.
        of: Option<ModelId>,
        /// The version that the page showed.
        version: i32,
        /// Its name.
        name: String,
        /// Its services: at least one.
        services: BTreeSet<ServiceCode>,
    },
    /// Deletes this one. Clients keep their services.
    Delete(Option<ModelId>),
}

/// The fields of [`ModelForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ModelField {
    /// « Nom ».
    Name,
    /// The services.
    Services,
    /// The button.
    Act,
}

impl Field for ModelField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Services => "services",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Saisissez le nom du modèle."),
            Self::Services => t("Choisissez au moins un service."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ModelForm {
    type Field = ModelField;
    type Draft = ModelDraft;

    fn check(&self) -> Result<ModelDraft, Problems<ModelField>> {
        let mut judge = Judge::new();
        let of: Option<ModelId> = self.of.parse().ok();
        let draft = match &*self.act {
            model_act::SAVE => {
                let name = judge.take(ModelField::Name, name(&self.name));
                let services = judge.take(ModelField::Services, services(&self.services));
                name.zip(services).map(|(name, services)| ModelDraft::Save {
                    of,
                    version: self.version.parse().unwrap_or_default(),
                    name,
                    services,
                })
            }
            model_act::DELETE => Some(ModelDraft::Delete(of)),
            "" => judge.take(ModelField::Act, Err(Problem::Missing)),
            _ => judge.take(ModelField::Act, Err(Problem::NotOffered)),
        };
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

fn name(typed: &str) -> Result<String, Problem> {
    let name = own::at_most(own::one_line(typed), LONGEST_NAME)?;
    if searchable(&name).is_empty() {
        return Err(Problem::Missing);
    }
    Ok(name)
}

fn services(ticked: &[String]) -> Result<BTreeSet<ServiceCode>, Problem> {
    if ticked.is_empty() {
        return Err(Problem::Missing);
    }
    ticked
        .iter()
        .map(|code| ServiceCode::find(code))
        .collect::<Option<_>>()
        .ok_or(Problem::NotOffered)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a model without a name or without a service is made, or one that is named is made anew.
    #[test]
    fn judged_whole() {
        let form = ModelForm {
            act: "enregistrer".into(),
            name: " Employeur  standard ".into(),
            services: vec!["DPAE".into()],
            ..ModelForm::default()
        };
        let ModelDraft::Save { of, name, .. } = form.check().unwrap() else {
            panic!("it is saved");
        };
        assert_eq!((of, &*name), (None, "Employeur standard"));
        let wrong = ModelForm {
            name: "—".into(),
            services: vec![],
            ..form
        };
        let problems = wrong.check().unwrap_err();
        assert_eq!(problems.of(ModelField::Name), Some(&Problem::Missing));
        assert_eq!(problems.of(ModelField::Services), Some(&Problem::Missing));
    }
}
