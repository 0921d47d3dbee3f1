//! « Ajouter plusieurs comptes »: a file sent, its columns confirmed, tried, and added.

pub mod calls;
mod columns;
mod lines;
pub mod one;
pub mod send;
mod usual;
mod working;
