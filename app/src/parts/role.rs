//! The choice of a role, each with what it allows.

use crate::parts::{field::FieldMessage, form::FormState};
use leptos::prelude::*;
use portfolio::{form::Form, language::t, permission::Role, problem::Field as _, wording};

/// The three roles.
#[component]
pub fn RoleChoice<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// The role that is chosen at first, as forms hold it.
    value: String,
) -> impl IntoView {
    let name = field.name();
    let choices = Role::ALL
        .into_iter()
        .enumerate()
        .map(|(place, role)| {
            // The summary's link leads to the first of them.
            let id = if place == 0 {
                name.to_owned()
            } else {
                format!("{name}-{}", role.code())
            };
            let hint = format!("{name}-{}-indication", role.code());
            view! {
                <div class="choice">
                    <input
                        type="radio"
                        id=id.clone()
                        name=name
                        value=role.code()
                        checked=value == role.code()
                        aria-describedby=hint.clone()
                    />
                    <label for=id>{role.label()}</label>
                    <p class="hint" id=hint>{wording::capital(role.told())}</p>
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" class:faulty=move || form.problem(field).is_some() aria-describedby=format!("{name}-message")>
            <legend>{t("Rôle")}</legend>
            <FieldMessage form field />
            {choices}
        </fieldset>
    }
}
