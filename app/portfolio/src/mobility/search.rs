//! Which requests a list shows, as its address holds it.

use super::{country::Country, day::Day, life::State};
use crate::{ids::EnrolmentId, search::encode};

/// Days ahead within which the end of a certificate is worth a reminder: time enough to ask for what follows it.
pub const SOON: i64 = 60;
/// Rows of a page.
pub const PAGE: u64 = 50;

/// The parts of the address.
pub mod param {
    /// The state.
    pub const STATE: &str = "etat";
    /// The country.
    pub const COUNTRY: &str = "pays";
    /// Abroad on this day or later.
    pub const SINCE: &str = "du";
    /// Abroad on this day or before.
    pub const UNTIL: &str = "au";
    /// Ends soon.
    pub const ENDING: &str = "fin";
    /// The client.
    pub const CLIENT: &str = "client";
    /// The name of who goes, or of the client.
    pub const TEXT: &str = "q";
    /// The page.
    pub const PAGE: &str = "page";
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MobilitySearch {
    /// Only these, when any.
    pub state: Option<State>,
    /// Only to this country, when any.
    pub country: Option<Country>,
    /// Abroad on this day or later.
    pub since: Option<Day>,
    /// Abroad on this day or before.
    pub until: Option<Day>,
    /// Only certificates in force that end within [`SOON`] days.
    pub ending: bool,
    /// Only this client's.
    pub client: Option<EnrolmentId>,
    /// Words of the name of who goes, or of the client.
    pub text: String,
    /// The page, from 1.
    pub page: u64,
}

impl Default for MobilitySearch {
    fn default() -> Self {
        Self {
            state: None,
            country: None,
            since: None,
            until: None,
            ending: false,
            client: None,
            text: String::new(),
            page: 1,
        }
    }
}

impl MobilitySearch {
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
                    search.state = State::from_code(value);
                    search.state.is_none()
                }
                param::COUNTRY => {
                    search.country = super::country::read(value).ok();
                    search.country.is_none()
                }
                param::SINCE => {
                    search.since = Day::parse(value).ok();
                    search.since.is_none()
                }
                param::UNTIL => {
                    search.until = Day::parse(value).ok();
                    search.until.is_none()
                }
                param::ENDING => {
                    search.ending = value == "1";
                    !search.ending
                }
                param::CLIENT => {
                    search.client = value.parse().ok();
                    search.client.is_none()
                }
                param::TEXT => {
                    search.text = value.chars().take(100).collect();
                    false
                }
                param::PAGE => {
                    let page = value
                        .parse()
                        .ok()
                        .filter(|page| (1..=100_000).contains(page));
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
        let mut parts = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            parts.extend(value.map(|value| format!("{name}={}", encode(&value))));
        };
        add(
            param::STATE,
            self.state.map(|state| state.code().to_owned()),
        );
        add(
            param::COUNTRY,
            self.country.map(|country| country.code().to_owned()),
        );
        add(param::SINCE, self.since.map(Day::iso));
        add(param::UNTIL, self.until.map(Day::iso));
        add(param::ENDING, self.ending.then(|| "1".to_owned()));
        add(param::CLIENT, self.client.map(|id| id.to_string()));
        add(
            param::TEXT,
            (!self.text.is_empty()).then(|| self.text.clone()),
        );
        add(param::PAGE, (self.page > 1).then(|| self.page.to_string()));
        parts.join("&")
    }

    /// The same requests on another page.
    #[must_use]
    pub fn on_page(&self, page: u64) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// Whether it leaves requests out.
    pub fn narrows(&self) -> bool {
        self.on_page(1) != Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::decode;

    fn read(query: &str) -> (MobilitySearch, bool) {
        let parts = decode(query);
        let pairs = parts
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        MobilitySearch::read(pairs)
    }

    /// Fear: a bookmarked list shows other requests, or a filter that cannot be read is silently none.
    #[test]
    fn addresses() {
        let search = MobilitySearch {
            state: Some(State::Granted),
            country: Country::of("DE"),
            since: Day::parse("2026-11-01").ok(),
            until: Day::parse("2026-11-24").ok(),
            ending: true,
            client: Some(EnrolmentId(uuid::Uuid::nil())),
            text: "l’œuf & cie".into(),
            page: 3,
        };
        assert_eq!(read(&search.query()), (search, false));
        assert_eq!(
            read("etat=&pays=&du=&q="),
            (MobilitySearch::default(), false)
        );
        assert_eq!(read("pays=Allemagne").0.country, Country::of("DE"));
        for wrong in [
            "etat=x",
            "pays=x",
            "du=hier",
            "au=31/02/2026",
            "fin=x",
            "client=x",
            "page=0",
        ] {
            assert_eq!(read(wrong), (MobilitySearch::default(), true), "{wrong}");
        }
    }
}
