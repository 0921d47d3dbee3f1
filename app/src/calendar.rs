//! « Échéances »: what falls due for the firm's clients, week by week and client by client; the feed for diaries.

pub mod calls;
pub mod client;
pub mod clients;
mod due;
pub mod feed;
mod narrow;
pub mod page;
