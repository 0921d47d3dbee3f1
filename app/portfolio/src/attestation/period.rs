//! The period of a declaration, as registries write it (domain note, section 3.2).

use crate::say;
use crate::time::{month_name, quarter};
use serde::{Deserialize, Serialize};

/// `YYYYPP`: a year, then a quarter and a month of it, a whole quarter, or a whole year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Declared(String);

impl Declared {
    /// The period of a registry's code; `None` where there is none.
    pub fn of(code: &str) -> Option<Self> {
        (!code.is_empty()).then(|| Self(code.to_owned()))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// What periods are put in order by: year and last month, then the code.
    pub fn order(&self) -> (Option<(i64, i64)>, &str) {
        (self.last_month(), &self.0)
    }

    fn parts(&self) -> Option<(i64, u8, u8)> {
        let plain = self.0.len() == 6 && self.0.bytes().all(|b| b.is_ascii_digit());
        let digits = plain.then_some(self.0.as_bytes())?;
        let year = self.0[..4].parse().ok()?;
        Some((year, digits[4] - b'0', digits[5] - b'0'))
    }

    fn last_month(&self) -> Option<(i64, i64)> {
        let (year, quarter, month) = self.parts()?;
        match (quarter, month) {
            (1..=4, 0) => Some((year, i64::from(quarter) * 3)),
            (1..=4, 1..=3) => Some((year, i64::from(quarter - 1) * 3 + i64::from(month))),
            // The yearly adjustment.
            (6, 2) => Some((year, 12)),
            _ => None,
        }
    }

    /// « octobre 2026 », « 4e trimestre 2026 », « année 2026 »; the code alone where it is none that is known.
    pub fn told(&self) -> String {
        let known = self.parts().zip(self.last_month());
        match known {
            Some(((year, 6, _), _)) => say!("année\u{a0}{year}", year),
            Some(((year, number, 0), _)) => quarter(year, number.into()),
            Some((_, (year, month))) => format!("{}\u{a0}{year}", month_name(month)),
            None => say!("période\u{a0}{value}", value = self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(code: &str) -> Declared {
        Declared::of(code).unwrap()
    }

    /// Fear: a paper names another month than the one that was declared.
    #[test]
    fn months_quarters_and_years() {
        let told = |code| period(code).told().replace('\u{a0}', " ");
        for (code, words) in [
            ("202611", "janvier 2026"),
            ("202531", "juillet 2025"),
            ("202642", "novembre 2026"),
            ("202643", "décembre 2026"),
            ("202610", "1er trimestre 2026"),
            ("202640", "4e trimestre 2026"),
            ("202662", "année 2026"),
            ("202651", "période 202651"),
            ("été", "période été"),
        ] {
            assert_eq!(told(code), words);
        }
        assert_eq!(Declared::of(""), None);
    }

    /// Fear: an old declaration passes for the last one.
    #[test]
    fn in_order() {
        let codes = ["202543", "202611", "202613", "202621", "202631", "202662"];
        for pair in codes.windows(2) {
            let [before, after] = pair else { panic!() };
            assert!(
                period(before).order() < period(after).order(),
                "{before} {after}"
            );
        }
        // A whole quarter ends with its last month.
        assert!(period("202610").order() > period("202612").order());
    }
}
