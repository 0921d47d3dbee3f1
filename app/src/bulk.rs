//! Many clients at once: the selection, changes of all of it, exports; and the models of services to start from.

pub mod calls;
pub mod choose;
pub mod export;
pub mod job;
pub mod jobs;
mod lines;
pub mod model;
pub mod models;
pub mod services;
