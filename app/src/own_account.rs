//! « Mon compte »: what a client sees of its own accounts, and what it takes back.

pub mod calls;
pub mod email;
pub mod overview;
pub mod withdraw;
