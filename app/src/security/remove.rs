//! The question before an application is removed.

use super::calls::remove_application;
use crate::{
    parts::{
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::form::RemoveForm;
use portfolio::language::t;

/// The page.
#[component]
pub fn RemovePage() -> impl IntoView {
    let form = use_form(RemoveForm::default());
    view! {
        <PageTitle text=t("Retirer l’application") form=form.faulty() />
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Retirer l’application")}</h1>
            <Said again=t("Appuyez sur «\u{a0}Retirer\u{a0}».") />
            <p>
                {t("Sans autre seconde preuve, votre mot de passe suffira pour vous connecter, et vos codes de secours n’ouvriront plus rien. ")}
                {t("Si une seconde preuve vous est demandée, il faudra en ajouter une aussitôt.")}
            </p>
            <PageForm form action=routes::REMOVE_APPLICATION send=remove_application>
                <div class="actions">
                    <Submit form label=t("Retirer") busy=t("Retrait…") danger=true />
                    <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
