//! Passkeys (« clés d’accès », W3C Web Authentication): what a member may have of them, and what can stand in the way of one. How
//! their answers are verified is `server`'s to know.

use crate::{problem::Problem, tidy::one_line, time::MINUTE};
use serde::{Deserialize, Serialize};

/// How many a member may have.
pub const MOST: usize = 10;
/// How long a browser may take to answer, in seconds: what the standard recommends, so that people find their key.
pub const CEREMONY_LIFE: i64 = 5 * MINUTE;
/// Characters of the longest name.
pub const LONGEST_NAME: usize = 60;
/// Bytes of the longest answer of a browser: with attestation left out it is about one thousand.
pub const LONGEST_ANSWER: usize = 16 * 1024;

/// What stands in the way of a passkey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// The person said no, or nothing in time: browsers do not tell which.
    Cancelled,
    /// The browser knows none, or the page runs without JavaScript.
    Unsupported,
    /// The page is at an address that is not the portal's own.
    Elsewhere,
    /// What is to hold it has one of this member already.
    Known,
    /// As many as there may be.
    Full,
    /// The browser took too long, or its answer was used.
    Over,
    /// What was made does not hold together.
    Unusable,
    /// It opens nothing here; why is not told.
    Refused,
}

/// The name that somebody gives to a passkey, on one line.
///
/// # Errors
/// Nothing typed, or more than [`LONGEST_NAME`].
pub fn name(typed: &str) -> Result<String, Problem> {
    let name = one_line(typed);
    match name.chars().count() {
        0 => Err(Problem::Missing),
        got if got > LONGEST_NAME => Err(Problem::TooLong {
            got,
            want: LONGEST_NAME,
        }),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a name of several lines, of nothing, or without an end goes into the list and the journal.
    #[test]
    fn names() {
        assert_eq!(
            name(" Clé\r\n\u{a0}du\u{0} bureau ").as_deref(),
            Ok("Clé du bureau")
        );
        assert_eq!(name(" \u{a0}\n"), Err(Problem::Missing));
        assert!(name(&"é".repeat(LONGEST_NAME)).is_ok());
        assert_eq!(
            name(&"é".repeat(LONGEST_NAME + 1)),
            Err(Problem::TooLong { got: 61, want: 60 })
        );
    }
}
