//! What helps to find a client besides the list: how many each filter would leave, lists that were saved, the jump box, the clients
//! opened last; and the labels that a firm puts on its clients.

use crate::{
    catalogue::ServiceCode,
    client::{Colleague, Label},
    holder::{AccountState, HolderScheme, Kind, Scheme},
    ids::{EnrolmentId, ViewId},
};
use serde::{Deserialize, Serialize};

/// Clients that the jump box names at most.
pub const JUMPS: usize = 8;
/// Clients opened last that are remembered of a member.
pub const RECENT: usize = 12;
/// Favourites of a member at most.
pub const MOST_FAVOURITES: u32 = 500;
/// Saved lists of a member at most.
pub const MOST_VIEWS: u32 = 30;
/// Labels of a firm at most.
pub const MOST_LABELS: u32 = 200;
/// Labels of a client at most.
pub const MOST_LABELS_EACH: u32 = 20;

/// How many clients each value of each filter would leave, the other filters and the text as they are. Values that would leave none
/// are not named, except where there are few of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facets {
    /// All that the search leaves.
    pub total: u64,
    /// By scheme.
    pub schemes: Vec<(Scheme, u64)>,
    /// By state.
    pub states: Vec<(AccountState, u64)>,
    /// By kind.
    pub kinds: Vec<(Kind, u64)>,
    /// With this service on, besides those asked for: the catalogue's order. Those with it off are [`Facets::total`] less these.
    pub services: Vec<(ServiceCode, u64)>,
    /// By the three-digit code of a body.
    pub organisms: Vec<(String, u64)>,
    /// By who changed them last.
    pub changed_by: Vec<(Colleague, u64)>,
    /// By who is in charge.
    pub in_charge: Vec<(Colleague, u64)>,
    /// Those of nobody.
    pub nobody: u64,
    /// With this label, besides those asked for.
    pub labels: Vec<(Label, u64)>,
    /// Without a reference.
    pub no_reference: u64,
    /// Without any service.
    pub no_service: u64,
    /// Not looked through for a year.
    pub not_reviewed: u64,
    /// Favourites.
    pub favourites: u64,
}

/// What can be chosen for a firm's own fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The firm's labels in French order, with the number of clients in force that have each.
    pub labels: Vec<(Label, u64)>,
    /// The members who can be in charge, in French order.
    pub members: Vec<Colleague>,
}

/// A client as the jump box and the lists of favourites and of the last opened name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jump {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The firm's reference; empty for none.
    pub reference: String,
    /// The state of its accounts.
    pub state: AccountState,
}

/// A list that a member has saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Which.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// The list, as the query string of its address.
    pub query: String,
    /// Whether it is what « Gérer les établissements » opens with.
    pub is_default: bool,
}
