//! Which conversations a list shows, as its address holds it.

use crate::{
    ids::{EnrolmentId, ThreadId},
    language::t,
    search::encode,
    time::Timestamp,
};
use std::str::FromStr;

/// Conversations of one page.
pub const PAGE: u64 = 30;

/// The parts of the address.
pub mod param {
    /// Only what is not read.
    pub const UNREAD: &str = "nonlus";
    /// Only about this client.
    pub const CLIENT: &str = "client";
    /// Which part of the body's queue.
    pub const SHOW: &str = "etat";
    /// Where the page begins.
    pub const AFTER: &str = "suite";
}

/// Where a page begins: after the conversation of this moment and id. Both stand in the address, so that a page begins at the same place
/// whatever became of the conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The moment that the list is ordered by.
    pub at: Timestamp,
    /// Which of that moment.
    pub id: ThreadId,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.0, self.id)
    }
}

impl FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self {
            at: Timestamp(at.parse().map_err(|_| ())?),
            id: id.parse().map_err(|_| ())?,
        })
    }
}

/// A part of the body's queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// What waits for the body's answer, the one that waits longest first.
    #[default]
    Waiting,
    /// What was answered, the latest first.
    Answered,
    /// What was closed, the latest first.
    Closed,
}

impl Show {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Closed];

    /// As the address holds it; empty for the usual one.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "",
            Self::Answered => "repondues",
            Self::Closed => "closes",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => t("Sans réponse"),
            Self::Answered => t("Répondues"),
            Self::Closed => t("Closes"),
        }
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThreadSearch {
    /// Only what is not read.
    pub unread: bool,
    /// Only about this client.
    pub client: Option<EnrolmentId>,
    /// Which part of the body's queue; it means nothing to the others.
    pub show: Show,
    /// Where the page begins; none for the first.
    pub after: Option<Place>,
}

impl ThreadSearch {
    /// Reads the parts of an address; what cannot be read is left out, and told by `true`.
    pub fn read<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, bool) {
        let (mut search, mut unread) = (Self::default(), false);
        for (name, value) in parts {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            unread |= match name {
                param::UNREAD => {
                    search.unread = value == "1";
                    !search.unread
                }
                param::CLIENT => {
                    search.client = value.parse().ok();
                    search.client.is_none()
                }
                param::SHOW => {
                    let found = Show::ALL.into_iter().find(|show| show.code() == value);
                    search.show = found.unwrap_or_default();
                    found.is_none()
                }
                param::AFTER => {
                    search.after = value.parse().ok();
                    search.after.is_none()
                }
                _ => false,
            };
        }
        (search, unread)
    }

    /// As the address holds it.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if self.unread {
            parts.push(format!("{}=1", param::UNREAD));
        }
        if let Some(client) = self.client {
            parts.push(format!("{}={client}", param::CLIENT));
        }
        if self.show != Show::Waiting {
            parts.push(format!("{}={}", param::SHOW, encode(self.show.code())));
        }
        if let Some(after) = self.after {
            parts.push(format!("{}={after}", param::AFTER));
        }
        parts.join("&")
    }

    /// Whether it leaves conversations out.
    pub const fn narrows(&self) -> bool {
        self.unread || self.client.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::decode;
    use proptest::prelude::*;

    proptest! {
        /// Fear: an address means something else when it is read again, or a strange one brings the page down.
        #[test]
        fn round_trip(unread in any::<bool>(), client in any::<Option<u128>>(), show in 0usize..3, after in any::<Option<(i64, u128)>>(), odd in ".{0,40}") {
            let search = ThreadSearch {
                unread,
                client: client.map(|id| EnrolmentId(uuid::Uuid::from_u128(id))),
                show: Show::ALL[show],
                after: after.map(|(at, id)| Place { at: Timestamp(at), id: ThreadId(uuid::Uuid::from_u128(id)) }),
            };
            let parts = decode(&search.query());
            let read = ThreadSearch::read(parts.iter().map(|(name, value)| (&**name, &**value)));
            prop_assert_eq!(read, (search, false));
            let _ = ThreadSearch::read([("suite", &*odd), ("client", &*odd), ("etat", &*odd), ("nonlus", &*odd)]);
        }
    }
}
