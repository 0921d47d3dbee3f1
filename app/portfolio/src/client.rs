//! What is shown of a firm's clients: plain values, no secret among them.

use crate::{
    account_number::AccountNumber,
    catalogue::ServiceCode,
    holder::{AccountState, HolderScheme, Kind},
    identifier::Identifier,
    ids::{DraftId, EnrolmentId},
    permission::Role,
    siret::Siret,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One row of « Gérer les établissements ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts.
    pub kind: Kind,
    /// The state of its accounts together.
    pub state: AccountState,
    /// How many services are on.
    pub services: u32,
    /// When the enrolment was made or last changed.
    pub changed_at: Timestamp,
}

/// One account of a client: an establishment of an employer, or the account of a self-employed person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its number.
    pub number: AccountNumber,
    /// Its establishment, where it has one.
    pub siret: Option<Siret>,
    /// The company or person.
    pub name: String,
    /// The three-digit code of the body that manages it.
    pub organism: String,
    /// Its state.
    pub state: AccountState,
}

/// The accounts of one client, capped: a chain of shops has thousands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// The first of them, by Siret.
    pub shown: Vec<Account>,
    /// How many there are in all.
    pub total: u64,
}

/// One page of the portfolio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The rows of the page.
    pub rows: Vec<Row>,
    /// How many clients match.
    pub total: u64,
    /// How many clients the firm manages in all.
    pub managed: u64,
    /// The page shown, from 1: the one asked for, or the one that holds the client to be seen.
    pub page: u64,
    /// The accounts of the row that is open.
    pub opened: Option<(EnrolmentId, Accounts)>,
    /// What was just saved, for the dialog.
    pub saved: Option<Saved>,
    /// Who was just removed, for the notice.
    pub ended: Option<Saved>,
}

/// What an « Enregistrer » or a « Résilier » did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The last thing that happened to it.
    pub last: Event,
}

/// One client, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts.
    pub kind: Kind,
    /// The state of its accounts together.
    pub state: AccountState,
    /// Its accounts.
    pub accounts: Accounts,
    /// The services that are on, in the catalogue's order.
    pub services: Vec<ServiceCode>,
    /// Grows with every change: an edit names the version it was made on.
    pub version: i32,
    /// What happened to it, latest first.
    pub history: Vec<Event>,
    /// When and by whom it ended, if it has.
    pub ended: Option<(Timestamp, String)>,
}

/// One entry of a client's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// The member's name.
    pub by: String,
    /// What.
    pub what: Happening,
}

/// What can happen to an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    /// It was made, with these services.
    Enrolled(Vec<ServiceCode>),
    /// Its services were changed.
    Changed {
        /// Those now on.
        added: Vec<ServiceCode>,
        /// Those now off.
        removed: Vec<ServiceCode>,
    },
    /// It was ended.
    Ended,
}

/// An enrolment in the making, as its pages show it. No name before proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// The draft.
    pub id: DraftId,
    /// What was typed at the first step.
    pub identifier: Identifier,
    /// Who it is, once the mandate is proved.
    pub proven: Option<Proven>,
    /// The enrolment that it became, once saved.
    pub enrolled: Option<EnrolmentId>,
}

/// A holder whose mandate is proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts: which services may be ticked.
    pub kind: Kind,
}

/// Who is signed in, for the frame of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The member's name.
    pub member: String,
    /// The firm's name.
    pub firm: String,
    /// What the member is in it.
    pub role: Role,
}
