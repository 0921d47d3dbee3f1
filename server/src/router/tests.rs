//! The whole application through its router, as a browser fetches from it and as a plain form posts to it.

mod alike;
mod browser;
mod bulk;
mod calendar;
mod dashboard;
mod doors;
mod firm;
mod fuzz;
mod guard;
mod headers;
mod hostile;
mod imports;
mod input;
mod journal;
mod journey;
mod links;
mod mobility;
mod network;
mod office;
mod passkeys;
mod security;
mod sites;
mod soft_key;
mod timing;
mod walk;
mod ways;
