//! Keys that act at once: the sheet that lists them, and the way to switch those of one letter off (WCAG 2.1.4), which this browser
//! remembers.

use crate::{
    browser,
    clients::list::keys::KEYS,
    parts::{dialog::Dialog, field::use_awake, frame::Who},
};
use leptos::{ev, prelude::*};
use portfolio::language::{n, t};

/// The sheet's id.
const DIALOG: &str = "raccourcis";
/// The name under which the choice is remembered, and what is remembered when they are off.
const PREFERENCE: &str = "raccourcis";
const OFF: &str = "non";

/// What works everywhere.
const EVERYWHERE: [(&str, &str); 3] = [
    (n("Ctrl K"), n("Aller à un client ou à une page")),
    ("/", n("Aller à un client ou à une page")),
    ("?", n("Cette liste")),
];

/// Whether keys of one letter act.
pub fn on() -> bool {
    browser::remembered(PREFERENCE).as_deref() != Some(OFF)
}

/// Whether a key was pressed together with one that gives it another meaning.
pub fn modified(event: &ev::KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing()
}

/// Opens the sheet by `?`, and by its button at the foot of every page: the button works when the keys are off.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let who = Who::here();
    let awake = use_awake();
    let single = RwSignal::new(true);
    Effect::new(move || {
        single.set(on());
        let listening = window_event_listener(ev::keydown, move |event| {
            let asked = event.key() == "?" && !modified(&event) && !event.default_prevented();
            if asked && on() && who.get_untracked().is_some() && !browser::is_busy() {
                event.prevent_default();
                browser::open_dialog(DIALOG);
            }
        });
        on_cleanup(move || listening.remove());
    });
    view! {
        <Show when=move || awake.get() && who.get().is_some()>
            <li>
                <button type="button" class="as-link" on:click=move |_| browser::open_dialog(DIALOG)>{t("Raccourcis clavier")}</button>
                <Dialog id=DIALOG title=t("Raccourcis clavier")>
                    <Sheet />
                    <label class="tick">
                        <input
                            type="checkbox"
                            prop:checked=single
                            on:change=move |event| {
                                let chosen = event_target_checked(&event);
                                single.set(chosen);
                                browser::remember(PREFERENCE, if chosen { "oui" } else { OFF });
                            }
                        />
                        <span>{t("Raccourcis à une touche (")} <kbd>{t("Ctrl K")}</kbd> {t(" reste toujours actif)")}</span>
                    </label>
                    <p class="actions">
                        <button type="button" class="button" autofocus on:click=move |_| browser::close_dialog(DIALOG)>{t("Fermer")}</button>
                    </p>
                </Dialog>
            </li>
        </Show>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let keys = |title: &'static str, keys: Vec<(&'static str, &'static str)>| {
        let keys = keys
            .into_iter()
            .map(
                |(key, words)| view! { <div><dt><kbd>{t(key)}</kbd></dt><dd>{t(words)}</dd></div> },
            )
            .collect_view();
        view! {
            <h3>{title}</h3>
            <dl class="keys">{keys}</dl>
        }
    };
    view! {
        {keys(t("Partout"), EVERYWHERE.to_vec())}
        {keys(t("Dans la liste des clients"), KEYS.iter().map(|key| (key.shown, key.words)).collect())}
    }
}
