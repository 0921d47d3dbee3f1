//! « Mon compte »: what a client sees of its own accounts.

mod calls;
pub mod overview;
