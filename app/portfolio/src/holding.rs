//! What a client sees of its own: plain values, and nothing that a firm keeps for itself (labels, reference, person in charge).

mod history;

pub use history::{By, Deed, Done};

use crate::{
    catalogue::ServiceCode,
    holder::{AccountState, HolderScheme, Kind},
    ids::EnrolmentId,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One scheme of one holder that a client's house may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The name that the registry knows.
    pub name: String,
    /// The kind of the accounts.
    pub kind: Kind,
    /// Their state together.
    pub state: AccountState,
    /// Since when the house may see them.
    pub since: Timestamp,
}

/// A mandate: a firm manages one of the client's holdings, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The firm.
    pub firm: String,
    /// Of what.
    pub held: HolderScheme,
    /// Since when.
    pub since: Timestamp,
    /// Until when, if it has ended.
    pub ended: Option<Timestamp>,
    /// The services that are on, in the catalogue's order.
    pub services: Vec<ServiceCode>,
    /// What was done, latest first.
    pub history: Vec<Deed>,
}

/// A client's own account, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAccount {
    /// What the house may see, by name.
    pub holdings: Vec<Holding>,
    /// Who manages it or did, the mandates in force first.
    pub mandates: Vec<Mandate>,
    /// What the person signs in with.
    pub identifier: String,
    /// Where the person is written to; empty for nowhere.
    pub email: String,
    /// The new address that waits for its confirmation, if one does.
    pub awaited_email: Option<String>,
    /// What the person did about the account itself, latest first.
    pub history: Vec<Deed>,
}
