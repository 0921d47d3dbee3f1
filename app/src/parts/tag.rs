//! The state of an account in words and shape, not colour alone.

use leptos::prelude::*;
use portfolio::holder::AccountState;

/// « Actif », « Suspendu » or « Radié ».
#[component]
pub fn StateTag(
    /// The state.
    state: AccountState,
) -> impl IntoView {
    let (class, mark) = match state {
        AccountState::Actif => ("tag success", "●"),
        AccountState::Suspendu => ("tag warning", "◐"),
        AccountState::Radie => ("tag danger", "✕"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}
