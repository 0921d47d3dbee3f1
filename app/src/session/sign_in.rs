//! The sign-in page.

use super::{
    calls::{sign_in, who_am_i},
    key_button::{KeyButton, Way, key_form},
};
use crate::{
    arrival, browser, link,
    parts::{
        field::{Field, PasswordField},
        form::{PageForm, Submit, use_form},
        frame::{PageTitle, Who},
        notice::Notice,
    },
    refusal::{Next, Refusal},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    client::SignedIn,
    form::{SignInField, SignInForm},
    language::t,
    wording,
};

/// « Identifiant », « Mot de passe »; a wrong pair gets one neutral message.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_location().search.get_untracked();
    let next = routes::part(&query, routes::param::NEXT).unwrap_or_default();
    let signed_out = routes::part(&query, routes::param::WHY).is_some();
    let done = routes::part(&query, routes::param::DONE).and_then(|what| done(&what));
    let form = use_form(SignInForm {
        next,
        ..SignInForm::default()
    });
    let who = Who::here();
    let send = move |typed| async move {
        let next = sign_in(typed).await?;
        arrived(who, next).await
    };
    let initial = form.initial();
    let key = key_form(initial.next.clone());
    view! {
        <PageTitle text=t("Connexion") form=form.either_faulty(key) />
        <article class="page narrow sign-in">
            <h1>{t("Connexion")}</h1>
            {done.map(|words| view! { <Notice kind="success">{words}</Notice> })}
            <Show when=move || signed_out>
                <Notice>{t(wording::SIGNED_OUT)}</Notice>
            </Show>
            <PageForm form action=format!("{}{}", routes::SIGN_IN, with_mark(&query)) send>
                <input type="hidden" name="next" value=initial.next.clone() />
                <Field form field=SignInField::Identifier label=t("Identifiant") value=initial.identifier.clone() autocomplete="username" />
                <PasswordField form field=SignInField::Password label=t("Mot de passe") />
                <Submit form label=t("Se connecter") busy=t("Connexion…") />
            </PageForm>
            <KeyButton way=Way::In form=key />
            <p class="muted">
                <a href=routes::FORGOTTEN>{t("Mot de passe oublié\u{202f}?")}</a>
                {t(" Identifiant oublié\u{202f}? L’administrateur de votre cabinet le connaît\u{202f}; pour le titulaire d’un compte, c’est son adresse électronique. ")}
                <a href=routes::HELP>{t("Obtenir de l’aide")}</a>
            </p>
        </article>
    }
}

/// What somebody has just done who comes here afterwards.
fn done(what: &str) -> Option<&'static str> {
    match what {
        link::JOINED => Some(t(
            "Votre mot de passe est enregistré. Connectez-vous pour la première fois.",
        )),
        link::CHANGED => Some(t(
            "Votre nouveau mot de passe est enregistré, et toutes vos connexions en cours sont fermées. Connectez-vous.",
        )),
        arrival::ARRIVED => Some(t(
            "Votre compte est créé. Connectez-vous pour la première fois.",
        )),
        what if what == routes::Done::Email.code() => Some(t(
            "Votre nouvelle adresse est confirmée. Connectez-vous avec elle.",
        )),
        _ => None,
    }
}

/// Shows who has just come in, and says where they go. Nobody has while a second step is waited for, and what this tab keeps stays for
/// whoever comes.
pub async fn arrived<F>(who: RwSignal<Option<SignedIn>>, next: Next) -> Result<Next, Refusal<F>> {
    let signed_in = who_am_i().await.map_err(|_| Refusal::Offline)?;
    if let Some(signed_in) = &signed_in {
        // What somebody else left unsent in this tab is not this member's to see.
        let name = format!("{}\n{}", signed_in.firm, signed_in.member);
        if browser::kept(MEMBER).is_none_or(|before| before != name) {
            browser::forget_all();
        }
        browser::keep(MEMBER, &name);
    }
    let elsewhere = signed_in
        .as_ref()
        .and_then(|signed_in| routes::landing(signed_in.seat, &next.to));
    who.set(signed_in);
    Ok(elsewhere.map_or(next, |to| Next { to: to.to_owned() }))
}

/// The name under which it is kept whose texts this tab keeps.
const MEMBER: &str = "membre";

/// A query string as an address goes on with it.
pub fn with_mark(query: &str) -> String {
    let query = query.trim_start_matches('?');
    if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    }
}
