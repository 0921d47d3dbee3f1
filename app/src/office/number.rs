//! The number of the person of a request, shown to an officer on purpose: a page of its own, so that its form has an address.

use super::calls;
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{language::t, mobility::form::RevealCaseForm, ports::Case};

/// The page.
#[component]
pub fn NumberPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let case = Resource::new_blocking(id, calls::examined);
    let returned = use_returned::<RevealCaseForm>();
    view! {
        <Suspense>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    loaded(case.await, move |case| view! { <Asked case returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Asked(case: Case, returned: Returned<RevealCaseForm>) -> impl IntoView {
    let id = case.request.id;
    let form = FormState::new(returned, RevealCaseForm::default());
    view! {
        <PageTitle text=t("Numéro de sécurité sociale") form=form.faulty() />
        <article class="page office">
            <p class="crumbs"><a href=routes::case(id)>{case.request.answers.who()}</a></p>
            <h1>{t("Afficher le numéro de sécurité sociale")}</h1>
            <Said again=t("Appuyez de nouveau sur «\u{a0}Afficher le numéro\u{a0}».") />
            <p>{t("S’il le faut pour décider\u{a0}: retrouver la personne dans les fichiers de l’organisme. Il vous est affiché quelques minutes, à vous seul, et le journal du cabinet le retient.")}</p>
            <PageForm form action=routes::case_number(id) send=calls::reveal>
                <input type="hidden" name="request" value=id.to_string() />
                <div class="actions">
                    <Submit form label=t("Afficher le numéro") busy="…" />
                    <a class="button quiet" href=routes::case(id)>{t("Revenir à la demande")}</a>
                </div>
            </PageForm>
        </article>
    }
}
