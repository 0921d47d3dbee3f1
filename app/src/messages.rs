//! « Messagerie »: the conversations of a firm, of the body's officers, one conversation, and where one begins.

mod calls;
mod list;
mod new;
mod thread;
mod unread;
mod writing;

pub use list::ThreadsPage;
pub use new::NewThreadPage;
pub use thread::ThreadPage;
pub use unread::{Looks, Unread};

use crate::{parts::frame::Who, routes};
use leptos::prelude::*;
use portfolio::message::side::Bar;

/// Whose conversations the pages are of: those of whoever is signed in.
fn base() -> &'static str {
    let who = Who::here().get_untracked();
    who.map_or(routes::MESSAGES, |who| routes::messages_of(who.seat))
}

/// What keeps somebody of a firm from writing whose role is to look.
fn reads() -> Option<Bar> {
    let who = Who::here().get_untracked()?;
    (who.manages() && !who.edits()).then_some(Bar::Reads)
}
