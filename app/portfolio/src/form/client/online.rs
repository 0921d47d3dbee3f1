//! « Compte en ligne du client »: the firm invites, sends again, or takes back.

use crate::{
    email::Email,
    form::Form,
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the buttons say.
pub mod online_act {
    /// Invite, or send again: the link of before is good no longer.
    pub const INVITE: &str = "inviter";
    /// Take back.
    pub const CANCEL: &str = "annuler";
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OnlineForm {
    /// The enrolment.
    pub of: String,
    /// « Adresse électronique du client ».
    pub email: String,
    /// What is to be done: [`online_act`].
    pub act: String,
}

/// « Inviter les clients sélectionnés », as the page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InviteManyForm {
    /// [`online_act::INVITE`].
    pub act: String,
}

impl Form for InviteManyForm {
    type Field = OnlineField;
    type Draft = ();

    fn check(&self) -> Result<(), Problems<OnlineField>> {
        let mut judge = Judge::new();
        let act = match &*self.act {
            online_act::INVITE => Some(()),
            "" => judge.take(OnlineField::Act, Err(Problem::Missing)),
            _ => judge.take(OnlineField::Act, Err(Problem::NotOffered)),
        };
        judge.close(act)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnlineAct {
    /// Invite at this address, once more or for the first time.
    Invite(Email),
    /// Take the invitation back.
    Cancel,
}

/// The same, to which client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnlineDraft {
    /// The enrolment; none where no id was sent.
    pub of: Option<EnrolmentId>,
    /// What.
    pub act: OnlineAct,
}

/// The fields of [`OnlineForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OnlineField {
    /// « Adresse électronique du client ».
    Email,
    /// What is to be done.
    Act,
}

impl Field for OnlineField {
    fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Email => t("Saisissez l’adresse électronique de votre client."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for OnlineForm {
    type Field = OnlineField;
    type Draft = OnlineDraft;

    fn check(&self) -> Result<OnlineDraft, Problems<OnlineField>> {
        let mut judge = Judge::new();
        let act = match &*self.act {
            online_act::INVITE => judge
                .take(OnlineField::Email, Email::parse(&self.email))
                .map(OnlineAct::Invite),
            online_act::CANCEL => Some(OnlineAct::Cancel),
            "" => judge.take(OnlineField::Act, Err(Problem::Missing)),
            _ => judge.take(OnlineField::Act, Err(Problem::NotOffered)),
        };
        judge.close(act.map(|act| OnlineDraft {
            of: self.of.parse().ok(),
            act,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
