//! A member's own access. Passwords are compared elsewhere: what is here counts tries, takes codes and writes down what happened.
//!
//! Failures of a confirmation, of an old password and of a second factor are counted together, by member: otherwise a pause of one
//! would only be the beginning of the tries at another.

mod application;
mod ceremony;
mod code;
mod confirm;
mod passkey;
mod password;
mod recovery;
mod sessions;
mod step;

pub use application::NewApplication;
pub use ceremony::{CeremonyKept, TakenCeremony, TryPasskey};
pub use confirm::TryConfirm;
pub use passkey::{KeyOwner, KnownPasskey, NewPasskey, UsedPasskey};
pub use step::Stepped;

use crate::guard::Subject;
use portfolio::{attempts::Limit, ids::MemberId};

/// What a member's failures are counted under.
fn counted(member: MemberId) -> Subject {
    Subject::new(Limit::SecondFactor, &member.to_string())
}
