//! One person: what is known, the requests, and the number when it is asked for on purpose.

use super::{calls, rows::Requests};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::language::t;
use portfolio::mobility::{
    form::RevealForm,
    request::{Person, WorkerRow},
};

/// The page.
#[component]
pub fn PersonPage() -> impl IntoView {
    let params = use_params_map();
    let query = use_location().search;
    let returned = use_returned::<RevealForm>();
    // What was just done is in the address: the page is asked for anew after it.
    let asked = move || {
        let _ = query.get();
        params.with(|params| params.get("id").unwrap_or_default())
    };
    let stamped = Memo::new(move |_| (asked(), query.get()));
    let found = Resource::new_blocking(move || stamped.get(), |(id, _)| calls::show_person(id));
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    loaded(found.await, |person| view! { <Shown person returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Shown(person: Person, returned: Returned<RevealForm>) -> impl IntoView {
    let who = Who::here();
    let edits =
        who.with_untracked(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let Person {
        client,
        open,
        row: WorkerRow { worker, requests },
        shown,
    } = person;
    let form = FormState::new(returned, RevealForm::default());
    let name = format!("{} {}", worker.first_names, worker.last_name);
    let whole = shown.is_some();
    let reveal = (edits && !whole).then(|| view! {
        <PageForm form action=routes::mobility_person(worker.id) send=calls::reveal class="inline">
            <input type="hidden" name="worker" value=worker.id.to_string() />
            <Submit form label=t("Afficher le numéro") busy="…" quiet=true />
        </PageForm>
    });
    let again = (open && edits).then(|| view! {
        <a class="button primary" href=routes::mobility_new(client.id, Some(worker.id))>{t("Nouvelle demande")}</a>
    });
    view! {
        <PageTitle text=t("Personne à l’étranger") form=form.faulty() />
        <article class="page wide mobility">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::MOBILITY>{t("Travailler à l’étranger")}</a></li>
                    <li><a href=routes::mobility_client(client.id)>{client.name}</a></li>
                </ol>
            </nav>
            <header class="head"><h1>{name}</h1> {again}</header>
            <Said again=t("Appuyez de nouveau sur «\u{a0}Afficher le numéro\u{a0}».") />
            <dl class="facts">
                <div>
                    <dt>{t("Numéro de sécurité sociale")}</dt>
                    <dd class="identifier">{shown.unwrap_or(worker.nir)}</dd>
                </div>
            </dl>
            {reveal}
            {(!whole && edits).then(|| view! {
                <p class="hint">{t("Il est affiché quelques minutes, à vous seul. Le journal du cabinet le retient.")}</p>
            })}
            <section aria-labelledby="demandes-titre">
                <h2 id="demandes-titre">{t("Demandes")}</h2>
                <Requests rows=requests caption=t("Demandes de cette personne") />
            </section>
        </article>
    }
}
