//! What a page's address asks for.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Redirect,
    hooks::{use_location, use_navigate},
};

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

/// On to another page, in place of this one: a redirect from the server; in the browser a move of the next frame, since one in the
/// middle of a move (back, forward) would leave the address and the page apart.
#[component]
pub fn GoTo(
    /// Where to.
    path: String,
) -> impl IntoView {
    if cfg!(feature = "ssr") {
        return view! { <Redirect path /> }.into_any();
    }
    let navigate = use_navigate();
    request_animation_frame(move || {
        navigate(
            &path,
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
    ().into_any()
}
