//! The warning before a session ends, over whichever page is open.
//!
//! Knows the moment of the last request of any tab: each tab notes its own where the others read it, a moment and nothing else.
//! Refuses to know who is signed in, and whether the server has ended the session: it says what the server is about to do.

use super::{
    leave::{left_since, use_ended, use_sign_out},
    proofs::stay,
};
use crate::{browser, parts::frame::Who, refusal::Refusal};
use leptos::{prelude::*, task::spawn_local};
use portfolio::idle::{Idle, after};
use portfolio::language::t;
use std::time::Duration;

/// The dialog's id.
const DIALOG: &str = "inactivite";
/// Its title's.
const TITLE: &str = "inactivite-titre";
/// The name under which the moment of the last request is noted.
const MOMENT: &str = "activite";
/// How often the moments are compared.
const EVERY: Duration = Duration::from_secs(2);

/// The watch. Without JavaScript there is none, and the sign-in page says what happened.
#[component]
pub fn IdleWatch() -> impl IntoView {
    let who = Who::here();
    let idle = RwSignal::new(Idle::Active);
    let last = StoredValue::new(0.0);
    let since = StoredValue::new(0.0);
    let ended = use_ended();
    let note = move || {
        let now = browser::seconds();
        last.set_value(now);
        browser::remember(MOMENT, &now.to_string());
    };
    Effect::new(move || {
        if who.get().is_some() {
            since.set_value(browser::seconds());
        }
    });
    Effect::new(move || {
        note();
        browser::on_request(note);
        let look = move || {
            let noted = browser::remembered(MOMENT).and_then(|moment| moment.parse().ok());
            let latest = last.get_value().max(noted.unwrap_or(0.0));
            #[expect(
                clippy::cast_possible_truncation,
                reason = "seconds since 1970 are far from any limit"
            )]
            let now = match who.get_untracked() {
                Some(_) if left_since(since.get_value()) => Idle::Ended,
                Some(_) => after((browser::seconds() - latest) as i64),
                None => Idle::Active,
            };
            if now != idle.get_untracked() {
                idle.set(now);
            }
        };
        if let Ok(watch) = set_interval_with_handle(look, EVERY) {
            on_cleanup(move || watch.clear());
        }
    });
    Effect::new(move |before: Option<Idle>| {
        let now = idle.get();
        match (before, now) {
            (Some(Idle::Ending), Idle::Active) => browser::close_dialog(DIALOG),
            (_, Idle::Ending) => request_animation_frame(|| browser::open_dialog(DIALOG)),
            // What the session showed does not stay: the page gives way.
            (_, Idle::Ended) => {
                browser::close_dialog(DIALOG);
                ended();
            }
            _ => {}
        }
        now
    });
    view! {
        <dialog
            id=DIALOG
            class="dialog"
            aria-labelledby=TITLE
            on:cancel=move |event: leptos::web_sys::Event| {
                // Escape is no answer: the session would end all the same.
                event.prevent_default();
            }
        >
            {move || (idle.get() == Idle::Ending).then(|| view! { <Ending /> })}
        </dialog>
    }
}

#[component]
fn Ending() -> impl IntoView {
    let who = Who::here();
    let trouble = RwSignal::new(false);
    let keep = move |_| {
        spawn_local(async move {
            match stay().await {
                // The request itself is noted, and the dialog closes.
                Ok(()) => {}
                Err(Refusal::SignedOut) => who.set(None),
                Err(_) => {
                    let _ = trouble.try_set(true);
                }
            }
        });
    };
    let sign_out = use_sign_out();
    let leave = move |_| sign_out();
    view! {
        <h2 id=TITLE tabindex="-1">{t("Votre session se termine dans 2\u{a0}minutes")}</h2>
        <p>{t("Sans action de votre part, vous serez déconnecté pour protéger les comptes de vos clients.")}</p>
        <p role="alert">{move || trouble.get().then_some(t("Le portail ne répond pas. Vérifiez votre connexion, puis réessayez."))}</p>
        <div class="actions">
            <button type="button" class="button primary" autofocus on:click=keep>{t("Rester connecté")}</button>
            <button type="button" class="button" on:click=leave>{t("Se déconnecter")}</button>
        </div>
    }
}
