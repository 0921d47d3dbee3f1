//! The body's side of « Travailler à l'étranger »: what waits for a decision, one request, and the decision.

pub mod calls;
pub mod case;
mod decide;
pub mod number;
pub mod queue;
mod reasons;
