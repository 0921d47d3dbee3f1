//! Subjects and texts as they are kept: nothing in them is markup, and nothing in them is hidden from who reads.

use crate::{problem::Problem, tidy};

/// Characters of the longest subject.
pub const LONGEST_SUBJECT: usize = 120;
/// Characters of the longest message.
pub const LONGEST_TEXT: usize = 5_000;
/// Ends of lines that may follow each other: a message is no column of nothing.
const BREAKS: usize = 3;

/// Whether a character turns the order of the others round, or is not shown at all: with those a text reads as another than it is.
pub(super) const fn deceives(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}' | '\u{200b}' | '\u{2060}')
}

/// One line that says what a conversation is about.
///
/// # Errors
/// Nothing, or too much of it.
pub fn subject(typed: &str) -> Result<String, Problem> {
    let plain: String = typed.chars().filter(|c| !deceives(*c)).collect();
    let line = tidy::one_line(&plain);
    within(line, LONGEST_SUBJECT)
}

/// The words of a message: its ends of lines are kept.
///
/// # Errors
/// Nothing, or too much of it.
pub fn text(typed: &str) -> Result<String, Problem> {
    let mut plain = String::with_capacity(typed.len());
    let mut breaks = 0;
    for c in typed.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                breaks += 1;
                if breaks <= BREAKS {
                    let kept = plain.trim_end_matches(' ').len();
                    plain.truncate(kept);
                    plain.push('\n');
                }
            }
            c if deceives(c) => {}
            c => {
                if !(c.is_whitespace() || c.is_control()) {
                    breaks = 0;
                }
                plain.push(if c.is_control() { ' ' } else { c });
            }
        }
    }
    within(plain.trim().to_owned(), LONGEST_TEXT)
}

fn within(text: String, want: usize) -> Result<String, Problem> {
    match text.chars().count() {
        0 => Err(Problem::Missing),
        got if got > want => Err(Problem::TooLong { got, want }),
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: what somebody wrote is lost, joined or stretched.
    #[test]
    fn lines_are_kept() {
        let read = |typed: &str| text(typed).unwrap();
        assert_eq!(
            read(" Bonjour,\r\n\r\nÀ bientôt  \r\n"),
            "Bonjour,\n\nÀ bientôt"
        );
        assert_eq!(read("  a\n\n\n\n\n\n  b"), "a\n\n\n  b");
        assert_eq!(read("a\u{0}b\tc"), "a b c");
        assert_eq!(read("factu\u{202e}fdp.exe"), "factufdp.exe");
        assert_eq!(text(" \n\u{200b}\r\n"), Err(Problem::Missing));
        assert_eq!(
            subject("Taux\r\nAT\u{202e} 2027"),
            Ok("Taux AT 2027".into())
        );
        assert_eq!(subject("\u{feff}"), Err(Problem::Missing));
        let (got, want) = (LONGEST_TEXT + 1, LONGEST_TEXT);
        assert_eq!(text(&"é".repeat(got)), Err(Problem::TooLong { got, want }));
        assert!(text(&"é".repeat(want)).is_ok());
    }

    proptest! {
        /// Fear: a control character or an override goes through, or what was kept once is another text when it is kept again.
        #[test]
        fn nothing_hidden(typed in "\\PC{0,40}|.{0,80}") {
            if let Ok(kept) = text(&typed) {
                prop_assert!(kept.chars().all(|c| c == '\n' || !c.is_control() && !deceives(c)));
                prop_assert_eq!(text(&kept), Ok(kept.clone()));
            }
            if let Ok(line) = subject(&typed) {
                prop_assert!(line.chars().all(|c| !c.is_control() && !deceives(c)));
                prop_assert_eq!(subject(&line), Ok(line.clone()));
            }
        }
    }
}
