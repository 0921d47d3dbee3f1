//! What is typed as a second factor: the six digits that an application shows for half a minute (RFC 6238), or one of the ten
//! recovery codes that were written down.
//!
//! Knows how codes are read, how long one counts and how recovery codes look. Refuses to know secrets, digests and the clock.

use crate::{
    problem::Problem,
    time::{MINUTE, Timestamp},
};
use std::fmt;

/// Digits of an application's code.
pub const DIGITS: usize = 6;
/// How long an application shows one code, in seconds.
pub const STEP: i64 = 30;
/// Codes before and after the present one that are taken: telephones' clocks are a little off.
pub const TOLERANCE: i64 = 1;
/// Bytes of an application's secret: what RFC 4226 recommends.
pub const SECRET: usize = 20;
/// How many recovery codes are made.
pub const RECOVERY_CODES: usize = 10;
/// Characters of one: five bits each, 120 in all. From 112 bits on a fast digest keeps them as well as a slow hash (ASVS 5.0, 6.5.2).
pub const RECOVERY_LENGTH: usize = 24;
/// Characters between two dashes of one that is written down.
const RECOVERY_GROUP: usize = 6;
/// How long new recovery codes can be read, in seconds, unless their owner says earlier that they are written down.
pub const RECOVERY_SHOWN: i64 = 10 * MINUTE;

/// Digits and letters that are not taken for one another when read from paper (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The number of the code that applications show at a moment.
pub const fn step(now: Timestamp) -> i64 {
    now.0.div_euclid(STEP)
}

/// A code as it was typed: logs never see it.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// Six digits of an application.
    Application(String),
    /// A recovery code, without its dash.
    Recovery(String),
}

impl Code {
    /// Reads a code; spaces, dashes and case do not matter.
    ///
    /// # Errors
    /// Nothing, or what is neither.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let plain: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .flat_map(char::to_lowercase)
            .collect();
        if plain.is_empty() {
            return Err(Problem::Missing);
        }
        if plain.len() == DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self::Application(plain));
        }
        let read: Option<String> = plain
            .chars()
            .map(|c| match c {
                'o' => Some('0'),
                'i' | 'l' => Some('1'),
                c => ALPHABET
                    .iter()
                    .map(|b| char::from(*b))
                    .find(|known| *known == c),
            })
            .collect();
        match read {
            Some(code) if code.len() == RECOVERY_LENGTH => Ok(Self::Recovery(code)),
            _ => Err(Problem::WrongCode),
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Application(_) => "Application(…)",
            Self::Recovery(_) => "Recovery(…)",
        })
    }
}

/// A recovery code of random bytes, of which the lowest five bits of each count.
pub fn recovery_code(random: [u8; RECOVERY_LENGTH]) -> String {
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// A recovery code as it is written down: « 7k2qmx-4d9t3n-08vbcz-h5w6ye ».
pub fn written(code: &str) -> String {
    in_groups(code, RECOVERY_GROUP, "-")
}

/// A secret as it is typed by hand into an application: base 32 (RFC 4648), without padding.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let mut bits = [0; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let number = u64::from_be_bytes(bits);
        let letters = (group.len() * 8).div_ceil(5);
        for place in 0..letters {
            let letter = number >> (35 - 5 * place) & 31;
            text.push(char::from(LETTERS[usize::try_from(letter).unwrap_or(0)]));
        }
    }
    text
}

/// The same in groups of four, for reading.
pub fn grouped(secret: &str) -> String {
    in_groups(secret, 4, " ")
}

fn in_groups(text: &str, size: usize, between: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups: Vec<String> = characters
        .chunks(size)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: somebody who types a code as the telephone or the paper shows it is refused, or a code is told by `{:?}`.
    #[test]
    fn codes_as_they_are_shown() {
        let application = |typed| Code::parse(typed) == Ok(Code::Application("012345".into()));
        assert!(application("012345") && application(" 012\u{202f}345 ") && application("012-345"));
        let recovery =
            |typed| Code::parse(typed) == Ok(Code::Recovery("7k2qm104dz7k2qm104dz0123".into()));
        assert!(recovery("7k2qm1-04dz7k-2qm104-dz0123") && recovery("7K2QMI O4DZ7K 2QMLO4 DZO123"));
        assert!(recovery("7k2qmlo4dz7k2qm1o4dzoi23"));
        assert_eq!(Code::parse(" - "), Err(Problem::Missing));
        for wrong in [
            "12345",
            "1234567",
            "7k2qm-104dz",
            "7k2qm1-04dz7k-2qm104-dz012",
            "7k2qm1-04dz7k-2qm104-dz012u",
            "٠١٢٣٤٥",
            "é",
        ] {
            assert_eq!(Code::parse(wrong), Err(Problem::WrongCode), "{wrong}");
        }
        assert!(!format!("{:?}", Code::parse("012345")).contains('0'));
    }

    /// Fear: a recovery code that was made is not read back, or two bytes of chance make the same character too often.
    #[test]
    fn recovery_codes_are_read_back() {
        let mut random = [7; RECOVERY_LENGTH];
        random[..6].copy_from_slice(&[0, 31, 32, 63, 255, 100]);
        let code = recovery_code(random);
        assert_eq!(&code[..6], "0z0zz4");
        assert_eq!(Code::parse(&written(&code)), Ok(Code::Recovery(code)));
        assert_eq!(
            written("7k2qmx4d9t3n08vbczh5w6ye"),
            "7k2qmx-4d9t3n-08vbcz-h5w6ye"
        );
    }

    /// Fear: an application that is given the secret by hand makes other codes (RFC 4648, section 10).
    #[test]
    fn secrets_by_hand() {
        let vectors = [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ];
        for (plain, text) in vectors {
            assert_eq!(base32(plain.as_bytes()), text);
        }
        assert_eq!(grouped("MZXW6YTBOI"), "MZXW 6YTB OI");
    }
}
