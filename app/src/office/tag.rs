//! Where a request stands, in words and shape, not colour alone.

use leptos::prelude::*;
use portfolio::mobility::life::State;

/// « À l'examen », « Accordée »…
#[component]
pub fn CaseTag(
    /// The state.
    state: State,
) -> impl IntoView {
    let (class, mark) = match state {
        State::Draft => ("tag", "○"),
        State::Examination => ("tag warning", "◐"),
        State::Asked => ("tag warning", "!"),
        State::Granted => ("tag success", "●"),
        State::Refused => ("tag danger", "✕"),
        State::Withdrawn | State::EndedEarly => ("tag", "■"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}
