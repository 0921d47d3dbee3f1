//! « Identifiant » and « Mot de passe ».

use super::{Form, local_path};
use crate::language::t;
use crate::problem::{Field, Judge, Problem, Problems, Subject};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the sign-in page sends.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignInForm {
    /// « Identifiant ».
    pub identifier: String,
    /// « Mot de passe ».
    pub password: String,
    /// Where the person was going.
    pub next: String,
}

/// A sign-in to be tried.
#[derive(Debug)]
pub struct SignInDraft {
    /// The identifier, lower case: case is no secret.
    pub identifier: String,
    /// The password as typed: spaces may belong to it.
    pub password: Password,
    /// Where to go afterwards; the dashboard when nothing good was asked for.
    pub next: String,
}

/// A typed password: logs never see it.
pub struct Password(String);

impl Password {
    /// A password as it was typed.
    pub const fn new(typed: String) -> Self {
        Self(typed)
    }

    /// Its characters, for hashing alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The fields of [`SignInForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignInField {
    /// « Identifiant ».
    Identifier,
    /// « Mot de passe ».
    Password,
}

impl Field for SignInField {
    fn name(self) -> &'static str {
        match self {
            Self::Identifier => "identifier",
            Self::Password => "password",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Identifier => t("Saisissez votre identifiant."),
            Self::Password => t("Saisissez votre mot de passe."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

/// The pages that somebody may have been on the way to.
const PAGES: [&str; 8] = [
    HOME,
    "/etablissements",
    "/revue",
    "/aide",
    "/securite",
    "/cabinet",
    "/mobilite",
    "/agent",
];
/// The page that signing in leads to when no other was asked for.
const HOME: &str = "/tableau-de-bord";
/// Characters of the longest identifier.
const LONGEST_IDENTIFIER: usize = 254;
/// Bytes of the longest password that is hashed: long ones are welcome, megabytes are an attack.
const LONGEST_PASSWORD: usize = 1024;

/// A password that exists, as it was typed: it is compared, not judged.
pub(super) fn typed_password(typed: &str) -> Result<Password, Problem> {
    match typed.len() {
        0 => Err(Problem::Missing),
        got if got > LONGEST_PASSWORD => Err(Problem::TooLong {
            got,
            want: LONGEST_PASSWORD,
        }),
        _ => Ok(Password(typed.to_owned())),
    }
}

/// Where to go on to: one of the portal's pages for members; the dashboard when nothing good was asked for.
pub fn way_on(typed: &str) -> String {
    local_path(typed)
        .filter(|next| PAGES.iter().any(|page| next.starts_with(page)))
        .unwrap_or_else(|| HOME.to_owned())
}

impl Form for SignInForm {
    type Field = SignInField;
    type Draft = SignInDraft;

    fn check(&self) -> Result<SignInDraft, Problems<SignInField>> {
        let mut judge = Judge::new();
        let identifier = self.identifier.trim().to_lowercase();
        let identifier = judge.take(
            SignInField::Identifier,
            match identifier.chars().count() {
                0 => Err(Problem::Missing),
                got if got > LONGEST_IDENTIFIER => Err(Problem::TooLong {
                    got,
                    want: LONGEST_IDENTIFIER,
                }),
                _ => Ok(identifier),
            },
        );
        let password = judge.take(SignInField::Password, typed_password(&self.password));
        let next = way_on(&self.next);
        let draft = identifier
            .zip(password)
            .map(|(identifier, password)| SignInDraft {
                identifier,
                password,
                next,
            });
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        Self {
            password: String::new(),
            ..self.clone()
        }
    }
}

/// Logs never see the password.
impl fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInForm(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: only the first empty field is told, or a password is tidied into another one.
    #[test]
    fn judged_whole() {
        let problems = SignInForm::default().check().unwrap_err();
        let fields: Vec<_> = problems.iter().map(|(field, _)| field).collect();
        assert_eq!(fields, [SignInField::Identifier, SignInField::Password]);

        let form = SignInForm {
            identifier: " Claire@Cabinet.fr ".into(),
            password: " x ".into(),
            next: "//evil".into(),
        };
        let draft = form.check().unwrap();
        assert_eq!(
            (
                draft.identifier.as_str(),
                draft.password.expose(),
                draft.next.as_str()
            ),
            ("claire@cabinet.fr", " x ", "/tableau-de-bord")
        );
        assert_eq!(form.kept().password, "");
        assert!(!format!("{form:?}{draft:?}").contains(" x "));
    }
}
