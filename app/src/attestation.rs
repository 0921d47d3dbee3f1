//! « Attestation de vigilance »: fetched, listed, downloaded.

pub mod calls;
pub mod client;
pub mod own;
pub mod papers;
