//! Files of clients, on their way in and out: what a browser sends, what it fetches, and who works on them.
//!
//! Knows CSV, workbooks, encodings and uploads. Refuses to know what a line means, and where files wait.

pub(crate) mod arrivals;
mod doors;
mod mend;
mod postings;
mod read;
mod template;
mod worker;

pub use doors::routes;
pub use read::read;
pub use worker::Importer;

#[cfg(test)]
mod tests;
