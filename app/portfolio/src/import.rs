//! « Ajouter plusieurs comptes »: what a file of clients may hold, and what becomes of each of its lines.
//!
//! Knows columns and their names, what spreadsheets do to numbers, which proof a line has to bring, and what is shown of an import.
//! Refuses to know how a file is read, where its lines wait, and whether a proof is good.

mod cell;
mod column;
mod line;
mod mapping;
mod sample;
mod trap;
mod view;
mod words;

pub use cell::Cell;
pub use column::Column;
pub use line::{Asked, Draft, Fault, Flaw, read};
pub(crate) use line::{identifier, person};
pub use mapping::{Mapping, guessed};
pub use sample::sample;
pub(crate) use trap::{digits, lost_zero};
pub use view::{
    Counts, FileColumn, Halt, ImportRow, ImportView, LineRow, PAGE, Progress, Reason, Shown, State,
    Verdict,
};

use crate::language::t;
use serde::{Deserialize, Serialize};

/// Lines of the largest file, its heads apart.
pub const MOST_LINES: u32 = 50_000;
/// Bytes of the largest file: « 10 Mo ».
pub const MOST_BYTES: usize = 10_000_000;
/// Columns of the widest file.
pub const MOST_COLUMNS: usize = 40;
/// Characters of the longest cell. A quote that is never closed makes a longer one.
pub const LONGEST_CELL: usize = 1_000;
/// How long a file that nobody goes on with, and the refused lines of one that ended, are kept, in seconds.
pub const KEPT: i64 = 7 * crate::time::DAY;
/// How long it is remembered that there was an import, in seconds.
pub const REMEMBERED: i64 = 90 * crate::time::DAY;
/// How long the proofs of a dry run are good for, in seconds: as long as those of an enrolment in the making.
pub const GOOD_FOR: i64 = crate::ports::DRAFT_LIFE;

/// Why a file is not taken at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileFault {
    /// No file was chosen.
    Missing,
    /// There is not a line below the heads.
    Empty,
    /// More than [`MOST_BYTES`].
    TooLarge,
    /// More than [`MOST_LINES`].
    TooManyLines,
    /// More than [`MOST_COLUMNS`].
    TooManyColumns,
    /// Neither text nor a workbook of today.
    Format,
    /// A workbook of before 2007, or one that asks for a password: both begin alike.
    OldWorkbook,
    /// A workbook that is damaged, or that unfolds to far more than it should.
    BrokenWorkbook,
    /// The first line holds numbers, not the names of columns.
    NoHeads,
    /// A cell is too long, as when a quote is not closed.
    OpenQuote {
        /// The line that it begins on.
        line: u32,
    },
    /// As many uploads as are taken at a time are under way.
    Busy,
    /// As many files of the firm as are taken wait to be gone on with.
    TooManyFiles,
    /// A file of postings is longer than they may be.
    TooManyPostings,
    /// A file of postings lacks a column that it cannot do without.
    NoColumn(crate::mobility::batch::Column),
}

/// A file's name as it is kept: no folder before it, nothing that is not shown, and not too long.
pub fn name_of(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(c))
        .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
        .take(80)
        .collect();
    let name = name.trim();
    if name.is_empty() {
        t("Sans nom").to_owned()
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a name leads out of a folder, hides its end, or is empty on the page.
    #[test]
    fn names() {
        assert_eq!(name_of("C:\\Users\\claire\\clients.xlsx"), "clients.xlsx");
        assert_eq!(name_of("../../etc/passwd"), "passwd");
        assert_eq!(name_of("a\u{202e}vsc.exe\r\n"), "avsc.exe");
        assert_eq!(name_of(" / "), "Sans nom");
        assert_eq!(name_of(&"é".repeat(500)).chars().count(), 80);
    }
}
