//! The language of the portal, as a person chooses it.

pub mod calls;
mod switch;

pub use switch::LanguageSwitch;
