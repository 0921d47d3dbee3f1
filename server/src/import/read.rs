//! A file, read into lines: CSV in the encodings that French offices have, or a workbook. Whatever bytes come, it answers.

mod table;
mod text;
mod workbook;

use portfolio::{import::FileFault, ports::Upload, sheet::Format};

#[cfg(test)]
pub(super) use workbook::measured;

/// How a workbook of today begins: it is a zip file.
const ZIP: &[u8] = b"PK\x03\x04";
/// How a workbook of before 2007 begins, and one of today that asks for a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads a file. It takes a while: not to be called where others wait.
///
/// # Errors
/// See [`FileFault`].
pub fn read(name: String, bytes: &[u8]) -> Result<Upload, FileFault> {
    let (format, table) = if bytes.starts_with(ZIP) {
        (Format::Xlsx, workbook::read(bytes)?)
    } else if bytes.starts_with(COMPOUND) {
        return Err(FileFault::OldWorkbook);
    } else {
        (Format::Csv, text::read(bytes)?)
    };
    let (heads, pieces) = table.close()?;
    Ok(Upload {
        name,
        format,
        heads,
        pieces,
    })
}
