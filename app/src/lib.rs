//! What a person sees: pages, parts and server functions.
//!
//! A page fetches and composes; a part takes data and callbacks and fetches nothing; a call (server function) asks who is asking,
//! judges the form, calls a port and answers with codes. The rules are in `portfolio`; the database is out of sight.
//!
//! Every page works without JavaScript: its form is posted to the page's own address, where [`plain`] runs the same server
//! function as the browser would, and draws the page again with what was typed when it is refused.

#![recursion_limit = "512"]

mod arrival;
#[cfg(feature = "ssr")]
pub mod asking;
mod attestation;
mod browser;
mod bulk;
mod calendar;
mod clients;
pub mod contact;
mod dashboard;
mod firm;
mod help;
mod home;
mod import;
mod jump;
mod language;
mod link;
mod messages;
mod missing;
mod mobility;
mod notices;
mod office;
mod online;
mod own_account;
mod parts;
#[cfg(feature = "ssr")]
pub mod plain;
pub mod refusal;
mod review;
pub mod routes;
mod security;
mod session;
pub mod shell;
mod shortcuts;
mod verification;

pub use shell::App;
