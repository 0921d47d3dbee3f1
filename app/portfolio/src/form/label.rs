//! The labels of a firm: made, renamed, deleted.

use super::{Form, own};
use crate::{
    ids::LabelId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What each of the page's buttons sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelForm {
    /// The label; empty for a new one.
    pub of: String,
    /// What is done: [`label_act`].
    pub act: String,
    /// The name, where one is given.
    pub name: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LabelDraft {
    /// Makes a label of this name.
    Make(String),
    /// Gives this one another name; none when the form names no label.
    Rename(Option<LabelId>, String),
    /// Deletes this one.
    Delete(Option<LabelId>),
}

/// The words by which a form says what is done.
pub mod label_act {
    /// [`super::LabelDraft::Make`].
    pub const MAKE: &str = "creer";
    /// [`super::LabelDraft::Rename`].
    pub const RENAME: &str = "renommer";
    /// [`super::LabelDraft::Delete`].
    pub const DELETE: &str = "supprimer";
}

/// The fields of [`LabelForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LabelField {
    /// « Nom ».
    Name,
    /// The button.
    Act,
}

impl Field for LabelField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Saisissez le nom de l’étiquette."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for LabelForm {
    type Field = LabelField;
    type Draft = LabelDraft;

    fn check(&self) -> Result<LabelDraft, Problems<LabelField>> {
        let mut judge = Judge::new();
        let of = self.of.parse().ok();
        let draft = match &*self.act {
            label_act::MAKE => judge
                .take(LabelField::Name, own::label(&self.name))
                .map(LabelDraft::Make),
            label_act::RENAME => judge
                .take(LabelField::Name, own::label(&self.name))
                .map(|name| LabelDraft::Rename(of, name)),
            label_act::DELETE => Some(LabelDraft::Delete(of)),
            "" => judge.take(LabelField::Act, Err(Problem::Missing)),
            _ => judge.take(LabelField::Act, Err(Problem::NotOffered)),
        };
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button does what another one says, or a label without a name is made.
    #[test]
    fn each_button_its_own() {
        let form = |act: &str, name: &str| LabelForm {
            act: act.into(),
            name: name.into(),
            ..LabelForm::default()
        };
        assert_eq!(
            form("creer", " À  voir ").check().unwrap(),
            LabelDraft::Make("À voir".into())
        );
        assert_eq!(
            form("supprimer", "").check().unwrap(),
            LabelDraft::Delete(None)
        );
        for (act, name, field) in [
            ("creer", "—", LabelField::Name),
            ("renommer", "", LabelField::Name),
            ("", "x", LabelField::Act),
            ("autre", "x", LabelField::Act),
        ] {
            let problems = form(act, name).check().unwrap_err();
            assert!(problems.of(field).is_some(), "{act} {name}");
        }
    }
}
