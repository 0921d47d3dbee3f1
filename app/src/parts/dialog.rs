//! A native dialog: drawn open in the page for browsers without JavaScript, over the page once it is awake.

use crate::browser;
use leptos::prelude::*;

/// A dialog.
#[component]
pub fn Dialog(
    /// Its id.
    id: &'static str,
    /// What it is called.
    title: &'static str,
    /// Whether it is there from the start; otherwise something opens it.
    #[prop(optional)]
    open: bool,
    /// Told when it closes, by a button or by Escape.
    #[prop(optional, into)]
    closed: Option<Callback<()>>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-titre");
    let labelled = title_id.clone();
    if open {
        // In the next frame: an effect of a page that is moved to runs before its elements are in the document.
        Effect::new(move || request_animation_frame(move || browser::open_dialog(id)));
    }
    view! {
        <dialog
            id=id
            class="dialog"
            aria-labelledby=labelled
            open=open
            on:close=move |_| {
                if let Some(closed) = closed {
                    closed.run(());
                }
            }
        >
            <h2 id=title_id>{title}</h2>
            {children()}
        </dialog>
    }
}
