//! « Sécurité »: one's own password, second factor and sessions.

pub mod add_passkey;
pub mod application;
pub mod calls;
pub mod codes;
pub mod keys;
pub mod overview;
pub mod password;
pub mod remove;
pub mod remove_passkey;
