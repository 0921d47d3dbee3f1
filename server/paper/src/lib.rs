//! What is printed: certificates as PDF, from plain data.
//!
//! Knows what a paper says and looks like, and how it is tagged for those who listen to it (PDF/UA-1) and kept for long (PDF/A-2a).
//! Refuses to know who may have it, where its data come from, and what time it is: the same data make the same bytes.
//!
//! Text is drawn as it is: there is no markup that a name could break out of. What the typeface has no sign for is drawn as `?`.

mod attestation;
mod certificate;
mod face;
mod letterhead;
mod sheet;

pub use attestation::VigilanceAttestation;
pub use certificate::MobilityCertificate;

use thiserror::Error;

/// Why there is no paper.
#[derive(Debug, Error)]
pub enum PaperError {
    /// A typeface that is built in could not be read.
    #[error("a typeface could not be read")]
    Typeface,
    /// What was drawn does not make a good document.
    #[error("the document was refused: {0}")]
    Document(String),
}
