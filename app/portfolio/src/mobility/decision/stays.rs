//! Stays of one person in one country that count as one.

use crate::mobility::{
    country::Country,
    day::{Day, Period},
    situation::Earlier,
};

/// Months between two postings to one State, where no agreement names others (decision A2, point 3c; by analogy elsewhere).
pub(super) const GAP: u32 = 2;

/// The stays before a posting that follow each other so closely that they count with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stays {
    /// When the first of them began; the posting's own start when there is none.
    first: Day,
    /// Days between them, when nobody was there.
    breaks: i64,
    /// Days between the last of them and the posting; `None` when there is none.
    last_break: Option<i64>,
}

impl Stays {
    pub(super) fn before(start: Day, country: Country, earlier: &[Earlier]) -> Self {
        let mut periods: Vec<Period> = earlier
            .iter()
            .filter(|other| !other.several && other.countries == [country])
            .map(|other| other.period)
            .filter(|period| period.end < start)
            .collect();
        periods.sort_by_key(|period| std::cmp::Reverse(period.end));
        let mut stays = Self {
            first: start,
            breaks: 0,
            last_break: None,
        };
        for period in periods {
            if stays.first >= free_again(period.end, country) {
                break;
            }
            let away = (period.end.days_until(stays.first) - 1).max(0);
            stays.breaks += away;
            stays.last_break.get_or_insert(away);
            stays.first = stays.first.min(period.start);
        }
        stays
    }

    /// The last day of so many months, all these stays counted and the days between them left out.
    pub(super) fn last_day(self, months: u32) -> Day {
        self.first.through(months).plus_days(self.breaks)
    }

    /// Whether the posting goes on where another ended, the day after.
    pub(super) fn goes_on(self) -> bool {
        self.last_break == Some(0)
    }

    /// Whether it begins too soon after another.
    pub(super) fn too_soon(self) -> bool {
        self.last_break.is_some_and(|days| days > 0)
    }

    /// Whether any stay counts with it.
    pub(super) fn any(self) -> bool {
        self.last_break.is_some()
    }
}

/// The first day on which a new posting no longer counts with one that ended on `end`.
fn free_again(end: Day, country: Country) -> Day {
    end.plus_days(1)
        .plus_months(country.row().gap.unwrap_or(GAP))
}
