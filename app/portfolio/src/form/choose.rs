//! « Choisir un mot de passe », by a link that was sent.

use super::{Form, Password};
use crate::{
    language::t,
    password,
    ports::LinkToken,
    problem::{Field, Judge, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChooseForm {
    /// The link's secret.
    pub token: String,
    /// « Nouveau mot de passe ».
    pub password: String,
}

/// A password to be stored.
#[derive(Debug)]
pub struct ChooseDraft {
    /// The link's secret.
    pub token: LinkToken,
    /// The password.
    pub password: Password,
}

/// The fields of [`ChooseForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ChooseField {
    /// « Nouveau mot de passe ».
    Password,
}

impl Field for ChooseField {
    fn name(self) -> &'static str {
        "password"
    }
    fn ask(self) -> &'static str {
        t("Choisissez un mot de passe.")
    }
    fn subject(self) -> Subject {
        Subject::Password
    }
}

impl Form for ChooseForm {
    type Field = ChooseField;
    type Draft = ChooseDraft;

    fn check(&self) -> Result<ChooseDraft, Problems<ChooseField>> {
        let mut judge = Judge::new();
        let password = judge.take(ChooseField::Password, password::judge(&self.password));
        judge.close(password.map(|password| ChooseDraft {
            token: LinkToken::new(self.token.clone()),
            password,
        }))
    }

    fn kept(&self) -> Self {
        Self {
            password: String::new(),
            ..self.clone()
        }
    }
}

/// Logs see neither the password nor the link.
impl fmt::Debug for ChooseForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChooseForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a password or a link's secret is told by `{:?}`, or comes back on a page.
    #[test]
    fn nothing_is_told() {
        let form = ChooseForm {
            token: "0123".into(),
            password: "cheval agrafe pile juste".into(),
        };
        let draft = form.check().unwrap();
        let told = format!("{form:?}{draft:?}");
        assert!(!told.contains("0123") && !told.contains("agrafe"), "{told}");
        assert_eq!(form.kept().password, "");
        assert!(ChooseForm::default().check().is_err());
    }
}
