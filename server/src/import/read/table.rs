//! Lines as they come, held to the limits of a file and packed into pieces at once: what a whole file holds as cells would weigh many
//! times its size.

use portfolio::{
    import::{Cell, FileFault, LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_LINES},
    ports::{BOX, Piece, Waiting},
};

/// Digits of a head that is none, but an account number or the like.
const DIGITS_OF_A_NUMBER: usize = 9;

/// Bytes that all lines may take once they are packed: what a text of the largest size can come to. A workbook whose cells share long
/// texts would come to a hundred times that.
const MOST_PACKED: usize = 6 * MOST_BYTES;

/// A file being read.
#[derive(Default)]
pub(super) struct Table {
    heads: Option<Vec<String>>,
    packed: Vec<Piece>,
    open: Vec<Waiting>,
    lines: u32,
    bytes: usize,
}

impl Table {
    /// Takes a line; a blank one is left out, the first one holds the heads.
    pub(super) fn push(&mut self, line: u32, mut cells: Vec<Cell>) -> Result<(), FileFault> {
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if cells.len() > MOST_COLUMNS {
            return Err(FileFault::TooManyColumns);
        }
        let long = |cell: &Cell| {
            let Cell::Text(text) = cell else { return false };
            // Bytes first, which are never fewer.
            text.len() > LONGEST_CELL && text.chars().count() > LONGEST_CELL
        };
        if cells.iter().any(long) {
            return Err(FileFault::OpenQuote { line });
        }
        if self.heads.is_none() {
            self.heads = Some(heads(&cells)?);
            return Ok(());
        }
        self.lines += 1;
        if self.lines > MOST_LINES {
            return Err(FileFault::TooManyLines);
        }
        self.open.push((line, cells));
        if self.open.len() == BOX {
            self.pack()?;
        }
        Ok(())
    }

    fn pack(&mut self) -> Result<(), FileFault> {
        let (Some((first, _)), Some((last, _))) = (self.open.first(), self.open.last()) else {
            return Ok(());
        };
        let text = serde_json::to_vec(&self.open).expect("cells are always written");
        self.bytes += text.len();
        if self.bytes > MOST_PACKED {
            return Err(FileFault::TooLarge);
        }
        self.packed.push(Piece {
            first: *first,
            last: *last,
            lines: u32::try_from(self.open.len()).unwrap_or(u32::MAX),
            text,
        });
        self.open.clear();
        Ok(())
    }

    /// The heads and the lines, once all have come.
    pub(super) fn close(mut self) -> Result<(Vec<String>, Vec<Piece>), FileFault> {
        self.pack()?;
        match self.heads {
            Some(heads) if !self.packed.is_empty() => Ok((heads, self.packed)),
            _ => Err(FileFault::Empty),
        }
    }
}

fn heads(cells: &[Cell]) -> Result<Vec<String>, FileFault> {
    let heads: Vec<String> = cells
        .iter()
        .map(|cell| cell.shown().trim().to_owned())
        .collect();
    let digits = |head: &String| head.chars().filter(char::is_ascii_digit).count();
    if heads.iter().any(|head| digits(head) >= DIGITS_OF_A_NUMBER) {
        return Err(FileFault::NoHeads);
    }
    Ok(heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: one long text that millions of cells of a workbook share is written out for each of them.
    #[test]
    fn shared_texts_are_not_multiplied_without_end() {
        let cells = vec![Cell::Text("x".repeat(LONGEST_CELL)); MOST_COLUMNS];
        let mut table = Table::default();
        let taken = (1..MOST_LINES).find_map(|line| table.push(line, cells.clone()).err());
        assert_eq!(taken, Some(FileFault::TooLarge));
        let most = MOST_PACKED / (LONGEST_CELL * MOST_COLUMNS);
        assert!((table.lines as usize) < most + BOX, "{}", table.lines);
    }
}
