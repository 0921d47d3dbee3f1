//! What the body writes to those who ticked « Lettre d'information » or « Actualité réglementaire » for one of their clients.

use super::Failure;
use crate::clock;
use portfolio::letter::Notice;
use std::{fs, path::Path};
use store::Store;

/// Bytes of the longest text.
const LONGEST: usize = 50_000;
/// Characters of the longest subject.
const LONGEST_SUBJECT: usize = 120;

/// Writes to everybody who asked for it, and tells how many they are. The same text is never written to somebody twice.
pub(super) async fn send(store: &Store, notice: Notice, file: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::File {
        verb: "read",
        path: file.to_owned(),
        error,
    })?;
    let (subject, paragraphs) = read(&text).map_err(Failure::Usage)?;
    let readers = store
        .write_bulletin(notice, &subject, &paragraphs, clock::now())
        .await?;
    println!("{readers}");
    Ok(())
}

/// The subject, which is the first line, and the paragraphs, which empty lines part.
fn read(text: &str) -> Result<(String, Vec<String>), &'static str> {
    if text.len() > LONGEST {
        return Err("the text is longer than 50 kB");
    }
    let text = text.replace("\r\n", "\n");
    let (subject, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    let subject = subject.trim();
    let paragraphs: Vec<String> = rest
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    if subject.is_empty() || subject.chars().count() > LONGEST_SUBJECT || paragraphs.is_empty() {
        return Err(
            "the first line of the text is its subject, of at most 120 characters; paragraphs follow, with empty lines between them",
        );
    }
    Ok((subject.to_owned(), paragraphs))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an empty text goes to thousands, or a paragraph becomes the subject.
    #[test]
    fn subject_and_paragraphs() {
        let (subject, paragraphs) =
            read("Taux 2027\r\n\r\nPremier\r\nsuite.\r\n\r\n\r\nSecond.\n").unwrap();
        assert_eq!(subject, "Taux 2027");
        assert_eq!(paragraphs, ["Premier suite.", "Second."]);
        for wrong in ["", "\n\n", "Seul", "Seul\n\n \n"] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
