//! The whole application through its router, as a browser fetches from it and as a plain form posts to it.

mod alike;
mod browser;
mod doors;
mod guard;
mod input;
mod journey;
mod security;
