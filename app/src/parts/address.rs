//! What a page's address asks for.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What the query string asks of the page at `path`. On the way to another page it stays as it was: that page's query is not meant
/// for this one, which would fetch once more, in vain, on leaving.
pub fn asked_at<T>(path: &'static str, read: fn(&str) -> T) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let location = use_location();
    Memo::new(move |before: Option<&T>| {
        let query = location.search.get();
        match before {
            Some(before) if location.pathname.get() != path => before.clone(),
            _ => read(&query),
        }
    })
}
