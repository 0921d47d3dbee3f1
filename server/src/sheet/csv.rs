//! The portfolio as CSV: semicolons and a mark of UTF-8, as French spreadsheets read it. Sent while it is read.

use super::{Pages, Piece, cut};
use axum::body::Bytes;
use csv::{Terminator, WriterBuilder};
use futures_util::stream::{self, Stream};
use portfolio::sheet::{COLUMNS, Cell, SheetRow, harmless};

/// The mark by which spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";

/// The file, piece by piece.
pub fn written(pages: Pages) -> impl Stream<Item = Piece> + Send {
    let head = lines(std::iter::once(COLUMNS.map(|(head, _)| head.to_owned())));
    let head = [MARK.as_bytes(), &head].concat();
    stream::unfold((Some(head), Some(pages)), async |(head, pages)| {
        if let Some(head) = head {
            return Some((Ok(Bytes::from(head)), (None, pages)));
        }
        let mut pages = pages?;
        match pages.next().await {
            Ok(rows) if rows.is_empty() => None,
            Ok(rows) => {
                let piece = lines(rows.iter().map(cells));
                Some((Ok(Bytes::from(piece)), (None, Some(pages))))
            }
            Err(outage) => Some((Err(cut(outage)), (None, None))),
        }
    })
}

fn cells(row: &SheetRow) -> [String; COLUMNS.len()] {
    row.cells().map(|cell| match cell {
        Cell::Text(text) => harmless(&text),
        Cell::Number(number) => number.to_string(),
        Cell::Day(at) => at.short_date(),
    })
}

/// Lines of a file.
pub fn lines<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(&row)
            .expect("writing to memory never fails");
    }
    writer.into_inner().expect("writing to memory never fails")
}

/// Lines with the mark before them.
pub fn whole<const N: usize>(rows: impl Iterator<Item = [String; N]>) -> Vec<u8> {
    [MARK.as_bytes(), &lines(rows)].concat()
}
