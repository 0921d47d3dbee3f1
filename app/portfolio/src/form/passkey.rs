//! Adding a passkey, answering with one, removing one. What a browser answers is text of its own, which only travels here.

use super::{Form, sign_in::way_on};
use crate::{
    ids::{CeremonyId, PasskeyId},
    language::{n, t},
    passkey::{LONGEST_ANSWER, Obstacle, name},
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a browser answered, and to which question.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyAnswer {
    /// The question.
    pub ceremony: CeremonyId,
    /// The answer: JSON, as the browser wrote it.
    pub text: String,
}

/// Logs never see the answer.
impl fmt::Debug for PasskeyAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyAnswer(…)")
    }
}

impl PasskeyAnswer {
    /// An answer as it was sent; none while the browser has not been asked.
    fn read(ceremony: &str, text: &str, broken: Obstacle) -> Result<Option<Self>, Problem> {
        if ceremony.is_empty() && text.is_empty() {
            return Ok(None);
        }
        let ceremony = ceremony.parse().ok();
        ceremony
            .filter(|_| !text.is_empty() && text.len() <= LONGEST_ANSWER)
            .map(|ceremony| {
                Some(Self {
                    ceremony,
                    text: text.to_owned(),
                })
            })
            .ok_or(Problem::Passkey(broken))
    }
}

/// What the page « Ajouter une clé d’accès » sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasskeyForm {
    /// « Nom ».
    pub name: String,
    /// The question that the browser was asked.
    pub ceremony: String,
    /// What it answered.
    pub answer: String,
}

/// A passkey to be added.
#[derive(Debug, PartialEq, Eq)]
pub struct PasskeyDraft {
    /// What its owner knows it by.
    pub name: String,
    /// What the browser answered; none before it was asked, and without JavaScript.
    pub answer: Option<PasskeyAnswer>,
}

/// The fields of [`PasskeyForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PasskeyField {
    /// « Nom ».
    Name,
    /// The passkey itself.
    Key,
}

impl Field for PasskeyField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Key => KEY,
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Donnez un nom à la clé d’accès, pour la reconnaître plus tard."),
            Self::Key => t(ASK),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

/// The name of the control that a passkey is asked for with.
const KEY: &str = "cle";
/// What is said when there is no answer.
const ASK: &str = n("Utilisez une clé d’accès.");

impl Form for PasskeyForm {
    type Field = PasskeyField;
    type Draft = PasskeyDraft;

    fn check(&self) -> Result<PasskeyDraft, Problems<PasskeyField>> {
        let mut judge = Judge::new();
        let name = judge.take(PasskeyField::Name, name(&self.name));
        let answer = PasskeyAnswer::read(&self.ceremony, &self.answer, Obstacle::Unusable);
        let answer = judge.take(PasskeyField::Key, answer);
        let draft = name.zip(answer);
        judge.close(draft.map(|(name, answer)| PasskeyDraft { name, answer }))
    }

    fn kept(&self) -> Self {
        Self {
            name: self.name.clone(),
            ..Self::default()
        }
    }
}

/// Logs never see the answer.
impl fmt::Debug for PasskeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasskeyForm(…)")
    }
}

/// What « Se connecter avec une clé d’accès » sends, and the same button of the second step and of a confirmation.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    /// The question that the browser was asked.
    pub ceremony: String,
    /// What it answered.
    pub answer: String,
    /// Where the person was going.
    pub next: String,
}

/// An answer to be tried.
#[derive(Debug, PartialEq, Eq)]
pub struct KeyDraft {
    /// What the browser answered; none before it was asked.
    pub answer: Option<PasskeyAnswer>,
    /// Where to go afterwards.
    pub next: String,
}

/// The field of [`KeyForm`] and [`RemovePasskeyForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum KeyField {
    /// The passkey.
    Key,
}

impl Field for KeyField {
    fn name(self) -> &'static str {
        KEY
    }
    fn ask(self) -> &'static str {
        ASK
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for KeyForm {
    type Field = KeyField;
    type Draft = KeyDraft;

    fn check(&self) -> Result<KeyDraft, Problems<KeyField>> {
        let mut judge = Judge::new();
        let answer = PasskeyAnswer::read(&self.ceremony, &self.answer, Obstacle::Refused);
        let answer = judge.take(KeyField::Key, answer);
        judge.close(answer.map(|answer| KeyDraft {
            answer,
            next: way_on(&self.next),
        }))
    }

    fn kept(&self) -> Self {
        Self {
            next: self.next.clone(),
            ..Self::default()
        }
    }
}

/// Logs never see the answer.
impl fmt::Debug for KeyForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyForm(…)")
    }
}

/// « Retirer », of one passkey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RemovePasskeyForm {
    /// Which.
    pub of: String,
}

impl Form for RemovePasskeyForm {
    type Field = KeyField;
    /// Which; none when the form names none.
    type Draft = Option<PasskeyId>;

    fn check(&self) -> Result<Option<PasskeyId>, Problems<KeyField>> {
        Ok(self.of.parse().ok())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CEREMONY: &str = "01a20cbe-3610-7d9c-af6a-74462ae16a39";

    /// Fear: an answer without a question, or one without an end, reaches the verification; a page that runs without JavaScript is told
    /// that its answer is broken.
    #[test]
    fn answers() {
        let form = |ceremony: &str, answer: String| KeyForm {
            ceremony: ceremony.into(),
            answer,
            next: "//evil.example".into(),
        };
        let draft = form(CEREMONY, "{}".into()).check().unwrap();
        assert_eq!(draft.answer.unwrap().text, "{}");
        assert_eq!(draft.next, "/tableau-de-bord");
        assert_eq!(KeyForm::default().check().unwrap().answer, None);
        for (ceremony, answer) in [
            (CEREMONY, String::new()),
            ("", "{}".into()),
            ("x", "{}".into()),
            (CEREMONY, "x".repeat(LONGEST_ANSWER + 1)),
        ] {
            let problems = form(ceremony, answer).check().unwrap_err();
            let refused = Problem::Passkey(Obstacle::Refused);
            assert_eq!(problems.of(KeyField::Key), Some(&refused), "{ceremony}");
        }
    }

    /// Fear: what a browser answered comes back on a page or gets into a log, or the name that was typed is lost.
    #[test]
    fn only_the_name_comes_back() {
        let form = PasskeyForm {
            name: "Clé du bureau".into(),
            ceremony: CEREMONY.into(),
            answer: "{\"id\":\"x7y\"}".into(),
        };
        let told = format!("{form:?}{:?}", form.check().unwrap());
        assert!(!told.contains("x7y"), "{told}");
        let kept = form.kept();
        assert_eq!(
            (&*kept.name, &*kept.ceremony, &*kept.answer),
            ("Clé du bureau", "", "")
        );
        let problems = PasskeyForm::default().check().unwrap_err();
        assert_eq!(problems.of(PasskeyField::Name), Some(&Problem::Missing));
    }
}
