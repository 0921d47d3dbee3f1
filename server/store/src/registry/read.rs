//! From a file to batches of accounts, ready for the database: judged by [`RegistryRow::read`], secrets turned into digests.

use super::{ImportError, csv::Records};
use crate::key::{Digest, Key};
use portfolio::{
    account_number::AccountNumber,
    french::searchable,
    registry::{COLUMNS, RegistryRow, Secret},
};
use std::{collections::HashSet, io::Read};

/// Rows written by one statement: 15 values each stay below the 32 766 that SQLite takes.
pub(super) const BATCH: usize = 1000;

/// An account and what is stored beside it.
pub(super) struct Ready {
    pub row: RegistryRow,
    pub search: String,
    pub digest: Option<Digest>,
}

/// Reads a file to its end, handing out full batches and a last smaller one; stops early when one is not taken.
pub(super) fn batches(
    file: impl Read,
    key: &Key,
    mut hand_out: impl FnMut(Vec<Ready>) -> bool,
) -> Result<(), ImportError> {
    let mut records = Records::open(file)?;
    let width = records.len();
    let places = places(&records)?;
    let mut seen = HashSet::new();
    let mut batch = Vec::with_capacity(BATCH);
    while let Some(line) = records.next()? {
        if records.len() != width {
            return Err(ImportError::NotCsv { line });
        }
        let field = |column: &'static str| {
            let known = COLUMNS.iter().position(|known| *known == column);
            known.map_or("", |known| records.field(places[known]))
        };
        let row = RegistryRow::read(field).map_err(|refused| ImportError::Row {
            line,
            column: refused.0,
        })?;
        if !seen.insert(packed(&row.number)) {
            return Err(ImportError::Duplicate { line });
        }
        batch.push(ready(row, key));
        if batch.len() == BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if !hand_out(full) {
                return Ok(());
            }
        }
    }
    if !batch.is_empty() {
        hand_out(batch);
    }
    Ok(())
}

/// Where each column stands in the file.
fn places<R: Read>(header: &Records<R>) -> Result<[usize; COLUMNS.len()], ImportError> {
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = (0..header.len())
            .find(|place| header.field(*place).trim() == column)
            .ok_or(ImportError::MissingColumn(column))?;
    }
    Ok(places)
}

fn ready(row: RegistryRow, key: &Key) -> Ready {
    Ready {
        search: searchable(&row.name),
        digest: match &row.secret {
            Secret::Amount(amount) => Some(key.amount(&row.number, *amount)),
            Secret::Nir(nir) => Some(key.nir(&row.number, nir)),
            Secret::None => None,
        },
        row,
    }
}

/// An account number in sixteen bytes, each number another: at most 18 of 36 characters, read as digits to the base 37.
fn packed(number: &AccountNumber) -> u128 {
    number.as_str().chars().fold(0, |packed, c| {
        packed * 37 + u128::from(c.to_digit(36).unwrap_or_default()) + 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: two accounts are taken for one.
    #[test]
    fn packing_keeps_numbers_apart() {
        let numbers = [
            "ZZZZZZZZZZZZZZZZZZ",
            "ZZZZZZZZZZZZZZZZZ",
            "000000000001",
            "0000000000001",
            "A00000000000",
            "0A0000000000",
        ];
        let packed: HashSet<_> = numbers
            .iter()
            .map(|n| packed(&AccountNumber::parse(n).unwrap()))
            .collect();
        assert_eq!(packed.len(), numbers.len());
    }
}
