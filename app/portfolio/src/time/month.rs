//! Months as people of France count them.

use super::{Timestamp, days, midnight, month_name};
use crate::language::{Language, current};
use serde::{Deserialize, Serialize};

/// The short names, as columns of a chart have room for.
const SHORT: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Month {
    year: i64,
    /// From 0.
    month: i64,
}

impl Month {
    /// The month of a moment, on the clocks of Paris.
    pub fn of(moment: Timestamp) -> Self {
        let (year, month, _) = moment.paris_date();
        Self {
            year,
            month: month - 1,
        }
    }

    /// The month before.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.month == 0 {
            Self {
                year: self.year - 1,
                month: 11,
            }
        } else {
            Self {
                month: self.month - 1,
                ..self
            }
        }
    }

    /// These many months that end with this one, in their order.
    pub fn last(self, many: usize) -> Vec<Self> {
        let mut months: Vec<Self> = std::iter::successors(Some(self), |month| Some(month.before()))
            .take(many)
            .collect();
        months.reverse();
        months
    }

    /// When it begins in Paris.
    pub const fn start(self) -> Timestamp {
        midnight(days(self.year, self.month + 1, 1))
    }

    /// « novembre 2026 ».
    pub fn long(self) -> String {
        format!("{}\u{a0}{}", month_name(self.month + 1), self.year)
    }

    /// « nov. », “Nov”.
    pub fn short(self) -> &'static str {
        match current() {
            Language::French => usize::try_from(self.month)
                .ok()
                .and_then(|month| SHORT.get(month))
                .copied()
                .unwrap_or_default(),
            // No English month needs more letters to be told from the others.
            Language::English => month_name(self.month + 1).get(..3).unwrap_or_default(),
        }
    }

    /// The year.
    pub const fn year(self) -> i64 {
        self.year
    }

    /// « 2026-11 »: the machine-readable month of a `<time>` element.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}", self.year, self.month + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DAY, HOUR};
    use proptest::prelude::*;

    /// Fear: what happened on the evening of the 31st in Paris counts for another month, or the twelve months leave one out.
    #[test]
    fn months_of_paris() {
        // 31 October 2026, 23:30 UTC is already November in Paris.
        let november = Month::of(Timestamp(1_793_489_400));
        assert_eq!(november.long(), "novembre\u{a0}2026");
        assert_eq!(
            (november.short(), november.iso().as_str()),
            ("nov.", "2026-11")
        );
        assert_eq!(november.start().short_moment(), "01/11/2026 à\u{a0}00:00");
        let year = november.last(12);
        assert_eq!((year.len(), year[0].iso().as_str()), (12, "2025-12"));
        assert_eq!(year[11], november);
        assert_eq!(year[0].before().iso(), "2025-11");
    }

    proptest! {
        /// Fear: a moment lies outside the month that it is counted for, so that it is counted twice or never.
        #[test]
        fn a_moment_lies_in_its_month(moment in 0i64..8_000_000_000) {
            let month = Month::of(Timestamp(moment));
            prop_assert!(month.start().0 <= moment);
            let next = Month::of(month.start().plus(32 * DAY));
            prop_assert_eq!(next.before(), month);
            prop_assert!(moment < next.start().0);
            prop_assert_eq!(Month::of(next.start().plus(-HOUR)), month);
        }
    }
}
