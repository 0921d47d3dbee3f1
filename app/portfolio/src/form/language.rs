//! The language that a person chooses for the portal.

use super::{Form, local_path};
use crate::{
    language::{Language, t},
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the button with a language's name sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LanguageForm {
    /// The code of the language.
    pub language: String,
    /// The page that the person is on.
    pub back: String,
}

/// A language, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageDraft {
    /// The language.
    pub language: Language,
    /// The page that the person is on: an address of the portal, the first page where none was named.
    pub back: String,
}

/// The fields of [`LanguageForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LanguageField {
    /// The button.
    Language,
}

impl Field for LanguageField {
    fn name(self) -> &'static str {
        "language"
    }
    fn ask(self) -> &'static str {
        t("Choisissez une langue.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for LanguageForm {
    type Field = LanguageField;
    type Draft = LanguageDraft;

    fn check(&self) -> Result<LanguageDraft, Problems<LanguageField>> {
        let mut judge = Judge::new();
        let language = match &*self.language {
            "" => Err(Problem::Missing),
            code => Language::of(code).ok_or(Problem::NotOffered),
        };
        let language = judge.take(LanguageField::Language, language);
        judge.close(language.map(|language| LanguageDraft {
            language,
            back: local_path(&self.back).unwrap_or_else(|| "/".to_owned()),
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the button leads to another site, or a language that nobody speaks is taken.
    #[test]
    fn back_to_where_one_was() {
        let form = |language: &str, back: &str| LanguageForm {
            language: language.into(),
            back: back.into(),
        };
        let draft = form("en", "/etablissements?q=a").check().unwrap();
        assert_eq!(
            (draft.language, &*draft.back),
            (Language::English, "/etablissements?q=a")
        );
        for elsewhere in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
        ] {
            assert_eq!(form("fr", elsewhere).check().unwrap().back, "/");
        }
        assert!(form("", "/").check().is_err() && form("de", "/").check().is_err());
    }
}
