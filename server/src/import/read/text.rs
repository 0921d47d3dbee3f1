//! CSV: UTF-8 with or without its mark, UTF-16 with it (« Texte Unicode »), else Windows-1252; semicolons, commas or tabs.

use super::table::Table;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{Encoding, WINDOWS_1252};
use portfolio::import::{Cell, FileFault, MOST_COLUMNS};
use std::borrow::Cow;

/// By which signs columns are apart, the likelier first.
const SIGNS: [u8; 3] = [b';', b',', b'\t'];
/// Bytes of the longest line: many times what the widest one holds whose cells are as long as they may be.
const MOST_OF_LINE: usize = 1 << 20;
/// Cells of the longest line, blank ones at its end too: as many as a sheet has columns.
const MOST_CELLS: usize = 1 << 14;

pub(super) fn read(bytes: &[u8]) -> Result<Table, FileFault> {
    let text = decoded(bytes)?;
    let (text, sign) = told(&text);
    let mut records = Records::of(text.body.as_bytes(), sign);
    let mut table = Table::default();
    let mut place = Place {
        rest: text.body,
        at: 0,
        line: text.line,
    };
    loop {
        let line = place.line_of(records.at);
        match records.next() {
            Next::Record => table.push(line, records.cells()?)?,
            Next::TooLong => return Err(FileFault::OpenQuote { line }),
            Next::TooManyCells => return Err(FileFault::TooManyColumns),
            Next::End => return Ok(table),
        }
    }
}

/// Records, one after the other, in memory that does not grow: one that is longer or wider than what is kept of any ends the file.
struct Records<'a> {
    reader: Reader,
    bytes: &'a [u8],
    /// Where the next record begins, or the blank lines before it.
    at: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    cells: usize,
}

enum Next {
    Record,
    TooLong,
    TooManyCells,
    End,
}

impl<'a> Records<'a> {
    fn of(bytes: &'a [u8], sign: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(sign).build(),
            bytes,
            at: 0,
            text: vec![0; MOST_OF_LINE],
            ends: vec![0; MOST_CELLS + 1],
            cells: 0,
        }
    }

    fn next(&mut self) -> Next {
        let mut written = 0;
        self.cells = 0;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let (result, read, wrote, ended) = self.reader.read_record(
                rest,
                &mut self.text[written..],
                &mut self.ends[self.cells..],
            );
            self.at += read;
            written += wrote;
            self.cells += ended;
            match result {
                // Asked once more without bytes, it ends the last record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => return Next::TooLong,
                ReadRecordResult::OutputEndsFull => return Next::TooManyCells,
                ReadRecordResult::Record => return Next::Record,
                ReadRecordResult::End => return Next::End,
            }
        }
    }

    /// The cells of the record that was read.
    fn cells(&self) -> Result<Vec<Cell>, FileFault> {
        let mut cells = Vec::with_capacity(MOST_COLUMNS.min(self.cells));
        let mut from = 0;
        for end in &self.ends[..self.cells] {
            // Signs and quotes are single bytes, so that what is between them is text.
            let text = String::from_utf8_lossy(&self.text[from..*end]);
            from = *end;
            if cells.len() < MOST_COLUMNS {
                cells.push(Cell::Text(text.into_owned()));
            } else if !text.trim().is_empty() {
                return Err(FileFault::TooManyColumns);
            }
        }
        Ok(cells)
    }
}

/// The text of a file.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, FileFault> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (Some(encoding), &bytes[mark..]),
        None => (None, bytes),
    };
    let text = match (encoding, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => Cow::Borrowed(text),
        (Some(encoding), _) => encoding.decode_without_bom_handling(bytes).0,
        (None, Err(_)) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    if text.contains('\0') {
        return Err(FileFault::Format);
    }
    Ok(text)
}

/// A text below the line with which some spreadsheets tell the sign.
struct Body<'a> {
    body: &'a str,
    line: u32,
}

/// The sign that the first line tells (`sep=;`), or else the one that stands most often in the heads.
fn told(text: &str) -> (Body<'_>, u8) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = first.trim_end().strip_prefix("sep=");
    if let Some([sign]) = named.map(str::as_bytes)
        && SIGNS.contains(sign)
    {
        return (
            Body {
                body: rest,
                line: 2,
            },
            *sign,
        );
    }
    let heads = text
        .split(['\n', '\r'])
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let mut most = (0, SIGNS[0]);
    for sign in SIGNS {
        let count = unquoted(heads, sign);
        if count > most.0 {
            most = (count, sign);
        }
    }
    (
        Body {
            body: text,
            line: 1,
        },
        most.1,
    )
}

/// How often a sign stands outside of quotes.
fn unquoted(line: &str, sign: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            *byte == sign && !quoted
        })
        .count()
}

/// The line numbers that an editor shows. The reader of records passes over blank lines and counts them with the next record.
struct Place<'a> {
    rest: &'a str,
    at: usize,
    line: u32,
}

impl Place<'_> {
    fn line_of(&mut self, start: usize) -> u32 {
        let bytes = self.rest.as_bytes();
        let start = start.min(bytes.len());
        let blank = bytes[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count();
        let start = start + blank;
        let passed = bytes.get(self.at..start).unwrap_or_default();
        let mut before = 0;
        for byte in passed {
            // `\r\n` ends one line.
            let ends = *byte == b'\r' || (*byte == b'\n' && before != b'\r');
            self.line = self.line.saturating_add(u32::from(ends));
            before = *byte;
        }
        self.at = self.at.max(start);
        self.line
    }
}
