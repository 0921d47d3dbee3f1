//! « Changer de mot de passe ».

use super::calls::change_password;
use crate::{
    parts::{
        field::PasswordField,
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
        new_password::NewPasswordField as NewPasswordControl,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::form::{NewPasswordField, NewPasswordForm};

/// The page.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let form = use_form(NewPasswordForm::default());
    view! {
        <PageTitle text="Changer de mot de passe" form=form.faulty() />
        <article class="page narrow">
            <nav class="crumbs" aria-label="Fil d’Ariane">
                <ol role="list"><li><a href=routes::SECURITY>"Sécurité"</a></li></ol>
            </nav>
            <h1>"Changer de mot de passe"</h1>
            <p>"Vos autres sessions seront fermées\u{202f}; celle-ci reste ouverte."</p>
            <PageForm form action=routes::PASSWORD send=change_password>
                <PasswordField form field=NewPasswordField::Old label="Mot de passe actuel" />
                <NewPasswordControl form field=NewPasswordField::New label="Nouveau mot de passe" />
                <div class="actions">
                    <Submit form label="Changer de mot de passe" busy="Changement…" />
                    <a class="button" href=routes::SECURITY>"Annuler"</a>
                </div>
            </PageForm>
        </article>
    }
}
