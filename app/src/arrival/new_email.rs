//! The page of the link to a new e-mail address. Opening it changes nothing.

use super::calls;
use crate::{
    parts::{
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    refusal::Refusal,
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{form::ConfirmEmailForm, language::t, ports::LinkToken};

/// The page.
#[component]
pub fn NewEmailPage() -> impl IntoView {
    let params = use_params_map();
    let token = params.with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let found = Resource::new_blocking(move || asked.clone(), calls::new_email);
    let form = use_form(ConfirmEmailForm { token });
    view! {
        <PageTitle text=t("Confirmer votre adresse") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                match found.await {
                    Ok(email) => view! { <Confirm email form /> }.into_any(),
                    Err(Refusal::NotFound) => view! { <Over /> }.into_any(),
                    trouble => loaded(trouble, |_| ()),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Confirm(email: String, form: FormState<ConfirmEmailForm>) -> impl IntoView {
    let token = form.initial().token;
    let action = routes::new_address(&LinkToken::new(token.clone()));
    view! {
        <article class="page narrow sign-in">
            <h1>{t("Confirmer votre adresse")}</h1>
            <p>{t("Vous vous connecterez désormais avec cette adresse, et vos messages y arriveront\u{a0}:")}</p>
            <p class="strong" id="email">{email}</p>
            <PageForm form action send=calls::confirm_email>
                <input type="hidden" name="token" value=token />
                <div class="actions"><Submit form label=t("Confirmer cette adresse") busy=t("Enregistrement…") /></div>
            </PageForm>
        </article>
    }
}

/// One page for a link that is unknown, used, or too old.
#[component]
fn Over() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::asking::set_status(404);
    view! {
        <article class="page narrow">
            <h1>{t("Ce lien n’est plus valable")}</h1>
            <p>{t("Il a déjà servi, un autre l’a remplacé, ou il est trop ancien. Votre adresse n’a pas changé par lui.")}</p>
            <p class="actions"><a class="button primary" href=routes::MY_EMAIL>{t("Demander un nouveau lien")}</a></p>
        </article>
    }
}
