//! Choosing a password by a link that was sent. Opening the page changes nothing: programs that look for harm open every link.

use super::calls;
use crate::{
    parts::{
        form::{PageForm, Submit, use_form},
        frame::PageTitle,
        loaded::loaded,
        new_password::NewPasswordField,
    },
    refusal::Refusal,
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    form::{ChooseField, ChooseForm},
    language::t,
    ports::{Addressee, LinkToken, Purpose},
    say,
};

/// « Bienvenue » : the first password.
#[component]
pub fn InvitationPage() -> impl IntoView {
    view! { <ChoosePage purpose=Purpose::Invitation /> }
}

/// A new password.
#[component]
pub fn NewPasswordPage() -> impl IntoView {
    view! { <ChoosePage purpose=Purpose::Reset /> }
}

#[component]
fn ChoosePage(purpose: Purpose) -> impl IntoView {
    let params = use_params_map();
    let token = params.with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let addressee = Resource::new_blocking(move || asked.clone(), calls::open_link);
    let form = use_form(ChooseForm {
        token,
        ..ChooseForm::default()
    });
    view! {
        <PageTitle text=t("Choisir un mot de passe") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                match addressee.await {
                    Ok(who) if who.purpose == purpose => view! { <Choose who form /> }.into_any(),
                    Ok(_) | Err(Refusal::NotFound) => view! { <Over purpose /> }.into_any(),
                    trouble => loaded(trouble, |_| ()),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Choose(who: Addressee, form: crate::parts::form::FormState<ChooseForm>) -> impl IntoView {
    let token = form.initial().token;
    let link = LinkToken::new(token.clone());
    let (title, words, action) = match who.purpose {
        Purpose::Invitation => (
            t("Bienvenue"),
            say!(
                "{who}, choisissez le mot de passe de votre accès pour {firm}.",
                who = who.name,
                firm = who.firm
            ),
            routes::invitation(&link),
        ),
        Purpose::Reset => (
            t("Nouveau mot de passe"),
            say!(
                "{who}, choisissez un nouveau mot de passe. Toutes vos connexions en cours seront fermées.",
                who = who.name
            ),
            routes::new_password(&link),
        ),
    };
    view! {
        <article class="page narrow sign-in">
            <h1>{title}</h1>
            <p>{words}</p>
            <PageForm form action send=calls::choose>
                <input type="hidden" name="token" value=token />
                <div class="field">
                    <label for="identifiant">{t("Identifiant")}</label>
                    // For those who keep passwords for people.
                    <input type="text" id="identifiant" autocomplete="username" readonly value=who.identifier />
                </div>
                <NewPasswordField form field=ChooseField::Password label=t("Nouveau mot de passe") />
                <Submit form label=t("Enregistrer le mot de passe") busy=t("Enregistrement…") />
            </PageForm>
        </article>
    }
}

/// One page for a link that is unknown, used, too old or taken back.
#[component]
fn Over(purpose: Purpose) -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::asking::set_status(404);
    let remedy = match purpose {
        Purpose::Invitation => view! {
            <p>{t("Déjà venu\u{202f}? Connectez-vous. Sinon, demandez à l’administrateur de votre cabinet de renvoyer l’invitation.")}</p>
            <p class="actions"><a class="button primary" href=routes::SIGN_IN>{t("Se connecter")}</a></p>
        }
        .into_any(),
        Purpose::Reset => view! {
            <p>{t("Demandez-en un nouveau\u{a0}: il arrive en quelques minutes.")}</p>
            <p class="actions">
                <a class="button primary" href=routes::FORGOTTEN>{t("Demander un nouveau lien")}</a>
                <a class="button quiet" href=routes::SIGN_IN>{t("Se connecter")}</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <article class="page narrow">
            <h1>{t("Ce lien n’est plus valable")}</h1>
            <p>{t("Il a peut-être déjà servi, il est trop ancien, ou l’adresse est incomplète.")}</p>
            {remedy}
        </article>
    }
}
