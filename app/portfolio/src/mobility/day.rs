//! Days of the calendar, and periods of months as law counts them.

use crate::{
    problem::Problem,
    time::{Timestamp, civil, days, long_date},
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, without hour or place. Stored and sent as `2026-11-24`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i64);

/// The years that may be typed: births of people who still work, missions that somebody may plan.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2199;

impl Day {
    /// The day of these numbers; `None` when the calendar has none, or it is outside the years 1900 to 2199.
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let since = days(year, month, day);
        (civil(since) == (year, month, day)).then_some(Self(since))
    }

    /// Reads `24/11/2026` (spaces, dots or hyphens between do as well), or `2026-11-24` as a browser's date control sends it.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotDate`] when it is not written like one, [`Problem::NoSuchDay`] when the calendar has none.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let parts: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-'))
            .filter(|part| !part.is_empty())
            .collect();
        let number = |text: &str| {
            let plain = text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse::<i64>().ok()).flatten()
        };
        let (year, month, day) = match *parts {
            [] => return Err(Problem::Missing),
            [year, month, day] if year.len() == 4 && day.len() <= 2 => (year, month, day),
            [day, month, year] if year.len() == 4 && day.len() <= 2 => (year, month, day),
            _ => return Err(Problem::NotDate),
        };
        let numbers = number(year).zip(number(month)).zip(number(day));
        let ((year, month), day) = numbers.ok_or(Problem::NotDate)?;
        Self::new(year, month, day).ok_or(Problem::NoSuchDay)
    }

    /// The day that it is in Paris.
    pub fn of(moment: Timestamp) -> Self {
        let (year, month, day) = moment.paris_date();
        Self(days(year, month, day))
    }

    fn read(iso: &str) -> Option<Self> {
        let mut parts = iso.splitn(3, '-').map(|part| part.parse().ok());
        Self::new(parts.next()??, parts.next()??, parts.next()??)
    }

    /// The day this many days later; earlier, when negative.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// The same day of the month, this many months later; the month's last day where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        self.months_later(months).0
    }

    /// The last day of a period of so many months that begins on this day: one of 24 months from 15 January ends on 14 January. Where
    /// the last month has no such day the period ends with that month (regulation 1182/71, article 3, paragraph 2, point c).
    #[must_use]
    pub fn through(self, months: u32) -> Self {
        match self.months_later(months) {
            (day, true) => day.plus_days(-1),
            (last_of_month, false) => last_of_month,
        }
    }

    /// So many months later, and whether that month has this day.
    fn months_later(self, months: u32) -> (Self, bool) {
        let (year, month, day) = civil(self.0);
        let count = month - 1 + i64::from(months);
        let (year, month) = (year + count / 12, count % 12 + 1);
        let there = days(year, month, day);
        if civil(there) == (year, month, day) {
            return (Self(there), true);
        }
        let next = if month == 12 {
            days(year + 1, 1, 1)
        } else {
            days(year, month + 1, 1)
        };
        (Self(next - 1), false)
    }

    /// Days from this one to `other`; negative when that is earlier.
    pub const fn days_until(self, other: Self) -> i64 {
        other.0 - self.0
    }

    /// The day of the week: 0 is a Monday.
    pub fn weekday(self) -> i64 {
        // The first of January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7)
    }

    /// Year, month and day of the month.
    pub const fn date(self) -> (i64, i64, i64) {
        civil(self.0)
    }

    /// « 24/11/2026 »: the date in tables and fields.
    pub fn short(self) -> String {
        let (year, month, day) = civil(self.0);
        format!("{day:02}/{month:02}/{year}")
    }

    /// « 24 novembre 2026 », and « 1er » for the first: the date in running text.
    pub fn long(self) -> String {
        long_date(civil(self.0))
    }

    /// « 2026-11-24 »: the date for machines.
    pub fn iso(self) -> String {
        let (year, month, day) = civil(self.0);
        format!("{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.iso()
    }
}

impl TryFrom<String> for Day {
    type Error = Problem;
    fn try_from(iso: String) -> Result<Self, Problem> {
        Self::read(&iso)
            .filter(|day| day.iso() == iso)
            .ok_or(Problem::NotDate)
    }
}

/// Days from a first to a last one, both counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Day,
    /// The last day.
    pub end: Day,
}

impl Period {
    /// Whether some day is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Fear: a way of writing dates that people have is refused, or a day that is not there is taken for another.
    #[test]
    fn typed_dates() {
        for same in [
            "24/11/2026",
            " 24 / 11 / 2026 ",
            "24.11.2026",
            "24-11-2026",
            "24 11 2026",
            "2026-11-24",
            "24\u{a0}11\u{202f}2026",
        ] {
            assert_eq!(day(same), day("2026-11-24"), "{same}");
        }
        assert_eq!(day("1/2/2027"), day("01/02/2027"));
        for (wrong, problem) in [
            ("", Problem::Missing),
            (" / / ", Problem::Missing),
            ("24/11/26", Problem::NotDate),
            ("24/11", Problem::NotDate),
            ("24/11/2026/1", Problem::NotDate),
            ("24 novembre 2026", Problem::NotDate),
            ("+4/11/2026", Problem::NotDate),
            ("2026-11-2026", Problem::NotDate),
            ("29/02/2027", Problem::NoSuchDay),
            ("31/11/2026", Problem::NoSuchDay),
            ("11/24/2026", Problem::NoSuchDay),
            ("00/11/2026", Problem::NoSuchDay),
            ("24/11/1026", Problem::NoSuchDay),
        ] {
            assert_eq!(Day::parse(wrong), Err(problem), "{wrong}");
        }
    }

    /// Fear: « 1 février », or the day of another time zone.
    #[test]
    fn shown_dates() {
        assert_eq!(day("01/02/2027").long(), "1er\u{a0}février\u{a0}2027");
        assert_eq!(day("02/02/2027").long(), "2\u{a0}février\u{a0}2027");
        assert_eq!(day("1/2/2027").short(), "01/02/2027");
        // 30 June 2026, 22:30 UTC is already 1 July in Paris.
        assert_eq!(Day::of(Timestamp(1_782_858_600)), day("01/07/2026"));
    }

    /// Fear: a certificate of 24 months lasts a day too long, or February swallows one.
    #[test]
    fn months() {
        for (start, months, last) in [
            ("01/01/2027", 24, "31/12/2028"),
            ("15/01/2027", 24, "14/01/2029"),
            ("31/01/2027", 1, "28/02/2027"),
            ("28/01/2027", 1, "27/02/2027"),
            ("29/01/2028", 1, "28/02/2028"),
            ("30/01/2028", 1, "29/02/2028"),
            ("29/02/2028", 12, "28/02/2029"),
            ("01/03/2027", 12, "29/02/2028"),
            ("31/12/2026", 2, "28/02/2027"),
            ("01/12/2026", 1, "31/12/2026"),
        ] {
            assert_eq!(day(start).through(months), day(last), "{start} {months}");
        }
        assert_eq!(day("31/12/2026").plus_months(2), day("28/02/2027"));
        assert_eq!(day("30/11/2026").plus_months(1), day("30/12/2026"));
    }

    proptest! {
        /// Fear: what is shown or stored reads back as another day.
        #[test]
        fn reads_back(offset in 0i64..100_000) {
            let day = Day::new(1900, 1, 1).unwrap().plus_days(offset);
            prop_assert_eq!(Day::parse(&day.short()), Ok(day));
            prop_assert_eq!(Day::parse(&day.iso()), Ok(day));
            let stored = serde_json::to_string(&day).unwrap();
            prop_assert_eq!(serde_json::from_str::<Day>(&stored).unwrap(), day);
        }

        /// Fear: a later start, or more months, ends earlier; months skip a month or run over into the next.
        #[test]
        fn periods_grow(offset in 0i64..70_000, months in 1u32..73) {
            let start = Day::new(1900, 1, 1).unwrap().plus_days(offset);
            let last = start.through(months);
            prop_assert!(last >= start && last < start.through(months + 1));
            prop_assert!(last <= start.plus_days(1).through(months));
            prop_assert!(last <= start.plus_months(months));
            let (count, of) = (start.days_until(last), i64::from(months));
            prop_assert!(count >= of * 30 - 3 && count <= of * 31, "{count} days");
        }

        /// Fear: some text stops the portal instead of being refused.
        #[test]
        fn any_text(text in ".{0,24}") {
            let _ = Day::parse(&text);
            let _ = Day::try_from(text);
        }
    }
}
