//! « Confirmer que c'est vous »: before a sensitive action, when it is a while since somebody has shown who they are.

use super::{
    key_button::{KeyButton, Way, key_form},
    proofs::{confirm, what_is_asked},
    sign_in::with_mark,
};
use crate::{
    parts::{
        field::{Field, PasswordField},
        form::{FormState, PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    access::Asked,
    form::{ConfirmField, ConfirmForm, local_path},
    language::t,
    wording,
};

/// The page.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let asked = Resource::new_blocking(|| (), |()| what_is_asked());
    let query = use_location().search.get_untracked();
    let next = routes::part(&query, routes::param::NEXT).unwrap_or_default();
    let form = use_form(ConfirmForm {
        next,
        ..ConfirmForm::default()
    });
    view! {
        <Suspense>
            {move || {
                let query = query.clone();
                Suspend::new(async move {
                    let outcome = asked.await;
                    loaded(outcome, |asked| view! { <Question asked form query /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Question(asked: Asked, form: FormState<ConfirmForm>, query: String) -> impl IntoView {
    let next = form.initial().next;
    let key = key_form(next.clone());
    let back = local_path(&next).unwrap_or_else(|| routes::CLIENTS.to_owned());
    view! {
        <PageTitle text=t("Confirmez que c’est vous") form=form.either_faulty(key) />
        <article class="page narrow sign-in">
            <h1>{t("Confirmez que c’est vous")}</h1>
            <p>{t(wording::CONFIRM)}</p>
            <p class="muted">{t("Vous reviendrez ensuite à la page où vous étiez, et il restera à refaire votre demande.")}</p>
            {asked.passkey.then(|| view! { <KeyButton way=Way::Confirm form=key first=true /> })}
            <PageForm form action=format!("{}{}", routes::CONFIRM, with_mark(&query)) send=confirm>
                <input type="hidden" name="next" value=next />
                <PasswordField form field=ConfirmField::Password label=t("Mot de passe") />
                {asked.code().then(|| view! {
                    <Field
                        form
                        field=ConfirmField::Code
                        label=t("Code")
                        hint=asked.hint()
                        class="code"
                        autocomplete="one-time-code"
                    />
                })}
                <Submit form label=t("Confirmer") busy=t("Vérification…") />
            </PageForm>
            <p><a href=back>{t("Annuler")}</a></p>
        </article>
    }
}
