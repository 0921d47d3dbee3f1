//! « Travailler à l'étranger »: somebody goes abroad to work and stays under French social security, or works in several States.
//!
//! Knows the countries, what is asked, and what is decided of the answers, with the rule that each part of a decision comes from
//! (domain note, section 6). Refuses to know who asks, what day it is and what was asked before: those are arguments.
//!
//! | module | what it decides |
//! |---|---|
//! | [`day`] | dates without an hour |
//! | [`country`] | where to, under which agreement, for how long at most, and how sure that is |

pub mod country;
pub mod day;
pub mod decision;
pub mod form;
pub mod question;
pub mod rule;
pub mod situation;
pub mod wording;
