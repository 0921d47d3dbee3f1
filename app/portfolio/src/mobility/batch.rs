//! A file of postings: people of clients who go abroad, one line each (a trade fair, a team on a site). What a line says, what the rules
//! make of it, and the draft that comes of it.
//!
//! Knows columns and their names, and judges a line by the very forms of the pages ([`super::form`]) and the engine
//! ([`super::decision`]). Refuses to know how a file is read, where it waits, and whose clients they are.
//!
//! A line needs a client, a person by number, a country and two days. Whatever else is missing is told and left to the pages of the
//! draft; whatever is there has to be right, or the line is refused.

mod column;
mod file;
mod line;
mod view;
mod words;

pub use column::Column;
pub use file::{File, Sent};
pub use line::{Draft, Judged, Known, Line, read};
pub use view::{Fault, FileView, LineView, Verdict, Why};
pub use words::why;

/// Lines of the largest file, its heads apart.
pub const MOST_POSTINGS: usize = 500;
/// Bytes of everything in it that means something here.
pub const MOST_BYTES: usize = 1_000_000;
/// How long a file waits between its dry run and its drafts, in seconds.
pub const KEPT: i64 = crate::time::HOUR;

#[cfg(test)]
mod tests;
