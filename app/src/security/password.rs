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
use portfolio::language::t;

/// The page.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let form = use_form(NewPasswordForm::default());
    view! {
        <PageTitle text=t("Changer de mot de passe") form=form.faulty() />
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Changer de mot de passe")}</h1>
            <p>{t("Vos autres sessions seront fermées\u{202f}; celle-ci reste ouverte.")}</p>
            <PageForm form action=routes::PASSWORD send=change_password>
                <PasswordField form field=NewPasswordField::Old label=t("Mot de passe actuel") />
                <NewPasswordControl form field=NewPasswordField::New label=t("Nouveau mot de passe") />
                <div class="actions">
                    <Submit form label=t("Changer de mot de passe") busy=t("Changement…") />
                    <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
