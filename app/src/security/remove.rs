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

/// The page.
#[component]
pub fn RemovePage() -> impl IntoView {
    let form = use_form(RemoveForm::default());
    view! {
        <PageTitle text="Retirer l’application" form=form.faulty() />
        <article class="page narrow">
            <nav class="crumbs" aria-label="Fil d’Ariane">
                <ol role="list"><li><a href=routes::SECURITY>"Sécurité"</a></li></ol>
            </nav>
            <h1>"Retirer l’application"</h1>
            <Said again="Appuyez sur «\u{a0}Retirer\u{a0}»." />
            <p>
                "Sans autre seconde preuve, votre mot de passe suffira pour vous connecter, et vos codes de secours n’ouvriront plus rien. "
                "Si une seconde preuve vous est demandée, il faudra en ajouter une aussitôt."
            </p>
            <PageForm form action=routes::REMOVE_APPLICATION send=remove_application>
                <div class="actions">
                    <Submit form label="Retirer" busy="Retrait…" danger=true />
                    <a class="button" href=routes::SECURITY>"Annuler"</a>
                </div>
            </PageForm>
        </article>
    }
}
