//! Verifying a certificate or an attestation by its code, for anybody.

mod attestation;
pub mod calls;
pub mod page;
