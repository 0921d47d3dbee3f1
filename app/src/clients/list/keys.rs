//! The list by keyboard alone: rows by `j` and `k` or the arrows, and what can be done with the one that has the focus.

use super::{search_bar, table::TABLE};
use crate::{browser, routes, shortcuts};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use portfolio::language::n;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// Moves the focus by so many rows.
    Move(i32),
    /// Presses what this finds in the row that has the focus.
    Press(&'static str),
    /// Goes to the search box.
    Search,
    /// Goes to « Ajouter un compte ».
    Add,
}

/// One key of the list: what it does, and what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As the sheet shows it.
    pub shown: &'static str,
    /// What it does, in words.
    pub words: &'static str,
    /// As the browser names it.
    named: &'static str,
    /// Works from a row alone, and when keys of one letter are off: it is none.
    row: bool,
    does: Does,
}

const fn letter(key: &'static str, words: &'static str, does: Does) -> Key {
    Key {
        shown: key,
        words,
        named: key,
        row: false,
        does,
    }
}

const fn from_a_row(
    key: &'static str,
    shown: &'static str,
    words: &'static str,
    does: Does,
) -> Key {
    Key {
        shown,
        words,
        named: key,
        row: true,
        does,
    }
}

/// The keys of the list: what acts and what the sheet says of it are one table.
pub const KEYS: [Key; 10] = [
    letter("f", n("Rechercher"), Does::Search),
    letter("j", n("Ligne suivante"), Does::Move(1)),
    letter("k", n("Ligne précédente"), Does::Move(-1)),
    from_a_row(
        "ArrowDown",
        "↓",
        n("Ligne suivante, depuis une ligne"),
        Does::Move(1),
    ),
    from_a_row(
        "ArrowUp",
        "↑",
        n("Ligne précédente, depuis une ligne"),
        Does::Move(-1),
    ),
    from_a_row(
        "Enter",
        n("Entrée"),
        n("Ouvrir ou fermer les établissements de la ligne"),
        Does::Press(".open"),
    ),
    letter(
        "e",
        n("Modifier le client de la ligne"),
        Does::Press(".edit"),
    ),
    letter(
        "x",
        n("Cocher la ligne, ou la décocher"),
        Does::Press("[name='ticks[]']"),
    ),
    letter(
        "s",
        n("Mettre la ligne en favori, ou l’en retirer"),
        Does::Press(".star"),
    ),
    letter("n", n("Ajouter un compte"), Does::Add),
];

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
            let pressed = event.key();
            let Some(key) = KEYS.iter().find(|key| key.named == pressed) else {
                return;
            };
            let acts = if key.row {
                browser::on_row(TABLE)
            } else {
                shortcuts::on()
            };
            let done = acts
                && match key.does {
                    Does::Move(by) => browser::move_row(TABLE, by),
                    Does::Press(what) => browser::press_in_row(TABLE, what),
                    Does::Search => {
                        browser::focus(search_bar::TEXT);
                        browser::select(search_bar::TEXT);
                        true
                    }
                    Does::Add => {
                        navigate(routes::ADD, NavigateOptions::default());
                        true
                    }
                };
            if done {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Fear: a key acts that the sheet does not tell, two do the same by one key, or one of them can no longer be switched off.
    #[test]
    fn each_key_is_told() {
        let keys: BTreeSet<&str> = KEYS.iter().map(|key| key.named).collect();
        assert_eq!(keys.len(), KEYS.len(), "one meaning each");
        assert!(keys.contains("x"), "ticks a row");
        for key in KEYS {
            assert!(!key.words.is_empty() && !key.shown.is_empty());
            assert_eq!(
                key.row,
                key.named.len() > 1,
                "{}: letters can be off",
                key.named
            );
        }
    }
}
