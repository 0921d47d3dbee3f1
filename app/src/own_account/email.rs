//! « Changer d’adresse électronique ».

use super::calls;
use crate::{
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    form::{EmailField, EmailForm},
    holding::OwnAccount,
    language::t,
};

/// The page.
#[component]
pub fn EmailPage() -> impl IntoView {
    let search = use_location().search;
    let saves = RwSignal::new(0_u32);
    let account = Resource::new_blocking(move || (search.get(), saves.get()), |_| calls::account());
    let form = use_form(EmailForm::default());
    view! {
        <PageTitle text=t("Changer d’adresse électronique") form=form.faulty() />
        <Transition>
            {move || Suspend::new(async move {
                let outcome = account.await;
                loaded(outcome, move |account| view! { <Ask account form saves /> })
            })}
        </Transition>
    }
}

#[component]
fn Ask(account: OwnAccount, form: FormState<EmailForm>, saves: RwSignal<u32>) -> impl IntoView {
    let OwnAccount {
        email,
        awaited_email,
        ..
    } = account;
    let now = if email.is_empty() {
        t("Aucune").to_owned()
    } else {
        email
    };
    let awaited = awaited_email.map(|address| {
        view! { <div><dt>{t("En attente de confirmation")}</dt><dd>{address}</dd></div> }
    });
    let send = move |typed| async move {
        let next = calls::ask_email(typed).await?;
        // The address of the page may be the same as before: it is looked again all the same.
        let _ = saves.try_update(|saves| *saves += 1);
        Ok(next)
    };
    view! {
        <article class="page narrow">
            <p class="crumbs"><a href=routes::MY_ACCOUNT>{t("Mon compte")}</a></p>
            <h1>{t("Changer d’adresse électronique")}</h1>
            <Said again=t("Saisissez de nouveau votre nouvelle adresse.") />
            <dl class="facts-line"><div><dt>{t("Adresse actuelle")}</dt><dd>{now}</dd></div>{awaited}</dl>
            <PageForm form action=routes::MY_EMAIL send>
                <Field
                    form
                    field=EmailField::Email
                    label=t("Nouvelle adresse électronique")
                    hint=t("Un lien y arrive pour la confirmer.")
                    value=form.initial().email
                    autocomplete="email"
                    inputmode="email"
                />
                <div class="actions">
                    <Submit form label=t("Recevoir un lien") busy=t("Envoi…") />
                    <a class="button quiet" href=routes::MY_ACCOUNT>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
