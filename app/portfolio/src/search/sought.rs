//! What a text seeks, and what a client is found by: the one condition that both databases put to the same column.
//!
//! A client's text holds words, each after two spaces: those of the name and the name in one word, the Siren, its Sirets and account
//! numbers, the firm's reference and labels. A word of three letters or more is found anywhere in it, a shorter one at the beginning
//! of a word, so that every word has three characters in a row to look up.

use crate::french::searchable;

/// Letters from which on a word is found inside others.
const INSIDE: usize = 3;
/// What stands before each word of a client's text.
pub const BEFORE: &str = "  ";

/// What is sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Nothing was typed: everybody.
    All,
    /// Signs alone, by which nobody is found.
    Nothing,
    /// Clients whose text holds every one of these.
    Holding(Vec<String>),
}

impl Sought {
    /// What a typed text seeks. Digits in groups are one number; the order of words does not matter.
    pub fn read(typed: &str) -> Self {
        if typed.trim().is_empty() {
            return Self::All;
        }
        let words = words(typed);
        if words.is_empty() {
            return Self::Nothing;
        }
        Self::Holding(words.into_iter().map(pattern).collect())
    }

    /// Whether a client's text is one that is sought.
    pub fn finds(&self, text: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Holding(patterns) => patterns.iter().all(|pattern| text.contains(&**pattern)),
        }
    }
}

/// The words that were typed, each once; a text of digits alone is one number however it is grouped.
pub(crate) fn words(typed: &str) -> Vec<String> {
    let plain = searchable(typed);
    if plain.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
        let number = plain.replace(' ', "");
        return (!number.is_empty()).then_some(number).into_iter().collect();
    }
    let mut words: Vec<String> = Vec::new();
    for word in plain.split(' ') {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// Whether a word is found at the beginning of words alone.
pub(crate) fn begins(word: &str) -> bool {
    word.chars().count() < INSIDE
}

fn pattern(word: String) -> String {
    if begins(&word) {
        format!("{BEFORE}{word}")
    } else {
        word
    }
}

/// A name, a reference or a label as a client's text holds it: its words, and all of them in one.
pub fn indexed(text: &str) -> String {
    let plain = searchable(text);
    if plain.is_empty() {
        return plain;
    }
    let mut indexed = format!("{BEFORE}{}", plain.replace(' ', BEFORE));
    if plain.contains(' ') {
        indexed.push_str(BEFORE);
        indexed.push_str(&plain.replace(' ', ""));
    }
    indexed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(typed: &str, name: &str) -> bool {
        Sought::read(typed).finds(&indexed(name))
    }

    /// Fear: accents, case, signs, spaces, the order of words or a missing end keep a client from being found.
    #[test]
    fn found_however_it_is_typed() {
        for typed in [
            "loreal", "L'ORÉAL", "l oreal", "oreal l", "rea", "l", "lo", "or", "lo réal", "  ",
        ] {
            assert!(finds(typed, "L’Oréal"), "{typed:?}");
        }
        for typed in ["lorial", "e", "al", "ré al", "%", "...", "l oréal paris"] {
            assert!(!finds(typed, "L’Oréal"), "{typed:?}");
        }
        assert!(finds("boul emi", "Boulangerie Émile"));
        assert!(finds("732 829.320", "732829320"));
        assert!(finds("829 320", "732829320"));
        assert!(!finds("732 829 321", "732829320"));
    }

    proptest! {
        /// Fear: a client is not found by its own name, or by any piece of three letters of one of its words.
        #[test]
        fn found_by_its_own_name(name in "\\PC{1,30}") {
            let words = searchable(&name);
            prop_assume!(!words.is_empty());
            prop_assert!(finds(&name, &name));
            for word in words.split(' ') {
                let letters: Vec<char> = word.chars().collect();
                for piece in letters.windows(3) {
                    prop_assert!(finds(&piece.iter().collect::<String>(), &name));
                }
            }
        }

        /// Fear: something typed becomes a wildcard or a quote in the database.
        #[test]
        fn patterns_are_letters_and_digits(typed in "\\PC{0,30}") {
            if let Sought::Holding(patterns) = Sought::read(&typed) {
                prop_assert!(!patterns.is_empty());
                for pattern in patterns {
                    prop_assert!(pattern.chars().count() >= 3);
                    prop_assert!(pattern.chars().all(|c| c.is_alphanumeric() || c == ' '));
                }
            }
        }
    }
}
