//! « Attestation de vigilance »: the paper by which a client shows whom it works for that its declarations and payments are in order
//! (code de la sécurité sociale, L. 243-15 and D. 243-15; code du travail, D. 8222-5; domain note, section 7).
//!
//! Knows who may have one and why not, what it says, how long it is good, and by which code it is checked. Refuses to know the
//! database, the page and the paper's look.

mod code;
mod form;
mod period;
mod rule;
mod told;
mod view;

pub use code::{CodeFault, PaperCode, SecurityCode};
pub use form::{IssueField, IssueForm, OwnIssueForm};
pub use period::Declared;
pub use rule::{AccountFacts, Content, Refused, Registered, Staff, judge, last_day};
pub use told::fault;
pub use view::{By, Overview, Past};

use crate::catalogue::ServiceCode;

/// The service with which a firm fetches them.
pub const SERVICE: &str = "ATT_VIGILANCE";
/// The service with which it is reminded before their end.
pub const REMINDER: &str = "MAIL_ATTESTATION";
/// How many days before its end somebody is reminded.
pub const REMINDED: i64 = 30;
/// The most clients whose attestations are fetched at once.
pub const MOST_AT_ONCE: u64 = 500;

/// Whether these services let a firm fetch attestations.
pub fn serves<'a>(services: impl IntoIterator<Item = &'a ServiceCode>) -> bool {
    services.into_iter().any(|code| code.as_str() == SERVICE)
}
