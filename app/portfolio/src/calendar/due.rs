//! The dates that a rhythm brings, and those that stand by themselves.

use super::{Rhythm, moved};
use crate::{
    ids::{EnrolmentId, MobilityId},
    language::t,
    mobility::day::Day,
    time::{month_name, quarter},
};
use serde::{Deserialize, Serialize};

/// Further than this no date is moved, in days.
const MOST_MOVED: i64 = 7;

/// One date of a rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Due {
    /// The day, moved where it had to be.
    pub day: Day,
    /// What falls due.
    pub rhythm: Rhythm,
    /// The day that the law names.
    pub named: Day,
}

impl Due {
    /// What it is for: « novembre 2026 », « 3e trimestre 2026 ».
    pub fn period(self) -> String {
        let (year, month, _) = self.named.date();
        let of_month = |year: i64, month: i64| format!("{}\u{a0}{year}", month_name(month));
        let before = |year: i64, month: i64| match month {
            1 => (year - 1, 12),
            month => (year, month - 1),
        };
        let quarter = |year: i64, month: i64| quarter(year, (month - 1) / 3 + 1);
        match self.rhythm {
            Rhythm::DsnFifth | Rhythm::DsnFifteenth | Rhythm::TurnoverMonthly => {
                let (year, month) = before(year, month);
                of_month(year, month)
            }
            Rhythm::MonthlyFifth | Rhythm::MonthlyTwentieth => of_month(year, month),
            Rhythm::Quarterly => quarter(year, month),
            Rhythm::TurnoverQuarterly => {
                let (year, month) = before(year, month);
                quarter(year, month)
            }
        }
    }

    /// What falls due, and for when: « DSN et paiement, novembre 2026 ».
    pub fn told(self) -> String {
        format!("{}, {}", self.rhythm.what(), self.period())
    }
}

/// The day of a month on which something of a rhythm falls due, as the law names it.
fn named(rhythm: Rhythm, year: i64, month: i64) -> Option<Day> {
    let day = |of_month| Day::new(year, month, of_month);
    let last = || Some(day(1)?.plus_months(1).plus_days(-1));
    match rhythm {
        Rhythm::DsnFifth | Rhythm::MonthlyFifth => day(5),
        Rhythm::DsnFifteenth => day(15),
        Rhythm::MonthlyTwentieth => day(20),
        Rhythm::Quarterly if month % 3 == 2 => day(5),
        Rhythm::TurnoverMonthly => last(),
        Rhythm::TurnoverQuarterly if month % 3 == 1 => last(),
        Rhythm::Quarterly | Rhythm::TurnoverQuarterly => None,
    }
}

/// Everything that falls due from one day to another, both counted, of every rhythm: by day, then by rhythm.
pub fn between(from: Day, until: Day) -> Vec<Due> {
    let (mut year, mut month, _) = from.plus_days(-MOST_MOVED).date();
    let (last_year, last_month, _) = until.date();
    let mut dues = Vec::new();
    while (year, month) <= (last_year, last_month) {
        for rhythm in Rhythm::ALL {
            if let Some(named) = named(rhythm, year, month) {
                let day = moved(named);
                if (from..=until).contains(&day) {
                    dues.push(Due { day, rhythm, named });
                }
            }
        }
        (year, month) = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
    }
    dues.sort_unstable();
    dues
}

/// The next dates of one rhythm, from this day on.
pub fn next(rhythm: Rhythm, from: Day, count: usize) -> Vec<Due> {
    let months = u32::try_from(count)
        .unwrap_or(u32::MAX)
        .saturating_mul(3)
        .min(120);
    between(from, from.plus_months(months + 3))
        .into_iter()
        .filter(|due| due.rhythm == rhythm)
        .take(count)
        .collect()
}

/// What of a client ends on a day of its own.
///
/// Another one is a variant here, and an entry of `SOURCES` in `store` (`calendar/dated.rs`), which says where its days are: pages, feed
/// and counts follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dated {
    /// The last day of a certificate to work abroad.
    Mobility,
    /// The last day of an attestation de vigilance.
    Attestation,
}

impl Dated {
    /// Its word in stored rows and in the names of a feed's events.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mobility => "mobilite",
            Self::Attestation => "attestation",
        }
    }

    /// What happens.
    pub fn what(self) -> &'static str {
        match self {
            Self::Mobility => t("Fin de certificat pour l’étranger"),
            Self::Attestation => t("Fin d’attestation de vigilance"),
        }
    }

    /// So many of them, in words.
    pub fn counted(self, count: u64) -> String {
        match self {
            Self::Mobility => crate::french::count(
                count,
                "certificat pour l’étranger se termine",
                "certificats pour l’étranger se terminent",
            ),
            Self::Attestation => crate::french::count(
                count,
                "attestation de vigilance se termine",
                "attestations de vigilance se terminent",
            ),
        }
    }
}

/// One client of whom something ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The client.
    pub client: EnrolmentId,
    /// Its name.
    pub name: String,
    /// Whom it is about, where it is about somebody.
    pub who: String,
    /// The request, of a certificate to work abroad.
    pub request: Option<MobilityId>,
}

/// What ends on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedDay {
    /// The day.
    pub day: Day,
    /// What ends.
    pub what: Dated,
    /// How many.
    pub count: u64,
    /// The first few, by name.
    pub named: Vec<Named>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn dates(rhythm: Rhythm, from: &str, count: usize) -> Vec<String> {
        next(rhythm, day(from), count)
            .into_iter()
            .map(|due| {
                format!(
                    "{} {}",
                    due.day.short(),
                    due.period().replace('\u{a0}', " ")
                )
            })
            .collect()
    }

    /// Fear: a client is told another day than the law's, or for another month.
    #[test]
    fn dates_of_each_rhythm() {
        assert_eq!(
            dates(Rhythm::DsnFifth, "24/11/2026", 3),
            [
                "05/12/2026 novembre 2026",
                "05/01/2027 décembre 2026",
                "05/02/2027 janvier 2027"
            ]
        );
        assert_eq!(
            dates(Rhythm::DsnFifteenth, "15/11/2026", 2),
            ["16/11/2026 octobre 2026", "15/12/2026 novembre 2026"]
        );
        assert_eq!(
            dates(Rhythm::MonthlyTwentieth, "20/12/2026", 2),
            ["21/12/2026 décembre 2026", "20/01/2027 janvier 2027"]
        );
        assert_eq!(
            dates(Rhythm::Quarterly, "01/01/2027", 4),
            [
                "05/02/2027 1er trimestre 2027",
                "05/05/2027 2e trimestre 2027",
                "05/08/2027 3e trimestre 2027",
                "05/11/2027 4e trimestre 2027",
            ]
        );
        assert_eq!(
            dates(Rhythm::TurnoverMonthly, "01/01/2027", 3),
            [
                "01/02/2027 décembre 2026",
                "01/03/2027 janvier 2027",
                "31/03/2027 février 2027"
            ]
        );
        assert_eq!(
            dates(Rhythm::TurnoverQuarterly, "01/01/2027", 4),
            [
                "01/02/2027 4e trimestre 2026",
                "30/04/2027 1er trimestre 2027",
                "31/07/2027 2e trimestre 2027",
                "02/11/2027 3e trimestre 2027",
            ]
        );
    }

    proptest! {
        /// Fear: a date falls between two pages of the calendar, or stands on both; a year has too many or too few; one is on a day off.
        #[test]
        fn nothing_is_lost_between_pages(offset in 0i64..80_000, days in 1i64..60) {
            let from = Day::new(1950, 1, 1).unwrap().plus_days(offset);
            let middle = from.plus_days(days);
            let until = from.plus_days(400);
            let mut parts = between(from, middle);
            parts.extend(between(middle.plus_days(1), until));
            let whole = between(from, until);
            prop_assert_eq!(&parts, &whole);
            for due in &whole {
                prop_assert!(super::super::is_working(due.day));
                prop_assert!((0..=MOST_MOVED).contains(&due.named.days_until(due.day)));
            }
            for rhythm in Rhythm::ALL {
                let of = whole.iter().filter(|due| due.rhythm == rhythm).count();
                let quarters = matches!(rhythm, Rhythm::Quarterly | Rhythm::TurnoverQuarterly);
                let expected = if quarters { 4..=5 } else { 13..=14 };
                prop_assert!(expected.contains(&of), "{:?}: {}", rhythm, of);
            }
        }
    }
}
