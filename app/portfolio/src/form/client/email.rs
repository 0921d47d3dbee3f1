//! « Changer d’adresse électronique »: the new one is asked for, then confirmed by the link that was sent there.

use crate::{
    email::Email,
    form::Form,
    language::t,
    ports::LinkToken,
    problem::{Field, Judge, Problems, Subject},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    /// « Nouvelle adresse électronique ».
    pub email: String,
}

/// A new address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailDraft {
    /// The address.
    pub email: Email,
}

/// The fields of [`EmailForm`] and [`ConfirmEmailForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EmailField {
    /// « Nouvelle adresse électronique ».
    Email,
}

impl Field for EmailField {
    fn name(self) -> &'static str {
        "email"
    }
    fn ask(self) -> &'static str {
        t("Saisissez votre nouvelle adresse électronique.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for EmailForm {
    type Field = EmailField;
    type Draft = EmailDraft;

    fn check(&self) -> Result<EmailDraft, Problems<EmailField>> {
        let mut judge = Judge::new();
        let email = judge.take(EmailField::Email, Email::parse(&self.email));
        judge.close(email.map(|email| EmailDraft { email }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What the page of the link sends: opening it changes nothing.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ConfirmEmailForm {
    /// The link's secret.
    pub token: String,
}

impl Form for ConfirmEmailForm {
    type Field = EmailField;
    type Draft = LinkToken;

    fn check(&self) -> Result<LinkToken, Problems<EmailField>> {
        Ok(LinkToken::new(self.token.clone()))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// Logs see nothing of it.
impl fmt::Debug for ConfirmEmailForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ConfirmEmailForm(…)")
    }
}
