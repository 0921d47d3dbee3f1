//! What the pages send: a conversation that begins, and what follows in it. The files travel beside the form: whoever takes them in
//! judges them ([`super::file::judged`]), and what is wrong with them stands at [`MessageField::Files`].

use super::{side::To, text};
use crate::{
    form::Form,
    holder::HolderScheme,
    ids::{EnrolmentId, ThreadId},
    language::t,
    ports::AboutWhom,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of the control that holds the files.
pub const FILES: &str = "fichiers";

/// The fields of both forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MessageField {
    /// To whom.
    To,
    /// « Objet ».
    Subject,
    /// « Message ».
    Text,
    /// « Pièces jointes ».
    Files,
}

impl Field for MessageField {
    fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Subject => "subject",
            Self::Text => "text",
            Self::Files => FILES,
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::To => t("Choisissez à qui vous écrivez."),
            Self::Subject => t("Saisissez l’objet, en quelques mots."),
            Self::Text => t("Écrivez votre message."),
            Self::Files => t("Choisissez les fichiers à joindre."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

/// A conversation that begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BeginThreadForm {
    /// About what: a firm's enrolment; of a client who writes, the key of what it may see.
    pub about: String,
    /// To whom: a code of [`To`].
    pub to: String,
    /// « Objet ».
    pub subject: String,
    /// « Message ».
    pub text: String,
    /// What tells the same message sent twice from two messages.
    pub once: String,
}

/// A conversation to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginThreadDraft {
    /// To whom.
    pub to: To,
    /// What it is about, in a line.
    pub subject: String,
    /// The first message.
    pub text: String,
    /// What tells the same message sent twice from two messages.
    pub once: Uuid,
}

impl BeginThreadForm {
    /// About whose account: a firm's enrolment, or an account of the client who writes.
    pub fn about(&self) -> Option<AboutWhom> {
        about(&self.about)
    }
}

/// About whose account, as forms and addresses of ours hold it: an enrolment's id, an account's key, or the place of one.
pub fn about(text: &str) -> Option<AboutWhom> {
    let enrolment = text.parse::<EnrolmentId>().map(AboutWhom::Client).ok();
    let own = || text.parse::<HolderScheme>().map(AboutWhom::Own).ok();
    let nth = || text.parse().map(AboutWhom::Nth).ok();
    enrolment.or_else(own).or_else(nth)
}

impl Form for BeginThreadForm {
    type Field = MessageField;
    type Draft = BeginThreadDraft;

    fn check(&self) -> Result<BeginThreadDraft, Problems<MessageField>> {
        let mut judge = Judge::new();
        let to = match To::from_code(&self.to) {
            Some(to) => Ok(to),
            None if self.to.is_empty() => Err(Problem::Missing),
            None => Err(Problem::NotOffered),
        };
        let to = judge.take(MessageField::To, to);
        let subject = judge.take(MessageField::Subject, text::subject(&self.subject));
        let text = judge.take(MessageField::Text, text::text(&self.text));
        let draft = to.zip(subject).zip(text).map(|((to, subject), text)| {
            let once = once(&self.once);
            BeginThreadDraft {
                to,
                subject,
                text,
                once,
            }
        });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// The words that the buttons of [`AnswerForm`] send.
pub mod answer_act {
    /// Writes.
    pub const ANSWER: &str = "repondre";
    /// Writes what there is to write, and closes.
    pub const CLOSE: &str = "clore";
    /// Opens again.
    pub const REOPEN: &str = "rouvrir";
}

/// What follows in a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// Which.
    pub of: String,
    /// What is done: one of [`answer_act`]; empty writes.
    pub act: String,
    /// « Message ».
    pub text: String,
    /// What tells the same message sent twice from two messages.
    pub once: String,
}

/// What is done in a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerDraft {
    /// Which; none when the id is not one, which no page of ours sends.
    pub of: Option<ThreadId>,
    /// What is written, if anything.
    pub text: Option<String>,
    /// Whether it is closed, or opened again.
    pub close: Option<bool>,
    /// What tells the same message sent twice from two messages.
    pub once: Uuid,
}

impl Form for AnswerForm {
    type Field = MessageField;
    type Draft = AnswerDraft;

    fn check(&self) -> Result<AnswerDraft, Problems<MessageField>> {
        let mut judge = Judge::new();
        let words = text::text(&self.text);
        let done = match &*self.act {
            "" | answer_act::ANSWER => judge
                .take(MessageField::Text, words)
                .map(|text| (Some(text), None)),
            // Closed without a word, when there is nothing to say.
            answer_act::CLOSE => match words {
                Err(Problem::Missing) => Some((None, Some(true))),
                words => judge
                    .take(MessageField::Text, words)
                    .map(|text| (Some(text), Some(true))),
            },
            answer_act::REOPEN => Some((None, Some(false))),
            _ => judge.take(MessageField::Text, Err(Problem::NotOffered)),
        };
        judge.close(done.map(|(text, close)| AnswerDraft {
            of: self.of.parse().ok(),
            text,
            close,
            once: once(&self.once),
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// The id of a message in the making; one that no page of ours has sent is nobody's, and sent twice it is two messages.
fn once(typed: &str) -> Uuid {
    typed.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button does something else than it says, or an empty message is sent.
    #[test]
    fn what_buttons_do() {
        let form = |act: &str, text: &str| AnswerForm {
            act: act.into(),
            text: text.into(),
            ..AnswerForm::default()
        };
        let done = |act, text| {
            let draft = form(act, text).check().unwrap();
            (draft.text, draft.close)
        };
        let words = || Some("Bonjour".to_owned());
        assert_eq!(done("", " Bonjour "), (words(), None));
        assert_eq!(done("repondre", "Bonjour"), (words(), None));
        assert_eq!(done("clore", "Bonjour"), (words(), Some(true)));
        assert_eq!(done("clore", " "), (None, Some(true)));
        assert_eq!(done("rouvrir", "Bonjour"), (None, Some(false)));
        for (act, text) in [("", ""), ("repondre", " \n "), ("supprimer", "x")] {
            let problems = form(act, text).check().unwrap_err();
            assert!(problems.of(MessageField::Text).is_some(), "{act}");
        }
    }

    /// Fear: only the first thing that is wrong is told.
    #[test]
    fn everything_is_judged() {
        let problems = BeginThreadForm::default().check().unwrap_err();
        for field in [MessageField::To, MessageField::Subject, MessageField::Text] {
            assert_eq!(problems.of(field), Some(&Problem::Missing));
        }
        let strange = BeginThreadForm {
            to: "prefet".into(),
            ..BeginThreadForm::default()
        };
        let problems = strange.check().unwrap_err();
        assert_eq!(problems.of(MessageField::To), Some(&Problem::NotOffered));
    }
}
