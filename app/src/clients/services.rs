//! « Choisir les services » of an enrolment in the making, and « Enregistrer ».

use super::{
    calls,
    picker::{Choice, Chosen, ServicePicker},
};
use crate::{
    bulk::calls::models,
    parts::{
        address::GoTo,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    client::{DraftView, Proven},
    form::ServicesForm,
    ids::DraftId,
    language::t,
    model::Model,
    search::Search,
};

/// The page.
#[component]
pub fn ServicesPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("draft").unwrap_or_default());
    let draft = Resource::new_blocking(id, calls::draft);
    let models = Resource::new_blocking(|| (), |()| models());
    let returned = use_returned::<ServicesForm>();
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                let outcome = draft.await;
                let models = models.await.unwrap_or_default();
                loaded(outcome, |draft| {
                    let DraftView { id, proven, enrolled, .. } = draft;
                    match (enrolled, proven) {
                        // Back, or a refresh after « Enregistrer »: it is done, and the list shows it.
                        (Some(enrolment), _) => {
                            let shown = Search { show: Some(enrolment), ..Search::default() };
                            view! { <GoTo path=routes::list(&shown) /> }.into_any()
                        }
                        (None, None) => view! { <GoTo path=routes::proof(id) /> }.into_any(),
                        (None, Some(proven)) => {
                            view! { <Choose id proven returned models /> }.into_any()
                        }
                    }
                })
            })}}
        </Suspense>
    }
}

#[component]
fn Choose(
    id: DraftId,
    proven: Proven,
    returned: Returned<ServicesForm>,
    models: Vec<Model>,
) -> impl IntoView {
    let fresh = ServicesForm {
        of: id.to_string(),
        ..ServicesForm::default()
    };
    let returned = returned.filter(|(form, _)| form.of == fresh.of);
    let form = FormState::new(returned, fresh);
    let choice = Choice::of(form);
    let send = move |typed| async move {
        let next = calls::enrol(typed).await?;
        choice.saved();
        Ok(next)
    };
    view! {
        <PageTitle text=t("Choisir les services") form=form.faulty() />
        <article class="page with-side">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::CLIENTS>{t("Établissements")}</a></li>
                    <li><a href=routes::ADD>{t("Ajouter un compte")}</a></li>
                    <li><a href=routes::proof(id)>{t("Justifier le mandat")}</a></li>
                </ol>
            </nav>
            <p class="step">{t("Étape 3 sur 3")}</p>
            <h1>{t("Choisir les services")}</h1>
            <dl class="facts-line">
                <div><dt>{t("Client")}</dt><dd>{proven.name}</dd></div>
                <div><dt>{proven.held.holder.noun()}</dt><dd class="identifier">{proven.held.holder.to_string()}</dd></div>
                <div><dt>{t("Inscription")}</dt><dd>{proven.held.scheme.accounts()}</dd></div>
            </dl>
            <PageForm form action=routes::services(id) send class="services">
                <ServicePicker form choice kind=proven.kind models />
                <div class="save">
                    <Chosen choice />
                    <Submit form label=t("Enregistrer") busy=t("Enregistrement…") />
                </div>
            </PageForm>
        </article>
    }
}
