//! A password that is chosen: shown at will, with how strong it looks.

use crate::parts::{
    field::{FieldMessage, Secret},
    form::FormState,
};
use leptos::prelude::*;
use portfolio::{
    form::Form,
    language::t,
    password::{self, SHORTEST, strength},
    problem::Field as _,
    say,
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
    let typed = RwSignal::new(None::<password::Strength>);
    let judge = Callback::new(move |text: String| {
        typed.set((!text.is_empty()).then(|| strength(&text)));
    });
    let hint = format!("{name}-indication");
    let described = format!("{hint} {name}-message");
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            <p class="hint" id=hint>
                {say!("{shortest}\u{a0}caractères au moins. Plusieurs mots sans rapport entre eux font un bon mot de passe.", shortest = SHORTEST)}
            </p>
            <FieldMessage form field />
            <Secret form field autocomplete="new-password" described whose=t(" le nouveau mot de passe") typed=judge />
            <p class="strength" role="status">
                {move || typed.get().map(|strength| view! {
                    <span class="gauge" data-level=strength.level().to_string() aria-hidden="true"></span>
                    {say!("Solidité\u{a0}: {strength}", strength = strength.label())}
                })}
            </p>
        </div>
    }
}
