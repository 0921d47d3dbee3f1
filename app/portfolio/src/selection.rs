//! The clients that a member has ticked: one selection each, kept by the portal, so that it lasts over pages, searches and sign-ins.

use crate::ids::EnrolmentId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Clients that one address or form may tick at a time: the largest page.
pub const MOST_TICKS: usize = 100;

/// What is selected, as a page of the list needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// How many clients are selected, all pages together.
    pub count: u64,
    /// Those of the clients asked about that are.
    pub ticked: BTreeSet<EnrolmentId>,
    /// How many left the selection since it was last looked at, because their enrolment ended.
    pub fallen: u64,
}

/// What is done to a selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Ticks these clients and takes the ticks of those away.
    Ticks {
        /// Ticked.
        on: BTreeSet<EnrolmentId>,
        /// No longer ticked.
        off: BTreeSet<EnrolmentId>,
    },
    /// Adds every client that a search finds at this moment: those of the firm that hold its text and filters.
    All(Box<crate::search::Search>),
    /// Forgets it.
    Clear,
}
