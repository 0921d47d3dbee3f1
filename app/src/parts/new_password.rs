//! A password that is chosen: shown at will, with how strong it looks.

use crate::parts::{
    field::{FieldMessage, use_awake},
    form::FormState,
};
use leptos::prelude::*;
use portfolio::{
    form::Form,
    password::{self, SHORTEST, strength},
    problem::Field as _,
};

/// One field, not two: it can be read before it is sent.
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
    let typed = RwSignal::new(None::<password::Strength>);
    let awake = use_awake();
    let hint = format!("{name}-indication");
    let described = format!("{hint} {name}-message");
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            <p class="hint" id=hint>
                {format!("{SHORTEST}\u{a0}caractères au moins. Plusieurs mots sans rapport entre eux font un bon mot de passe.")}
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
                    aria-describedby=described
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
            <p class="strength" role="status">
                {move || typed.get().map(|strength| view! {
                    <span class="gauge" data-level=strength.level().to_string() aria-hidden="true"></span>
                    {format!("Solidité\u{a0}: {}", strength.label())}
                })}
            </p>
        </div>
    }
}
