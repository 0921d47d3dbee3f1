//! « Changer de mot de passe ».

use super::{Form, Password, sign_in::typed_password};
use crate::{
    language::t,
    password,
    problem::{Field, Judge, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewPasswordForm {
    /// « Mot de passe actuel ».
    pub old: String,
    /// « Nouveau mot de passe ».
    pub new: String,
}

/// A password to take the place of another.
#[derive(Debug)]
pub struct NewPasswordDraft {
    /// The one in force, as typed.
    pub old: Password,
    /// The new one, judged by its shape.
    pub new: Password,
}

/// The fields of [`NewPasswordForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NewPasswordField {
    /// « Mot de passe actuel ».
    Old,
    /// « Nouveau mot de passe ».
    New,
}

impl Field for NewPasswordField {
    fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Old => t("Saisissez votre mot de passe actuel."),
            Self::New => t("Saisissez votre nouveau mot de passe."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Password
    }
}

impl Form for NewPasswordForm {
    type Field = NewPasswordField;
    type Draft = NewPasswordDraft;

    fn check(&self) -> Result<NewPasswordDraft, Problems<NewPasswordField>> {
        let mut judge = Judge::new();
        let old = judge.take(NewPasswordField::Old, typed_password(&self.old));
        let new = judge.take(NewPasswordField::New, password::judge(&self.new));
        let draft = old.zip(new).map(|(old, new)| NewPasswordDraft { old, new });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        Self::default()
    }
}

/// Logs never see the passwords.
impl fmt::Debug for NewPasswordForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPasswordForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;

    /// Fear: an old password that is short by today's rule can never be changed, or a new one is taken that is.
    #[test]
    fn the_old_one_is_not_judged() {
        let form = |old: &str, new: &str| NewPasswordForm {
            old: old.into(),
            new: new.into(),
        };
        assert!(form("court", "cheval agrafe pile juste").check().is_ok());
        let problems = form("", "court").check().unwrap_err();
        assert_eq!(problems.of(NewPasswordField::Old), Some(&Problem::Missing));
        assert!(matches!(
            problems.of(NewPasswordField::New),
            Some(Problem::TooShort { .. })
        ));
        let filled = form("ancien", "cheval agrafe pile juste");
        assert_eq!(filled.kept(), NewPasswordForm::default());
        assert!(!format!("{filled:?}").contains("cheval"));
    }
}
