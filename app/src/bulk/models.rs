//! « Modèles de services » of the firm.

use super::calls;
use crate::{
    firm::FirmNav,
    parts::{
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::{
    french,
    language::t,
    model::{MOST_MODELS, Model, suggestions},
};

/// The page.
#[component]
pub fn ModelsPage() -> impl IntoView {
    let models = Resource::new_blocking(|| (), |()| calls::models());
    view! {
        <PageTitle text=t("Modèles de services") />
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = models.await;
                loaded(outcome, |models| view! { <Shown models /> })
            })}
        </Suspense>
    }
}

#[component]
fn Shown(models: Vec<Model>) -> impl IntoView {
    let may = Who::here().get_untracked().is_some_and(|who| who.edits());
    let room = models.len() < MOST_MODELS as usize;
    let empty = models.is_empty();
    let rows = models
        .into_iter()
        .map(|model| {
            let count = french::count(model.services.len() as u64, "service", "services");
            let labels: Vec<_> = model
                .services
                .iter()
                .map(|code| code.service().label())
                .collect();
            let name = if may {
                view! { <a href=routes::model(model.id)>{model.name}</a> }.into_any()
            } else {
                model.name.into_any()
            };
            view! {
                <tr>
                    <th scope="row" data-label=t("Nom")>{name}</th>
                    <td data-label=t("Nombre") class="count">{count}</td>
                    <td data-label=t("Services")>{labels.join(", ")}</td>
                </tr>
            }
        })
        .collect_view();
    let body = if empty {
        view! { <Suggestions may /> }.into_any()
    } else {
        view! {
            <table class="ledger">
                <caption class="visually-hidden">{t("Modèles du cabinet")}</caption>
                <thead>
                    <tr><th scope="col">{t("Nom")}</th><th scope="col">{t("Nombre")}</th><th scope="col">{t("Services")}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <article class="page wide">
            <header class="head">
                <div>
                    <h1>{t("Modèles de services")}</h1>
                    <p class="muted">
                        {t("Un modèle coche d’un coup les services que vous ouvrez d’habitude, pour un nouveau client ou pour beaucoup à la fois. \
                        Le changer ne change aucun client.")}
                    </p>
                </div>
                {(may && room).then(|| view! { <a class="button primary" href=routes::NEW_MODEL>{t("Nouveau modèle")}</a> })}
            </header>
            <FirmNav here=routes::MODELS />
            {body}
        </article>
    }
}

/// What a firm without models may start from.
#[component]
fn Suggestions(may: bool) -> impl IntoView {
    let offers = suggestions()
        .map(|suggestion| {
            view! { <a class="button" href=routes::model_from(suggestion.code)>{suggestion.name}</a> }
        })
        .collect_view();
    view! {
        <div class="empty">
            <h2>{t("Aucun modèle pour le moment")}</h2>
            {may.then(|| view! {
                <p>{t("Partez d’une proposition, que vous adapterez avant de l’enregistrer.")}</p>
                <p class="actions">{offers}</p>
            })}
        </div>
    }
}
