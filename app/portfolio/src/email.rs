//! Addresses that messages are sent to.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of the longest address.
const LONGEST: usize = 254;
/// Characters of the longest part before the @.
const LONGEST_LOCAL: usize = 64;

/// An e-mail address, lower case: plain letters, digits and the few signs that people have in theirs. Nothing in it can end a line
/// or begin another header of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email(String);

impl Email {
    /// Reads an address as it was typed; spaces around it and capitals do not matter.
    ///
    /// # Errors
    /// [`Problem::Missing`] and [`Problem::NotEmail`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = typed
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
            .to_lowercase();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let good = text.len() <= LONGEST
            && text
                .split_once('@')
                .is_some_and(|(local, domain)| is_local(local) && is_domain(domain));
        if good {
            Ok(Self(text))
        } else {
            Err(Problem::NotEmail)
        }
    }

    /// Its characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_local(text: &str) -> bool {
    text.len() <= LONGEST_LOCAL
        && text.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
}

fn is_domain(text: &str) -> bool {
    let parts: Vec<_> = text.split('.').collect();
    let label = |part: &&str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = parts
        .last()
        .is_some_and(|top| top.len() > 1 && top.bytes().any(|b| b.is_ascii_alphabetic()));
    parts.len() > 1 && top && parts.iter().all(label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: somebody's real address is refused, or one goes through that no message reaches.
    #[test]
    fn addresses() {
        for good in [
            "claire.durand@cabinet.fr",
            "o'neil+paie@sous.domaine-x.example",
            " Claire@Cabinet.FR\u{a0}",
        ] {
            assert!(Email::parse(good).is_ok(), "{good:?}");
        }
        assert_eq!(Email::parse(" A@B.FR ").unwrap().as_str(), "a@b.fr");
        assert_eq!(Email::parse(" \t"), Err(Problem::Missing));
        for bad in [
            "claire",
            "claire@",
            "@cabinet.fr",
            "claire@cabinet",
            "a@b@c.fr",
            "a..b@c.fr",
            "a@-c.fr",
            "a@c.f",
            "a@c.12",
            "a b@c.fr",
            "a@c.fr,d@e.fr",
            "a@c.fr\r\nbcc: d@e.fr",
            "\"a\"@c.fr",
            "<a@c.fr>",
            "é@c.fr",
            "a@é.fr",
        ] {
            assert_eq!(Email::parse(bad), Err(Problem::NotEmail), "{bad:?}");
        }
        let long = format!("{}@{}.fr", "a".repeat(64), "b.".repeat(95));
        assert_eq!(Email::parse(&long), Err(Problem::NotEmail));
    }

    proptest! {
        /// Fear: some address breaks out of its header.
        #[test]
        fn one_plain_line(text in ".{0,30}@.{0,30}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.as_str().bytes().all(|b| b.is_ascii_graphic() && !b"<>,;:\"\\()[]".contains(&b)));
            }
        }
    }
}
