//! The account number (« n° de compte ») of an employer, a self-employed person or a gérant majoritaire (domain note, section 3.1).

use crate::{problem::Problem, tidy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An account number in its one stored shape: 18 digits, or 12 to 18 letters and digits.
///
/// The algorithm of its key is not public, so no check digit is enforced. The 14-digit short form of payment references leaves
/// out the four zeros behind the organism's code; it is written out again here, so that both forms find the same account.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountNumber(String);

impl AccountNumber {
    /// The fewest characters an account number has.
    pub const SHORTEST: usize = 12;
    /// The most characters an account number has.
    pub const LONGEST: usize = 18;
    pub(crate) const SHORT_FORM: usize = 14;
    const ORGANISM: usize = 3;

    /// Reads an account number, separators and lower case allowed.
    ///
    /// # Errors
    /// Missing, too short, too long, characters that no account number has, all zeros.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = tidy::compact(typed);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        {
            return Err(Problem::NotAccountCharacters);
        }
        match text.len() {
            length if length < Self::SHORTEST => {
                return Err(Problem::TooShort {
                    got: length,
                    want: Self::SHORTEST,
                });
            }
            length if length > Self::LONGEST => {
                return Err(Problem::TooLong {
                    got: length,
                    want: Self::LONGEST,
                });
            }
            _ => {}
        }
        if text.bytes().all(|b| b == b'0') {
            return Err(Problem::AllZeros);
        }
        if text.len() == Self::SHORT_FORM && tidy::all_digits(&text) {
            let (organism, rest) = text.split_at(Self::ORGANISM);
            return Ok(Self(format!("{organism}0000{rest}")));
        }
        Ok(Self(text))
    }

    /// The stored characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its last four characters behind dots, for places where the whole number need not be read.
    pub fn masked(&self) -> String {
        format!("…{}", &self.0[self.0.len() - 4..])
    }
}

/// Grouped by three for reading when made of digits: `117 000 001 567 462 542`.
impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if tidy::all_digits(&self.0) {
            f.write_str(&tidy::group(&self.0, &[3; 5]))
        } else {
            f.write_str(&self.0)
        }
    }
}

/// Half of a proof of mandate: logs see its end only.
impl fmt::Debug for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccountNumber({})", self.masked())
    }
}

impl TryFrom<String> for AccountNumber {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

impl From<AccountNumber> for String {
    fn from(number: AccountNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: a specimen of the domain note is refused, or its short form finds another account.
    #[test]
    fn specimens_and_short_form() {
        let long = AccountNumber::parse("117 0000 01567462542").unwrap();
        assert_eq!(long, AccountNumber::parse("11701567462542").unwrap());
        assert_eq!(
            long.to_string().replace('\u{202f}', " "),
            "117 000 001 567 462 542"
        );
        assert!(AccountNumber::parse("090048281379700073").is_ok());
        assert_eq!(
            AccountNumber::parse("gq815739800m01").unwrap().to_string(),
            "GQ815739800M01"
        );
    }

    /// Fear: two faults share one message.
    #[test]
    fn each_fault_has_its_own_problem() {
        assert_eq!(AccountNumber::parse(""), Err(Problem::Missing));
        assert_eq!(
            AccountNumber::parse("12345678901"),
            Err(Problem::TooShort { got: 11, want: 12 })
        );
        assert_eq!(
            AccountNumber::parse("1234567890123456789"),
            Err(Problem::TooLong { got: 19, want: 18 })
        );
        assert_eq!(
            AccountNumber::parse("11700000156746254É"),
            Err(Problem::NotAccountCharacters)
        );
        assert_eq!(
            AccountNumber::parse("000000000000000000"),
            Err(Problem::AllZeros)
        );
    }

    /// Fear: a whole account number lands in a log through `{:?}`.
    #[test]
    fn debug_hides_it() {
        let shown = format!("{:?}", AccountNumber::parse("117000001567462542").unwrap());
        assert!(!shown.contains("156746"), "{shown}");
    }

    proptest! {
        /// Fear: some text makes the parser panic.
        #[test]
        fn never_panics(typed in ".{0,40}") { let _ = AccountNumber::parse(&typed).map(|n| n.masked()); }

        /// Fear: an accepted number is not accepted again as shown or as stored.
        #[test]
        fn shown_and_stored_read_back(typed in "[0-9A-Z]{12,18}") {
            if let Ok(number) = AccountNumber::parse(&typed) {
                prop_assert_eq!(AccountNumber::parse(&number.to_string()).unwrap(), number.clone());
                prop_assert_eq!(AccountNumber::parse(number.as_str()).unwrap(), number);
            }
        }
    }
}
