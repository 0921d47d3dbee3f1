//! Which part of a name a search has found.

use super::sought::{begins, words};
use crate::french::fold;
use std::ops::Range;

/// One letter as it is searched, and the bytes of the name that it comes from.
struct Letter {
    plain: char,
    from: Range<usize>,
    /// Whether a word begins with it.
    first: bool,
}

/// The parts of a name that a typed text has found, as ranges of bytes at the borders of characters: in order, apart from each other.
/// Accents that follow a letter belong to it, and a part found over a space or a sign holds that too.
pub fn mark(typed: &str, name: &str) -> Vec<Range<usize>> {
    let letters = letters(name);
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words(typed) {
        let sought: Vec<char> = word.chars().collect();
        let whole = marked(&letters, &sought, begins(&word), true);
        // Over several words only what stands in none of them.
        if whole.is_empty() {
            found.extend(marked(&letters, &sought, begins(&word), false));
        } else {
            found.extend(whole);
        }
    }
    joined(found)
}

/// The same in a number as it is shown, in groups: it is one word, whatever stands between its digits.
pub fn mark_number(typed: &str, number: &str) -> Vec<Range<usize>> {
    let mut letters = letters(number);
    for (place, letter) in letters.iter_mut().enumerate() {
        letter.first = place == 0;
    }
    let found = words(typed).into_iter().flat_map(|word| {
        let sought: Vec<char> = word.chars().collect();
        marked(&letters, &sought, begins(&word), true)
    });
    joined(found.collect())
}

/// The words of a typed text that are marked in none of these texts, nor in this number.
pub fn unseen(typed: &str, texts: &[&str], number: &str) -> Vec<String> {
    words(typed)
        .into_iter()
        .filter(|word| {
            mark_number(word, number).is_empty()
                && texts.iter().all(|text| mark(word, text).is_empty())
        })
        .collect()
}

fn letters(name: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut first = true;
    for (start, c) in name.char_indices() {
        let end = start + c.len_utf8();
        let mut silent = true;
        fold(c, |plain| {
            silent = false;
            if plain == ' ' {
                first = true;
                return;
            }
            let from = start..end;
            letters.push(Letter { plain, from, first });
            first = false;
        });
        if let (true, false, Some(last)) = (silent, first, letters.last_mut()) {
            last.from.end = end;
        }
    }
    letters
}

/// Where the letters of a word stand in a row, inside of words alone or over their borders.
fn marked(letters: &[Letter], sought: &[char], begins: bool, inside: bool) -> Vec<Range<usize>> {
    letters
        .windows(sought.len().max(1))
        .enumerate()
        .filter(|(place, window)| {
            let same = window
                .iter()
                .map(|letter| letter.plain)
                .eq(sought.iter().copied());
            // The name in one word begins where the name does.
            let start = if inside { window[0].first } else { *place == 0 };
            let apart = window.iter().skip(1).any(|letter| letter.first);
            same && (start || !begins) && !(inside && apart)
        })
        .map(|(_, window)| window[0].from.start..window[window.len() - 1].from.end)
        .collect()
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{french::searchable, search::Sought, search::indexed};
    use proptest::prelude::*;

    fn shown(typed: &str, name: &str) -> String {
        let mut shown = name.to_owned();
        for range in mark(typed, name).into_iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        shown
    }

    /// Fear: what is marked is not what was sought, since an accent or a ligature has moved it.
    #[test]
    fn marked_in_the_name_as_written() {
        for (typed, marked) in [
            ("emile", "Boulangerie [Émile] & Œuf"),
            ("OEU", "Boulangerie Émile & [Œu]f"),
            ("e", "Boulangerie [É]mile & Œuf"),
            ("boul lang", "[Boulang]erie Émile & Œuf"),
            ("ieemi", "Boulanger[ie Émi]le & Œuf"),
            ("le", "Boulangerie Émile & Œuf"),
            ("xyz", "Boulangerie Émile & Œuf"),
            ("", "Boulangerie Émile & Œuf"),
        ] {
            assert_eq!(shown(typed, "Boulangerie Émile & Œuf"), marked, "{typed}");
        }
        assert_eq!(shown("emi", "E\u{301}mile"), "[E\u{301}mi]le");
        assert_eq!(shown("loreal", "L’Oréal SA"), "[L’Oréal] SA");
    }

    /// Fear: a client found by an account alone gives no reason, or one found by its name names an account that has nothing to do with it.
    #[test]
    fn what_a_row_does_not_show() {
        let texts = ["Boulangerie Émile", "REF-12", "À voir"];
        let unseen = |typed| unseen(typed, &texts, "732\u{a0}829\u{a0}320");
        for typed in [
            "",
            "emile",
            "boul 829320",
            "732829320",
            "ref12 voir",
            "732 829",
        ] {
            assert_eq!(unseen(typed), [""; 0], "{typed}");
        }
        assert_eq!(unseen("732 829 320 00074"), ["73282932000074"]);
        assert_eq!(unseen("emile 00074"), ["00074"]);
    }

    /// Fear: a client that was found by its Siren shows no mark, since the number is shown in groups; or digits are marked that did not
    /// find it.
    #[test]
    fn marked_in_numbers_as_shown() {
        let shown = |typed: &str| {
            let number = "732\u{a0}829\u{a0}320";
            let marks = mark_number(typed, number);
            let parts: Vec<_> = marks.into_iter().map(|range| &number[range]).collect();
            parts.join("|").replace('\u{a0}', " ")
        };
        for (typed, marked) in [
            ("732829320", "732 829 320"),
            ("732 829 320", "732 829 320"),
            ("2 829", "2 829"),
            ("dupont 8293", "829 3"),
            ("73", "73"),
            ("82", ""),
            ("999", ""),
            ("", ""),
        ] {
            assert_eq!(shown(typed), marked, "{typed}");
        }
    }

    proptest! {
        /// Fear: a range cuts a character in two, ranges cross, or a name that is found shows no mark.
        #[test]
        fn marks_hold(typed in "\\PC{0,8}", name in "\\PC{0,20}", from in 0usize..20, length in 1usize..8) {
            let piece: String = name.chars().skip(from).take(length).collect();
            for typed in [typed, piece] {
                let marks = mark(&typed, &name);
                let mut end = 0;
                for range in &marks {
                    prop_assert!(range.start >= end && range.end > range.start);
                    prop_assert!(name.get(range.clone()).is_some());
                    end = range.end;
                }
                let sought = Sought::read(&typed);
                let found = matches!(sought, Sought::Holding(_)) && sought.finds(&indexed(&name));
                prop_assert!(!found || !marks.is_empty(), "{:?} in {:?}", typed, searchable(&name));
            }
        }
    }
}
