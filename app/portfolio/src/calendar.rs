//! « Échéances »: what falls due for a client, and on which day.
//!
//! Knows the dates of declarations and payments (domain note, section 4), French public holidays, and what a firm's calendar and the
//! feed for its diaries show of them. Refuses to know the clock and where clients are kept: « today » is an argument.

mod agenda;
mod due;
mod feed;
mod holiday;
mod ics;
mod rhythm;

pub use agenda::{
    Agenda, AgendaDay, AgendaQuery, ClientDates, ClientPage, ClientWanted, NAMED, View, WEEKS,
    Week, Whose, param as agenda_param,
};
pub use due::{Dated, DatedDay, Due, Named, between, next};
pub use feed::{FEED_AHEAD, FEED_BACK, FEED_NAMES, Facts, FeedShown, events};
pub use holiday::{easter, holiday, is_working, moved};
pub use ics::{Event, written};
pub use rhythm::{LARGE, Rhythm};
