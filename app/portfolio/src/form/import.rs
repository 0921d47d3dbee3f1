//! What is done to a file that was sent: its columns confirmed, its good lines added, or nothing any more.

use super::Form;
use crate::{
    catalogue::ServiceCode,
    ids::ImportId,
    import::Mapping,
    language::t,
    ports::ImportAct,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// The words of the buttons.
pub mod import_act {
    /// « Contrôler le fichier ».
    pub const CHECK: &str = "controler";
    /// « Ajouter ».
    pub const ADD: &str = "ajouter";
    /// « Annuler cet import ».
    pub const CANCEL: &str = "annuler";
}

/// What the page of an import sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    /// The import.
    pub of: String,
    /// The button: see [`import_act`].
    pub act: String,
    /// For each column of the file, what it is.
    pub columns: Vec<String>,
    /// The services of lines that name none.
    pub services: Vec<String>,
}

/// Something to be done to an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// The import; `None` when its id is not one, which no page of ours sends.
    pub of: Option<ImportId>,
    /// What is to be done.
    pub act: ImportAct,
}

/// The fields of [`ImportForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ImportField {
    /// The columns.
    Columns,
    /// The services.
    Services,
    /// The buttons.
    Act,
}

impl Field for ImportField {
    fn name(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Services => "services",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Columns => t("Dites ce que contient chaque colonne."),
            Self::Services => t("Choisissez les services."),
            Self::Act => t("Choisissez ce qu’il faut faire de ce fichier."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ImportForm {
    type Field = ImportField;
    type Draft = ImportDraft;

    fn check(&self) -> Result<ImportDraft, Problems<ImportField>> {
        let mut judge = Judge::new();
        let act = match self.act.as_str() {
            import_act::CHECK => {
                let mapping = Mapping::chosen(self.columns.iter().map(String::as_str));
                judge
                    .take(ImportField::Columns, mapping)
                    .map(ImportAct::Check)
            }
            import_act::ADD => {
                let services: Option<_> = self
                    .services
                    .iter()
                    .map(|code| ServiceCode::find(code))
                    .collect();
                let services = services.ok_or(Problem::NotOffered);
                judge
                    .take(ImportField::Services, services)
                    .map(ImportAct::Add)
            }
            import_act::CANCEL => Some(ImportAct::Cancel),
            _ => judge.take(ImportField::Act, Err(Problem::Missing)),
        };
        judge.close(act.map(|act| ImportDraft {
            of: self.of.parse().ok(),
            act,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Column;

    /// Fear: a button does what another says, or goes on with columns that prove nothing.
    #[test]
    fn each_button_its_own() {
        let form = |act: &str| ImportForm {
            act: act.into(),
            columns: vec!["identifiant".into(), "compte".into(), "-".into()],
            services: vec!["DPAE".into(), "FAUX".into()],
            ..ImportForm::default()
        };
        let problem = |act: &str, field| {
            let problems = form(act).check().unwrap_err();
            problems.of(field).cloned()
        };
        assert_eq!(
            problem(import_act::CHECK, ImportField::Columns),
            Some(Problem::ColumnMissing(Column::Amount))
        );
        assert_eq!(
            problem(import_act::ADD, ImportField::Services),
            Some(Problem::NotOffered)
        );
        assert_eq!(problem("", ImportField::Act), Some(Problem::Missing));
        assert_eq!(
            form(import_act::CANCEL).check().unwrap().act,
            ImportAct::Cancel
        );
    }
}
