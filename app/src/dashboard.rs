//! « Tableau de bord »: where signing in leads.

mod breakdown;
pub mod calls;
mod mine;
mod movement;
pub mod overview;
