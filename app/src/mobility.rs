//! « Travailler à l'étranger »: lists, people, the journey of a request, and what became of it.

mod aside;
mod business;
pub mod calls;
pub mod client;
mod conditions;
mod contact;
pub mod controls;
mod country;
pub mod keep;
pub mod list;
mod map;
pub mod mission;
pub mod person;
pub mod postings;
pub mod postings_lines;
pub mod request;
pub mod rows;
mod several;
pub mod start;
mod step;
pub mod steps;
pub mod summary;
mod worker;
