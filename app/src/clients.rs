//! The portfolio: listing, adding, changing and ending enrolments.

pub mod add;
pub mod calls;
pub mod client;
pub mod find;
pub mod follow;
pub mod list;
pub mod own;
mod picker;
pub mod proof;
pub mod rows;
pub mod services;
pub mod terminate;
mod ticks;

pub use rows::{marked, marked_number};
