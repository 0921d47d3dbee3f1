//! What is done to a file of postings once it was tried: drafts are made of its good lines, or it is forgotten.

use super::fields;
use crate::{
    form::Form,
    ids::PostingsId,
    problem::{Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// The words that the buttons send.
pub mod postings_acts {
    /// « Créer les brouillons ».
    pub const CREATE: &str = "creer";
    /// « Oublier ce fichier ».
    pub const FORGET: &str = "oublier";
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostingsForm {
    /// The file that the page showed.
    pub file: String,
    /// The button: one of [`postings_acts`].
    pub act: String,
}

/// Something to be done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingsDraft {
    /// Which; `None` when its id is not one, which no page of ours sends.
    pub file: Option<PostingsId>,
    /// Whether drafts are made; else it is forgotten.
    pub create: bool,
}

fields! {
    /// The fields of [`PostingsForm`].
    PostingsField {
        /// The buttons.
        Act: "act", "Choisissez ce qu’il faut faire de ce fichier.";
    }
}

impl Form for PostingsForm {
    type Field = PostingsField;
    type Draft = PostingsDraft;

    fn check(&self) -> Result<PostingsDraft, Problems<PostingsField>> {
        let create = match &*self.act {
            postings_acts::CREATE => true,
            postings_acts::FORGET => false,
            "" => return Err(Problems::one(PostingsField::Act, Problem::Missing)),
            _ => return Err(Problems::one(PostingsField::Act, Problem::NotOffered)),
        };
        Ok(PostingsDraft {
            file: self.file.parse().ok(),
            create,
        })
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button does what the other one says.
    #[test]
    fn each_button_its_own() {
        let create = |act: &str| {
            let form = PostingsForm {
                act: act.into(),
                ..PostingsForm::default()
            };
            form.check().map(|draft| draft.create)
        };
        assert_eq!(create(postings_acts::CREATE), Ok(true));
        assert_eq!(create(postings_acts::FORGET), Ok(false));
        assert!(create("").is_err() && create("x").is_err());
    }
}
