//! The feed that diaries fetch: one event for each day and kind, with the number of clients, and with their names while they are few.

use super::{DatedDay, Event, Rhythm, Whose, between};
use crate::{french, mobility::day::Day, time::Timestamp};
use serde::{Deserialize, Serialize};

/// Up to so many clients are named in an event.
pub const FEED_NAMES: u64 = 10;
/// How far back the feed goes, in days.
pub const FEED_BACK: i64 = 31;
/// How far ahead it goes, in days.
pub const FEED_AHEAD: i64 = 120;

/// The feed of a member, as its page shows it: never its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedShown {
    /// Whose clients it tells of.
    pub whose: Whose,
    /// Since when its address is good.
    pub made_at: Timestamp,
}

/// What a feed is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The firm's name.
    pub firm: String,
    /// Whose clients.
    pub whose: Whose,
    /// How many clients have each rhythm, and their names where they are at most [`FEED_NAMES`].
    pub rhythms: Vec<(Rhythm, u64, Vec<String>)>,
    /// What ends on days of its own, with at most [`FEED_NAMES`] names each.
    pub dated: Vec<DatedDay>,
}

/// The events of a feed; `url` is the address of the portal, `page` the calendar's path.
pub fn events(facts: &Facts, today: Day, url: &str, page: &str) -> Vec<Event> {
    let at = |day: Day| {
        let charge = facts.whose.code();
        let charge = if charge.is_empty() {
            charge
        } else {
            format!("&charge={charge}")
        };
        format!("{url}{page}?du={}{charge}", day.iso())
    };
    let mut events = Vec::new();
    for due in between(today.plus_days(-FEED_BACK), today.plus_days(FEED_AHEAD)) {
        let found = facts
            .rhythms
            .iter()
            .find(|(rhythm, ..)| *rhythm == due.rhythm);
        let Some((_, clients, names)) = found.filter(|(_, clients, _)| *clients > 0) else {
            continue;
        };
        events.push(Event {
            uid: format!("{}-{}", due.named.iso(), due.rhythm.code()),
            day: due.day,
            summary: format!(
                "{} – {}",
                due.told(),
                french::count(*clients, "client", "clients")
            ),
            description: listed(names, *clients),
            url: at(due.day),
        });
    }
    for of in &facts.dated {
        let names: Vec<String> = of
            .named
            .iter()
            .map(|named| match &*named.who {
                "" => named.name.clone(),
                who => format!("{who} ({})", named.name),
            })
            .collect();
        events.push(Event {
            uid: format!("{}-{}", of.day.iso(), of.what.code()),
            day: of.day,
            summary: of.what.counted(of.count),
            description: listed(&names, of.count),
            url: at(of.day),
        });
    }
    events
}

fn listed(names: &[String], clients: u64) -> String {
    if names.is_empty() || clients > FEED_NAMES {
        return String::new();
    }
    names.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a feed names more clients than it may, tells of rhythms that nobody has, or names an event otherwise on another day.
    #[test]
    fn bounded_and_stable() {
        let day = |text| Day::parse(text).unwrap();
        let many = (FEED_NAMES + 1, Vec::new());
        let facts = Facts {
            firm: "Dupont".into(),
            whose: Whose::Mine,
            rhythms: vec![
                (
                    Rhythm::DsnFifteenth,
                    2,
                    vec!["Brasserie".into(), "Garage".into()],
                ),
                (Rhythm::MonthlyFifth, many.0, many.1),
                (Rhythm::DsnFifth, 0, Vec::new()),
            ],
            dated: Vec::new(),
        };
        let first = events(&facts, day("24/11/2026"), "https://p.example", "/echeances");
        let dsn: Vec<_> = first
            .iter()
            .filter(|event| event.uid.ends_with("dsn-15"))
            .collect();
        assert_eq!(dsn[0].uid, "2026-11-15-dsn-15");
        assert_eq!(dsn[0].day, day("16/11/2026"));
        assert!(
            dsn[0]
                .summary
                .ends_with("octobre\u{a0}2026 – 2\u{a0}clients"),
            "{}",
            dsn[0].summary
        );
        assert_eq!(dsn[0].description, "Brasserie\nGarage");
        assert_eq!(
            dsn[0].url,
            "https://p.example/echeances?du=2026-11-16&charge=moi"
        );
        assert!(first.iter().all(|event| !event.uid.ends_with("dsn-5")));
        let mut monthly = first
            .iter()
            .filter(|event| event.uid.ends_with("mensuel-5"));
        assert!(monthly.all(|event| event.description.is_empty()));
        let later = events(&facts, day("01/12/2026"), "https://p.example", "/echeances");
        for event in first.iter().filter(|event| event.day >= day("01/11/2026")) {
            assert!(later.contains(event), "{event:?}");
        }
    }
}
