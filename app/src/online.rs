//! Clients' own accounts, on the firm's side: invitations, and what clients took back.

pub mod calls;
pub mod client;
pub mod list;
