//! Which passwords are taken: long ones, without rules of composition (ASVS 5.0, 6.2; the CNIL's recommendation of 2022 asks for
//! 12 characters where tries are limited). Whether one is among the common ones is judged where it is stored, by a list that is too
//! large for a page.

use crate::{form::Password, language::t, problem::Problem};
use std::collections::BTreeSet;

/// Characters of the shortest password.
pub const SHORTEST: usize = 12;
/// Bytes of the longest that is hashed: long ones are welcome, megabytes are an attack.
pub const LONGEST: usize = 1024;

/// Judges a password by its own shape.
///
/// # Errors
/// Missing, too short, too long, or a few characters over and over.
pub fn judge(typed: &str) -> Result<Password, Problem> {
    let got = typed.chars().count();
    if typed.is_empty() {
        Err(Problem::Missing)
    } else if got < SHORTEST {
        Err(Problem::TooShort {
            got,
            want: SHORTEST,
        })
    } else if typed.len() > LONGEST {
        Err(Problem::TooLong {
            got: typed.len(),
            want: LONGEST,
        })
    } else if variety(typed) < 5 {
        Err(Problem::Guessable)
    } else {
        Ok(Password::new(typed.to_owned()))
    }
}

/// How a password looks while it is typed. An indication: it does not know the common ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Not taken.
    TooShort,
    /// Taken, and easily guessed.
    Weak,
    /// Neither: the list of common ones, which the server has, decides.
    Fair,
    /// Long and varied.
    Strong,
}

impl Strength {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::TooShort => t("trop court"),
            Self::Weak => t("facile à deviner"),
            Self::Fair => t("moyen"),
            Self::Strong => t("solide"),
        }
    }

    /// From 0 to 3, for a gauge.
    pub const fn level(self) -> u8 {
        self as u8
    }
}

/// How strong it looks: by its length, and by how many different characters and runs it holds.
pub fn strength(typed: &str) -> Strength {
    let length = typed.chars().count();
    if length < SHORTEST {
        return Strength::TooShort;
    }
    // Characters that follow from the one before (1234, aaaa, abcd) add nothing.
    let surprising = typed
        .chars()
        .zip(typed.chars().skip(1))
        .filter(|(one, next)| {
            let step = i64::from(u32::from(*next)) - i64::from(u32::from(*one));
            !(-1..=1).contains(&step)
        })
        .count();
    match (variety(typed), surprising) {
        (..6, _) | (_, ..8) => Strength::Weak,
        (10.., 15..) => Strength::Strong,
        _ => Strength::Fair,
    }
}

/// How many different characters.
fn variety(typed: &str) -> usize {
    typed.chars().collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a good pass phrase is refused for lacking a sign or a digit, or one long enough to be safe is too long.
    #[test]
    fn long_ones_of_any_kind_are_taken() {
        let long = "mot ".repeat(40) + "différent";
        for good in [
            "cheval agrafe pile juste",
            "éééé-èèèè-àù",
            "correct horse",
            &long,
        ] {
            assert!(judge(good).is_ok(), "{good}");
        }
        let refused = |typed: &str| judge(typed).unwrap_err();
        assert_eq!(refused(""), Problem::Missing);
        assert_eq!(
            refused("onze-signes"),
            Problem::TooShort { got: 11, want: 12 }
        );
        assert_eq!(refused("aaaaaaaaaaaaaaaa"), Problem::Guessable);
        assert!(matches!(
            refused(&"long".repeat(300)),
            Problem::TooLong { .. }
        ));
    }

    /// Fear: the gauge praises a row of digits.
    #[test]
    fn the_gauge() {
        assert_eq!(strength("court"), Strength::TooShort);
        assert_eq!(strength("123456789012"), Strength::Weak);
        assert_eq!(strength("abcdefghijkl"), Strength::Weak);
        assert_eq!(strength("abababababab"), Strength::Weak);
        assert_eq!(strength("chat rouge 12"), Strength::Fair);
        assert_eq!(strength("cheval agrafe pile juste"), Strength::Strong);
    }
}
