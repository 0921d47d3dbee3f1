//! A new password: pasted or typed, shown on demand, with a gauge while it is typed.

use crate::parts::{
    field::{FieldMessage, use_awake},
    form::FormState,
};
use leptos::prelude::*;
use portfolio::{
    form::Form,
    password::{SHORTEST, Strength, strength},
    problem::Field as _,
};

/// The field.
#[component]
pub fn NewPasswordField<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
) -> impl IntoView {
    let name = field.name();
    let shown = RwSignal::new(false);
    let typed = RwSignal::new(None::<Strength>);
    let awake = use_awake();
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-indication")>
                {format!("Au moins {SHORTEST}\u{a0}caractères. Plusieurs mots sans rapport entre eux conviennent bien.")}
            </p>
            <FieldMessage form field />
            <div class="with-button">
                <input
                    type=move || if shown.get() { "text" } else { "password" }
                    id=name
                    name=name
                    autocomplete="new-password"
                    spellcheck="false"
                    autocapitalize="off"
                    aria-describedby=format!("{name}-indication {name}-message {name}-solidite")
                    aria-invalid=move || form.problem(field).is_some().then_some("true")
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        typed.set((!text.is_empty()).then(|| strength(&text)));
                    }
                />
                <Show when=move || awake.get()>
                    <button
                        type="button"
                        class="button small"
                        aria-pressed=move || shown.get().to_string()
                        aria-controls=name
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        "Afficher"
                        <span class="visually-hidden">" le nouveau mot de passe"</span>
                    </button>
                </Show>
            </div>
            <p
                class=move || format!("gauge level-{}", typed.get().map_or(0, Strength::level))
                id=format!("{name}-solidite")
                role="status"
            >
                {move || typed.get().map(|strength| format!("Solidité\u{a0}: {}", strength.label()))}
            </p>
        </div>
    }
}
