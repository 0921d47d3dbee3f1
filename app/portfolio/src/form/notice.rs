//! Which messages of the portal a member wants, and an address that is good again.

use super::Form;
use crate::{
    language::t,
    letter::Notice,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// The words of the buttons.
pub mod notice_act {
    /// A kind of message is not wanted.
    pub const OFF: &str = "arreter";
    /// It is wanted again.
    pub const ON: &str = "reprendre";
    /// The address is good: messages may go there again.
    pub const ADDRESS: &str = "adresse";
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeForm {
    /// What is to be done: one of [`notice_act`].
    pub act: String,
    /// Of which kind: [`Notice::code`].
    pub kind: String,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeDraft {
    /// Whether a kind of message is wanted.
    Want(Notice, bool),
    /// The address is good again.
    Address,
}

/// The fields of [`NoticeForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NoticeField {
    /// The kind of message.
    Kind,
}

impl Field for NoticeField {
    fn name(self) -> &'static str {
        "kind"
    }
    fn ask(self) -> &'static str {
        t("Choisissez une sorte de courriel.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for NoticeForm {
    type Field = NoticeField;
    type Draft = NoticeDraft;

    fn check(&self) -> Result<NoticeDraft, Problems<NoticeField>> {
        let mut judge = Judge::new();
        let kind = Notice::from_code(&self.kind);
        let read = match (&*self.act, kind) {
            (notice_act::OFF, Some(kind)) => Ok(NoticeDraft::Want(kind, false)),
            (notice_act::ON, Some(kind)) => Ok(NoticeDraft::Want(kind, true)),
            (notice_act::ADDRESS, _) => Ok(NoticeDraft::Address),
            _ => Err(Problem::NotOffered),
        };
        let read = judge.take(NoticeField::Kind, read);
        judge.close(read)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a wrong word turns messages off, or another kind than the one that was pressed.
    #[test]
    fn buttons_alone() {
        let form = |act: &str, kind: &str| NoticeForm {
            act: act.into(),
            kind: kind.into(),
        };
        for notice in Notice::ALL {
            assert_eq!(
                form(notice_act::OFF, notice.code()).check(),
                Ok(NoticeDraft::Want(notice, false))
            );
        }
        assert_eq!(
            form(notice_act::ADDRESS, "").check(),
            Ok(NoticeDraft::Address)
        );
        for (act, kind) in [("", "echeances"), ("arreter", ""), ("x", "echeances")] {
            assert!(form(act, kind).check().is_err(), "{act} {kind}");
        }
    }
}
