//! One way to draw a field: label, hint, control, message, all tied together.

use crate::{browser, parts::form::FormState};
use leptos::prelude::*;
use portfolio::{form::Form, language::t, problem::Field as _, wording};

/// The message beside a field; empty while nothing is wrong.
#[component]
pub fn FieldMessage<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
) -> impl IntoView {
    view! {
        <p class="message" id=format!("{}-message", field.name())>
            {move || form.problem(field).map(|problem| view! {
                <span class="visually-hidden">{t("Erreur\u{a0}: ")}</span>
                {wording::sentence(field, &problem)}
            })}
        </p>
    }
}

/// A line of text.
#[component]
pub fn Field<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
    /// How it is filled in, with an example.
    #[prop(optional)]
    hint: &'static str,
    /// What it holds at first.
    #[prop(optional, into)]
    value: String,
    /// What browsers may fill in; nothing by default.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The keyboard of touch screens.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// `identifier`, `amount`: how wide it is and how its digits stand.
    #[prop(optional)]
    class: &'static str,
    /// Writes what was typed as it reads best, on leaving; never while typing.
    #[prop(optional)]
    tidy: Option<fn(&str) -> Option<String>>,
    /// Told what was typed, at each change.
    #[prop(optional, into)]
    typed: Option<Callback<String>>,
) -> impl IntoView {
    let name = field.name();
    let hint_id = format!("{name}-indication");
    let described = if hint.is_empty() {
        format!("{name}-message")
    } else {
        format!("{hint_id} {name}-message")
    };
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
            <FieldMessage form field />
            <input
                type="text"
                id=name
                name=name
                class=class
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck="false"
                autocapitalize="off"
                aria-describedby=described
                aria-invalid=move || form.problem(field).is_some().then_some("true")
                on:input=move |event| {
                    if let Some(typed) = typed {
                        typed.run(event_target_value(&event));
                    }
                }
                on:blur=move |event| {
                    if let Some(better) = tidy.and_then(|tidy| tidy(&event_target_value(&event))) {
                        browser::set_input_value(name, &better);
                    }
                }
            />
        </div>
    }
}

/// A password, which can be shown while it is typed.
#[component]
pub fn PasswordField<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
) -> impl IntoView {
    let name = field.name();
    view! {
        <div class="field" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            <FieldMessage form field />
            <Secret form field autocomplete="current-password" described=format!("{name}-message") whose=t(" le mot de passe") />
        </div>
    }
}

/// The control of a password, with the button that shows what is typed.
#[component]
pub fn Secret<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The ids of what describes it.
    described: String,
    /// What the button shows, for those who hear it alone; begins with a space.
    whose: &'static str,
    /// Told what was typed, at each change.
    #[prop(optional, into)]
    typed: Option<Callback<String>>,
) -> impl IntoView {
    let name = field.name();
    let shown = RwSignal::new(false);
    let awake = use_awake();
    view! {
        <div class="with-button">
            <input
                type=move || if shown.get() { "text" } else { "password" }
                id=name
                name=name
                autocomplete=autocomplete
                spellcheck="false"
                autocapitalize="off"
                aria-describedby=described
                aria-invalid=move || form.problem(field).is_some().then_some("true")
                on:input=move |event| {
                    if let Some(typed) = typed {
                        typed.run(event_target_value(&event));
                    }
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
                    {t("Afficher")}
                    <span class="visually-hidden">{whose}</span>
                </button>
            </Show>
        </div>
    }
}

/// True once the page is awake: for controls that do nothing without JavaScript.
pub fn use_awake() -> RwSignal<bool> {
    let awake = RwSignal::new(false);
    Effect::new(move || awake.set(true));
    awake
}
