//! All services of the catalogue to tick, whatever the kind of account: for models, and for many clients of different kinds.

use crate::routes;
use leptos::prelude::*;
use portfolio::{
    catalogue::{Channel, ServiceCode, Theme},
    holder::Kind,
    language::t,
    model::{self, Model},
    say,
};
use std::collections::BTreeSet;

/// What is ticked.
pub type Ticked = RwSignal<BTreeSet<ServiceCode>>;

/// The services of codes that came with a form.
pub fn read(codes: &[String]) -> BTreeSet<ServiceCode> {
    codes
        .iter()
        .filter_map(|code| ServiceCode::find(code))
        .collect()
}

/// The two lists.
#[component]
pub fn ServiceTicks(
    /// What is ticked.
    ticked: Ticked,
) -> impl IntoView {
    Channel::ALL
        .map(|channel| {
            let themes = channel.themes();
            let alone = themes.len() == 1;
            view! {
                <fieldset class="channel">
                    <legend><h3>{channel.label()}</h3></legend>
                    {themes.iter().map(|theme| view! { <ThemeTicks ticked theme=*theme alone /> }).collect_view()}
                </fieldset>
            }
        })
        .collect_view()
}

#[component]
fn ThemeTicks(ticked: Ticked, theme: Theme, alone: bool) -> impl IntoView {
    let services = ServiceCode::all().filter(|code| code.service().theme == theme);
    view! {
        <div class="theme">
            {(!alone).then(|| view! { <h4>{theme.label()}</h4> })}
            <ul role="list">{services.map(|code| view! { <li><Tick ticked code /></li> }).collect_view()}</ul>
        </div>
    }
}

#[component]
fn Tick(ticked: Ticked, code: ServiceCode) -> impl IntoView {
    let service = code.service();
    let id = format!("service-{}", service.code);
    let described = format!("{id}-indication");
    let kinds = (service.kinds.len() < Kind::ALL.len()).then(|| {
        let kinds: Vec<_> = service.kinds.iter().map(|kind| kind.label()).collect();
        say!("Seulement\u{a0}: {join}.", join = kinds.join(", "))
    });
    view! {
        <div class="choice">
            <input
                type="checkbox"
                id=id.clone()
                name="services[]"
                value=service.code
                checked=ticked.with_untracked(|ticked| ticked.contains(&code))
                prop:checked=move || ticked.with(|ticked| ticked.contains(&code))
                aria-describedby=described.clone()
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    ticked.update(|ticked| {
                        if on {
                            ticked.insert(code);
                        } else {
                            ticked.remove(&code);
                        }
                    });
                }
            />
            <label for=id>{service.label()}</label>
            <span class="hint" id=described>{service.description()} {kinds.map(|kinds| format!(" {kinds}"))}</span>
        </div>
    }
}

/// « Partir d’un modèle »: a button for each, which only fills the ticks.
#[component]
pub fn StartFrom(
    /// The firm's models.
    models: Vec<Model>,
    /// What stands before the codes in what a button sends.
    #[prop(optional)]
    before: &'static str,
    /// Puts the services of a model on the page.
    fill: Callback<BTreeSet<ServiceCode>>,
) -> impl IntoView {
    if models.is_empty() {
        return view! { <p class="muted"><a href=routes::MODELS>{t("Créer un modèle de services")}</a></p> }.into_any();
    }
    let buttons = models
        .into_iter()
        .map(|known| {
            let value = format!("{before}{}", model::written(&known.services));
            view! {
                <li>
                    <button
                        type="submit"
                        class="button small"
                        name="fill"
                        value=value
                        on:click=move |event| {
                            event.prevent_default();
                            fill.run(known.services.clone());
                        }
                    >
                        {known.name.clone()}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
            <div class="models" role="group" aria-labelledby="modeles-titre">
                <p id="modeles-titre">{t("Partir d’un modèle")}</p>
                <ul role="list">{buttons}</ul>
                <a href=routes::MODELS>{t("Gérer les modèles")}</a>
            </div>
    }
    .into_any()
}
