//! The Siret: a Siren and the five digits of one establishment (domain note, section 1).

use crate::{
    problem::{Key, Problem},
    siren::Siren,
    tidy,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Fourteen digits of an establishment. [`Siret::parse`] holds typed input to the check digits; [`Siret::stored`] takes what a
/// registry holds, since some bodies give pseudo-Sirets that fail them (domain note, section 1).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Siret(String);

/// La Poste: its Sirets, its head office's apart, fail Luhn; their digits add up to a multiple of five instead.
const LA_POSTE: &str = "356000000";

impl Siret {
    /// How many digits a Siret has.
    pub const LENGTH: usize = 14;

    /// Reads a typed Siret, separators allowed.
    ///
    /// # Errors
    /// One problem for each fault: missing, letters, too short, too long, all zeros, wrong key of the Siret or of the Siren in it.
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
        let siren_is_right = Siren::parse(&text[..Siren::LENGTH]).is_ok();
        let sum: u32 = text.bytes().map(|b| u32::from(b - b'0')).sum();
        let la_poste = text.starts_with(LA_POSTE) && sum.is_multiple_of(5);
        if siren_is_right && (tidy::luhn(&text) || la_poste) {
            Ok(Self(text))
        } else {
            Err(Problem::WrongKey(Key::Siret))
        }
    }

    /// A Siret as a registry holds it: fourteen digits, no check digit required.
    ///
    /// # Errors
    /// When it is not fourteen digits.
    pub fn stored(text: &str) -> Result<Self, Problem> {
        if text.len() == Self::LENGTH && tidy::all_digits(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Problem::NotDigits)
        }
    }

    /// The company that the establishment belongs to; `None` for a pseudo-Siret whose first nine digits are no Siren.
    pub fn siren(&self) -> Option<Siren> {
        Siren::parse(&self.0[..Siren::LENGTH]).ok()
    }

    /// The fourteen digits, as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Grouped for reading: `732 829 320 00074`.
impl fmt::Display for Siret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&tidy::group(&self.0, &[3, 3, 3]))
    }
}

impl TryFrom<String> for Siret {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::stored(&text)
    }
}

impl From<Siret> for String {
    fn from(siret: Siret) -> Self {
        siret.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: La Poste, or a published Siret, is refused (vectors of the domain note, section 1).
    #[test]
    fn published_sirets_pass() {
        for good in [
            "73282932000074",
            "44306184100013",
            "13002526500013",
            "35600000000048",
            "35600000009075",
            "35600000049837",
        ] {
            assert!(Siret::parse(good).is_ok(), "{good}");
        }
        for bad in ["73282932000079", "35600000049838"] {
            assert_eq!(
                Siret::parse(bad),
                Err(Problem::WrongKey(Key::Siret)),
                "{bad}"
            );
        }
    }

    /// Fear: a Siret that passes Luhn hides a Siren that does not.
    #[test]
    fn the_siren_inside_is_checked() {
        // 404833047 is no Siren; the last digits make the whole pass Luhn.
        let whole = (0..100_000u32)
            .map(|nic| format!("404833047{nic:05}"))
            .find(|text| tidy::luhn(text))
            .unwrap();
        assert_eq!(Siret::parse(&whole), Err(Problem::WrongKey(Key::Siret)));
    }

    /// Fear: a registry with a pseudo-Siret (NIC 90022, domain note section 1) cannot be read.
    #[test]
    fn stored_sirets_may_fail_the_key() {
        assert!(Siret::parse("78366205990022").is_err());
        assert!(Siret::stored("78366205990022").is_ok());
        assert!(Siret::stored("7836620599002X").is_err());
    }

    proptest! {
        /// Fear: some text makes the parser panic, La Poste's prefix included.
        #[test]
        fn never_panics(typed in ".{0,40}", nic in "[0-9]{0,8}") {
            let _ = Siret::parse(&typed);
            let _ = Siret::parse(&format!("{LA_POSTE}{nic}"));
        }

        /// Fear: La Poste's rule leaks to everybody, or refuses a sum of five.
        #[test]
        fn la_poste_by_its_sum(nic in 0u32..100_000) {
            let text = format!("{LA_POSTE}{nic:05}");
            let sum: u32 = text.bytes().map(|b| u32::from(b - b'0')).sum();
            prop_assert_eq!(Siret::parse(&text).is_ok(), sum.is_multiple_of(5) || tidy::luhn(&text));
        }
    }
}
