//! Which requests an officer's queue shows, as its address holds it.

use super::{
    country::{self, Country},
    form::Journey,
    life::State,
};
use crate::{ports::QueueWanted, search::encode};

/// The parts of the address.
pub mod param {
    /// The state.
    pub const STATE: &str = "etat";
    /// The country.
    pub const COUNTRY: &str = "pays";
    /// The kind of request.
    pub const KIND: &str = "type";
    /// The page.
    pub const PAGE: &str = "page";
}

/// What the filter of states offers besides what waits for a decision: everything that was sent.
pub const STATES: [State; 6] = [
    State::Examination,
    State::Asked,
    State::Granted,
    State::Refused,
    State::Withdrawn,
    State::EndedEarly,
];

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueSearch {
    /// Only these; none for all that wait for a decision.
    pub state: Option<State>,
    /// Only to this country.
    pub country: Option<Country>,
    /// Only of this kind.
    pub kind: Option<Journey>,
    /// The page, from 1.
    pub page: u64,
}

impl Default for QueueSearch {
    fn default() -> Self {
        Self {
            state: None,
            country: None,
            kind: None,
            page: 1,
        }
    }
}

impl QueueSearch {
    /// Reads the parts of an address; what cannot be read is left out, and told by `true`.
    pub fn read<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, bool) {
        let mut search = Self::default();
        let mut unread = false;
        for (name, value) in parts {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            unread |= match name {
                param::STATE => {
                    search.state = State::from_code(value).filter(|state| STATES.contains(state));
                    search.state.is_none()
                }
                param::COUNTRY => {
                    search.country = country::read(value).ok();
                    search.country.is_none()
                }
                param::KIND => {
                    search.kind = Journey::ALL.into_iter().find(|kind| kind.code() == value);
                    search.kind.is_none()
                }
                param::PAGE => {
                    let page = value.parse().ok();
                    let page = page.filter(|page| (1..=100_000).contains(page));
                    search.page = page.unwrap_or(1);
                    page.is_none()
                }
                _ => false,
            };
        }
        (search, unread)
    }

    /// As a query string.
    pub fn query(&self) -> String {
        let page = self.page.to_string();
        [
            (param::STATE, self.state.map(State::code)),
            (param::COUNTRY, self.country.map(Country::code)),
            (param::KIND, self.kind.map(Journey::code)),
            (param::PAGE, (self.page > 1).then_some(&*page)),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(value))))
        .collect::<Vec<_>>()
        .join("&")
    }

    /// The same requests on another page.
    #[must_use]
    pub fn on_page(&self, page: u64) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// Whether it leaves requests out that wait for a decision.
    pub fn narrows(&self) -> bool {
        self.on_page(1) != Self::default()
    }

    /// What storage is asked for.
    pub fn wanted(&self) -> QueueWanted {
        let waiting = || vec![State::Examination, State::Asked];
        QueueWanted {
            states: self.state.map_or_else(waiting, |state| vec![state]),
            country: self.country,
            kind: self.kind,
            page: self.page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::decode;

    fn read(query: &str) -> (QueueSearch, bool) {
        let parts = decode(query);
        let pairs = parts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        QueueSearch::read(pairs)
    }

    /// Fear: a bookmarked queue shows other requests, a filter that cannot be read is silently none, or drafts come to light.
    #[test]
    fn addresses() {
        let search = QueueSearch {
            state: Some(State::Granted),
            country: Country::of("DE"),
            kind: Some(Journey::Several),
            page: 3,
        };
        assert_eq!(read(&search.query()), (search.clone(), false));
        assert_eq!(search.wanted().states, [State::Granted]);
        assert_eq!(read("etat=&pays="), (QueueSearch::default(), false));
        for wrong in ["etat=brouillon", "etat=x", "pays=x", "type=x", "page=0"] {
            assert_eq!(read(wrong), (QueueSearch::default(), true), "{wrong}");
        }
        let waiting = QueueSearch::default().wanted().states;
        assert!(waiting.iter().all(|state| state.awaits_decision()));
    }
}
