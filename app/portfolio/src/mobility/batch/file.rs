//! A file as it waits, sealed, between its dry run and its drafts: only what means something here is kept of it.

use super::{Column, MOST_BYTES, MOST_POSTINGS};
use crate::{
    ids::{EnrolmentId, PostingsId},
    import::{Cell, FileFault, guessed},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A file that was read, on its way to be kept. It holds numbers of people: nothing of it is ever logged.
#[derive(Serialize, Deserialize)]
pub struct Sent {
    /// Its name, as pages show it.
    pub name: String,
    /// The client whose page it was sent from: of lines that name none.
    pub client: Option<EnrolmentId>,
    /// The heads that mean nothing here.
    pub ignored: Vec<String>,
    /// What each cell of a line is.
    pub columns: Vec<Column>,
    /// The lines, by their numbers in the file.
    pub lines: Vec<(u32, Vec<Cell>)>,
}

/// Logs see nobody.
impl std::fmt::Debug for Sent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sent({} lines)", self.lines.len())
    }
}

/// A file that is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct File {
    /// Which: a page names the one that it showed.
    pub id: PostingsId,
    /// When it was sent.
    pub at: Timestamp,
    /// What it says.
    pub sent: Sent,
}

impl Sent {
    /// Takes what was read of a file.
    ///
    /// # Errors
    /// What keeps it from being taken: too long, too large, or without a column that it cannot do without.
    pub fn read(
        name: String,
        heads: &[String],
        lines: impl IntoIterator<Item = (u32, Vec<Cell>)>,
        client: Option<EnrolmentId>,
    ) -> Result<Self, FileFault> {
        let places = guessed(heads.iter().map(String::as_str), Column::of_head);
        let first = client.is_none().then_some(Column::Client);
        let wanted = first.into_iter().chain(Column::WANTED);
        for column in wanted {
            if !places.contains_key(&column) {
                return Err(FileFault::NoColumn(column));
            }
        }
        let mut kept = Vec::new();
        let mut bytes = 0;
        for (line, mut cells) in lines {
            if kept.len() == MOST_POSTINGS {
                return Err(FileFault::TooManyPostings);
            }
            let mut take = |place: &usize| {
                let cell = cells.get_mut(*place).map(std::mem::take);
                cell.unwrap_or_default()
            };
            let cells: Vec<Cell> = places.values().map(&mut take).collect();
            bytes += cells.iter().map(weight).sum::<usize>();
            if bytes > MOST_BYTES {
                return Err(FileFault::TooManyPostings);
            }
            // A line of nothing but what is left alone is none.
            if !cells.iter().all(Cell::is_blank) {
                kept.push((line, cells));
            }
        }
        if kept.is_empty() {
            return Err(FileFault::Empty);
        }
        let ignored = heads.iter().enumerate().filter(|(place, head)| {
            !head.is_empty() && !places.values().any(|known| known == place)
        });
        Ok(Self {
            name,
            client,
            ignored: ignored.map(|(_, head)| head.clone()).collect(),
            columns: places.keys().copied().collect(),
            lines: kept,
        })
    }
}

/// About what a cell weighs, once it is written down.
fn weight(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.len() + 4,
        Cell::Number(_) | Cell::Date { .. } => 32,
    }
}
