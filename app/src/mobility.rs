//! « Travailler à l’étranger ».

pub mod controls;
