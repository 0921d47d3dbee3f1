//! « Mot de passe oublié » : the same words afterwards whether somebody was found or not.

use super::calls;
use crate::{
    parts::{
        field::Field,
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::form::{ResetField, ResetForm};
use portfolio::language::t;

/// Told to the page: it was asked for.
pub const SENT: &str = "envoi";

/// The page.
#[component]
pub fn ForgottenPage() -> impl IntoView {
    let search = use_location().search;
    let form = use_form(ResetForm::default());
    let sent = Memo::new(move |_| {
        routes::part(&search.get(), routes::param::DONE).is_some_and(|what| what == SENT)
    });
    view! {
        <PageTitle text=t("Mot de passe oublié") form=form.faulty() />
        <article class="page narrow sign-in">
            <Show
                when=move || sent.get()
                fallback=move || view! {
                    <h1>{t("Mot de passe oublié")}</h1>
                    <p>{t("Saisissez ce avec quoi vous vous connectez\u{a0}: un courriel vous mènera au choix d’un nouveau mot de passe.")}</p>
                    <PageForm form action=routes::FORGOTTEN send=calls::ask_reset>
                        <Field
                            form
                            field=ResetField::Identifier
                            label=t("Identifiant ou adresse électronique")
                            value=form.initial().identifier
                            autocomplete="username"
                        />
                        <Submit form label=t("Recevoir un lien") busy=t("Envoi…") />
                    </PageForm>
                    <p class="muted">
                        <a href=routes::SIGN_IN>{t("Revenir à la connexion")}</a>
                    </p>
                }
            >
                <h1>{t("Consultez vos courriels")}</h1>
                <p role="status">
                    {t("Si ces mots correspondent à un accès, un courriel est en route. Son lien sert une fois, pendant 60\u{a0}minutes.")}
                </p>
                <p>
                    {t("Rien après quelques minutes\u{202f}? Regardez parmi les indésirables. Un accès sans adresse électronique n’en reçoit pas\u{a0}: \
                     adressez-vous alors à qui gère les accès de votre cabinet.")}
                </p>
                <p class="actions"><a class="button" href=routes::SIGN_IN>{t("Revenir à la connexion")}</a></p>
            </Show>
        </article>
    }
}
