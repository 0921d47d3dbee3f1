//! The languages in which the portal speaks: French, in which it is written, and English.
//!
//! The French words stand in the code, where they are said; each is looked up by itself in the table of the other language
//! (`words/en/*.json`). Terms of French law stay French there. [`t`] says fixed words, [`say!`](crate::say) fills gaps, [`n`] marks words
//! that stand in a constant and are said elsewhere. `tests/words.rs` reads the sources: no word may be missing in a table, be left over
//! in it, or stand in the code without being said by one of the three.
//!
//! Who is spoken to is not handed from function to function but holds for a thread while it draws a page or writes a letter ([`speak`],
//! [`Spoken`]), as a locale does: in a browser, for good ([`settle`]). Without either it is French. What is kept, sent to another program
//! or compared never depends on it: codes are, and files say French words.

mod spoken;

pub use spoken::Spoken;

use serde::{Deserialize, Serialize};
use std::{
    cell::Cell,
    collections::HashMap,
    fmt::{Display, Write},
    sync::OnceLock,
};

/// A language that a person may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French.
    #[default]
    French,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// As documents and databases name it (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The one of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// Its own name, in itself: for those who understand no other.
    pub const fn name(self) -> &'static str {
        match self {
            Self::French => "Français",
            Self::English => "English",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }
}

/// The English table, in parts: objects of French words and what they are in English.
pub const ENGLISH: [&str; 7] = [
    include_str!("../words/en/rules.json"),
    include_str!("../words/en/letters.json"),
    include_str!("../words/en/mobility.json"),
    include_str!("../words/en/countries.json"),
    include_str!("../words/en/clients.json"),
    include_str!("../words/en/abroad.json"),
    include_str!("../words/en/house.json"),
];

static TABLE: OnceLock<HashMap<String, String>> = OnceLock::new();

static ASKED: OnceLock<fn() -> Option<Language>> = OnceLock::new();

thread_local! {
    static CURRENT: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Makes the English table known, once and for good: French words and English ones.
pub fn know(table: impl IntoIterator<Item = (String, String)>) {
    let _ = TABLE.set(table.into_iter().collect());
}

/// Where nobody speaks a language, this is asked: work that a page has others do for it knows whose page it is in its own way.
pub fn ask(whose: fn() -> Option<Language>) {
    let _ = ASKED.set(whose);
}

/// The language that is spoken here and now.
pub fn current() -> Language {
    CURRENT
        .get()
        .or_else(|| ASKED.get().and_then(|whose| whose()))
        .unwrap_or_default()
}

/// Speaks a language from now on: for a browser, whose page has one.
pub fn settle(language: Language) {
    CURRENT.set(Some(language));
}

/// Speaks a language for as long as something takes.
pub fn speak<T>(language: Language, says: impl FnOnce() -> T) -> T {
    struct Back(Option<Language>);
    impl Drop for Back {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _back = Back(CURRENT.replace(Some(language)));
    says()
}

/// French words in English, whatever is spoken; none where the table has none.
pub fn english(words: &'static str) -> Option<&'static str> {
    TABLE.get()?.get(words).map(String::as_str)
}

/// Words in the language that is spoken; French ones where the table has none.
pub fn t(words: &'static str) -> &'static str {
    match current() {
        Language::French => words,
        Language::English => english(words).unwrap_or(words),
    }
}

/// Marks words of a constant for the table; whoever shows them says [`t`].
pub const fn n(words: &'static str) -> &'static str {
    words
}

/// The number of things in the language that is spoken: nought is singular in French, plural in English.
pub(crate) fn singular(many: u64) -> bool {
    match current() {
        Language::French => many < 2,
        Language::English => many == 1,
    }
}

/// Words with their gaps, `{name}`, filled. What fills a gap is never itself read for gaps.
///
/// For [`say!`](crate::say), which is how to call it.
pub fn fill(words: &'static str, gaps: &[(&str, &dyn Display)]) -> String {
    let mut rest = t(words);
    let mut filled = String::with_capacity(rest.len() + 16 * gaps.len());
    while let Some((before, from)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = from.split_once('}') else {
            rest = from;
            break;
        };
        if let Some((_, value)) = gaps.iter().find(|(known, _)| *known == name) {
            // Writing to a text cannot fail.
            let _ = write!(filled, "{value}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Says words with gaps: `say!("Modifier {name}", name = row.name)`, or `say!("{count} lignes", count)` of what has that name already.
#[macro_export]
macro_rules! say {
    ($words:literal $(, $gap:ident $(= $value:expr)?)+ $(,)?) => {
        $crate::language::fill(
            $words,
            &[$((stringify!($gap), &$crate::say!(@ $gap $($value)?) as &dyn ::core::fmt::Display)),+],
        )
    };
    (@ $gap:ident $value:expr) => { $value };
    (@ $gap:ident) => { $gap };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a language leaks from one person's page into another's, even when drawing it fails.
    #[test]
    fn spoken_for_as_long_as_it_takes() {
        assert_eq!(current(), Language::French);
        let inner = speak(Language::English, || {
            speak(Language::French, || ());
            current()
        });
        assert_eq!((inner, current()), (Language::English, Language::French));
        let failed = std::panic::catch_unwind(|| speak(Language::English, || panic!("drawing")));
        assert!(failed.is_err());
        assert_eq!(current(), Language::French);
    }

    /// Fear: a client called « {count} » has its name replaced, or words without a gap are lost.
    #[test]
    fn gaps_are_filled_once() {
        let name = "{count} & fils";
        assert_eq!(
            say!("{count} lignes pour {name}.", count = 3, name),
            "3 lignes pour {count} & fils."
        );
        assert_eq!(fill("rien", &[]), "rien");
    }

    /// Fear: a code that is stored cannot be read again.
    #[test]
    fn codes_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::of(language.code()), Some(language));
            assert_eq!(language.other().other(), language);
        }
        assert_eq!(Language::of("de"), None);
    }
}
