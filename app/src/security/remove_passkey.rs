//! The question before a passkey is removed.

use super::keys::{remove_passkey, show_passkeys};
use crate::{
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
    },
    refusal::Refusal,
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{access::Passkey, form::RemovePasskeyForm, language::t};

/// The page.
#[component]
pub fn RemovePasskeyPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get("id").unwrap_or_default();
    let found = Resource::new_blocking(|| (), |()| show_passkeys());
    let returned = use_returned::<RemovePasskeyForm>();
    view! {
        <Suspense>
            {move || {
                let (id, returned) = (id(), returned.clone());
                Suspend::new(async move {
                    let mine = found.await;
                    let outcome = mine.and_then(|mine| {
                        let this = mine.into_iter().find(|key| key.id.to_string() == id);
                        this.ok_or(Refusal::NotFound)
                    });
                    loaded(outcome, |key| view! { <Question key returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Question(
    key: Passkey,
    #[prop(optional_no_strip)] returned: Returned<RemovePasskeyForm>,
) -> impl IntoView {
    let of = key.id.to_string();
    let form = FormState::new(returned, RemovePasskeyForm { of: of.clone() });
    view! {
        <PageTitle text=t("Retirer la clé d’accès") form=form.faulty() />
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::SECURITY>{t("Sécurité")}</a></li></ol>
            </nav>
            <h1>{t("Retirer la clé d’accès")}</h1>
            <Said again=t("Appuyez sur «\u{a0}Retirer\u{a0}».") />
            <p>
                {t("La clé «\u{a0}")} <strong>{key.name}</strong>
                {t("\u{a0}» n’ouvrira plus rien ici. Votre appareil la garde dans sa liste\u{a0}: vous pouvez l’y effacer aussi.")}
            </p>
            <p>
                {t("Sans autre seconde preuve, votre mot de passe suffira pour vous connecter, et vos codes de secours n’ouvriront plus rien. ")}
                {t("Si une seconde preuve vous est demandée, il faudra en ajouter une aussitôt.")}
            </p>
            <PageForm form action=routes::passkey(key.id) send=remove_passkey>
                <input type="hidden" name="of" value=of />
                <div class="actions">
                    <Submit form label=t("Retirer") busy=t("Retrait…") danger=true />
                    <a class="button" href=routes::SECURITY>{t("Annuler")}</a>
                </div>
            </PageForm>
        </article>
    }
}
