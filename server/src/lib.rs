//! The portal's server: everything between the operating system and the pages.

// The types of whole pages are nested deeply.
#![recursion_limit = "512"]

mod attestation;
pub mod bulk;
mod certificate;
pub mod clock;
pub mod command;
pub mod connections;
pub mod demo;
pub mod desk;
mod diary;
pub mod door;
pub mod entry;
pub mod errands;
pub mod export;
pub mod files;
pub mod generate;
pub mod guard;
pub mod hasher;
pub mod import;
mod language;
mod leave;
pub mod letters;
pub mod locksmith;
pub mod log;
pub mod mail;
mod messages;
pub mod metrics;
pub mod operations;
pub mod postings;
pub mod proxies;
pub mod reminders;
pub mod renewals;
pub mod router;
pub mod serve;
pub mod settings;
pub mod sheet;
pub mod strength;
#[cfg(test)]
mod trial;
mod worker;
