//! Where the pages of one client lead back to.

use super::{back_of, list, param, part, review};
use portfolio::{
    language::t,
    review::Walk,
    search::{Search, encode},
};

/// Where the pages of one client lead back to: one of two kinds of pages, so that an address cannot name any other.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "one of a page at a time, never many of them together"
    )
)]
pub enum Way {
    /// A list.
    List(Search),
    /// A step of the walk through stale mandates.
    Review(Walk),
}

impl Way {
    /// Reads what an address or a form carries.
    pub fn read(text: &str) -> Self {
        match part(text, param::REVIEW) {
            Some(walk) => Self::Review(Walk::read(&walk).0),
            None => Self::List(back_of(text)),
        }
    }

    /// The way back that a page's own query string names.
    pub fn of_page(query: &str) -> Self {
        Self::read(&part(query, param::BACK).unwrap_or_default())
    }

    /// As an address or a form carries it; empty for the list of everybody.
    pub fn query(&self) -> String {
        match self {
            Self::List(search) => search.query(),
            Self::Review(walk) => format!("{}={}", param::REVIEW, encode(&walk.query())),
        }
    }

    /// The page.
    pub fn path(&self) -> String {
        match self {
            Self::List(search) => list(search),
            Self::Review(walk) => review(walk),
        }
    }

    /// Its name, as the links at the head of a page say it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::List(_) => t("Établissements"),
            Self::Review(_) => t("Revue du portefeuille"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::client;
    use portfolio::ids::EnrolmentId;
    use uuid::Uuid;

    /// Fear: whoever opens a client from the review comes back to the list, or at another place of the walk.
    #[test]
    fn back_into_the_walk() {
        for walk in [
            Walk::default(),
            Walk {
                mine: true,
                after: None,
                done: 7,
            },
        ] {
            let way = Way::Review(walk);
            let page = client(EnrolmentId(Uuid::nil()), &way.query());
            let read = Way::of_page(page.split_once('?').unwrap().1);
            assert_eq!(read, way);
            assert_eq!(read.path(), review(&walk));
        }
    }
}
