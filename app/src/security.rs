//! « Sécurité »: one's own password, second factor and sessions.

pub mod application;
pub mod calls;
pub mod codes;
pub mod overview;
pub mod password;
pub mod remove;
