//! CSV: UTF-8 with or without its mark, UTF-16 with it (« Texte Unicode »), else Windows-1252; semicolons, commas or tabs.

use super::table::Table;
use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, WINDOWS_1252};
use portfolio::import::{Cell, FileFault};
use std::borrow::Cow;

/// By which signs columns are apart, the likelier first.
const SIGNS: [u8; 3] = [b';', b',', b'\t'];

pub(super) fn read(bytes: &[u8]) -> Result<Table, FileFault> {
    let text = decoded(bytes)?;
    let (text, sign) = told(&text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(sign)
        .from_reader(text.body.as_bytes());
    let mut table = Table::default();
    let mut place = Place {
        rest: text.body,
        at: 0,
        line: text.line,
    };
    let mut record = StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|_| FileFault::Format)?
    {
        let start = record.position().map_or(0, csv::Position::byte);
        let line = place.line_of(usize::try_from(start).unwrap_or(usize::MAX));
        let cells = record.iter().map(|cell| Cell::Text(cell.to_owned()));
        table.push(line, cells.collect())?;
    }
    Ok(table)
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
