//! Records of a CSV file (RFC 4180), each with the line it begins on as an editor counts lines.
//!
//! Our own reader, since the `csv` crate names the line before a record's when lines end in CRLF or are blank, and reads a file to its
//! end into memory when a quote is left open. Stricter than it, too: a quote in the middle of a bare field is refused, since it is more
//! often a broken export than a name.

use super::ImportError;
use std::io::{BufRead, BufReader, Read};

/// Bytes of the longest record: many times the longest that the rules take.
const LONGEST: usize = 64 * 1024;

pub(super) struct Records<R> {
    input: BufReader<R>,
    separator: u8,
    /// Lines read so far.
    lines: u64,
    /// The lines of the record at hand.
    text: Vec<u8>,
    /// Its fields, one after the other, and where each ends.
    fields: String,
    ends: Vec<usize>,
}

impl<R: Read> Records<R> {
    /// Reads the first line, which decides what separates fields: `;` if it holds one, else `,`.
    pub(super) fn open(input: R) -> Result<Self, ImportError> {
        let mut records = Self {
            input: BufReader::with_capacity(256 * 1024, input),
            separator: b',',
            lines: 0,
            text: Vec::new(),
            fields: String::new(),
            ends: Vec::new(),
        };
        let start = records.input.fill_buf()?;
        if start.starts_with("\u{feff}".as_bytes()) {
            records.input.consume(3);
        }
        records.line()?;
        if records.text.contains(&b';') {
            records.separator = b';';
        }
        if !records.text.is_empty() {
            records.split(1)?;
        }
        Ok(records)
    }

    /// Goes to the next record; the line it begins on, or `None` at the end. Blank lines are passed over.
    pub(super) fn next(&mut self) -> Result<Option<u64>, ImportError> {
        self.text.clear();
        loop {
            if !self.line()? {
                return Ok(None);
            }
            if self.text.iter().any(|byte| !matches!(byte, b'\r' | b'\n')) {
                break;
            }
            self.text.clear();
        }
        let line = self.lines;
        // A quoted field may hold line ends: the record goes on while a quote is open.
        while open_quote(&self.text) {
            if !self.line()? {
                return Err(ImportError::NotCsv { line });
            }
        }
        self.split(line)?;
        Ok(Some(line))
    }

    /// How many fields the record has.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field of the record; empty beyond its end.
    pub(super) fn field(&self, place: usize) -> &str {
        let start = match place.checked_sub(1) {
            None => Some(0),
            Some(before) => self.ends.get(before).copied(),
        };
        match (start, self.ends.get(place)) {
            (Some(start), Some(end)) => &self.fields[start..*end],
            _ => "",
        }
    }

    /// Appends one line to the text at hand; whether there was one. A lone CR ends a line too, as old exports have it.
    fn line(&mut self) -> Result<bool, ImportError> {
        let before = self.text.len();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let taken = end.map_or(buffer.len(), |end| end + 1);
            let carriage = end.is_some_and(|end| buffer[end] == b'\r');
            self.text.extend_from_slice(&buffer[..taken]);
            self.input.consume(taken);
            if carriage && self.input.fill_buf()?.first() == Some(&b'\n') {
                self.text.push(b'\n');
                self.input.consume(1);
            }
            if self.text.len() > LONGEST {
                return Err(ImportError::NotCsv {
                    line: self.lines + 1,
                });
            }
            if end.is_some() {
                break;
            }
        }
        let found = self.text.len() > before;
        self.lines += u64::from(found);
        Ok(found)
    }

    /// Splits the text at hand into fields.
    fn split(&mut self, line: u64) -> Result<(), ImportError> {
        let refused = || ImportError::NotCsv { line };
        let text = std::str::from_utf8(&self.text).map_err(|_| refused())?;
        let mut rest = text.trim_end_matches(['\r', '\n']);
        let separator = char::from(self.separator);
        self.fields.clear();
        self.ends.clear();
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                rest = quoted;
                loop {
                    let (inside, after) = rest.split_once('"').ok_or_else(refused)?;
                    self.fields.push_str(inside);
                    let Some(after_pair) = after.strip_prefix('"') else {
                        rest = after;
                        break;
                    };
                    self.fields.push('"');
                    rest = after_pair;
                }
                if !rest.is_empty() && !rest.starts_with(separator) {
                    return Err(refused());
                }
            } else {
                let end = rest.find(separator).unwrap_or(rest.len());
                let (field, after) = rest.split_at(end);
                if field.contains('"') {
                    return Err(refused());
                }
                self.fields.push_str(field);
                rest = after;
            }
            self.ends.push(self.fields.len());
            match rest.strip_prefix(separator) {
                Some(after) => rest = after,
                None => return Ok(()),
            }
        }
    }
}

/// Whether a text ends within quotes. A doubled quote closes and opens again, which comes to the same.
fn open_quote(text: &[u8]) -> bool {
    text.iter().fold(false, |open, byte| open ^ (*byte == b'"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Vec<(u64, Vec<String>)>, u64> {
        let lines = |error| match error {
            ImportError::NotCsv { line } => line,
            other => panic!("{other}"),
        };
        let mut records = Records::open(text).map_err(lines)?;
        let mut all = Vec::new();
        while let Some(line) = records.next().map_err(lines)? {
            let fields = (0..records.len()).map(|place| records.field(place).to_owned());
            all.push((line, fields.collect()));
        }
        Ok(all)
    }

    fn row(line: u64, fields: &[&str]) -> (u64, Vec<String>) {
        (
            line,
            fields.iter().map(|field| (*field).to_owned()).collect(),
        )
    }

    /// Fear: a quote, a separator or a line end inside quotes tears a row apart, or the line told is not the one an editor shows.
    #[test]
    fn fields_and_lines() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "a;b",
                "",
                "1;\"x;\"\"y\"\"\"",
                "2;\"two",
                "lines\"",
                ";",
                "é;\"\"",
            ]
            .join(end);
            let all = read(text.as_bytes()).unwrap();
            assert_eq!(
                all,
                [
                    row(3, &["1", "x;\"y\""]),
                    row(4, &["2", &format!("two{end}lines")]),
                    row(6, &["", ""]),
                    row(7, &["é", ""]),
                ],
                "{end:?}"
            );
        }
    }

    /// Fear: a byte order mark, a comma or a last line without its end loses a field.
    #[test]
    fn openings_and_endings() {
        let all = read("\u{feff}\"a\",b\n1,2".as_bytes()).unwrap();
        assert_eq!(all, [row(2, &["1", "2"])]);
        let records = Records::open("\u{feff}\"a\",b\r\n".as_bytes()).unwrap();
        assert_eq!(
            (records.field(0), records.field(1), records.field(2)),
            ("a", "b", "")
        );
        assert_eq!(read(b""), Ok(vec![]));
    }

    /// Fear: a broken file is read as something else, or fills the memory.
    #[test]
    fn broken_files_are_told_by_line() {
        assert_eq!(read(b"a;b\n1;2\n3;\"4\n5;6\n"), Err(3));
        assert_eq!(read(b"a;b\n1;2\n3;4 \"x\" 5\n"), Err(3));
        assert_eq!(read(b"a;b\n\"1\"2;3\n"), Err(2));
        assert_eq!(read(b"a;b\n1;2\n3;\xff\n"), Err(3));
        let endless = [b"a;b\n\"".as_slice(), &vec![b'x'; LONGEST * 4]].concat();
        assert_eq!(read(&endless), Err(2));
    }

    /// Fear: what others write as CSV is read otherwise here.
    #[test]
    fn as_others_write_it() {
        let rows = [
            ["a", "b", "c"],
            ["x\"y", "", "1;2"],
            ["l\nm", " p ", "\"\""],
        ];
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .from_writer(Vec::new());
        for row in rows {
            writer.write_record(row).unwrap();
        }
        let read: Vec<_> = read(&writer.into_inner().unwrap())
            .unwrap()
            .into_iter()
            .map(|row| row.1)
            .collect();
        assert_eq!(read, rows[1..]);
    }
}
