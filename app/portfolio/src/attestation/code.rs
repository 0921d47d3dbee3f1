//! The security code of an attestation: fifteen signs that nobody guesses, that anybody can type from paper, and that tell a slip of
//! the keyboard from a false paper.

use crate::{mobility::code::VerificationCode, problem::Problem};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The signs of Crockford's base 32, which has no `I`, `L`, `O` nor `U`; a sign's place is its value.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Fourteen random signs (70 bits) and one that checks them. It opens nothing: it confirms a paper to whoever holds it.
///
/// The signs are numbers of the field of 32 elements, and their sum, each weighed by another power of α, is nought. So one wrong sign
/// and two signs that changed places are always noticed.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SecurityCode(String);

/// What is wrong with a code that somebody typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeFault {
    /// Fewer signs than a code has, or more than one kind has and fewer than the other.
    Incomplete {
        /// Signs typed, separators apart.
        got: usize,
    },
    /// More signs than any code has.
    TooLong {
        /// Signs typed, separators apart.
        got: usize,
    },
    /// A sign that no code has.
    NoSuchSign,
    /// As long as a code is, but its signs do not go together: one of them was mistyped.
    Mistyped,
}

impl SecurityCode {
    /// How many signs there are.
    pub const SIGNS: usize = 15;
    /// How many of them are random.
    pub const RANDOM: usize = Self::SIGNS - 1;

    /// The code of these random bytes; five bits of each count.
    pub fn from_random(bytes: [u8; Self::RANDOM]) -> Self {
        let values = bytes.map(|byte| byte & 31);
        let check = times_alpha(weighed(&values));
        let signs = values.iter().chain([&check]);
        Self(
            signs
                .map(|value| char::from(ALPHABET[usize::from(*value)]))
                .collect(),
        )
    }

    /// Reads what somebody typed: spaces, hyphens and capitals do not matter, `O` is nought, `I` and `L` are one, `U` is `V`.
    ///
    /// # Errors
    /// [`Problem::Missing`], or what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        match PaperCode::parse(typed)? {
            PaperCode::Attestation(code) => Ok(code),
            PaperCode::Certificate(_) => Err(Problem::Code(CodeFault::TooLong {
                got: VerificationCode::SIGNS,
            })),
        }
    }

    /// Its signs, for the keyed digest that it is looked up by.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A code of these signs, which are as many as a code has.
    fn of(signs: &str) -> Result<Self, CodeFault> {
        let values: Vec<u8> = signs
            .bytes()
            .map(value)
            .collect::<Option<_>>()
            .ok_or(CodeFault::NoSuchSign)?;
        if values.len() == Self::SIGNS && weighed(&values) == 0 {
            Ok(Self(signs.to_owned()))
        } else {
            Err(CodeFault::Mistyped)
        }
    }
}

fn value(sign: u8) -> Option<u8> {
    let place = ALPHABET.iter().position(|known| *known == sign)?;
    u8::try_from(place).ok()
}

/// A value times α, where α⁵ = α² + 1.
const fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

/// The sum of values, the last weighed by 1, the one before it by α, and so on.
fn weighed(values: &[u8]) -> u8 {
    values.iter().fold(0, |sum, value| times_alpha(sum) ^ value)
}

/// « 4F7K0-Q2M9X-YZ123 »: in groups of five, as attestations print it.
impl fmt::Display for SecurityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.chars().enumerate() {
            if place > 0 && place % 5 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

/// Logs never see it.
impl fmt::Debug for SecurityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecurityCode(…)")
    }
}

impl From<SecurityCode> for String {
    fn from(code: SecurityCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for SecurityCode {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

/// The code of some paper that the portal issues; how long it is tells which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperCode {
    /// An attestation de vigilance: fifteen signs.
    Attestation(SecurityCode),
    /// A certificate of « Travailler à l'étranger »: twenty.
    Certificate(VerificationCode),
}

impl PaperCode {
    /// Reads what somebody typed from a paper.
    ///
    /// # Errors
    /// [`Problem::Missing`], or what is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let signs: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–' | '.' | '\u{feff}'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                'U' => 'V',
                other => other,
            })
            .collect();
        let got = signs.chars().count();
        let wrong = |fault| Err(Problem::Code(fault));
        match got {
            0 => Err(Problem::Missing),
            _ if !signs.bytes().all(|sign| ALPHABET.contains(&sign)) => {
                wrong(CodeFault::NoSuchSign)
            }
            SecurityCode::SIGNS => SecurityCode::of(&signs)
                .map(Self::Attestation)
                .map_err(Problem::Code),
            VerificationCode::SIGNS => VerificationCode::parse(&signs).map(Self::Certificate),
            _ if got > VerificationCode::SIGNS => wrong(CodeFault::TooLong { got }),
            _ => wrong(CodeFault::Incomplete { got }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(bytes: [u8; 14]) -> SecurityCode {
        SecurityCode::from_random(bytes)
    }

    /// Fear: a code that was read out or copied from paper is not known again, or one is told by `{:?}`.
    #[test]
    fn read_as_it_is_shown() {
        let code = code(std::array::from_fn(|place| {
            u8::try_from(place * 37 % 256).unwrap()
        }));
        let shown = code.to_string();
        assert_eq!(shown.len(), SecurityCode::SIGNS + 2);
        for typed in [
            shown.clone(),
            shown.to_lowercase().replace('-', "\u{a0}"),
            shown.replace('0', "o").replace('1', "l"),
            shown.replace('V', "u").replace('-', " – "),
        ] {
            assert_eq!(SecurityCode::parse(&typed).unwrap(), code, "{typed}");
        }
        assert!(!format!("{code:?}").contains(&shown[..4]));
    }

    /// Fear: what was left unfinished is taken for a false paper.
    #[test]
    fn what_is_no_code() {
        let fault = |typed: &str| match PaperCode::parse(typed) {
            Err(Problem::Code(fault)) => fault,
            other => panic!("{other:?}"),
        };
        assert_eq!(PaperCode::parse(" - ").unwrap_err(), Problem::Missing);
        assert_eq!(fault("ABCD"), CodeFault::Incomplete { got: 4 });
        assert_eq!(fault(&"A".repeat(17)), CodeFault::Incomplete { got: 17 });
        assert_eq!(fault(&"A".repeat(21)), CodeFault::TooLong { got: 21 });
        assert_eq!(fault("ABCDÉ"), CodeFault::NoSuchSign);
        assert_eq!(fault("000000000000001"), CodeFault::Mistyped);
        let certificate = VerificationCode::from_random([7; VerificationCode::SIGNS]);
        assert_eq!(
            PaperCode::parse(&certificate.to_string()).unwrap(),
            PaperCode::Certificate(certificate.clone())
        );
        assert!(SecurityCode::parse(&certificate.to_string()).is_err());
    }

    /// Fear: a code is guessed: there are fewer of them than 70 bits make.
    #[test]
    fn every_random_sign_counts() {
        let first = code([0; 14]);
        for place in 0..14 {
            for value in 1..32 {
                let mut bytes = [0; 14];
                bytes[place] = value;
                assert_ne!(code(bytes), first);
            }
        }
    }

    proptest! {
        /// Fear: one mistyped sign, or two that changed places, make the code of another paper, or look like a false one.
        #[test]
        fn slips_are_noticed(bytes: [u8; 14], place in 0usize..15, other in 0usize..15, sign in 0usize..32) {
            let whole = code(bytes).expose().to_owned();
            let mut wrong: Vec<char> = whole.chars().collect();
            wrong[place] = char::from(ALPHABET[sign]);
            let mut turned: Vec<char> = whole.chars().collect();
            turned.swap(place, other);
            for typed in [wrong, turned] {
                let typed: String = typed.into_iter().collect();
                let read = PaperCode::parse(&typed);
                if typed == whole {
                    prop_assert_eq!(read, Ok(PaperCode::Attestation(code(bytes))));
                } else {
                    prop_assert_eq!(read, Err(Problem::Code(CodeFault::Mistyped)));
                }
            }
        }

        /// Fear: some text stops the portal instead of being refused.
        #[test]
        fn any_text(text in ".{0,40}") {
            let _ = PaperCode::parse(&text);
        }
    }
}
