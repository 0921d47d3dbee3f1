//! « Nouvelle demande »: which kind, for whom.

use super::calls;
use crate::{
    mobility::controls::{Radios, Select},
    parts::{
        field::FieldMessage,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    language::t,
    mobility::{
        form::{Journey, JourneyField, JourneyForm},
        request::Colleagues,
    },
    problem::Field as _,
};

/// The page.
#[component]
pub fn StartPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let found = Resource::new_blocking(id, calls::of_client);
    let returned = use_returned::<JourneyForm>();
    let query = use_location().search;
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                let worker = routes::part(&query.get_untracked(), routes::param::WORKER);
                Suspend::new(async move {
                    loaded(found.await, |people| view! {
                        <Begin people returned worker=worker.unwrap_or_default() />
                    })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Begin(people: Colleagues, returned: Returned<JourneyForm>, worker: String) -> impl IntoView {
    let client = people.client;
    let fresh = JourneyForm {
        of: client.id.to_string(),
        worker,
        ..JourneyForm::default()
    };
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let journeys = Journey::ALL
        .map(|journey| {
            let label = match journey {
                Journey::Posting => t("Détachement\u{a0}: une mission dans un seul pays"),
                Journey::Several => {
                    t("Pluriactivité\u{a0}: la France et jusqu’à quatre autres pays européens, en alternance")
                }
            };
            (journey.code(), label)
        })
        .to_vec();
    let known = people
        .workers
        .into_iter()
        .map(|row| {
            let id = row.worker.id.to_string();
            let name = format!("{} {}", row.worker.first_names, row.worker.last_name);
            let chosen = id == initial.worker;
            view! { <option value=id selected=chosen>{name}</option> }
        })
        .collect::<Vec<_>>();
    let worker = JourneyField::Worker;
    let whom = (!known.is_empty()).then(|| {
        view! {
            <div class="field" class:faulty=move || form.problem(worker).is_some()>
                <label for=worker.name()>{t("Personne")}</label>
                <FieldMessage form field=worker />
                <select id=worker.name() name=worker.name() aria-describedby="worker-message">
                    <option value="">{t("Une nouvelle personne")}</option>
                    {known}
                </select>
            </div>
        }
    });
    view! {
        <PageTitle text=t("Nouvelle demande") form=form.faulty() />
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    <li><a href=routes::mobility_client(client.id)>{client.name.clone()}</a></li>
                </ol>
            </nav>
            <h1>{t("Nouvelle demande")}</h1>
            <p class="muted">
                {t("Chaque étape est enregistrée comme brouillon\u{a0}: vous pouvez vous arrêter et reprendre quand vous voulez.")}
            </p>
            <PageForm form action=routes::mobility_new(client.id, None) send=calls::begin>
                <input type="hidden" name="of" value=client.id.to_string() />
                <Radios form field=JourneyField::Journey legend=t("Situation") choices=journeys chosen=initial.journey.clone() />
                <Select
                    form
                    field=JourneyField::Status
                    label=t("Statut en France")
                    choices=super::mission::statuses()
                    chosen=initial.status.clone()
                />
                {whom}
                <div class="actions"><Submit form label=t("Commencer") busy=t("Un instant…") /></div>
            </PageForm>
        </article>
    }
}
