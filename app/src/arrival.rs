//! The way to a client's own account: by a link that was sent, or alone with a proof.

pub mod answer;
pub mod apply;
pub mod calls;
pub mod new_email;

/// Told to the sign-in page: the client's own account is there.
pub const ARRIVED: &str = "compte-cree";
/// Told to the page of the link: the invitation was refused.
pub const REFUSED: &str = "refusee";
