//! « Revue du portefeuille »: stale mandates, one after the other.

pub mod calls;
mod client;
pub mod walk;
