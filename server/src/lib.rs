//! The portal's server: everything between the operating system and the pages.

pub mod clock;
pub mod command;
pub mod demo;
pub mod door;
pub mod entry;
pub mod generate;
pub mod guard;
pub mod hasher;
pub mod log;
pub mod router;
pub mod serve;
pub mod settings;
