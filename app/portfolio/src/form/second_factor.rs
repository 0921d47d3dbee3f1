//! Adding and removing an application that makes codes, and renewing recovery codes.

use super::Form;
use crate::{
    ids::ListId,
    language::t,
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
        t("Saisissez les 6\u{a0}chiffres que votre application affiche.")
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
    /// The list that is written down; nothing when others are to be made.
    pub written: String,
}

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodesDraft {
    /// Make new codes.
    Renew,
    /// This list is written down; none that there is, when what came is no list's id.
    Written(Option<ListId>),
}

impl Form for CodesForm {
    type Field = ApplicationField;
    type Draft = CodesDraft;

    fn check(&self) -> Result<CodesDraft, Problems<ApplicationField>> {
        Ok(if self.written.is_empty() {
            CodesDraft::Renew
        } else {
            CodesDraft::Written(self.written.parse().ok())
        })
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: what is no list's id makes new codes, and those that were written down open nothing any more.
    #[test]
    fn a_garbled_list_makes_no_codes() {
        let sent = |written: &str| {
            let form = CodesForm {
                written: written.into(),
            };
            form.check().unwrap()
        };
        assert_eq!(sent(""), CodesDraft::Renew);
        let list = ListId(uuid::Uuid::from_u128(7));
        assert_eq!(sent(&list.to_string()), CodesDraft::Written(Some(list)));
        for garbled in ["1", " ", "00000000"] {
            assert_eq!(sent(garbled), CodesDraft::Written(None), "{garbled:?}");
        }
    }

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
