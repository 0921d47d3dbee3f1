//! Verifying a certificate by its code, for anybody.

pub mod calls;
pub mod page;
