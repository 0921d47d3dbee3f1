//! The services of lines that name none: chosen once, for all of them. Nothing is ticked beforehand.

use crate::parts::{field::FieldMessage, form::FormState};
use leptos::prelude::*;
use portfolio::{
    catalogue::{Channel, SERVICES, Service},
    form::{ImportField, ImportForm},
    holder::Kind,
    language::t,
};

/// The lists to tick.
#[component]
pub fn UsualServices(
    /// The form.
    form: FormState<ImportForm>,
) -> impl IntoView {
    let ticked = StoredValue::new(form.initial().services);
    let lists = Channel::ALL
        .map(|channel| {
            let services = SERVICES
                .iter()
                .filter(|service| service.channel() == channel)
                .map(|service| {
                    let on =
                        ticked.with_value(|ticked| ticked.iter().any(|code| code == service.code));
                    view! { <li><Tick service on /></li> }
                })
                .collect_view();
            view! {
                <fieldset class="channel">
                    <legend><h3>{channel.label()}</h3></legend>
                    <ul role="list">{services}</ul>
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <div id="services" tabindex="-1"><FieldMessage form field=ImportField::Services /></div>
        <details class="usual" open=ticked.with_value(|ticked| !ticked.is_empty())>
            <summary>{t("Choisir les services à ouvrir (aucun par défaut)")}</summary>
            <p class="hint">
                {t("Pour les lignes qui n’en nomment pas. Chaque client reçoit, parmi ceux-ci, les services de son type de compte. Vous pourrez les modifier client par client.")}
            </p>
            {lists}
        </details>
    }
}

#[component]
fn Tick(service: &'static Service, on: bool) -> impl IntoView {
    let id = format!("service-{}", service.code);
    let described = format!("{id}-indication");
    let kinds: Vec<_> = service
        .kinds
        .iter()
        .map(|kind| kind.label().to_lowercase())
        .collect();
    let told = if service.kinds.len() == Kind::ALL.len() {
        service.description().to_owned()
    } else {
        format!("{} ({})", service.description(), kinds.join(", "))
    };
    view! {
        <div class="choice">
            <input type="checkbox" id=id.clone() name="services[]" value=service.code checked=on aria-describedby=described.clone() />
            <label for=id>{service.label()}</label>
            <span class="hint" id=described>{told}</span>
        </div>
    }
}
