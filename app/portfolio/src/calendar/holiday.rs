//! French public holidays, and the day that a date moves to.
//!
//! The eleven holidays of the Code du travail, article L.3133-1. Two more of Alsace and Moselle (Good Friday and 26 December, article
//! L.3134-13) and those by which overseas territories remember the end of slavery (article L.3422-2) are not counted: where a client
//! declares from is not known well enough, and a date that is not moved is never too late.

use crate::language::t;
use crate::mobility::day::Day;

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm that Meeus, Jones and Butcher give); `None` outside the
/// years that a [`Day`] may have.
pub fn easter(year: i64) -> Option<Day> {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let skipped = (century + 8) / 25;
    let moon = (century - skipped + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let count = epact + weekday - 7 * late + 114;
    Day::new(year, count / 31, count % 31 + 1)
}

/// The public holiday that a day is.
pub fn holiday(day: Day) -> Option<&'static str> {
    let (year, month, of_month) = day.date();
    let fixed = match (month, of_month) {
        (1, 1) => Some(t("Jour de l’An")),
        (5, 1) => Some(t("Fête du Travail")),
        (5, 8) => Some(t("Victoire 1945")),
        (7, 14) => Some(t("Fête nationale")),
        (8, 15) => Some(t("Assomption")),
        (11, 1) => Some(t("Toussaint")),
        (11, 11) => Some(t("Armistice 1918")),
        (12, 25) => Some(t("Noël")),
        _ => None,
    };
    fixed.or_else(|| match easter(year)?.days_until(day) {
        1 => Some(t("Lundi de Pâques")),
        39 => Some(t("Ascension")),
        50 => Some(t("Lundi de Pentecôte")),
        _ => None,
    })
}

/// Whether a declaration may fall due on this day: neither a Sunday nor a public holiday. A Saturday is one of those days: our source
/// (domain note, section 4, after service-public.fr and weblex.fr) moves a date from Sundays and holidays alone, and whoever is a day early
/// is not late.
pub fn is_working(day: Day) -> bool {
    day.weekday() != 6 && holiday(day).is_none()
}

/// The day itself, or the next one on which a declaration may fall due.
pub fn moved(mut day: Day) -> Day {
    while !is_working(day) {
        day = day.plus_days(1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Fear: Easter is a week early or late, and three holidays with it. Dates as almanacs have them, the earliest and the latest of
    /// the Gregorian calendar among them.
    #[test]
    fn easter_sundays() {
        for expected in [
            "15/04/1900",
            "31/03/1907",
            "23/03/1913",
            "25/04/1943",
            "21/04/1946",
            "14/04/1963",
            "29/03/1964",
            "26/03/1978",
            "19/04/1981",
            "23/04/2000",
            "15/04/2001",
            "31/03/2002",
            "20/04/2003",
            "11/04/2004",
            "27/03/2005",
            "16/04/2006",
            "08/04/2007",
            "23/03/2008",
            "12/04/2009",
            "04/04/2010",
            "24/04/2011",
            "08/04/2012",
            "31/03/2013",
            "20/04/2014",
            "05/04/2015",
            "27/03/2016",
            "16/04/2017",
            "01/04/2018",
            "21/04/2019",
            "12/04/2020",
            "04/04/2021",
            "17/04/2022",
            "09/04/2023",
            "31/03/2024",
            "20/04/2025",
            "05/04/2026",
            "28/03/2027",
            "16/04/2028",
            "01/04/2029",
            "21/04/2030",
            "25/04/2038",
            "19/04/2076",
            "18/04/2049",
            "28/03/2100",
        ] {
            let expected = day(expected);
            assert_eq!(easter(expected.date().0), Some(expected));
        }
    }

    /// Fear: a holiday that everybody knows is a working day here.
    #[test]
    fn holidays_of_a_year() {
        let found: Vec<_> = (0..365)
            .map(|offset| day("01/01/2026").plus_days(offset))
            .filter(|day| holiday(*day).is_some())
            .map(Day::short)
            .collect();
        assert_eq!(
            found,
            [
                "01/01/2026",
                "06/04/2026",
                "01/05/2026",
                "08/05/2026",
                "14/05/2026",
                "25/05/2026",
                "14/07/2026",
                "15/08/2026",
                "01/11/2026",
                "11/11/2026",
                "25/12/2026",
            ]
        );
        assert_eq!(holiday(day("29/05/2025")), Some("Ascension"));
        // In 2008 the first of May was Ascension Day, too: one day less, and no other moved.
        assert_eq!(holiday(day("01/05/2008")), Some("Fête du Travail"));
    }

    /// Fear: a date stays on a Sunday, leaves a Saturday, or passes over a working day.
    #[test]
    fn moved_dates() {
        for (from, to) in [
            ("15/12/2026", "15/12/2026"),
            ("05/12/2026", "05/12/2026"),
            ("15/11/2026", "16/11/2026"),
            ("05/04/2026", "07/04/2026"),
            ("15/08/2026", "17/08/2026"),
            ("31/10/2026", "31/10/2026"),
            ("31/01/2027", "01/02/2027"),
            ("05/05/2024", "06/05/2024"),
            ("25/12/2027", "27/12/2027"),
        ] {
            assert_eq!(moved(day(from)), day(to), "{from}");
        }
    }

    proptest! {
        /// Fear: a year has another number of holidays, Easter is no Sunday, or stands outside of 22 March to 25 April.
        #[test]
        fn every_year(year in 1901i64..2199) {
            let easter = easter(year).unwrap();
            prop_assert_eq!(easter.weekday(), 6);
            let (_, month, of_month) = easter.date();
            prop_assert!((month, of_month) >= (3, 22) && (month, of_month) <= (4, 25));
            let first = Day::new(year, 1, 1).unwrap();
            let count = (0..366).map(|offset| first.plus_days(offset))
                .filter(|day| day.date().0 == year && holiday(*day).is_some()).count();
            // Ascension Day may be the first or the eighth of May, Whit Monday neither.
            prop_assert!(count == 11 || count == 10, "{}", count);
        }

        /// Fear: a date moves backwards, onto a day off, or further than it must.
        #[test]
        fn moves_to_the_next(offset in 0i64..109_000) {
            let from = Day::new(1900, 1, 1).unwrap().plus_days(offset);
            let to = moved(from);
            prop_assert!(is_working(to) && (0..=3).contains(&from.days_until(to)));
            for between in 0..from.days_until(to) {
                prop_assert!(!is_working(from.plus_days(between)));
            }
        }
    }
}
