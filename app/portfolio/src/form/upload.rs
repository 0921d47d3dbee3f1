//! The file of « Ajouter plusieurs comptes »: it travels beside the form, which is empty.

use super::Form;
use crate::{
    import::FileFault,
    language::t,
    problem::{Field, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What comes back to the page when a file was not taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct UploadForm {}

/// The field of [`UploadForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum UploadField {
    /// The file.
    File,
}

impl Field for UploadField {
    fn name(self) -> &'static str {
        "fichier"
    }
    fn ask(self) -> &'static str {
        t("Choisissez le fichier à envoyer.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for UploadForm {
    type Field = UploadField;
    type Draft = ();

    /// There is no file in a form that is judged: whoever reads the file judges it.
    fn check(&self) -> Result<(), Problems<UploadField>> {
        let missing = Problem::File(FileFault::Missing);
        Err(Problems::one(UploadField::File, missing))
    }

    fn kept(&self) -> Self {
        *self
    }
}
