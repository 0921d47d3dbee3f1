//! The page after the password of a member with a second factor.

use super::{
    key_button::{KeyButton, Way, key_form},
    keys::what_step_asks,
    proofs::pass_second_step,
    sign_in::{arrived, with_mark},
};
use crate::{
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    access::Asked,
    form::{SecondStepField, SecondStepForm},
    language::t,
};

/// A passkey, a code of the application, or a recovery code.
#[component]
pub fn CodePage() -> impl IntoView {
    let asked = Resource::new_blocking(|| (), |()| what_step_asks());
    let query = use_location().search.get_untracked();
    let next = routes::part(&query, routes::param::NEXT).unwrap_or_default();
    let form = use_form(SecondStepForm {
        next,
        ..SecondStepForm::default()
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
fn Question(asked: Asked, form: FormState<SecondStepForm>, query: String) -> impl IntoView {
    let who = Who::here();
    let send = move |typed| async move {
        let next = pass_second_step(typed).await?;
        arrived(who, next).await
    };
    let initial = form.initial();
    let key = key_form(initial.next.clone());
    let again = routes::sign_in(&initial.next, false);
    let title = if asked.passkey {
        t("Seconde preuve")
    } else {
        t("Code de connexion")
    };
    view! {
        <PageTitle text=title form=form.either_faulty(key) />
        <article class="page narrow sign-in">
            <h1>{title}</h1>
            {asked.passkey.then(|| view! { <KeyButton way=Way::Step form=key first=true /> })}
            <PageForm form action=format!("{}{}", routes::SECOND_STEP, with_mark(&query)) send>
                <input type="hidden" name="next" value=initial.next />
                <Field
                    form
                    field=SecondStepField::Code
                    label=t("Code")
                    hint=asked.hint()
                    class="code"
                    autocomplete="one-time-code"
                />
                <Submit form label=t("Continuer") busy=t("Vérification…") />
            </PageForm>
            <p class="muted">
                {t("Vous n’avez plus aucune seconde preuve\u{202f}? ")}
                <a href=format!("{}#contact-titre", routes::HELP)>{t("Contactez-nous")}</a> ". "
                <a href=again>{t("Recommencer la connexion")}</a>
            </p>
        </article>
    }
}
