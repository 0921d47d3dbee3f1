//! Typography of counts, French as the domain note has it (section 9), and names as they are searched and sorted.

use crate::language::{Language, current, singular, t};

use unicode_normalization::UnicodeNormalization;

/// A number with its thousands apart: `1 234 567`, narrow no-break spaces between; in English `1,234,567`.
pub fn number(n: u64) -> String {
    let between = match current() {
        Language::French => '\u{202f}',
        Language::English => ',',
    };
    let digits = n.to_string();
    let mut shown = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(between);
        }
        shown.push(digit);
    }
    shown
}

/// « 1 client », « 2 clients »: the number and its noun; nought is singular in French, plural in English.
///
/// Where French has the same word for one and for many, « (un) » is written after the word for one: the table needs a key for each.
pub fn count(n: u64, one: &'static str, many: &'static str) -> String {
    let noun = t(if singular(n) { one } else { many });
    let noun = noun.strip_suffix(" (un)").unwrap_or(noun);
    format!("{}\u{a0}{noun}", number(n))
}

/// A text as it is searched and sorted: lower case, accents off, ligatures opened, everything but letters and digits a single
/// space. Both databases compare the same normalised bytes, so both find and order alike.
pub fn searchable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        fold(c, |c| {
            if c != ' ' || !plain.ends_with(' ') {
                plain.push(c);
            }
        });
    }
    plain.trim().to_owned()
}

/// What one character of a text becomes in [`searchable`]: letters and digits, a space for what separates, nothing for an accent.
pub(crate) fn fold(c: char, mut each: impl FnMut(char)) {
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        let opened = match c {
            'œ' => "oe",
            'æ' => "ae",
            'ß' => "ss",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            c if unicode_normalization::char::is_combining_mark(c) => "",
            c if c.is_alphanumeric() => {
                each(c);
                ""
            }
            _ => " ",
        };
        opened.chars().for_each(&mut each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{fs, path::Path};

    /// Lines of source that hold a text, with where they are.
    fn lines_with(folder: &Path, sought: &[String], found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    lines_with(&path, sought, found);
                }
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for (line, n) in text.lines().zip(1..) {
                    if sought.iter().any(|sought| line.contains(&**sought)) {
                        found.push(format!("{}:{n}", path.display()));
                    }
                }
            }
        }
    }

    /// Fear: a wide space stands where French wants a thin one, before « ; », « ? » and « ! ».
    #[test]
    fn thin_spaces_in_every_source() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        // In two parts, so that this file does not hold what it seeks.
        let wide = concat!("\\u{a", "0}");
        let sought: Vec<String> = [";", "?", "!"]
            .into_iter()
            .flat_map(|sign| [format!("{wide}{sign}"), format!("\u{a0}{sign}")])
            .collect();
        let mut found = Vec::new();
        for folder in ["app", "frontend", "server"] {
            lines_with(&root.join(folder), &sought, &mut found);
        }
        assert!(found.is_empty(), "{found:#?}");
    }

    /// Fear: a client is not found because of an accent, a ligature or an apostrophe.
    #[test]
    fn found_however_it_is_written() {
        assert_eq!(searchable("  L’Œuf d'ÉMILE & Cie. "), "l oeuf d emile cie");
        assert_eq!(searchable("STRAẞE-Łódź"), "strasse lodz");
        assert_eq!(searchable("%_\\"), "");
    }

    /// Fear: thousands run together, or « 0 clients ».
    #[test]
    fn counts() {
        assert_eq!(number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(0, "client", "clients"), "0\u{a0}client");
        assert_eq!(count(2, "client", "clients"), "2\u{a0}clients");
    }

    proptest! {
        /// Fear: a normalised name changes when normalised again, so that what is stored and what is sought part ways.
        #[test]
        fn settles(text in ".{0,40}") {
            let once = searchable(&text);
            prop_assert_eq!(searchable(&once), once.clone());
            prop_assert!(!once.contains(['%', '_', '\\']));
        }
    }
}
