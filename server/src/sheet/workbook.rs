//! The portfolio as a workbook: identifiers are text, counts are numbers, days are days. It is written beside the requests, in memory
//! that does not grow, and sent from a temporary file that has no name: nothing is left of it, however the server ends.

use super::{Pages, Piece, cut, spool};
use futures_util::stream::Stream;
use portfolio::{
    ports::Outage,
    sheet::{COLUMNS, Cell, SheetRow},
};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::{fs::File, io::Seek};
use tokio::sync::mpsc;

/// Pages of clients that wait to be written.
const WAITING: usize = 2;
/// Lines of a sheet, its head apart: more is more than spreadsheets read, and goes on on another sheet.
const MOST_LINES: u32 = 1_048_575;

type Rows = Result<Vec<SheetRow>, Outage>;

/// The file, piece by piece.
pub fn written(pages: Pages) -> impl Stream<Item = Piece> + Send {
    spool::sent(whole(pages))
}

/// Reads the pages here, and writes them on a thread that may take its time.
async fn whole(mut pages: Pages) -> std::io::Result<File> {
    let (give, take) = mpsc::channel::<Rows>(WAITING);
    let writing = tokio::task::spawn_blocking(move || write(take));
    loop {
        let rows = pages.next().await;
        let last = rows.as_ref().is_ok_and(Vec::is_empty) || rows.is_err();
        // Whoever writes is gone when it failed, and says why below.
        if give.send(rows).await.is_err() || last {
            break;
        }
    }
    drop(give);
    writing.await.map_err(cut)?
}

fn write(mut take: mpsc::Receiver<Rows>) -> std::io::Result<File> {
    let mut workbook = Workbook::new();
    let mut sheet = begun(&mut workbook).map_err(cut)?;
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let mut line = 0;
    while let Some(rows) = take.blocking_recv() {
        for row in rows.map_err(cut)? {
            if line == MOST_LINES {
                sheet = begun(&mut workbook).map_err(cut)?;
                line = 0;
            }
            line += 1;
            put(sheet, line, &row, &day).map_err(cut)?;
        }
    }
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&file).map_err(cut)?;
    file.rewind()?;
    Ok(file)
}

fn begun(workbook: &mut Workbook) -> Result<&mut Worksheet, XlsxError> {
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (place, (head, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(place, f64::from(width))?;
        sheet.write_string_with_format(0, place, head, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}

fn put(sheet: &mut Worksheet, line: u32, row: &SheetRow, day: &Format) -> Result<(), XlsxError> {
    for (place, cell) in (0..).zip(row.cells()) {
        match cell {
            // A text cell is shown and never run.
            Cell::Text(text) => sheet.write_string(line, place, text)?,
            Cell::Number(number) => {
                let number = u32::try_from(number).unwrap_or(u32::MAX);
                sheet.write_number(line, place, number)?
            }
            Cell::Day(at) => {
                let date = ExcelDateTime::parse_from_str(&at.iso_date())?;
                sheet.write_datetime_with_format(line, place, &date, day)?
            }
        };
    }
    Ok(())
}
