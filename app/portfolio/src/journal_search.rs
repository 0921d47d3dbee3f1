//! Which lines of the journal a page shows, as its address holds it.

use crate::{
    ids::MemberId,
    journal::{Topic, Wanted},
    search::encode,
    time::{DAY, Timestamp},
};

/// The parts of the address.
pub mod param {
    /// The topic.
    pub const TOPIC: &str = "sujet";
    /// The member.
    pub const BY: &str = "membre";
    /// From this day on.
    pub const SINCE: &str = "du";
    /// Up to this day.
    pub const UNTIL: &str = "au";
    /// Older than this line.
    pub const BEFORE: &str = "avant";
}

/// What is asked for. Days are `2026-11-24`, as a date field sends them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JournalSearch {
    /// Only these, when any.
    pub topic: Option<Topic>,
    /// Only this member's, when any.
    pub by: Option<MemberId>,
    /// From this day on.
    pub since: Option<String>,
    /// Up to the end of this day.
    pub until: Option<String>,
    /// Older than the line of this number.
    pub before: Option<i64>,
}

impl JournalSearch {
    /// Reads the parts of an address; what cannot be read is left out, and told by `true`.
    pub fn read<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, bool) {
        let mut search = Self::default();
        let mut unread = false;
        for (name, value) in parts {
            if value.is_empty() {
                continue;
            }
            let day = || Timestamp::start_of_day(value).map(|_| value.to_owned());
            unread |= match name {
                param::TOPIC => {
                    search.topic = Topic::from_code(value);
                    search.topic.is_none()
                }
                param::BY => {
                    search.by = value.parse().ok();
                    search.by.is_none()
                }
                param::SINCE => {
                    search.since = day();
                    search.since.is_none()
                }
                param::UNTIL => {
                    search.until = day();
                    search.until.is_none()
                }
                param::BEFORE => {
                    search.before = value.parse().ok();
                    search.before.is_none()
                }
                _ => false,
            };
        }
        (search, unread)
    }

    /// The parts that say it.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let mut parts = Vec::new();
        let mut add = |name, value: Option<String>| parts.extend(value.map(|value| (name, value)));
        add(
            param::TOPIC,
            self.topic.map(|topic| topic.code().to_owned()),
        );
        add(param::BY, self.by.map(|by| by.to_string()));
        add(param::SINCE, self.since.clone());
        add(param::UNTIL, self.until.clone());
        add(param::BEFORE, self.before.map(|seq| seq.to_string()));
        parts
    }

    /// As a query string.
    pub fn query(&self) -> String {
        let parts: Vec<_> = self
            .parts()
            .into_iter()
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        parts.join("&")
    }

    /// The same lines from the latest on.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            before: None,
            ..self.clone()
        }
    }

    /// What is asked of storage.
    pub fn wanted(&self) -> Wanted {
        let day = |day: &Option<String>| day.as_deref().and_then(Timestamp::start_of_day);
        Wanted {
            topic: self.topic,
            by: self.by,
            since: day(&self.since),
            // The day after begins 23 to 25 hours later: the start of the day that holds the middle of it.
            until: day(&self.until)
                .and_then(|day| Timestamp::start_of_day(&day.plus(DAY + DAY / 2).iso_date())),
            before: self.before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::decode;

    fn read(query: &str) -> (JournalSearch, bool) {
        let parts = decode(query);
        JournalSearch::read(
            parts
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Fear: a bookmarked page of the journal shows other lines, or a filter that cannot be read is silently none.
    #[test]
    fn addresses() {
        let search = JournalSearch {
            topic: Some(Topic::Clients),
            by: Some(MemberId(uuid::Uuid::nil())),
            since: Some("2026-11-01".into()),
            until: Some("2026-11-24".into()),
            before: Some(42),
        };
        assert_eq!(read(&search.query()), (search, false));
        assert_eq!(
            read("sujet=&membre=&du=&au="),
            (JournalSearch::default(), false)
        );
        for wrong in ["sujet=x", "membre=x", "du=hier", "au=2026-13-01", "avant=x"] {
            assert_eq!(read(wrong), (JournalSearch::default(), true), "{wrong}");
        }
    }

    /// Fear: the last day that is asked for is left out, or one of 23 or 25 hours is cut.
    #[test]
    fn whole_days() {
        for (day, hours) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-12-31", 24)] {
            let wanted = read(&format!("du={day}&au={day}")).0.wanted();
            let (since, until) = (wanted.since.unwrap(), wanted.until.unwrap());
            assert_eq!((until.0 - since.0) / 3600, hours, "{day}");
            assert_eq!(until.plus(-1).iso_date(), day);
        }
    }
}
