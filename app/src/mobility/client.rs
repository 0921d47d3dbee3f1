//! The requests and the people of one client.

use super::{calls, rows::Requests};
use crate::{
    parts::{
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    french,
    language::t,
    mobility::request::{Colleagues, WorkerRow},
    say,
};

/// The page.
#[component]
pub fn ClientMobilityPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let found = Resource::new_blocking(id, calls::of_client);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                loaded(found.await, |people| view! { <Shown people /> })
            })}
        </Suspense>
    }
}

#[component]
fn Shown(people: Colleagues) -> impl IntoView {
    let who = Who::here();
    let edits =
        who.with_untracked(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let Colleagues {
        client,
        open,
        workers,
        nobodys,
        ..
    } = people;
    let mut requests: Vec<_> = nobodys
        .into_iter()
        .chain(workers.iter().flat_map(|row| row.requests.clone()))
        .collect();
    requests.sort_by_key(|row| std::cmp::Reverse((row.changed_at, row.id)));
    let none = requests.is_empty();
    let new = (open && edits).then(|| view! {
        <div class="actions">
            <a class="button primary" href=routes::mobility_new(client.id, None)>{t("Nouvelle demande")}</a>
            <a class="button" href=routes::postings_of(client.id)>{t("Importer un fichier")}</a>
        </div>
    });
    let closed = (!open).then(|| view! {
        <Notice kind="warning">
            {t("Ce client n’a pas le service «\u{a0}Travailler à l’étranger\u{a0}»\u{a0}: aucune demande ne peut être commencée. ")}
            <a href=routes::client(client.id, "")>{t("Modifier ses services")}</a>
        </Notice>
    });
    let people = workers
        .into_iter()
        .map(|row| view! { <Known row open=open && edits client=client.id /> })
        .collect_view();
    view! {
        <PageTitle text=t("Travailler à l’étranger") />
        <article class="page wide mobility">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    <li><a href=routes::client(client.id, "")>{client.name.clone()}</a></li>
                </ol>
            </nav>
            <header class="head">
                <div>
                    <h1>{t("Travailler à l’étranger")}</h1>
                    <p class="muted">{client.name.clone()} ", " {client.held.scheme.accounts()}</p>
                </div>
                {new}
            </header>
            {closed}
            <section aria-labelledby="demandes-titre">
                <h2 id="demandes-titre">{t("Demandes")}</h2>
                {if none {
                    view! { <p class="muted">{t("Aucune demande pour ce client.")}</p> }.into_any()
                } else {
                    view! { <Requests rows=requests caption=t("Demandes de ce client") /> }.into_any()
                }}
            </section>
            <section aria-labelledby="personnes-titre">
                <h2 id="personnes-titre">{t("Personnes déjà connues")}</h2>
                {if none {
                    view! { <p class="muted">{t("Les personnes de vos demandes se retrouvent ici, pour être reprises.")}</p> }.into_any()
                } else {
                    view! { <ul class="people" role="list">{people}</ul> }.into_any()
                }}
            </section>
        </article>
    }
}

#[component]
fn Known(row: WorkerRow, open: bool, client: portfolio::ids::EnrolmentId) -> impl IntoView {
    let WorkerRow { worker, requests } = row;
    let name = format!("{} {}", worker.first_names, worker.last_name);
    let again = open.then(|| {
        view! {
            <a class="button small" href=routes::mobility_new(client, Some(worker.id))>
                {t("Nouvelle demande")} <span class="visually-hidden">{say!(" pour {name}", name)}</span>
            </a>
        }
    });
    view! {
        <li>
            <a href=routes::mobility_person(worker.id)>{name.clone()}</a>
            <span class="identifier">{worker.nir}</span>
            <span class="muted">{french::count(requests.len() as u64, "demande", "demandes")}</span>
            {again}
        </li>
    }
}
