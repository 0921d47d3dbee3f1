//! What the page « Échéances » shows, and its address.

use super::{Dated, DatedDay, Due, Rhythm, between, holiday};
use crate::{
    client::Colleague,
    holder::{HolderScheme, Kind},
    ids::{EnrolmentId, MemberId},
    mobility::day::Day,
    search::{decode, encode},
};
use serde::{Deserialize, Serialize};

/// Weeks of a page.
pub const WEEKS: i64 = 5;
/// Clients that are named on a day; of more, the number is told.
pub const NAMED: u64 = 5;

/// The names of the address's parts.
pub mod param {
    /// Whose clients.
    pub const WHOSE: &str = "charge";
    /// The day that the first week holds.
    pub const FROM: &str = "du";
    /// `clients`: by client.
    pub const VIEW: &str = "vue";
    /// The client that the page comes after.
    pub const AFTER: &str = "apres";
}

const MINE: &str = "moi";
const NOBODY: &str = "personne";
const CLIENTS: &str = "clients";

/// Whose clients are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// The whole firm's.
    #[default]
    Everybody,
    /// Those of whoever asks.
    Mine,
    /// Those that nobody is in charge of.
    Nobody,
    /// Those of this member.
    Member(MemberId),
}

impl Whose {
    /// As addresses and tables hold it.
    pub fn code(self) -> String {
        match self {
            Self::Everybody => String::new(),
            Self::Mine => MINE.to_owned(),
            Self::Nobody => NOBODY.to_owned(),
            Self::Member(id) => id.to_string(),
        }
    }

    /// Reads a code.
    pub fn read(code: &str) -> Option<Self> {
        match code {
            "" => Some(Self::Everybody),
            MINE => Some(Self::Mine),
            NOBODY => Some(Self::Nobody),
            id => id.parse().ok().map(Self::Member),
        }
    }
}

/// How the dates are put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Week by week.
    #[default]
    Weeks,
    /// Client by client.
    Clients,
}

/// What the page's address asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgendaQuery {
    /// Whose clients.
    pub whose: Whose,
    /// A day of the first week; today where there is none.
    pub from: Option<Day>,
    /// How the dates are put.
    pub view: View,
    /// The client that the page comes after.
    pub after: Option<EnrolmentId>,
}

impl AgendaQuery {
    /// Reads an address's parts; one that cannot be read falls back to its default and makes the second value true.
    pub fn read(query: &str) -> (Self, bool) {
        let mut asked = Self::default();
        let mut unreadable = false;
        for (name, value) in decode(query.trim_start_matches('?')) {
            let understood = match name.as_str() {
                _ if value.is_empty() => true,
                param::WHOSE => {
                    let whose = Whose::read(&value);
                    asked.whose = whose.unwrap_or_default();
                    whose.is_some()
                }
                param::FROM => {
                    asked.from = Day::try_from(value).ok();
                    asked.from.is_some()
                }
                param::VIEW => {
                    let clients = value == CLIENTS;
                    asked.view = if clients { View::Clients } else { View::Weeks };
                    clients
                }
                param::AFTER => {
                    asked.after = value.parse().ok();
                    asked.after.is_some()
                }
                _ => true,
            };
            unreadable |= !understood;
        }
        (asked, unreadable)
    }

    /// Its query string, without the question mark.
    pub fn query(&self) -> String {
        let Self {
            whose,
            from,
            view,
            after,
        } = self;
        let whose = whose.code();
        let parts = [
            (param::WHOSE, (!whose.is_empty()).then_some(whose)),
            (param::FROM, from.map(Day::iso)),
            (
                param::VIEW,
                (*view == View::Clients).then(|| CLIENTS.to_owned()),
            ),
            (param::AFTER, after.map(|id| id.to_string())),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| format!("{name}={}", encode(&value))))
            .collect();
        parts.join("&")
    }

    /// The same view and people, at another week.
    #[must_use]
    pub const fn at(self, from: Option<Day>) -> Self {
        Self { from, ..self }
    }

    /// The first and the last day that the weeks of the page show.
    pub fn days(&self, today: Day) -> (Day, Day) {
        let from = self.from.unwrap_or(today);
        let monday = from.plus_days(-from.weekday());
        (monday, monday.plus_days(WEEKS * 7 - 1))
    }
}

/// What falls due on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaDay {
    /// The day.
    pub day: Day,
    /// The dates of rhythms, with how many clients have each; none has no client.
    pub dues: Vec<(Due, u64)>,
    /// What ends.
    pub dated: Vec<DatedDay>,
}

/// One week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// Its first day.
    pub monday: Day,
    /// The days on which something falls due.
    pub days: Vec<AgendaDay>,
    /// Its public holidays.
    pub holidays: Vec<(Day, String)>,
}

/// A page of the firm's calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// The day that it is.
    pub today: Day,
    /// Who asks.
    pub me: MemberId,
    /// The weeks.
    pub weeks: Vec<Week>,
    /// Whom one may choose to see the clients of.
    pub colleagues: Vec<Colleague>,
}

impl Agenda {
    /// Puts the weeks from `monday` on together: how many clients have each rhythm, and what ends on days of its own.
    pub fn weeks(monday: Day, counts: &[(Rhythm, u64)], dated: &[DatedDay]) -> Vec<Week> {
        let until = monday.plus_days(WEEKS * 7 - 1);
        let dues = between(monday, until);
        let of = |rhythm| {
            let found = counts.iter().find(|(known, _)| *known == rhythm);
            found.map_or(0, |(_, clients)| *clients)
        };
        (0..WEEKS)
            .map(|week| {
                let monday = monday.plus_days(week * 7);
                let days = (0..7).map(|offset| monday.plus_days(offset));
                Week {
                    monday,
                    holidays: days
                        .clone()
                        .filter_map(|day| Some((day, holiday(day)?.to_owned())))
                        .collect(),
                    days: days
                        .map(|day| AgendaDay {
                            day,
                            dues: dues
                                .iter()
                                .filter(|due| due.day == day)
                                .map(|due| (*due, of(due.rhythm)))
                                .filter(|(_, clients)| *clients > 0)
                                .collect(),
                            dated: dated.iter().filter(|of| of.day == day).cloned().collect(),
                        })
                        .filter(|day| !day.dues.is_empty() || !day.dated.is_empty())
                        .collect(),
                }
            })
            .collect()
    }
}

/// A client with its next dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientDates {
    /// The client.
    pub id: EnrolmentId,
    /// Its name.
    pub name: String,
    /// Its number and scheme.
    pub held: HolderScheme,
    /// How often it declares; none for one that is *radié*.
    pub rhythm: Option<Rhythm>,
    /// Its next dates.
    pub dues: Vec<Due>,
    /// What ends soon.
    pub ends: Vec<(Dated, Day)>,
}

/// A page of clients with their next dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientPage {
    /// The day that it is.
    pub today: Day,
    /// The clients, by name.
    pub clients: Vec<ClientDates>,
    /// The client that the next page comes after.
    pub next: Option<EnrolmentId>,
    /// Whom one may choose to see the clients of.
    pub colleagues: Vec<Colleague>,
}

/// The dates of one client, and what may be chosen for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientWanted {
    /// The client and its dates.
    pub client: ClientDates,
    /// Of what kind it is.
    pub kind: Kind,
    /// What it has where the firm has said nothing.
    pub usual: Rhythm,
    /// What the firm has said.
    pub chosen: Option<Rhythm>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: an address leads to other people's clients, to another week, or is not understood after a round trip.
    #[test]
    fn addresses() {
        let id = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
        let query = format!("charge={id}&du=2026-12-01&vue=clients&apres={id}");
        let (asked, unreadable) = AgendaQuery::read(&query);
        assert!(!unreadable);
        assert_eq!(asked.query(), query);
        for (query, whose) in [
            ("", Whose::Everybody),
            ("charge=moi", Whose::Mine),
            ("?charge=personne&autre=1", Whose::Nobody),
        ] {
            let (asked, unreadable) = AgendaQuery::read(query);
            assert_eq!((asked.whose, unreadable), (whose, false));
        }
        for query in [
            "charge=x",
            "du=31/12/2026",
            "du=2026-02-30",
            "vue=mois",
            "apres=1",
        ] {
            assert_eq!(
                AgendaQuery::read(query),
                (AgendaQuery::default(), true),
                "{query}"
            );
        }
    }

    proptest! {
        /// Fear: a day stands in two weeks or in none, or a date without clients is shown.
        #[test]
        fn every_date_once(offset in 0i64..60_000) {
            let today = Day::new(1990, 1, 1).unwrap().plus_days(offset);
            let (monday, until) = AgendaQuery::default().days(today);
            prop_assert_eq!(monday.weekday(), 0);
            prop_assert!(monday <= today && today <= until);
            let counts = [(Rhythm::DsnFifteenth, 3), (Rhythm::Quarterly, 1), (Rhythm::DsnFifth, 0)];
            let weeks = Agenda::weeks(monday, &counts, &[]);
            let shown: Vec<Due> = weeks.iter().flat_map(|week| &week.days)
                .flat_map(|day| day.dues.iter().map(|(due, _)| *due)).collect();
            let expected: Vec<Due> = between(monday, until).into_iter()
                .filter(|due| [Rhythm::DsnFifteenth, Rhythm::Quarterly].contains(&due.rhythm)).collect();
            prop_assert_eq!(shown, expected);
        }
    }
}
