//! What a certificate is verified by: a code that nobody guesses and that anybody can read out.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Twenty signs of the alphabet of Crockford's base 32, which has no `I`, `L`, `O` nor `U`: 100 random bits. It opens nothing; it
/// confirms a certificate to whoever holds it.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VerificationCode(String);

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl VerificationCode {
    /// How many signs there are.
    pub const SIGNS: usize = 20;

    /// The code of these random bytes; five bits of each count.
    pub fn from_random(bytes: [u8; Self::SIGNS]) -> Self {
        let sign = |byte: u8| char::from(ALPHABET[usize::from(byte & 31)]);
        Self(bytes.into_iter().map(sign).collect())
    }

    /// Reads what somebody typed: spaces, hyphens and capitals do not matter, `O` is nought, `I` and `L` are one.
    ///
    /// # Errors
    /// [`Problem::Missing`], a wrong number of signs, or signs that no code has ([`Problem::WrongCode`]).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let signs: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–'))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let (got, want) = (signs.chars().count(), Self::SIGNS);
        if got == 0 {
            return Err(Problem::Missing);
        }
        if got > want {
            return Err(Problem::TooLong { got, want });
        }
        if got < want {
            return Err(Problem::TooShort { got, want });
        }
        if signs.bytes().all(|sign| ALPHABET.contains(&sign)) {
            Ok(Self(signs))
        } else {
            Err(Problem::WrongCode)
        }
    }

    /// As tables hold it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// « 4F7K-0Q2M-… »: in groups of four, as certificates print it.
impl fmt::Display for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.chars().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{sign}")?;
        }
        Ok(())
    }
}

/// Logs never see it.
impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(…)")
    }
}

impl From<VerificationCode> for String {
    fn from(code: VerificationCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for VerificationCode {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a code that was read out or copied from paper is not known again, or one is told by `{:?}`.
    #[test]
    fn read_as_it_is_shown() {
        let code = VerificationCode::from_random(std::array::from_fn(|place| {
            u8::try_from(place * 37 % 256).unwrap()
        }));
        let shown = code.to_string();
        assert_eq!(shown.len(), VerificationCode::SIGNS + 4);
        for typed in [
            shown.clone(),
            shown.to_lowercase().replace('-', " "),
            shown.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(VerificationCode::parse(&typed).unwrap(), code, "{typed}");
        }
        assert!(!format!("{code:?}").contains(&shown[..4]));
    }

    /// Fear: what is no code is looked up.
    #[test]
    fn what_is_no_code() {
        assert_eq!(VerificationCode::parse(" - "), Err(Problem::Missing));
        let short = VerificationCode::parse("ABCD");
        assert_eq!(short, Err(Problem::TooShort { got: 4, want: 20 }));
        let signs = VerificationCode::parse(&"U".repeat(20));
        assert_eq!(signs, Err(Problem::WrongCode));
        assert!(VerificationCode::parse(&"0".repeat(21)).is_err());
    }
}
