//! What an administrator does to somebody of the firm.

use super::Form;
use crate::{
    ids::MemberId,
    language::t,
    permission::Role,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What each of the page's buttons sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberForm {
    /// Who.
    pub of: String,
    /// What is done.
    pub act: String,
    /// The role, where that is changed.
    pub role: String,
    /// What the page showed: [`crate::team::Person::seen`].
    pub seen: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberDraft {
    /// To whom; none when the form names nobody.
    pub of: Option<MemberId>,
    /// What.
    pub act: Act,
    /// What the page showed.
    pub seen: String,
}

/// What can be done to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Gives another role.
    Role(Role),
    /// Keeps out for a while.
    Suspend,
    /// Lets in again.
    Restore,
    /// Takes out of the firm, or takes an invitation back.
    Remove,
    /// Sends the invitation again: the old link is no good any more.
    Resend,
}

/// The words by which a form says what is done.
pub mod act {
    /// [`super::Act::Role`].
    pub const ROLE: &str = "role";
    /// [`super::Act::Suspend`].
    pub const SUSPEND: &str = "suspendre";
    /// [`super::Act::Restore`].
    pub const RESTORE: &str = "retablir";
    /// [`super::Act::Remove`].
    pub const REMOVE: &str = "retirer";
    /// [`super::Act::Resend`].
    pub const RESEND: &str = "renvoyer";
}

impl Act {
    /// The word by which a form says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Role(_) => act::ROLE,
            Self::Suspend => act::SUSPEND,
            Self::Restore => act::RESTORE,
            Self::Remove => act::REMOVE,
            Self::Resend => act::RESEND,
        }
    }
}

/// The fields of [`MemberForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MemberField {
    /// « Rôle ».
    Role,
    /// The button.
    Act,
}

impl Field for MemberField {
    fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Role => t("Choisissez le rôle."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for MemberForm {
    type Field = MemberField;
    type Draft = MemberDraft;

    fn check(&self) -> Result<MemberDraft, Problems<MemberField>> {
        let mut judge = Judge::new();
        let act = match &*self.act {
            act::ROLE => judge
                .take(
                    MemberField::Role,
                    match &*self.role {
                        "" => Err(Problem::Missing),
                        code => Role::from_code(code).ok_or(Problem::NotOffered),
                    },
                )
                .map(Act::Role),
            act::SUSPEND => Some(Act::Suspend),
            act::RESTORE => Some(Act::Restore),
            act::REMOVE => Some(Act::Remove),
            act::RESEND => Some(Act::Resend),
            "" => judge.take(MemberField::Act, Err(Problem::Missing)),
            _ => judge.take(MemberField::Act, Err(Problem::NotOffered)),
        };
        judge.close(act.map(|act| MemberDraft {
            of: self.of.parse().ok(),
            act,
            seen: self.seen.clone(),
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a button does what another one says, or a role is changed to nothing.
    #[test]
    fn each_button_its_own() {
        let form = |act: &str, role: &str| MemberForm {
            act: act.into(),
            role: role.into(),
            ..MemberForm::default()
        };
        let all = [
            Act::Role(Role::Reader),
            Act::Suspend,
            Act::Restore,
            Act::Remove,
            Act::Resend,
        ];
        for act in all {
            assert_eq!(form(act.code(), "lecteur").check().unwrap().act, act);
        }
        let problem = |act, role| {
            let problems = form(act, role).check().unwrap_err();
            problems.iter().map(|(field, _)| field).next().unwrap()
        };
        assert_eq!(problem(act::ROLE, ""), MemberField::Role);
        assert_eq!(problem(act::ROLE, "chef"), MemberField::Role);
        assert_eq!(problem("", ""), MemberField::Act);
        assert_eq!(problem("autre", "lecteur"), MemberField::Act);
    }
}
