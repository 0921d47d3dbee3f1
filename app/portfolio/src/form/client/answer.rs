//! The answer to an invitation, by the link that was sent.

use crate::{
    form::{Form, Password},
    language::t,
    password,
    ports::LinkToken,
    problem::{Field, Judge, Problem, Problems, Subject},
    tidy::one_line,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the buttons say.
pub mod answer_act {
    /// Make an account.
    pub const ACCEPT: &str = "accepter";
    /// Say no.
    pub const REFUSE: &str = "refuser";
    /// Let the account that one is signed in to see this one too.
    pub const ATTACH: &str = "rattacher";
}

/// What the page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// The link's secret.
    pub token: String,
    /// « Prénom et nom ».
    pub name: String,
    /// « Mot de passe ».
    pub password: String,
    /// What is to be done: [`answer_act`].
    pub act: String,
}

/// An answer.
#[derive(Debug)]
pub enum AnswerDraft {
    /// Make an account for this person, with this password.
    Accept {
        /// The link's secret.
        token: LinkToken,
        /// The name.
        name: String,
        /// The password.
        password: Password,
    },
    /// No.
    Refuse(LinkToken),
    /// Let the account that one is signed in to see this one too.
    Attach(LinkToken),
}

/// The fields of [`AnswerForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AnswerField {
    /// « Prénom et nom ».
    Name,
    /// « Mot de passe ».
    Password,
    /// What is to be done.
    Act,
}

impl Field for AnswerField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Password => "password",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Saisissez votre prénom et votre nom."),
            Self::Password => t("Choisissez un mot de passe."),
            Self::Act => t("Acceptez ou refusez l’invitation."),
        }
    }
    fn subject(self) -> Subject {
        match self {
            Self::Password => Subject::Password,
            Self::Name | Self::Act => Subject::Other,
        }
    }
}

/// Characters of the longest name.
const LONGEST_NAME: usize = 200;

impl Form for AnswerForm {
    type Field = AnswerField;
    type Draft = AnswerDraft;

    fn check(&self) -> Result<AnswerDraft, Problems<AnswerField>> {
        let mut judge = Judge::new();
        let token = LinkToken::new(self.token.clone());
        let draft = match &*self.act {
            answer_act::ACCEPT => {
                let name = judge.take(AnswerField::Name, name(&self.name));
                let chosen = judge.take(AnswerField::Password, password::judge(&self.password));
                name.zip(chosen)
                    .map(|(name, password)| AnswerDraft::Accept {
                        token,
                        name,
                        password,
                    })
            }
            answer_act::REFUSE => Some(AnswerDraft::Refuse(token)),
            answer_act::ATTACH => Some(AnswerDraft::Attach(token)),
            "" => judge.take(AnswerField::Act, Err(Problem::Missing)),
            _ => judge.take(AnswerField::Act, Err(Problem::NotOffered)),
        };
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        Self {
            password: String::new(),
            ..self.clone()
        }
    }
}

/// A name on one line.
fn name(typed: &str) -> Result<String, Problem> {
    let name = one_line(typed);
    match name.chars().count() {
        0 => Err(Problem::Missing),
        // It stands in messages of ours, where mail programs make links of what looks like one.
        _ if name.contains(['/', ':', '@', '<', '>', '\\']) => Err(Problem::NotName),
        got if got > LONGEST_NAME => Err(Problem::TooLong {
            got,
            want: LONGEST_NAME,
        }),
        _ => Ok(name),
    }
}

/// Logs see neither the password nor the link.
impl fmt::Debug for AnswerForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AnswerForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: whoever refuses has to choose a password first, or the password and the link are told by `{:?}` or come back on a page.
    #[test]
    fn refusing_is_one_button() {
        let form = |act: &str| AnswerForm {
            token: "0123".into(),
            act: act.into(),
            ..AnswerForm::default()
        };
        assert!(matches!(
            form("refuser").check(),
            Ok(AnswerDraft::Refuse(_))
        ));
        let problems = form("accepter").check().unwrap_err();
        assert_eq!(problems.of(AnswerField::Name), Some(&Problem::Missing));
        assert!(problems.of(AnswerField::Password).is_some());
        assert!(form("").check().is_err() && form("x").check().is_err());
        let typed = AnswerForm {
            name: "Toni".into(),
            password: "cheval-agrafe-pile".into(),
            ..form("accepter")
        };
        let told = format!("{typed:?}{:?}", typed.check().unwrap());
        assert!(!told.contains("cheval") && !told.contains("0123"));
        assert_eq!(typed.kept().password, "");
    }
}
