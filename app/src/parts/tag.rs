//! The state of an account, or of a person of the firm, in words and shape, not colour alone.

use leptos::prelude::*;
use portfolio::{holder::AccountState, team::Standing};

/// « Actif », « Suspendu » or « Radié ».
#[component]
pub fn StateTag(
    /// The state.
    state: AccountState,
) -> impl IntoView {
    let (class, mark) = shape(state);
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}

/// The class and the sign of a state.
pub const fn shape(state: AccountState) -> (&'static str, &'static str) {
    match state {
        AccountState::Actif => ("tag success", "●"),
        AccountState::Suspendu => ("tag warning", "◐"),
        AccountState::Radie => ("tag danger", "✕"),
    }
}

/// « Actif », « Invité » or « Suspendu ».
#[component]
pub fn StandingTag(
    /// How the person stands.
    standing: Standing,
) -> impl IntoView {
    let (class, mark) = match standing {
        Standing::Active => ("tag success", "●"),
        Standing::Invited => ("tag", "○"),
        Standing::Suspended => ("tag warning", "◐"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {standing.label()}</span> }
}
