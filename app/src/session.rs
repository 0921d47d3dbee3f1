//! Signing in and out.

pub mod calls;
pub mod code;
pub mod confirm;
pub mod idle;
pub mod key_button;
pub mod keys;
pub mod leave;
pub mod proofs;
pub mod said;
pub mod sign_in;
