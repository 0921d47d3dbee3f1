//! Adding and removing an application that makes codes, and renewing recovery codes.

use super::Form;
use crate::{
    problem::{Field, Judge, Problem, Problems, Subject},
    second_factor::{Code, DIGITS},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page of the application sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApplicationForm {
    /// Anything when a secret is to be made.
    pub begin: String,
    /// The first code that the application shows.
    pub code: String,
}

/// What it means.
#[derive(Debug, PartialEq, Eq)]
pub enum ApplicationDraft {
    /// Make a secret.
    Begin,
    /// The application has it, and shows this code.
    Confirm(Code),
}

/// The fields of these forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ApplicationField {
    /// « Code ».
    Code,
}

impl Field for ApplicationField {
    fn name(self) -> &'static str {
        "code"
    }
    fn ask(self) -> &'static str {
        "Saisissez les 6\u{a0}chiffres que votre application affiche."
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ApplicationForm {
    type Field = ApplicationField;
    type Draft = ApplicationDraft;

    fn check(&self) -> Result<ApplicationDraft, Problems<ApplicationField>> {
        let mut judge = Judge::new();
        if !self.begin.is_empty() {
            return judge.close(Some(ApplicationDraft::Begin));
        }
        // A recovery code shows nothing about the application.
        let code = match Code::parse(&self.code) {
            Ok(Code::Recovery(code)) => Err(Problem::TooLong {
                got: code.len(),
                want: DIGITS,
            }),
            read => read,
        };
        let code = judge.take(ApplicationField::Code, code);
        judge.close(code.map(ApplicationDraft::Confirm))
    }

    fn kept(&self) -> Self {
        Self::default()
    }
}

/// Logs never see the code.
impl fmt::Debug for ApplicationForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApplicationForm(…)")
    }
}

/// « Retirer »: a button alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemoveForm {}

impl Form for RemoveForm {
    type Field = ApplicationField;
    type Draft = ();

    fn check(&self) -> Result<(), Problems<ApplicationField>> {
        Ok(())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What the page of the recovery codes sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CodesForm {
    /// Anything when the new codes are written down; nothing when others are to be made.
    pub written: String,
}

impl Form for CodesForm {
    type Field = ApplicationField;
    /// Whether they are written down.
    type Draft = bool;

    fn check(&self) -> Result<bool, Problems<ApplicationField>> {
        Ok(!self.written.is_empty())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a recovery code confirms an application that was never set up, or an empty code begins anew and spoils the picture.
    #[test]
    fn only_the_applications_own_code() {
        let typed = |code: &str| ApplicationForm {
            code: code.into(),
            ..ApplicationForm::default()
        };
        assert_eq!(
            typed("012 345").check(),
            Ok(ApplicationDraft::Confirm(Code::Application(
                "012345".into()
            )))
        );
        assert!(typed("7k2qm-x4d9t").check().is_err());
        assert!(typed("").check().is_err());
        let begin = ApplicationForm {
            begin: "1".into(),
            code: String::new(),
        };
        assert_eq!(begin.check(), Ok(ApplicationDraft::Begin));
    }
}
