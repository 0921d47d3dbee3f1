//! A passkey added: it gets a name, and the browser makes it. Without JavaScript none is made, and the page says so.

use super::keys::{add_passkey, ask_new_passkey, show_passkeys};
use crate::{
    browser::passkey::make_passkey,
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
        passkey::hindered,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::{
    access::Ceremony,
    form::{PasskeyField, PasskeyForm},
    language::t,
    problem::Field as _,
};

/// The page.
#[component]
pub fn AddPasskeyPage() -> impl IntoView {
    // Asked for first, so that whoever has to confirm who they are does so before they have typed a name.
    let found = Resource::new_blocking(|| (), |()| show_passkeys());
    let form = use_form(PasskeyForm::default());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let outcome = found.await;
                loaded(outcome, |_| view! { <Question form /> })
            })}
        </Suspense>
    }
}

#[component]
fn Question(form: FormState<PasskeyForm>) -> impl IntoView {
    let send = move |typed: PasskeyForm| async move {
        let Ceremony { id, options } = ask_new_passkey().await?;
        let answer = make_passkey(&options)
            .await
            .map_err(hindered(PasskeyField::Key))?;
        add_passkey(PasskeyForm {
            ceremony: id.to_string(),
            answer,
            ..typed
        })
        .await
    };
    view! {
        <PageTitle text=t("Ajouter une clé d’accès") form=form.faulty() />
        <article class="page narrow security">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Ajouter une clé d’accès")}</h1>
            <Said again="" />
            <p>
                {t("Votre appareil vous reconnaîtra à votre empreinte, à votre visage ou à son code, et vous connectera\u{a0}: sans identifiant ")}
                {t("ni mot de passe à saisir. Le portail ne reçoit de la clé qu’une moitié, qui n’ouvre rien.")}
            </p>
            <p>{t("N’en ajoutez pas sur un appareil que vous partagez. Il faut un navigateur à jour, où JavaScript est activé.")}</p>
            <PageForm form action=routes::PASSKEY send>
                <Field
                    form
                    field=PasskeyField::Name
                    label=t("Nom de la clé")
                    hint=t("Pour la reconnaître plus tard. Exemple\u{a0}: ordinateur du bureau.")
                    value=form.initial().name
                />
                <div class="actions" id=PasskeyField::Key.name() tabindex="-1">
                    <Submit form label=t("Créer la clé d’accès") busy=t("En attente de votre appareil…") />
                    <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
