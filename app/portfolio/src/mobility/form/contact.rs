//! Whom the body may ask about the request.

use super::{Of, fields, read};
use crate::{
    email::Email,
    form::Form,
    problem::{Judge, Problems},
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// « Nom ».
    pub last_name: String,
    /// « Prénom ».
    pub first_name: String,
    /// « Adresse électronique ».
    pub email: String,
    /// « Téléphone ».
    pub phone: String,
}

/// Somebody to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactDraft {
    /// Which request.
    pub of: Of,
    /// Family name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// E-mail address.
    pub email: Email,
    /// Telephone.
    pub phone: String,
}

fields! {
    /// The fields of [`ContactForm`].
    ContactField {
        /// « Nom ».
        LastName: "last_name", "Saisissez le nom.";
        /// « Prénom ».
        FirstName: "first_name", "Saisissez le prénom.";
        /// « Adresse électronique ».
        Email: "email", "Saisissez l’adresse électronique.";
        /// « Téléphone ».
        Phone: "phone", "Saisissez le numéro de téléphone.";
    }
}

impl Form for ContactForm {
    type Field = ContactField;
    type Draft = ContactDraft;

    fn check(&self) -> Result<ContactDraft, Problems<ContactField>> {
        let mut judge = Judge::new();
        let last_name = judge.take(ContactField::LastName, read::name(&self.last_name));
        let first_name = judge.take(ContactField::FirstName, read::name(&self.first_name));
        let email = judge.take(ContactField::Email, Email::parse(&self.email));
        let phone = judge.take(ContactField::Phone, read::phone(&self.phone));
        let draft = || {
            Some(ContactDraft {
                of: Of::read(&self.request, &self.version),
                last_name: last_name?,
                first_name: first_name?,
                email: email?,
                phone: phone?,
            })
        };
        judge.close(draft())
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
