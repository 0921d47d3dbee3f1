//! Moments and days. No clock: « now » is always an argument. People read the time of Paris.

mod month;

pub use month::Month;

use crate::{
    language::{Language, current, n, t},
    say,
};
use serde::{Deserialize, Serialize};

/// A moment: seconds since 1 January 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// One minute, in seconds.
pub const MINUTE: i64 = 60;
/// One hour, in seconds.
pub const HOUR: i64 = 3600;
/// One day, in seconds.
pub const DAY: i64 = 86_400;

const MONTHS: [&str; 12] = [
    n("janvier"),
    n("février"),
    n("mars"),
    n("avril"),
    n("mai"),
    n("juin"),
    n("juillet"),
    n("août"),
    n("septembre"),
    n("octobre"),
    n("novembre"),
    n("décembre"),
];

impl Timestamp {
    /// This many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0 + seconds)
    }

    /// « 23 novembre 2026 », and « 1er » for the first: the date in running text.
    pub fn long_date(self) -> String {
        long_date(self.paris_date())
    }

    /// « 23/11/2026 »: the date in tables.
    pub fn short_date(self) -> String {
        let (year, month, day) = self.paris_date();
        format!("{day:02}/{month:02}/{year}")
    }

    /// « 23/11/2026 à 09:05 ».
    pub fn short_moment(self) -> String {
        let seconds = self.paris().rem_euclid(DAY);
        let time = format!("{:02}:{:02}", seconds / HOUR, seconds % HOUR / MINUTE);
        say!("{date} à\u{a0}{time}", date = self.short_date(), time)
    }

    /// « 2026-11-23 »: the machine-readable date of a `<time>` element.
    pub fn iso_date(self) -> String {
        let (year, month, day) = self.paris_date();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// When a day begins in Paris; `text` is `2026-11-24`.
    pub fn start_of_day(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut part = |length: usize| {
            let digits = parts.next()?;
            let plain = digits.len() == length && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse::<i64>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() || !(1..=12).contains(&month) {
            return None;
        }
        let since = days(year, month, day);
        if civil(since) != (year, month, day) {
            return None;
        }
        Some(midnight(since))
    }

    /// Seconds since midnight on the clocks of Paris.
    pub const fn seconds_of_day(self) -> i64 {
        self.paris().rem_euclid(DAY)
    }

    /// Seconds since the epoch on the clocks of Paris.
    const fn paris(self) -> i64 {
        self.0
            + if self.is_paris_summer() {
                2 * HOUR
            } else {
                HOUR
            }
    }

    pub(crate) fn paris_date(self) -> (i64, i64, i64) {
        civil(self.paris().div_euclid(DAY))
    }

    /// Summer time runs from 01:00 UTC on the last Sunday of March to that of October (directive 2000/84/EC).
    const fn is_paris_summer(self) -> bool {
        let (year, _, _) = civil(self.0.div_euclid(DAY));
        let starts = last_sunday(year, 3) * DAY + HOUR;
        let ends = last_sunday(year, 10) * DAY + HOUR;
        starts <= self.0 && self.0 < ends
    }
}

/// A date in running text: « 1er janvier 2026 », “1 January 2026”.
pub(crate) fn long_date((year, month, day): (i64, i64, i64)) -> String {
    let first = match (day, current()) {
        (1, Language::French) => "er",
        _ => "",
    };
    format!("{day}{first}\u{a0}{}\u{a0}{year}", month_name(month))
}

/// A quarter of a year, from 1: « 3e trimestre 2026 », “3rd quarter of 2026”.
pub(crate) fn quarter(year: i64, quarter: i64) -> String {
    const QUARTERS: [&str; 4] = [n("1er"), n("2e"), n("3e"), n("4e")];
    let name = usize::try_from(quarter - 1)
        .ok()
        .and_then(|place| QUARTERS.get(place));
    let quarter = name.map_or("", |name| t(name));
    say!("{quarter}\u{a0}trimestre\u{a0}{year}", quarter, year)
}

/// The name of a month, from 1.
pub(crate) fn month_name(month: i64) -> &'static str {
    let name = usize::try_from(month - 1)
        .ok()
        .and_then(|place| MONTHS.get(place));
    name.map_or("", |name| t(name))
}

/// When a day begins in Paris, of a number of days since the epoch.
const fn midnight(day: i64) -> Timestamp {
    let in_summer = Timestamp(day * DAY - 2 * HOUR);
    if in_summer.is_paris_summer() {
        in_summer
    } else {
        in_summer.plus(HOUR)
    }
}

/// The last Sunday of a month of 31 days, in days since the epoch (a Thursday).
const fn last_sunday(year: i64, month: i64) -> i64 {
    let last = days(year, month, 31);
    last - (last + 4).rem_euclid(7)
}

/// Days since the epoch of a date of the Gregorian calendar (Howard Hinnant's `days_from_civil`).
pub(crate) const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a number of days since the epoch (Howard Hinnant's `civil_from_days`).
pub(crate) const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    (
        year_of_era + era * 400 + if month <= 2 { 1 } else { 0 },
        month,
        day,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: late in the evening, or at the change of clocks, another day is shown than the one on the wall in Paris.
    #[test]
    fn the_clock_of_paris() {
        // 24 November 2026, 07:58:14 UTC: winter, one hour ahead.
        assert_eq!(
            Timestamp(1_795_507_094).short_moment(),
            "24/11/2026 à\u{a0}08:58"
        );
        // 30 June 2026, 22:30 UTC is already 1 July in Paris.
        assert_eq!(
            Timestamp(1_782_858_600).long_date(),
            "1er\u{a0}juillet\u{a0}2026"
        );
        // 29 March 2026: clocks jump at 01:00 UTC.
        assert_eq!(
            Timestamp(1_774_745_999).short_moment(),
            "29/03/2026 à\u{a0}01:59"
        );
        assert_eq!(
            Timestamp(1_774_746_000).short_moment(),
            "29/03/2026 à\u{a0}03:00"
        );
        // 25 October 2026: back at 01:00 UTC.
        assert_eq!(
            Timestamp(1_792_889_999).short_moment(),
            "25/10/2026 à\u{a0}02:59"
        );
        assert_eq!(
            Timestamp(1_792_890_000).short_moment(),
            "25/10/2026 à\u{a0}02:00"
        );
        assert_eq!(Timestamp(0).iso_date(), "1970-01-01");
    }

    /// Fear: a day that somebody chose begins an hour early or late, or one that is not there is taken.
    #[test]
    fn days_begin_at_midnight() {
        for day in ["2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26"] {
            let start = Timestamp::start_of_day(day).unwrap();
            assert_eq!(start.iso_date(), day);
            assert!(start.short_moment().ends_with("00:00"), "{day}");
        }
        for wrong in [
            "",
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "2026-01-01-",
            "+026-01-01",
        ] {
            assert_eq!(Timestamp::start_of_day(wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// Fear: some day of four centuries is shown as another.
        #[test]
        fn days_and_dates_agree(day in -80_000i64..80_000) {
            let (year, month, of_month) = civil(day);
            prop_assert_eq!(days(year, month, of_month), day);
            prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
        }
    }
}
