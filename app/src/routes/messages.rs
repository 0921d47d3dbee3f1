//! « Messagerie »: the addresses of each side's pages.

use super::{
    MESSAGES, NEW_MESSAGE, NEW_OWN_MESSAGE, OFFICE_MESSAGES, OWN_MESSAGES, read, with_query,
};
use portfolio::{
    ids::{AttachmentId, EnrolmentId, ThreadId},
    message::search::ThreadSearch,
    permission::Seat,
};

/// The conversations of whoever signed in for this.
pub const fn messages_of(seat: Seat) -> &'static str {
    match seat {
        Seat::Body => OFFICE_MESSAGES,
        Seat::Client => OWN_MESSAGES,
        Seat::Firm(_) => MESSAGES,
    }
}

/// Whose conversations an address is of.
pub fn messages_at(path: &str) -> Option<&'static str> {
    [MESSAGES, OFFICE_MESSAGES, OWN_MESSAGES]
        .into_iter()
        .find(|base| {
            path.strip_prefix(base)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

/// Some of them; `base` says whose.
pub fn threads(base: &str, search: &ThreadSearch) -> String {
    with_query(base, &search.query())
}

/// What of them a query string names, and whether something of it could not be read.
pub fn threads_of(query: &str) -> (ThreadSearch, bool) {
    read(query, |parts| ThreadSearch::read(parts))
}

/// Those of a firm that are about a client.
pub fn threads_of_client(id: EnrolmentId) -> String {
    let search = ThreadSearch {
        client: Some(id),
        ..ThreadSearch::default()
    };
    threads(MESSAGES, &search)
}

/// One of them.
pub fn thread(base: &str, id: ThreadId) -> String {
    format!("{base}/{id}")
}

/// What is attached to a message.
pub fn attachment(base: &str, id: AttachmentId) -> String {
    format!("{base}/pieces/{id}")
}

/// Where a firm begins one about a client.
pub fn new_thread(id: EnrolmentId) -> String {
    format!("{NEW_MESSAGE}?client={id}")
}

/// Where a client begins one about the account of a place, from nought.
pub fn new_own_thread(n: usize) -> String {
    format!("{NEW_OWN_MESSAGE}?compte={n}")
}
