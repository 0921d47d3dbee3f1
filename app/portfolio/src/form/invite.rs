//! « Inviter un collaborateur ».

use super::Form;
use crate::{
    email::Email,
    language::t,
    permission::Role,
    problem::{Field, Judge, Problem, Problems, Subject},
    tidy::one_line,
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    /// « Prénom et nom ».
    pub name: String,
    /// « Adresse électronique ».
    pub email: String,
    /// « Rôle ».
    pub role: String,
}

/// Somebody to be invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteDraft {
    /// The name.
    pub name: String,
    /// Where the message goes, and what the person signs in with.
    pub email: Email,
    /// The role.
    pub role: Role,
}

/// The fields of [`InviteForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum InviteField {
    /// « Prénom et nom ».
    Name,
    /// « Adresse électronique ».
    Email,
    /// « Rôle ».
    Role,
}

impl Field for InviteField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Role => "role",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Saisissez le prénom et le nom."),
            Self::Email => t("Saisissez l’adresse électronique."),
            Self::Role => t("Choisissez le rôle."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

/// Characters of the longest name.
const LONGEST_NAME: usize = 200;

impl Form for InviteForm {
    type Field = InviteField;
    type Draft = InviteDraft;

    fn check(&self) -> Result<InviteDraft, Problems<InviteField>> {
        let mut judge = Judge::new();
        let name = judge.take(InviteField::Name, name(&self.name));
        let email = judge.take(InviteField::Email, Email::parse(&self.email));
        let role = judge.take(
            InviteField::Role,
            match &*self.role {
                "" => Err(Problem::Missing),
                code => Role::from_code(code).ok_or(Problem::NotOffered),
            },
        );
        let draft = name
            .zip(email)
            .zip(role)
            .map(|((name, email), role)| InviteDraft { name, email, role });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// A name on one line.
fn name(typed: &str) -> Result<String, Problem> {
    let name = one_line(typed);
    match name.chars().count() {
        0 => Err(Problem::Missing),
        // It stands in a message of ours, where mail programs make links of what looks like one.
        _ if name.contains(['/', ':', '@', '<', '>', '\\']) => Err(Problem::NotName),
        got if got > LONGEST_NAME => Err(Problem::TooLong {
            got,
            want: LONGEST_NAME,
        }),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: only the first empty field is told, or a name of several lines goes through.
    #[test]
    fn judged_whole() {
        let problems = InviteForm::default().check().unwrap_err();
        let all = [
            (InviteField::Name, &Problem::Missing),
            (InviteField::Email, &Problem::Missing),
            (InviteField::Role, &Problem::Missing),
        ];
        assert_eq!(problems.iter().collect::<Vec<_>>(), all);
        let draft = InviteForm {
            name: " Zoé\r\n\u{a0}Œuf ".into(),
            email: "Zoe@Cabinet.fr".into(),
            role: "lecteur".into(),
        }
        .check()
        .unwrap();
        assert_eq!(
            (&*draft.name, draft.email.as_str(), draft.role),
            ("Zoé Œuf", "zoe@cabinet.fr", Role::Reader)
        );
        let wrong = InviteForm {
            name: "x".repeat(201),
            email: "zoe".into(),
            role: "chef".into(),
        };
        let problems = wrong.check().unwrap_err();
        assert_eq!(problems.of(InviteField::Role), Some(&Problem::NotOffered));
        assert_eq!(problems.of(InviteField::Email), Some(&Problem::NotEmail));
    }
}
