//! Whether a password is among those that are tried first.
//!
//! Knows a list of common passwords, names and keyboard runs and how they are usually varied (zxcvbn), and the words of the person's
//! own surroundings. Refuses to know how long a password must be: that is a rule ([`portfolio::password`]).

/// Guesses, as a power of ten, within which a password falls to somebody who has stolen its hash and knows the usual ways. Every
/// variation of the 3,000 most common passwords is far below (ASVS 5.0, 6.2.4).
const ENOUGH: f64 = 9.0;
/// Characters that are looked at: what is longer is not found by lists, and looking at it takes long.
const LOOKED_AT: usize = 72;
/// Letters beside the person's own words that make a password.
const LETTERS: usize = 6;
/// Words of this portal, which its people's passwords are made of.
const OURS: [&str; 8] = [
    "portefeuille",
    "urssaf",
    "cabinet",
    "comptable",
    "expertcomptable",
    "motdepasse",
    "etablissements",
    "cotisations",
];

/// Whether it is easily guessed; `context` are words that go with the person: name, identifier, firm.
pub fn guessable(password: &str, context: &[&str]) -> bool {
    let start: String = password.chars().take(LOOKED_AT).collect();
    let words: Vec<String> = context
        .iter()
        .flat_map(|words| words.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).chain(OURS).collect();
    own_words_alone(&start, &words) || zxcvbn::zxcvbn(&start, &words).guesses_log10() < ENOUGH
}

/// Whether little but the person's own words, digits and signs is in it: « Cabinet-Durand-2026 ».
fn own_words_alone(password: &str, words: &[&str]) -> bool {
    let lower = password.to_lowercase();
    let rest = words
        .iter()
        .fold(lower.clone(), |rest, word| rest.replace(word, ""));
    rest.len() < lower.len() && rest.chars().filter(|c| c.is_alphabetic()).count() < LETTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: one of the passwords that everybody tries first is taken, or a good pass phrase is not.
    #[test]
    fn common_ones_are_found() {
        for bad in [
            "123456789012",
            "password1234",
            "motdepasse2026",
            "Cabinet-Durand-2026",
            "azertyuiop12",
            "qwertyuiop123",
            "P@ssw0rd12345",
            "iloveyou123456",
            "aaaaaaaaaaaa",
            "claire.durand1",
            "urssafurssaf",
        ] {
            assert!(
                guessable(bad, &["Claire Durand", "Cabinet Durand"]),
                "{bad}"
            );
        }
        for good in [
            "cheval agrafe pile juste",
            "demonstration-2026-x7",
            "tuile vent 47 lampe",
            "xK9#mQ2$vL5p",
        ] {
            assert!(!guessable(good, &["Claire Durand"]), "{good}");
        }
    }
}
