//! Attachments: known by what they hold, never by what they are called; and names that lead nowhere and hide nothing.
//!
//! What is refused here is refused because the portal hands it on to people who trust it. Nothing is unfolded, and nothing is looked
//! for that an antivirus looks for: a workbook may be a bomb, a document may be forged.

use super::text::deceives;
use crate::language::t;
use serde::{Deserialize, Serialize};

/// Files of one message.
pub const MOST_FILES: usize = 5;
/// Bytes of the largest file.
pub const MOST_BYTES: usize = 5_000_000;
/// Bytes of all files of a message together.
pub const MOST_TOGETHER: usize = 10_000_000;
/// Characters of the longest name.
const LONGEST_NAME: usize = 80;
/// Bytes at the beginning of a text within which markup shows.
const HEAD: usize = 2_048;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A PNG.
    Png,
    /// A JPEG.
    Jpeg,
    /// A workbook.
    Xlsx,
    /// Text in columns.
    Csv,
    /// Text.
    Text,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Xlsx,
        Self::Csv,
        Self::Text,
    ];

    /// As tables hold it, and as names end.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Text => "txt",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png | Self::Jpeg => t("Image"),
            Self::Xlsx => t("Classeur Excel"),
            Self::Csv => "CSV",
            Self::Text => t("Texte"),
        }
    }

    /// What a browser is told that it is, always to be saved. Text is told without a word on its letters unless they are known, since
    /// a file of before Unicode is handed back as it came.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv | Self::Text => "application/octet-stream",
        }
    }

    /// What `bytes` are. The name only tells text in columns from other text.
    pub fn of(bytes: &[u8], name: &str) -> Option<Self> {
        const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
        if bytes.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        if bytes.starts_with(PNG) {
            return Some(Self::Png);
        }
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return is_workbook(bytes).then_some(Self::Xlsx);
        }
        if !is_text(bytes) {
            return None;
        }
        let columns = name.to_ascii_lowercase().ends_with(".csv");
        Some(if columns { Self::Csv } else { Self::Text })
    }

    /// Whether a name ends as one of this kind does.
    fn ends(self, name: &str) -> bool {
        let end = name
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase());
        match (self, end.as_deref()) {
            (Self::Jpeg, Some("jpeg")) => true,
            (kind, Some(end)) => end == kind.code(),
            (_, None) => false,
        }
    }
}

/// Whether a zip is a workbook without programs in it: names of its parts stand in it as they are, so that nothing is unfolded.
fn is_workbook(bytes: &[u8]) -> bool {
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    holds(b"[Content_Types].xml") && holds(b"xl/workbook.xml") && !holds(b"vbaProject")
}

/// Whether these are letters that people read, and no page, picture or program in letters.
fn is_text(bytes: &[u8]) -> bool {
    let plain = bytes
        .iter()
        .all(|byte| !matches!(byte, 0..=8 | 11 | 14..=31 | 127));
    if bytes.is_empty() || !plain {
        return false;
    }
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let head = head.trim_ascii_start();
    // What begins like markup is markup to whoever guesses; a script begins with what runs it.
    let begins = [&b"<"[..], b"#!", b"mz"];
    let holds = [&b"<html"[..], b"<script", b"<svg", b"<iframe", b"<!doctype"];
    let markup = begins.iter().any(|mark| head.starts_with(mark))
        || holds
            .iter()
            .any(|mark| head.windows(mark.len()).any(|window| window == *mark));
    !markup
}

/// Why an attachment is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFault {
    /// None of the kinds that are taken.
    Kind,
    /// There is nothing in it.
    Empty,
    /// One of them is too large.
    TooLarge,
    /// They are too large together.
    TooLargeTogether,
    /// There are too many.
    TooMany,
    /// What was sent cannot be read.
    Unreadable,
    /// As many as are taken at a time are under way.
    Busy,
}

/// An attachment that is taken.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name, as it is kept.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Logs never see what it holds.
impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attachment(…)")
    }
}

/// Judges the files of a message, as they were sent: name and bytes.
///
/// # Errors
/// The first thing that is wrong with one of them.
pub fn judged(sent: Vec<(String, Vec<u8>)>) -> Result<Vec<Attachment>, FileFault> {
    if sent.len() > MOST_FILES {
        return Err(FileFault::TooMany);
    }
    let together: usize = sent.iter().map(|(_, bytes)| bytes.len()).sum();
    let each = sent.into_iter().map(|(name, bytes)| {
        if bytes.is_empty() {
            return Err(FileFault::Empty);
        }
        if bytes.len() > MOST_BYTES {
            return Err(FileFault::TooLarge);
        }
        let kind = FileKind::of(&bytes, &name).ok_or(FileFault::Kind)?;
        let name = name_of(&name, kind);
        Ok(Attachment { name, kind, bytes })
    });
    let taken: Vec<_> = each.collect::<Result<_, _>>()?;
    if together > MOST_TOGETHER {
        return Err(FileFault::TooLargeTogether);
    }
    Ok(taken)
}

/// A file's name as it is kept: no folder before it, nothing that is not shown or turns the rest round, nothing that ends a header or
/// a name elsewhere, not too long, and with the ending of what it is.
pub fn name_of(sent: &str, kind: FileKind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && !deceives(*c))
        .map(|c| match c {
            '"' | '\'' | '<' | '>' | '|' | ':' | '*' | '?' | ';' | '%' | '`' => '_',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    let name = plain.trim_matches(|c: char| c == ' ' || c == '.');
    let (stem, end) = if kind.ends(name) {
        name.rsplit_once('.').unwrap_or((name, kind.code()))
    } else {
        (name, kind.code())
    };
    let stem: String = stem.chars().take(LONGEST_NAME).collect();
    let stem = stem.trim_matches(|c: char| c == ' ' || c == '.');
    let stem = if stem.is_empty() { t("Sans nom") } else { stem };
    format!("{stem}.{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORKBOOK: &[u8] = b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml";

    /// Fear: something that runs goes by the name of something that does not.
    #[test]
    fn known_by_what_they_hold() {
        let of = FileKind::of;
        assert_eq!(of(b"%PDF-1.7 ...", "x.exe"), Some(FileKind::Pdf));
        assert_eq!(of(b"\x89PNG\r\n\x1a\n...", "x"), Some(FileKind::Png));
        assert_eq!(of(b"\xff\xd8\xff\xe0", "x"), Some(FileKind::Jpeg));
        assert_eq!(of(WORKBOOK, "x.zip"), Some(FileKind::Xlsx));
        assert_eq!(of("a;b\n1;é\n".as_bytes(), "X.CSV"), Some(FileKind::Csv));
        assert_eq!(of(b"a;b\n1;\xe9\n", "x.csv"), Some(FileKind::Csv));
        assert_eq!(
            of(b"Bonjour < tout le monde", "x.pdf"),
            Some(FileKind::Text)
        );
        for harm in [
            &b"<html><script>x</script>"[..],
            b"\xef\xbb\xbf  <svg onload=x>",
            b"bonjour <SCRIPT>x</SCRIPT>",
            b"<?xml version='1.0'?><svg/>",
            b"#!/bin/sh\nrm -rf /",
            b"MZ\x90\x00",
            b"\x7fELF",
            b"GIF89a\x01\x00",
            b"PK\x03\x04..word/document.xml",
            b"PK\x03\x04..[Content_Types].xml..xl/workbook.xml..xl/vbaProject.bin",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
        ] {
            for name in ["facture.pdf", "a.csv", "a.txt"] {
                assert_eq!(of(harm, name), None, "{harm:?}");
            }
        }
    }

    /// Fear: a name leads out of a folder, ends a header, hides its ending or has none.
    #[test]
    fn names() {
        let pdf = |sent: &str| name_of(sent, FileKind::Pdf);
        assert_eq!(pdf("C:\\Users\\zoe\\Bilan 2026.PDF"), "Bilan 2026.PDF");
        assert_eq!(pdf("../../etc/passwd"), "passwd.pdf");
        assert_eq!(
            pdf("a\r\nSet-Cookie: x=\"1\".pdf"),
            "aSet-Cookie_ x=_1_.pdf"
        );
        assert_eq!(pdf("fac\u{202e}fdp.exe"), "facfdp.exe.pdf");
        assert_eq!(pdf(".htaccess"), "htaccess.pdf");
        assert_eq!(pdf(" .. "), "Sans nom.pdf");
        assert_eq!(name_of("photo.JPEG", FileKind::Jpeg), "photo.JPEG");
        assert_eq!(pdf(&format!("{}.pdf", "é".repeat(500))).chars().count(), 84);
    }

    /// Fear: one file too many, or too large, gets in; or the limit refuses what it says it takes.
    #[test]
    fn limits() {
        let file = |bytes: usize| {
            let mut held = vec![b'a'; bytes];
            held[..5].copy_from_slice(b"%PDF-");
            ("a.pdf".to_owned(), held)
        };
        assert_eq!(judged(vec![]).unwrap().len(), 0);
        assert_eq!(judged(vec![file(9); 5]).unwrap().len(), 5);
        assert_eq!(judged(vec![file(9); 6]), Err(FileFault::TooMany));
        assert!(judged(vec![file(MOST_BYTES); 2]).is_ok());
        assert_eq!(judged(vec![file(MOST_BYTES + 1)]), Err(FileFault::TooLarge));
        let together = vec![file(MOST_BYTES), file(MOST_BYTES), file(9)];
        assert_eq!(judged(together), Err(FileFault::TooLargeTogether));
        let empty = vec![("a.pdf".to_owned(), vec![])];
        assert_eq!(judged(empty), Err(FileFault::Empty));
        for kind in FileKind::ALL {
            assert_eq!(FileKind::from_code(kind.code()), Some(kind));
        }
    }

    proptest! {
        /// Fear: some name, however made, leads elsewhere, ends a header, or grows when it is tidied again.
        #[test]
        fn every_name(sent in ".{0,200}") {
            for kind in FileKind::ALL {
                let name = name_of(&sent, kind);
                prop_assert!(!name.contains(['/', '\\', '"', '\r', '\n', ';']));
                prop_assert!(!name.starts_with('.') && kind.ends(&name));
                prop_assert!(name.chars().all(|c| !c.is_control() && !deceives(c)));
                prop_assert!(name.chars().count() <= LONGEST_NAME + 6);
                prop_assert_eq!(name_of(&name, kind), name.clone());
            }
        }

        /// Fear: some bytes bring the judgement down.
        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300), name in ".{0,20}") {
            let kind = FileKind::of(&bytes, &name);
            if let Some(FileKind::Csv | FileKind::Text) = kind {
                prop_assert!(!bytes.contains(&0));
            }
        }
    }
}
