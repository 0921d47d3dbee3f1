//! Workbooks: the first sheet, cell by cell. A workbook is a zip file, which may unfold to anything: it is measured first.

use super::table::Table;
use calamine::{Data, DataRef, Reader as _, Xlsx};
use portfolio::import::{Cell, FileFault, LONGEST_CELL, MOST_COLUMNS, MOST_LINES};
use std::io::{self, Cursor, Read as _};
use zip::ZipArchive;

/// Bytes that all files of a workbook may unfold to: a full one of 50,000 lines has some 30 MB.
const MOST_UNFOLDED: u64 = 100_000_000;
/// Bytes that a file may unfold to which is held in memory whole: the texts that cells share.
const MOST_SHARED: u64 = 40_000_000;
/// How many such texts there may be, each of which takes some dozen bytes whatever its length.
const MOST_TEXTS: usize = 1_000_000;
/// Bytes that the files may unfold to which say how the workbook is put together and looks.
const MOST_AROUND: u64 = 5_000_000;
/// Files in a workbook: the usual number is a dozen.
const MOST_FILES: usize = 500;

pub(super) fn read(bytes: &[u8]) -> Result<Table, FileFault> {
    measured(bytes)?;
    let broken = |_| FileFault::BrokenWorkbook;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = workbook.sheet_names();
    let first = names.first().ok_or(FileFault::BrokenWorkbook)?.clone();
    let mut cells = workbook.worksheet_cells_reader(&first).map_err(broken)?;
    let mut table = Table::default();
    let mut row: (u32, Vec<Cell>) = (0, Vec::new());
    while let Some(found) = cells.next_cell().map_err(broken)? {
        let (line, column) = found.get_position();
        let Some(cell) = cell(found.get_value()) else {
            continue;
        };
        if line < row.0 {
            return Err(FileFault::BrokenWorkbook);
        }
        if line > row.0 {
            table.push(row.0 + 1, std::mem::take(&mut row.1))?;
            row.0 = line;
        }
        put(&mut row.1, column, cell)?;
    }
    table.push(row.0.saturating_add(1), row.1)?;
    Ok(table)
}

/// Whether a zip file is what a workbook may be. What it says of the sizes of its files is not believed.
pub(in crate::import) fn measured(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::BrokenWorkbook)?;
    if archive.len() > MOST_FILES {
        return Err(FileFault::BrokenWorkbook);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(FileFault::Format);
    }
    let mut root = Vec::new();
    let found = archive
        .by_name("_rels/.rels")
        .map_err(|_| FileFault::BrokenWorkbook)?;
    let read = found.take(MOST_AROUND).read_to_end(&mut root);
    if read.is_err() || !is_usual(&String::from_utf8_lossy(&root)) {
        return Err(FileFault::BrokenWorkbook);
    }
    let mut left = MOST_UNFOLDED;
    for place in 0..archive.len() {
        let file = archive
            .by_index(place)
            .map_err(|_| FileFault::BrokenWorkbook)?;
        let name = file.name().map_err(|_| FileFault::BrokenWorkbook)?;
        let name = name.into_owned();
        let most = left.min(most_of(&name));
        let (mut texts, mut file) = (Texts::default(), file.take(most + 1));
        let unfolded = if most_of(&name) == MOST_SHARED {
            io::copy(&mut file, &mut texts)
        } else {
            io::copy(&mut file, &mut io::sink())
        };
        let unfolded = unfolded.map_err(|_| FileFault::BrokenWorkbook)?;
        if unfolded > most || texts.count > MOST_TEXTS {
            return Err(FileFault::BrokenWorkbook);
        }
        left -= unfolded;
    }
    Ok(())
}

/// Whether the first file of a workbook says that the others are where they always are: the limits below go by their names.
fn is_usual(root: &str) -> bool {
    let root = root.to_ascii_lowercase().replace('\'', "\"");
    let named = |tag: &&str| tag.contains("relationships/officedocument\"");
    let usual = |tag: &str| {
        let targets = ["target=\"xl/workbook.xml\"", "target=\"/xl/workbook.xml\""];
        tag.matches("target").count() == 1 && targets.iter().any(|target| tag.contains(target))
    };
    let mut tags = root.split('<').filter(named).peekable();
    !root.contains('&') && tags.peek().is_some() && tags.all(usual)
}

/// What a file of a workbook may unfold to. The sheets are read cell by cell, and what is none of these is not read at all.
fn most_of(name: &str) -> u64 {
    let name = name.to_ascii_lowercase().replace('\\', "/");
    match name.trim_start_matches('/') {
        "xl/sharedstrings.xml" => MOST_SHARED,
        "xl/styles.xml" | "xl/workbook.xml" | "xl/_rels/workbook.xml.rels" => MOST_AROUND,
        _ => u64::MAX,
    }
}

/// Counts the texts that cells share (`<si>`, by whatever prefix) in what is written to it.
#[derive(Default)]
struct Texts {
    last: [u8; 3],
    count: usize,
}

impl io::Write for Texts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            let [mark, name @ ..] = self.last;
            let begins = matches!(mark, b'<' | b':') && name == *b"si";
            if begins && matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n') {
                self.count += 1;
            }
            self.last = [self.last[1], self.last[2], *byte];
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What stands in a cell; nothing in a blank one.
fn cell(value: &DataRef<'_>) -> Option<Cell> {
    let text = |text: &str| (!text.trim().is_empty()).then(|| Cell::Text(cut(text)));
    match value {
        DataRef::Empty => None,
        DataRef::String(shown) => text(shown),
        DataRef::SharedString(shown) => text(shown),
        #[expect(
            clippy::cast_precision_loss,
            reason = "beyond 15 digits a number is refused in any case"
        )]
        DataRef::Int(number) => Some(Cell::Number(*number as f64)),
        DataRef::Float(number) if number.is_finite() => Some(Cell::Number(*number)),
        DataRef::DateTime(date) if date.as_f64().is_finite() => Some(Cell::Date {
            date: date.as_f64(),
        }),
        DataRef::Float(_) | DataRef::DateTime(_) | DataRef::Error(_) => {
            Some(Cell::Text("#VALEUR!".to_owned()))
        }
        other => text(&Data::from(other.clone()).to_string()),
    }
}

/// A text that is too long is too long whatever follows.
fn cut(text: &str) -> String {
    text.chars().take(LONGEST_CELL + 1).collect()
}

fn put(row: &mut Vec<Cell>, column: u32, cell: Cell) -> Result<(), FileFault> {
    let column = usize::try_from(column).unwrap_or(usize::MAX);
    if column >= MOST_COLUMNS {
        return Err(FileFault::TooManyColumns);
    }
    while row.len() <= column {
        row.push(Cell::Text(String::new()));
    }
    row[column] = cell;
    Ok(())
}

// A sheet ends somewhere: its line numbers are below 2^20, and lines that are not blank below the limit.
const _: () = assert!(MOST_LINES < 1 << 20);
