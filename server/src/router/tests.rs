//! The whole application through its router, as a browser fetches from it and as a plain form posts to it.

mod alike;
mod browser;
mod doors;
mod fuzz;
mod guard;
mod headers;
mod hostile;
mod input;
mod journey;
mod network;
mod sites;
mod walk;
