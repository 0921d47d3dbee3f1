//! The portfolio: listing, adding, changing and ending enrolments.

pub mod add;
pub mod calls;
pub mod client;
pub mod list;
mod picker;
pub mod proof;
mod rows;
pub mod services;
pub mod terminate;
mod ticks;
