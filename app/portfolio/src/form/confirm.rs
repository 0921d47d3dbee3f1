//! « Confirmer que c’est vous ».

use super::{
    Form, Password,
    sign_in::{typed_password, way_on},
};
use crate::{
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
    second_factor::Code,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// « Mot de passe ».
    pub password: String,
    /// « Code », where one is asked for.
    pub code: String,
    /// The page that asked for it.
    pub next: String,
}

/// A confirmation to be tried.
#[derive(Debug)]
pub struct ConfirmDraft {
    /// The password as typed.
    pub password: Password,
    /// The code, if one was typed.
    pub code: Option<Code>,
    /// Where to go afterwards.
    pub next: String,
}

/// The fields of [`ConfirmForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ConfirmField {
    /// « Mot de passe ».
    Password,
    /// « Code ».
    Code,
}

impl Field for ConfirmField {
    fn name(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code => "code",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Password => t("Saisissez votre mot de passe."),
            Self::Code => t("Saisissez le code de votre application, ou un code de secours."),
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Password => Subject::Password,
            Self::Code => Subject::Other,
        }
    }
}

impl Form for ConfirmForm {
    type Field = ConfirmField;
    type Draft = ConfirmDraft;

    fn check(&self) -> Result<ConfirmDraft, Problems<ConfirmField>> {
        let mut judge = Judge::new();
        let password = judge.take(ConfirmField::Password, typed_password(&self.password));
        // Whether one is asked for is not the form's to know.
        let code = match Code::parse(&self.code) {
            Err(Problem::Missing) => Ok(None),
            read => read.map(Some),
        };
        let code = judge.take(ConfirmField::Code, code);
        let draft = password.zip(code).map(|(password, code)| ConfirmDraft {
            password,
            code,
            next: way_on(&self.next),
        });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        Self {
            next: self.next.clone(),
            ..Self::default()
        }
    }
}

/// Logs never see the password and the code.
impl fmt::Debug for ConfirmForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConfirmForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a crafted address leads elsewhere once somebody has confirmed, or what was typed comes back on a page.
    #[test]
    fn only_our_pages_and_nothing_typed() {
        let form = ConfirmForm {
            password: "un secret".into(),
            code: "123456".into(),
            next: "/securite?a=b".into(),
        };
        assert_eq!(form.check().unwrap().next, "/securite?a=b");
        for elsewhere in ["//evil.example", "/deconnexion", "https://evil.example", ""] {
            let form = ConfirmForm {
                next: elsewhere.into(),
                ..form.clone()
            };
            assert_eq!(
                form.check().unwrap().next,
                "/tableau-de-bord",
                "{elsewhere}"
            );
        }
        let kept = form.kept();
        assert_eq!((kept.password.as_str(), kept.code.as_str()), ("", ""));
        assert_eq!(kept.next, form.next);
        let told = format!("{form:?}{:?}", form.check().unwrap());
        assert!(!told.contains("secret") && !told.contains("123"));
    }

    /// Fear: only the first empty field is told, or a code that is no code is taken for none.
    #[test]
    fn judged_whole() {
        let form = ConfirmForm {
            code: "12".into(),
            ..ConfirmForm::default()
        };
        let problems = form.check().unwrap_err();
        assert_eq!(problems.of(ConfirmField::Password), Some(&Problem::Missing));
        assert_eq!(problems.of(ConfirmField::Code), Some(&Problem::WrongCode));
    }
}
