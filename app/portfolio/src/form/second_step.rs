//! The code after the password.

use super::{Form, sign_in::way_on};
use crate::{
    language::t,
    problem::{Field, Judge, Problems, Subject},
    second_factor::Code,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecondStepForm {
    /// « Code ».
    pub code: String,
    /// Where the person was going.
    pub next: String,
}

/// A code to be tried.
#[derive(Debug)]
pub struct SecondStepDraft {
    /// The code.
    pub code: Code,
    /// Where to go afterwards.
    pub next: String,
}

/// The fields of [`SecondStepForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SecondStepField {
    /// « Code ».
    Code,
}

impl Field for SecondStepField {
    fn name(self) -> &'static str {
        "code"
    }
    fn ask(self) -> &'static str {
        t("Saisissez le code de votre application, ou un code de secours.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for SecondStepForm {
    type Field = SecondStepField;
    type Draft = SecondStepDraft;

    fn check(&self) -> Result<SecondStepDraft, Problems<SecondStepField>> {
        let mut judge = Judge::new();
        let code = judge.take(SecondStepField::Code, Code::parse(&self.code));
        judge.close(code.map(|code| SecondStepDraft {
            code,
            next: way_on(&self.next),
        }))
    }

    fn kept(&self) -> Self {
        Self {
            code: String::new(),
            next: self.next.clone(),
        }
    }
}

/// Logs never see the code.
impl fmt::Debug for SecondStepForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecondStepForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a used code comes back on a page, or is told by `{:?}`.
    #[test]
    fn nothing_typed_comes_back() {
        let form = SecondStepForm {
            code: "123456".into(),
            next: "/aide".into(),
        };
        assert_eq!(form.kept().code, "");
        assert_eq!(form.check().unwrap().next, "/aide");
        assert!(!format!("{form:?}{:?}", form.check().unwrap()).contains("123456"));
    }
}
