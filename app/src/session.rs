//! Signing in and out.

pub mod calls;
pub mod sign_in;
