//! A made-up registry: as many accounts as wanted, the same ones for the same seed, every row such as the import accepts.
//!
//! Knows what a registry looks like: how many accounts a holder has, which states, amounts and gaps occur. Refuses to know files
//! and the database: it gives bytes to whoever reads, and holds one row at a time. No made-up number is anybody's on purpose:
//! social security numbers name municipalities that do not exist, e-mail addresses end in `.example`.

pub(crate) mod chance;
mod holder;
mod names;
mod number;

pub use holder::Rows;

use portfolio::registry::COLUMNS;
use std::{
    borrow::Cow,
    io::{self, Read},
};

/// The most accounts that have numbers of their own.
pub const MOST_ACCOUNTS: u64 = 50_000_000;

/// One made-up row, its fields as a registry file writes them.
#[derive(Clone, Debug, Default)]
pub struct Row {
    number: String,
    kind: &'static str,
    siren: String,
    siret: String,
    name: String,
    organism: &'static str,
    state: &'static str,
    amount: String,
    period: &'static str,
    nir: String,
    email: String,
    up_to_date: &'static str,
    headcount: String,
    payroll: String,
}

impl Row {
    /// The fields in the order of [`COLUMNS`].
    pub fn fields(&self) -> [&str; COLUMNS.len()] {
        [
            &self.number,
            self.kind,
            &self.siren,
            &self.siret,
            &self.name,
            self.organism,
            self.state,
            &self.amount,
            self.period,
            &self.nir,
            &self.email,
            self.up_to_date,
            &self.headcount,
            &self.payroll,
        ]
    }

    /// Appends the row as one line of a registry file.
    fn write_line(&self, line: &mut Vec<u8>) {
        for (place, field) in self.fields().into_iter().enumerate() {
            if place > 0 {
                line.push(b';');
            }
            line.extend_from_slice(quoted(field).as_bytes());
        }
        line.push(b'\n');
    }
}

/// A field as CSV writes it: in quotes where it holds a separator or a quote.
fn quoted(field: &str) -> Cow<'_, str> {
    if field.contains([';', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", field.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(field)
    }
}

/// A registry file of made-up rows, made while it is read: a million rows take no more memory than one.
pub struct File {
    rows: Rows,
    line: Vec<u8>,
    given: usize,
}

impl File {
    /// A file of so many accounts, at most [`MOST_ACCOUNTS`], that the seed decides.
    pub fn new(accounts: u64, seed: u64) -> Self {
        Self {
            rows: Rows::new(accounts, seed),
            line: format!("{}\n", COLUMNS.join(";")).into_bytes(),
            given: 0,
        }
    }
}

/// How much is made at once, in bytes.
const CHUNK: usize = 64 * 1024;

impl Read for File {
    fn read(&mut self, wanted: &mut [u8]) -> io::Result<usize> {
        if self.given == self.line.len() {
            self.line.clear();
            self.given = 0;
        }
        while self.line.len() < CHUNK
            && self.given == 0
            && let Some(row) = self.rows.next()
        {
            row.write_line(&mut self.line);
        }
        let rest = &self.line[self.given..];
        let count = rest.len().min(wanted.len());
        wanted[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
