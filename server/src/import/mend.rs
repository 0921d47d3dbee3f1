//! The refused lines as a file, in the format that was sent: mended, it is sent again.

use super::template::{self, MARK};
use portfolio::{import::Format, ports::ToMend, sheet::harmless, wording};
use rust_xlsxwriter::{Workbook, XlsxError};

/// The head of the column that says why, which an import leaves alone.
pub(super) const REASON: &str = "Motif du refus";

/// The file.
///
/// # Errors
/// When it cannot be written, which would be a fault of ours.
pub(super) fn file(mend: &ToMend) -> Result<Vec<u8>, XlsxError> {
    match mend.format {
        Format::Csv => Ok(text(mend)),
        Format::Xlsx => workbook(mend),
    }
}

/// The heads that were sent, without those of a file that was mended before, and where they are.
fn heads(mend: &ToMend) -> Vec<(usize, &str)> {
    mend.heads
        .iter()
        .map(String::as_str)
        .enumerate()
        .filter(|(_, head)| *head != REASON)
        .collect()
}

/// The lines: the cells of these columns, then why.
fn lines<'a>(
    mend: &'a ToMend,
    heads: &'a [(usize, &str)],
) -> impl Iterator<Item = Vec<String>> + 'a {
    mend.lines.iter().map(move |(reason, cells)| {
        let shown = |place: usize| {
            cells
                .get(place)
                .map(portfolio::import::Cell::shown)
                .unwrap_or_default()
        };
        let cells = heads.iter().map(|(place, _)| shown(*place));
        cells.chain([wording::import::reason(reason)]).collect()
    })
}

fn text(mend: &ToMend) -> Vec<u8> {
    let heads = heads(mend);
    let names = heads.iter().map(|(_, head)| *head).chain([REASON]);
    let names: Vec<String> = names.map(harmless).collect();
    let mut text = format!("{MARK}{}", template::row(names.iter().map(String::as_str)));
    for line in lines(mend, &heads) {
        let cells: Vec<String> = line.iter().map(|cell| harmless(cell)).collect();
        text.push_str(&template::row(cells.iter().map(String::as_str)));
    }
    text.into_bytes()
}

fn workbook(mend: &ToMend) -> Result<Vec<u8>, XlsxError> {
    let heads = heads(mend);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Clients")?;
    template::heads(sheet, heads.iter().map(|(_, head)| *head).chain([REASON]))?;
    for (row, line) in (1..).zip(lines(mend, &heads)) {
        for (place, cell) in (0..).zip(line) {
            if !cell.is_empty() {
                sheet.write_string(row, place, cell)?;
            }
        }
    }
    workbook.save_to_buffer()
}
