//! What people do with the links that they were sent, and how they ask for one.

pub mod calls;
pub mod choose;
pub mod forgotten;

/// Told to the sign-in page: the first password is chosen.
pub const JOINED: &str = "bienvenue";
/// Told to the sign-in page: a new password is chosen.
pub const CHANGED: &str = "mot-de-passe";
