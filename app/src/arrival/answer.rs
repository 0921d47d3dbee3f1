//! The page of an invitation's link: an account is made, or the invitation refused. Opening the page changes nothing.

use super::calls;
use crate::{
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::{PageTitle, Who},
        loaded::loaded,
        new_password::NewPasswordField,
    },
    refusal::Refusal,
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{
    form::{AnswerField, AnswerForm, answer_act},
    invitation::Opened,
    language::t,
    permission::Seat,
    ports::LinkToken,
    say,
};

/// The page.
#[component]
pub fn AnswerPage() -> impl IntoView {
    let params = use_params_map();
    let token = params.with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let opened = Resource::new_blocking(move || asked.clone(), calls::open);
    let form = use_form(AnswerForm {
        token,
        ..AnswerForm::default()
    });
    view! {
        <PageTitle text=t("Créer mon compte") form=form.faulty() />
        <Suspense>
            {move || Suspend::new(async move {
                match opened.await {
                    Ok(opened) => view! { <Answer opened form /> }.into_any(),
                    Err(Refusal::NotFound) => view! { <Over /> }.into_any(),
                    trouble => loaded(trouble, |_| ()),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Answer(opened: Opened, form: FormState<AnswerForm>) -> impl IntoView {
    let Opened {
        client,
        held,
        firm,
        email,
        until,
    } = opened;
    let initial = form.initial();
    let token = initial.token.clone();
    let action = routes::access(&LinkToken::new(token.clone()));
    let who = Who::here();
    let mine = move || who.with(|who| who.as_ref().is_some_and(|who| who.seat == Seat::Client));
    let attach = FormState::new(None, AnswerForm::default());
    let refuse = FormState::new(None, AnswerForm::default());
    let why = match &firm {
        Some(firm) => say!(
            "{firm} gère ce compte de cotisations et vous invite à créer votre propre compte.",
            firm
        ),
        None => t("Vous avez justifié que ce compte de cotisations est le vôtre.").to_owned(),
    };
    let invited = firm.is_some();
    let (for_attach, for_refuse) = (
        (token.clone(), action.clone()),
        (token.clone(), action.clone()),
    );
    view! {
        <article class="page narrow sign-in">
            <h1>{t("Créer mon compte")}</h1>
            <p>{why}</p>
            <dl class="facts-line">
                <div><dt>{t("Titulaire")}</dt><dd>{client}</dd></div>
                <div><dt>{held.holder.noun()}</dt><dd class="identifier">{held.holder.to_string()}</dd></div>
                <div><dt>{t("Régime")}</dt><dd>{held.scheme.label()}</dd></div>
            </dl>
            {move || mine().then(|| {
                let (token, action) = for_attach.clone();
                view! {
                    <PageForm form=attach action send=calls::reply summary="problemes-rattacher">
                        <input type="hidden" name="token" value=token />
                        <input type="hidden" name="act" value=answer_act::ATTACH />
                        <p>{t("Vous êtes connecté\u{a0}: ce compte de cotisations peut rejoindre ceux que vous voyez déjà.")}</p>
                        <div class="actions"><Submit form=attach label=t("Le rattacher à mon compte") busy=t("Rattachement…") /></div>
                    </PageForm>
                }
            })}
            <PageForm form action send=calls::reply>
                <input type="hidden" name="token" value=token />
                <input type="hidden" name="act" value=answer_act::ACCEPT />
                <div class="field">
                    <label for="identifiant">{t("Identifiant")}</label>
                    // For those who keep passwords for people.
                    <input type="text" id="identifiant" autocomplete="username" readonly value=email.to_string() />
                </div>
                <Field form field=AnswerField::Name label=t("Prénom et nom") value=initial.name autocomplete="name" />
                <NewPasswordField form field=AnswerField::Password label=t("Mot de passe") />
                <p class="hint">{t("Ce lien sert une fois, jusqu’au ")} {until.short_moment()} "."</p>
                <div class="actions"><Submit form label=t("Créer mon compte") busy=t("Création…") /></div>
            </PageForm>
            {invited.then(|| {
                let (token, action) = for_refuse;
                view! {
                    <section class="remove" aria-labelledby="refuser-titre">
                        <h2 id="refuser-titre">{t("Refuser l’invitation")}</h2>
                        <p>{t("Aucun compte n’est créé, et le cabinet voit que vous avez refusé. Son mandat ne change pas.")}</p>
                        <PageForm form=refuse action send=calls::reply summary="problemes-refuser">
                            <input type="hidden" name="token" value=token />
                            <input type="hidden" name="act" value=answer_act::REFUSE />
                            <Submit form=refuse label=t("Refuser l’invitation") busy=t("Envoi…") quiet=true />
                        </PageForm>
                    </section>
                }
            })}
        </article>
    }
}

/// One page for a link that is unknown, answered, too old or taken back.
#[component]
fn Over() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::asking::set_status(404);
    view! {
        <article class="page narrow">
            <h1>{t("Ce lien n’est plus valable")}</h1>
            <p>{t("Il a déjà servi, il a été remplacé ou annulé, ou il est trop ancien.")}</p>
            <p>{t("Vous avez déjà un compte\u{202f}? Connectez-vous. Sinon, demandez à votre expert-comptable de renvoyer l’invitation, ou créez votre compte avec vos justificatifs.")}</p>
            <p class="actions">
                <a class="button primary" href=routes::SIGN_IN>{t("Se connecter")}</a>
                <a class="button" href=routes::APPLY>{t("Créer mon compte")}</a>
            </p>
        </article>
    }
}
