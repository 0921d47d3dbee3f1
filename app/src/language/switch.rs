//! The button with the other language's name.

use crate::routes;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::language::current;

/// The way to the other language. Its form is posted like any without JavaScript: the words of a page come with the page.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let location = use_location();
    let here = move || {
        let search = location.search.get();
        let mark = if search.is_empty() { "" } else { "?" };
        format!("{}{mark}{search}", location.pathname.get())
    };
    let other = current().other();
    view! {
        <form method="post" action=routes::LANGUAGE class="language">
            <input type="hidden" name="back" value=here />
            <button type="submit" name="language" value=other.code() lang=other.code() class="button quiet small">{other.name()}</button>
        </form>
    }
}
