//! « Revue du portefeuille »: the mandates that nobody has looked through for a year, one after the other, the oldest first.
//!
//! When a mandate is stale is a rule of the firm's own making ([`crate::search::REVIEW`], 365 days), to be confirmed by a body: the
//! card asks the accountant to end what is no longer managed, and sets no date.

use crate::{
    client::Client,
    ids::EnrolmentId,
    search::{REVIEW, decode, encode},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most clients that an address says to be done with.
const MOST_DONE: u64 = 1_000_000_000;

/// A mandate that was looked through before this moment is stale.
pub const fn stale_since(now: Timestamp) -> Timestamp {
    now.plus(-REVIEW)
}

/// The names of the address's parts.
pub mod param {
    /// `moi`: only the clients that I am in charge of.
    pub const WHOSE: &str = "charge";
    /// The client put off last.
    pub const AFTER: &str = "apres";
    /// How many clients are done with.
    pub const DONE: &str = "vus";
}

const MINE: &str = "moi";

/// A walk through stale mandates: it lives in the page's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// Only the clients of whoever walks.
    pub mine: bool,
    /// The client that was put off last: those after it are still to come.
    pub after: Option<Place>,
    /// How many clients were confirmed, changed or put off so far: told, and nothing else.
    pub done: u64,
}

/// Where a client stands among those to look through: when that was done last, then its id. No name or number of anybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// When it was looked through last.
    pub reviewed_at: Timestamp,
    /// Which.
    pub id: EnrolmentId,
}

impl Place {
    fn read(text: &str) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self {
            reviewed_at: Timestamp(at.parse().ok()?),
            id: EnrolmentId(Uuid::try_parse(id).ok()?),
        })
    }
}

impl Walk {
    /// Reads an address's parts; one that cannot be read falls back to its default and makes the second value true.
    pub fn read(query: &str) -> (Self, bool) {
        let mut walk = Self::default();
        let mut unreadable = false;
        for (name, value) in decode(query) {
            let understood = match name.as_str() {
                _ if value.is_empty() => true,
                param::WHOSE => {
                    walk.mine = value == MINE;
                    walk.mine
                }
                param::AFTER => {
                    walk.after = Place::read(&value);
                    walk.after.is_some()
                }
                param::DONE => {
                    let done = value.parse().ok().filter(|done| *done <= MOST_DONE);
                    walk.done = done.unwrap_or(0);
                    done.is_some()
                }
                _ => true,
            };
            unreadable |= !understood;
        }
        (walk, unreadable)
    }

    /// Its query string, without the question mark; empty at the beginning.
    pub fn query(&self) -> String {
        let Self { mine, after, done } = self;
        let after = after.map(|place| format!("{}.{}", place.reviewed_at.0, place.id));
        let parts = [
            (param::WHOSE, mine.then(|| MINE.to_owned())),
            (param::AFTER, after),
            (param::DONE, (*done > 0).then(|| done.to_string())),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(&value))))
            .collect();
        parts.join("&")
    }

    /// The walk from its beginning, for these clients.
    pub const fn from_the_beginning(mine: bool) -> Self {
        Self {
            mine,
            after: None,
            done: 0,
        }
    }

    /// « Plus tard »: on to the next, without a word about this one.
    #[must_use]
    pub const fn later(self, place: Place) -> Self {
        Self {
            after: Some(place),
            ..self.done_with_one()
        }
    }

    /// On to the next, which is the first of those that are left.
    #[must_use]
    pub const fn done_with_one(self) -> Self {
        let done = self.done.saturating_add(1);
        Self {
            done: if done < MOST_DONE { done } else { MOST_DONE },
            ..self
        }
    }
}

/// One step of a walk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The client to look at; none when none is left after the one put off last.
    pub shown: Option<Box<Stale>>,
    /// How many are still to look at, the one shown among them.
    pub ahead: u64,
    /// How many stale mandates there are in all, those put off too.
    pub stale: u64,
}

/// A client whose mandate is stale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stale {
    /// The client.
    pub client: Client,
    /// Where it stands.
    pub place: Place,
    /// Since when it is managed.
    pub since: Timestamp,
    /// Who added it.
    pub by: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: a broken address stops the walk, or is swallowed without a word.
    #[test]
    fn broken_addresses_are_told() {
        for broken in [
            "charge=toi",
            "apres=1",
            "apres=x.y",
            "vus=-1",
            "vus=99999999999",
        ] {
            assert_eq!(Walk::read(broken), (Walk::default(), true), "{broken}");
        }
        assert!(!Walk::read("?a=b&vus=").1);
    }

    /// Fear: the number of those done with runs over, or putting off does not move on.
    #[test]
    fn moving_on() {
        let place = Place {
            reviewed_at: Timestamp(5),
            id: EnrolmentId(Uuid::nil()),
        };
        let walk = Walk {
            mine: true,
            after: None,
            done: MOST_DONE,
        };
        let on = walk.later(place);
        assert_eq!((on.mine, on.after, on.done), (true, Some(place), MOST_DONE));
        assert_eq!(Walk::default().done_with_one().done, 1);
    }

    proptest! {
        /// Fear: a walk is another one after a reload.
        #[test]
        fn addresses_read_back(mine: bool, after: Option<(i64, u128)>, done in 0u64..=MOST_DONE) {
            let after = after.map(|(at, id)| Place {
                reviewed_at: Timestamp(at),
                id: EnrolmentId(Uuid::from_u128(id)),
            });
            let walk = Walk { mine, after, done };
            prop_assert_eq!(Walk::read(&walk.query()), (walk, false));
        }
    }
}
