//! An amount of money, and the many ways in which people type one (domain note, sections 4 and 9).

use crate::{
    language::{Language, current},
    problem::Problem,
};
use std::fmt;

/// Euros in whole cents. Nought is a legitimate declaration (no employee), a negative one an adjusted slip.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Cents(i64);

/// Whole euros beyond this are no declaration but a slip of the keyboard.
const MOST_EUROS: i64 = 99_999_999_999;

impl Cents {
    /// An amount from its number of cents.
    pub const fn new(cents: i64) -> Self {
        Self(cents)
    }

    /// The number of cents, for the keyed digest and for arithmetic.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads `1234`, `1 234`, `1234,5`, `1 234,50 €`, `1234.50`, `€1,234.50`, `-12,00`, no-break spaces included.
    ///
    /// # Errors
    /// Missing, unreadable (letters, a separator twice, three decimals: `1.234` could mean two things), or too large.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let mut text: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
            .collect();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        for suffix in ["€", "EUR", "eur", "Eur"] {
            if let Some(bare) = text.strip_suffix(suffix) {
                text = bare.to_owned();
                break;
            }
        }
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let digits = digits.strip_prefix('€').unwrap_or(digits);
        let without = without_groups(digits);
        let digits = without.as_deref().unwrap_or(digits);
        let (euros, cents) = match digits.split_once([',', '.']) {
            Some((euros, cents)) => (euros, cents),
            None => (digits, ""),
        };
        let readable = !euros.is_empty()
            && euros.bytes().all(|b| b.is_ascii_digit())
            && cents.bytes().all(|b| b.is_ascii_digit())
            && cents.len() <= 2
            // `12,` is half typed.
            && (digits.len() == euros.len() || !cents.is_empty());
        if !readable {
            return Err(Problem::NotAmount);
        }
        let euros: i64 = euros.parse().map_err(|_| Problem::AmountTooLarge)?;
        if euros > MOST_EUROS {
            return Err(Problem::AmountTooLarge);
        }
        let cents: i64 = format!("{cents:0<2}")
            .parse()
            .map_err(|_| Problem::NotAmount)?;
        let total = euros * 100 + cents;
        Ok(Self(if negative { -total } else { total }))
    }
}

/// Digits without what stands between their thousands, `1,234.50` or `1.234,50`: with both signs there, nothing is left to guess.
fn without_groups(digits: &str) -> Option<String> {
    let (whole, cents) = digits.rsplit_once([',', '.'])?;
    let between = if digits[whole.len()..].starts_with('.') {
        ','
    } else {
        '.'
    };
    let (first, rest) = whole.split_once(between)?;
    let fits = (1..=3).contains(&first.len()) && rest.split(between).all(|group| group.len() == 3);
    fits.then(|| format!("{}.{cents}", whole.replace(between, "")))
}

/// As French typography writes it: `1 234,56 €`; in English `€1,234.56`.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = crate::french::number(self.0.unsigned_abs() / 100);
        let cents = self.0.unsigned_abs() % 100;
        match current() {
            Language::French => write!(f, "{sign}{whole},{cents:02}\u{a0}€"),
            Language::English => write!(f, "{sign}€{whole}.{cents:02}"),
        }
    }
}

/// A secret of the proof: logs never see it.
impl fmt::Debug for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cents(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::speak;
    use proptest::prelude::*;

    /// Fear: an accountant who types as she writes is refused.
    #[test]
    fn every_way_of_typing_it() {
        for (typed, cents) in [
            ("1234", 123_400),
            ("1 234", 123_400),
            ("1234,5", 123_450),
            ("1 234,50 €", 123_450),
            ("1\u{202f}234,50\u{a0}€", 123_450),
            ("1234.50", 123_450),
            ("0", 0),
            ("-0", 0),
            ("0,00", 0),
            ("-12,34", -1234),
            ("\u{2212}12,34", -1234),
            ("1234 EUR", 123_400),
            ("€1,234.50", 123_450),
            ("-€1,234,567.50", -123_456_750),
            ("1.234,50", 123_450),
        ] {
            assert_eq!(Cents::parse(typed).map(Cents::get), Ok(cents), "{typed}");
        }
    }

    /// Fear: what could mean two amounts is taken for one of them.
    #[test]
    fn garbage_is_refused() {
        for typed in [
            "abc",
            "1.234",
            "1,2,3",
            "1,234",
            "1,23.50",
            "1234,567.50",
            "1,234.5.0",
            "1.234,50,0",
            "€€1",
            "12,",
            ",5",
            "--3",
            "1234,567",
            "€",
            "-",
            "1e5",
            "NaN",
            "١٢",
        ] {
            assert_eq!(
                Cents::parse(typed).map(Cents::get),
                Err(Problem::NotAmount),
                "{typed}"
            );
        }
        assert_eq!(Cents::parse("  ").map(Cents::get), Err(Problem::Missing));
        assert_eq!(
            Cents::parse("100000000000").map(Cents::get),
            Err(Problem::AmountTooLarge)
        );
        assert_eq!(
            Cents::parse("99999999999999999999999").map(Cents::get),
            Err(Problem::AmountTooLarge)
        );
    }

    proptest! {
        /// Fear: some text makes the parser panic.
        #[test]
        fn never_panics(typed in ".{0,40}") { let _ = Cents::parse(&typed); }

        /// Fear: what a page shows cannot be pasted back.
        #[test]
        fn shown_reads_back(cents in -9_999_999_999_999i64..=9_999_999_999_999) {
            for language in Language::ALL {
                let shown = speak(language, || Cents::new(cents).to_string());
                prop_assert_eq!(Cents::parse(&shown).map(Cents::get), Ok(cents), "{}", shown);
            }
        }
    }
}
