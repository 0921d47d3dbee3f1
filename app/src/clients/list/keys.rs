//! The list by keyboard alone: rows by `j` and `k` or the arrows, and what can be done with the one that has the focus.

use super::{search_bar, table::TABLE};
use crate::{browser, routes, shortcuts};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Listens while the list is on the page. What a key does is what the link or button in the row does.
#[component]
pub fn ListKeys() -> impl IntoView {
    let navigate = use_navigate();
    Effect::new(move || {
        let navigate = navigate.clone();
        let listening = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() || browser::is_busy() || shortcuts::modified(&event) {
                return;
            }
            let done = match &*event.key() {
                "ArrowDown" if browser::on_row(TABLE) => browser::move_row(TABLE, 1),
                "ArrowUp" if browser::on_row(TABLE) => browser::move_row(TABLE, -1),
                "Enter" if browser::on_row(TABLE) => browser::press_in_row(TABLE, ".open"),
                _ if !shortcuts::on() => false,
                "j" => browser::move_row(TABLE, 1),
                "k" => browser::move_row(TABLE, -1),
                "e" => browser::press_in_row(TABLE, ".edit"),
                "s" => browser::press_in_row(TABLE, ".star"),
                "x" => browser::press_in_row(TABLE, "[name='ticks[]']"),
                "f" => {
                    browser::focus(search_bar::TEXT);
                    browser::select(search_bar::TEXT);
                    true
                }
                "n" => {
                    navigate(routes::ADD, NavigateOptions::default());
                    true
                }
                _ => false,
            };
            if done {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    });
}
