//! One change of many clients: what it makes of each, what it leaves alone and why, and how it is taken back.
//!
//! Knows the rules alone. Which clients are meant is fixed by storage when a change is prepared; see [`crate::ports::Bulk`].

mod plan;
mod tally;
mod view;

pub use plan::{Planned, Standing, Why, undo};
pub use tally::Tally;
pub use view::{Became, Job, JobRow, Named, Part, Shown, State, Told};

use crate::{
    catalogue::ServiceCode,
    ids::{LabelId, MemberId},
    time::{DAY, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Clients that one change may name at most.
pub const MOST_CLIENTS: u64 = 1_000_000;
/// Changes of this many clients at most are carried out while the page waits.
pub const AT_ONCE: u64 = 200;
/// How long after its end a change can be taken back, in seconds.
pub const UNDO_LIFE: i64 = DAY;
/// How long what became of each client is kept, in seconds.
pub const KEPT: i64 = 30 * DAY;
/// Lines of one page of a change.
pub const PAGE: u64 = 50;

/// What is done to every client that is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// Switches these services on, besides those that are.
    Add(BTreeSet<ServiceCode>),
    /// Switches these services off.
    Remove(BTreeSet<ServiceCode>),
    /// Leaves these services on and no others.
    Set(BTreeSet<ServiceCode>),
    /// Puts a label on.
    Label(LabelId),
    /// Takes a label off.
    Unlabel(LabelId),
    /// Gives it to a member, or to nobody.
    InCharge(Option<MemberId>),
    /// Ends the enrolment.
    End,
    /// Takes another change back: each client becomes what that one found.
    Undo,
}

impl Change {
    /// Whether it can be taken back afterwards. The end of an enrolment cannot, since its mandate would have to be proved again; nor can
    /// what takes another change back, which is made again instead.
    pub const fn undoable(&self) -> bool {
        !matches!(self, Self::End | Self::Undo)
    }

    /// Whether whoever has it carried out must have shown a short while ago who they are.
    pub const fn sensitive(&self) -> bool {
        matches!(self, Self::End)
    }

    /// Whether it is about the firm's own fields, which have versions of their own.
    pub const fn of_own_fields(&self) -> bool {
        matches!(self, Self::Label(_) | Self::Unlabel(_) | Self::InCharge(_))
    }
}

/// Until when a change can be taken back, if it can at all and has not been.
pub fn undo_until(change: &Change, state: State, ended_at: Option<Timestamp>) -> Option<Timestamp> {
    let over = matches!(state, State::Done | State::Stopped);
    ended_at
        .filter(|_| over && change.undoable())
        .map(|at| at.plus(UNDO_LIFE))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the end of many enrolments is offered to be taken back, which nothing can do; or a change that still goes on is.
    #[test]
    fn what_can_be_taken_back() {
        let at = Some(Timestamp(1000));
        let add = Change::Add(BTreeSet::new());
        assert_eq!(
            undo_until(&add, State::Done, at),
            Some(Timestamp(1000 + UNDO_LIFE))
        );
        assert!(undo_until(&add, State::Stopped, at).is_some());
        for state in [State::Ready, State::Running] {
            assert_eq!(undo_until(&add, state, at), None);
        }
        assert_eq!(undo_until(&Change::End, State::Done, at), None);
        assert_eq!(undo_until(&Change::Undo, State::Done, at), None);
        assert!(Change::End.sensitive() && !add.sensitive());
    }

    /// Fear: a change that was written down cannot be read back by the worker.
    #[test]
    fn read_back() {
        let dpae = ServiceCode::find("DPAE").unwrap();
        for change in [
            Change::Add([dpae].into()),
            Change::Set(BTreeSet::new()),
            Change::InCharge(None),
            Change::End,
        ] {
            let text = serde_json::to_string(&change).unwrap();
            assert_eq!(serde_json::from_str::<Change>(&text).unwrap(), change);
        }
    }
}
