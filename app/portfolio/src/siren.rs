//! The Siren: nine digits that name a company or a self-employed person (domain note, section 1).

use crate::{
    problem::{Key, Problem},
    tidy,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A Siren whose check digit is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siren(String);

impl Siren {
    /// How many digits a Siren has.
    pub const LENGTH: usize = 9;

    /// Reads a Siren, separators allowed.
    ///
    /// # Errors
    /// One problem for each fault: missing, letters, too short, too long, all zeros (which Luhn alone would accept), wrong key.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = tidy::compact(typed);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if !tidy::all_digits(&text) {
            return Err(Problem::NotDigits);
        }
        match text.len() {
            length if length < Self::LENGTH => {
                return Err(Problem::TooShort {
                    got: length,
                    want: Self::LENGTH,
                });
            }
            length if length > Self::LENGTH => {
                return Err(Problem::TooLong {
                    got: length,
                    want: Self::LENGTH,
                });
            }
            _ => {}
        }
        if text.bytes().all(|b| b == b'0') {
            return Err(Problem::AllZeros);
        }
        if !tidy::luhn(&text) {
            return Err(Problem::WrongKey(Key::Siren));
        }
        Ok(Self(text))
    }

    /// The nine digits, as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The Siren that begins with these eight digits: its ninth is the one that passes Luhn. For made-up registries and tests.
    ///
    /// # Errors
    /// When `eight` is not eight digits, or is all zeros.
    pub fn with_check_digit(eight: &str) -> Result<Self, Problem> {
        if eight.len() != Self::LENGTH - 1 || !tidy::all_digits(eight) {
            return Err(Problem::NotDigits);
        }
        ('0'..='9')
            .find_map(|last| Self::parse(&format!("{eight}{last}")).ok())
            .ok_or(Problem::AllZeros)
    }
}

/// Grouped for reading: `732 829 320`.
impl fmt::Display for Siren {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tidy::group(&self.0, &[3, 3]))
    }
}

impl TryFrom<String> for Siren {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

impl From<Siren> for String {
    fn from(siren: Siren) -> Self {
        siren.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: a published, valid Siren is refused (vectors of the domain note, section 1).
    #[test]
    fn published_sirens_pass() {
        for good in [
            "732829320",
            "404833048",
            "552008443",
            "443061841",
            "130025265",
            "356000000",
            "123456782",
        ] {
            assert!(Siren::parse(good).is_ok(), "{good}");
        }
        assert_eq!(
            Siren::parse("732 829.320\u{a0}").unwrap().to_string(),
            "732\u{202f}829\u{202f}320"
        );
    }

    /// Fear: two faults share one message, so that the person cannot tell what to mend.
    #[test]
    fn each_fault_has_its_own_problem() {
        assert_eq!(Siren::parse(" \u{202f}"), Err(Problem::Missing));
        assert_eq!(
            Siren::parse("73282932"),
            Err(Problem::TooShort { got: 8, want: 9 })
        );
        assert_eq!(
            Siren::parse("7328293201"),
            Err(Problem::TooLong { got: 10, want: 9 })
        );
        assert_eq!(Siren::parse("73282932O"), Err(Problem::NotDigits));
        assert_eq!(
            Siren::parse("404833047"),
            Err(Problem::WrongKey(Key::Siren))
        );
        assert_eq!(Siren::parse("000000000"), Err(Problem::AllZeros));
    }

    proptest! {
        /// Fear: some text makes the parser panic.
        #[test]
        fn never_panics(typed in ".{0,40}") { let _ = Siren::parse(&typed); }

        /// Fear: a single mistyped digit passes.
        #[test]
        fn one_wrong_digit_is_seen(eight in "[0-9]{7}[1-9]", place in 0usize..9, shift in 1u8..10) {
            let siren = Siren::with_check_digit(&eight).unwrap();
            let mut bytes = siren.as_str().as_bytes().to_vec();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(Siren::parse(std::str::from_utf8(&bytes).unwrap()).is_err());
        }

        /// Fear: what is shown cannot be pasted back.
        #[test]
        fn shown_reads_back(eight in "[0-9]{7}[1-9]") {
            let siren = Siren::with_check_digit(&eight).unwrap();
            prop_assert_eq!(Siren::parse(&siren.to_string()), Ok(siren));
        }
    }
}
