//! Workbooks: the first sheet, cell by cell. A workbook is a zip file, which may unfold to anything: it is measured first.

use super::table::Table;
use calamine::{Data, DataRef, Reader as _, Xlsx};
use portfolio::import::{Cell, FileFault, LONGEST_CELL, MOST_COLUMNS, MOST_LINES};
use std::io::{self, Cursor, Read as _};
use zip::ZipArchive;

/// Bytes that all files of a workbook may unfold to: a full one of 50,000 lines has some 30 MB.
const MOST_UNFOLDED: u64 = 150_000_000;
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
fn measured(bytes: &[u8]) -> Result<(), FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileFault::BrokenWorkbook)?;
    if archive.len() > MOST_FILES {
        return Err(FileFault::BrokenWorkbook);
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(FileFault::Format);
    }
    let mut left = MOST_UNFOLDED;
    for place in 0..archive.len() {
        let file = archive
            .by_index(place)
            .map_err(|_| FileFault::BrokenWorkbook)?;
        let unfolded = io::copy(&mut file.take(left + 1), &mut io::sink());
        let unfolded = unfolded.map_err(|_| FileFault::BrokenWorkbook)?;
        left = left
            .checked_sub(unfolded)
            .ok_or(FileFault::BrokenWorkbook)?;
    }
    Ok(())
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
