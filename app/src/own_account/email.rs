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
};

/// The page.
#[component]
pub fn EmailPage() -> impl IntoView {
    let search = use_location().search;
    let saves = RwSignal::new(0_u32);
    let account = Resource::new_blocking(move || (search.get(), saves.get()), |_| calls::account());
    let form = use_form(EmailForm::default());
    view! {
        <PageTitle text="Changer d’adresse électronique" form=form.faulty() />
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
        "Aucune".to_owned()
    } else {
        email
    };
    let awaited = awaited_email.map(|address| {
        view! { <div><dt>"En attente de confirmation"</dt><dd>{address}</dd></div> }
    });
    let send = move |typed| async move {
        let next = calls::ask_email(typed).await?;
        // The address of the page may be the same as before: it is looked again all the same.
        let _ = saves.try_update(|saves| *saves += 1);
        Ok(next)
    };
    view! {
        <article class="page narrow">
            <p class="crumbs"><a href=routes::MY_ACCOUNT>"Mon compte"</a></p>
            <h1>"Changer d’adresse électronique"</h1>
            <Said again="Saisissez de nouveau votre nouvelle adresse." />
            <dl class="facts-line"><div><dt>"Adresse actuelle"</dt><dd>{now}</dd></div>{awaited}</dl>
            <PageForm form action=routes::MY_EMAIL send>
                <Field
                    form
                    field=EmailField::Email
                    label="Nouvelle adresse électronique"
                    hint="Un lien y arrive pour la confirmer."
                    value=form.initial().email
                    autocomplete="email"
                    inputmode="email"
                />
                <div class="actions">
                    <Submit form label="Recevoir un lien" busy="Envoi…" />
                    <a class="button quiet" href=routes::MY_ACCOUNT>"Annuler"</a>
                </div>
            </PageForm>
        </article>
    }
}
