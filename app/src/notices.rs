//! Messages that are not obligatory: which ones somebody wants, and the link by which a kind is stopped.

pub mod calls;
pub mod leave;
pub mod mine;
