//! The NIR (« numéro de sécurité sociale ») of a person (domain note, section 2).

use crate::{
    problem::{Key, Problem},
    tidy,
};
use std::fmt;

/// The thirteen characters of a NIR whose form is right, without its key. It is never shown, never serialised, never logged:
/// it lives from the typed field to the keyed digest that it is compared by (law: domain note, section 2.2).
#[derive(Clone, PartialEq, Eq)]
pub struct Nir(String);

impl Nir {
    /// Characters without the key.
    pub const BARE: usize = 13;
    /// Characters with the key.
    pub const WITH_KEY: usize = 15;

    /// Reads a NIR of 13 characters, or 15 with its key.
    ///
    /// # Errors
    /// Missing, a wrong number of characters, characters that do not belong where they are, an impossible month, a wrong key.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = tidy::compact(typed);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A' | b'B'))
        {
            return Err(Problem::NotNirCharacters);
        }
        match text.len() {
            Self::BARE | Self::WITH_KEY => {}
            length if length > Self::WITH_KEY => {
                return Err(Problem::TooLong {
                    got: length,
                    want: Self::WITH_KEY,
                });
            }
            length => {
                return Err(Problem::TooShort {
                    got: length,
                    want: Self::WITH_KEY,
                });
            }
        }
        let number = numeric(&text[..Self::BARE]).ok_or(Problem::NotNirCharacters)?;
        if !matches!(text.as_bytes()[0], b'1'..=b'4' | b'7' | b'8') {
            return Err(Problem::NirForm);
        }
        // The month: true ones, then those of incomplete or foreign civil status.
        let month: u8 = text[3..5].parse().map_err(|_| Problem::NirForm)?;
        if !matches!(month, 1..=12 | 20..=42 | 50..=99) {
            return Err(Problem::NirForm);
        }
        if &text[5..7] == "00" || &text[10..13] == "000" {
            return Err(Problem::NirForm);
        }
        if text.len() == Self::WITH_KEY {
            let key: u64 = text[Self::BARE..]
                .parse()
                .map_err(|_| Problem::NotNirCharacters)?;
            if key != 97 - number % 97 {
                return Err(Problem::WrongKey(Key::Nir));
            }
        }
        Ok(Self(text[..Self::BARE].to_owned()))
    }

    /// Whether a text has the form of a NIR, also of one whose key is mistyped: what may not be kept in clear.
    pub fn is_like(typed: &str) -> bool {
        let text = tidy::compact(typed);
        let bare = match text.len() {
            Self::WITH_KEY => text.get(..Self::BARE),
            _ => Some(&*text),
        };
        bare.is_some_and(|bare| Self::parse(bare).is_ok())
    }

    /// « 2 55 08 •• ••• ••• »: what tells two people of a page apart, when the whole number is nobody's business there. Sex, year and
    /// month of birth, which stand beside it anyway.
    pub fn masked(&self) -> String {
        let (sex, year, month) = (&self.0[..1], &self.0[1..3], &self.0[3..5]);
        format!("{sex}\u{a0}{year}\u{a0}{month}\u{a0}••\u{a0}•••\u{a0}•••")
    }

    /// « 2 55 08 14 168 025 38 »: the whole number with its key, for a page that was asked for it on purpose.
    pub fn shown(&self) -> String {
        let parts = [0..1, 1..3, 3..5, 5..7, 7..10, 10..13].map(|part| &self.0[part]);
        format!("{}\u{a0}{}", parts.join("\u{a0}"), self.key())
    }

    /// The thirteen characters, for the keyed digest and the vault alone.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The key of these thirteen characters, two digits. For made-up registries and tests.
    pub fn key(&self) -> String {
        let number = numeric(&self.0).unwrap_or_default();
        format!("{:02}", 97 - number % 97)
    }
}

/// The number that the key is taken of: the two departments of Corsica count as 19 and 18.
fn numeric(bare: &str) -> Option<u64> {
    let digits = match &bare[5..7] {
        "2A" => format!("{}19{}", &bare[..5], &bare[7..]),
        "2B" => format!("{}18{}", &bare[..5], &bare[7..]),
        _ => bare.to_owned(),
    };
    digits.parse().ok()
}

/// Logs never see it.
impl fmt::Debug for Nir {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nir(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: Corsica, a birth abroad or a temporary number is refused (vectors of the domain note, section 2).
    #[test]
    fn published_nirs_pass() {
        for good in [
            "255081416802538",
            "255082A16802597",
            "295109912611193",
            "253072A07300443",
            "253072B07300470",
            "180127512345642",
            "2 55 08 14 168 025 38",
            "2550814168025",
            "253072b073004 70",
        ] {
            assert!(Nir::parse(good).is_ok(), "{good}");
        }
    }

    /// Fear: a mistyped number passes, or two faults share one message.
    #[test]
    fn each_fault_has_its_own_problem() {
        assert_eq!(Nir::parse("").unwrap_err(), Problem::Missing);
        assert_eq!(
            Nir::parse("255081416802539").unwrap_err(),
            Problem::WrongKey(Key::Nir)
        );
        assert_eq!(
            Nir::parse("295109912611199").unwrap_err(),
            Problem::WrongKey(Key::Nir)
        );
        assert_eq!(
            Nir::parse("253072C07300443").unwrap_err(),
            Problem::NotNirCharacters
        );
        assert_eq!(
            Nir::parse("25308A407300443").unwrap_err(),
            Problem::NotNirCharacters
        );
        assert_eq!(
            Nir::parse("25508141680253").unwrap_err(),
            Problem::TooShort { got: 14, want: 15 }
        );
        assert_eq!(
            Nir::parse("2550814168025381").unwrap_err(),
            Problem::TooLong { got: 16, want: 15 }
        );
        assert_eq!(Nir::parse("2551314168025").unwrap_err(), Problem::NirForm);
        assert_eq!(Nir::parse("5550814168025").unwrap_err(), Problem::NirForm);
    }

    /// Fear: the months of incomplete civil status are refused (domain note, section 2.1).
    #[test]
    fn month_ranges() {
        for month in 0..100 {
            let bare = format!("255{month:02}14168025");
            let allowed = matches!(month, 1..=12 | 20..=42 | 50..=99);
            assert_eq!(Nir::parse(&bare).is_ok(), allowed, "month {month:02}");
        }
    }

    proptest! {
        /// Fear: some text makes the parser panic, or a NIR is told by `{:?}`.
        #[test]
        fn never_panics_never_told(typed in "[0-9AB .é]{0,24}") {
            if let Ok(nir) = Nir::parse(&typed) {
                prop_assert_eq!(format!("{nir:?}"), "Nir(…)");
            }
        }

        /// Fear: the number with its key and without are two different people.
        #[test]
        fn key_or_not_is_the_same_person(
            sex in "[123478]", year in "[0-9]{2}", month in 1u8..13, place in "(2A|2B|[1-9][0-9])[0-9]{3}", order in "[0-9]{2}[1-9]"
        ) {
            let bare = Nir::parse(&format!("{sex}{year}{month:02}{place}{order}")).unwrap();
            let whole = Nir::parse(&format!("{}{}", bare.expose(), bare.key())).unwrap();
            prop_assert_eq!(bare, whole);
        }
    }
}
