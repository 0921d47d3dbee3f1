//! « Travailler à l'étranger »: somebody goes abroad to work and stays under French social security, or works in several States.
//!
//! Knows the countries, what is asked, and what is decided of the answers, with the rule that each part of a decision comes from
//! (domain note, section 6). Refuses to know who asks, what day it is and what was asked before: those are arguments.
//!
//! | module | what it decides |
//! |---|---|
//! | [`day`] | dates without an hour |
//! | [`country`] | where to, under which agreement, for how long at most, and how sure that is |
//! | [`situation`] | what is asked; every part may still be missing |
//! | [`question`] | which questions the answers so far call for |
//! | [`rule`] | every rule: its name, its effect, its source, how sure it is |
//! | [`decision`] | what the rules make of a situation |
//! | [`wording`] | the only sentences about rules, questions and certificates |
//! | [`form`] | the steps of a request |
//! | [`request`] | a request from its first step on: answers, steps, what pages show |
//! | [`life`] | the states of a request, and what may become of it |
//! | [`batch`] | a file of postings: what a line says, and the draft that comes of it |
//! | [`code`] | what a certificate is verified by |
//! | [`search`] | which requests a list shows |
//!
//! How it is used: a page keeps the answers of the steps (the [`form`]s) and makes a [`situation::Situation`] of them.
//! [`question::asked`] tells which controls the next page shows. [`decision::decide`] takes the situation, the person's other
//! requests and today; the summary shows what it answers, and the server decides again when the request is sent. What is stored of a
//! decision is its outcome and its [`rule::Reason`]s, whose codes never change.

pub mod batch;
pub mod code;
pub mod country;
pub mod day;
pub mod decision;
pub mod form;
pub mod ground;
pub mod life;
pub mod question;
pub mod queue;
pub mod request;
pub mod rule;
pub mod search;
pub mod situation;
pub mod wording;

/// The code of the service « Travailler à l'étranger » in the catalogue: only clients that have it may ask.
pub const SERVICE: &str = "MOBILITE_INTERNATIONALE";

/// Whether the service is among these.
pub fn serves<'a>(services: impl IntoIterator<Item = &'a crate::catalogue::ServiceCode>) -> bool {
    services.into_iter().any(|code| code.as_str() == SERVICE)
}
