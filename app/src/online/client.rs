//! « Compte en ligne » of one client: the invitation, how it stands, and what can be done about it.

use super::{calls, list::StateTag};
use crate::{
    parts::{
        field::Field,
        form::{FormState, PageForm, Submit, use_form},
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    client::SignedIn,
    form::{OnlineField, OnlineForm, online_act},
    ids::EnrolmentId,
    invitation::{Invitation, Online},
    language::t,
};

/// The page.
#[component]
pub fn OnlinePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let search = use_location().search;
    // What was just done here is a reason to look again.
    let saves = RwSignal::new(0_u32);
    let online = Resource::new_blocking(
        move || (id(), search.get(), saves.get()),
        |(id, ..)| calls::standing(id),
    );
    let form = use_form(OnlineForm::default());
    view! {
        <PageTitle text=t("Compte en ligne du client") form=form.faulty() />
        <Transition>
            {move || {
                let id = id();
                Suspend::new(async move {
                    let outcome = online.await;
                    loaded(outcome, |online| view! { <Shown id online form saves /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(
    id: String,
    online: Online,
    form: FormState<OnlineForm>,
    saves: RwSignal<u32>,
) -> impl IntoView {
    let Online {
        client,
        since,
        invitation,
        known_email,
        in_force,
    } = online;
    let back = id.parse().map_or_else(
        |_| routes::CLIENTS.to_owned(),
        |id: EnrolmentId| routes::client(id, ""),
    );
    let action = id
        .parse()
        .map_or_else(|_| routes::CLIENTS.to_owned(), routes::online);
    let who = Who::here();
    let edits = move || who.with(|who| who.as_ref().is_some_and(SignedIn::edits));
    let waits = invitation.as_ref().is_some_and(|one| one.state.is_open());
    let email = match (&form.initial().email, &invitation) {
        (typed, _) if !typed.is_empty() => typed.clone(),
        (_, Some(one)) => one.email.to_string(),
        (_, None) => known_email,
    };
    let standing = invitation.map(|invitation| view! { <Standing invitation /> });
    let has_account = since.map(|at| {
        view! { <p>{t("Ce client a son propre compte depuis le ")} {at.long_date()} {t("\u{a0}: il y voit qui gère ses comptes, et peut retirer un service ou le mandat.")}</p> }
    });
    let may_invite = in_force && since.is_none();
    let cancelled = (id.clone(), action.clone());
    let to_invite = (id, action, email);
    view! {
        <article class="page narrow">
            <p class="crumbs"><a href=back>{client}</a></p>
            <h1>{t("Compte en ligne du client")}</h1>
            <Said />
            {has_account}
            {standing}
            {(!in_force).then(|| view! { <p>{t("Vous ne gérez plus ce client\u{a0}: il n’y a plus d’invitation à envoyer.")}</p> })}
            {move || (may_invite && edits()).then(|| {
                let (of, action, email) = to_invite.clone();
                view! { <Invite of action email waits form saves /> }
            })}
            {move || (waits && edits()).then(|| view! { <Cancel of=cancelled.0.clone() action=cancelled.1.clone() /> })}
            <p><a href=routes::INVITATIONS>{t("Toutes les invitations")}</a></p>
        </article>
    }
}

#[component]
fn Invite(
    of: String,
    action: String,
    email: String,
    waits: bool,
    form: FormState<OnlineForm>,
    saves: RwSignal<u32>,
) -> impl IntoView {
    let (label, words) = if waits {
        (
            t("Renvoyer l’invitation"),
            t("Un nouveau lien part, valable 21\u{a0}jours\u{202f}; le précédent ne s’ouvre plus."),
        )
    } else {
        (
            t("Envoyer l’invitation"),
            t(
                "Votre client reçoit un lien, valable 21\u{a0}jours, pour créer son compte ou refuser.",
            ),
        )
    };
    let send = move |typed| async move {
        let next = calls::act(typed).await?;
        // The address may be the same as before: it is looked again all the same.
        let _ = saves.try_update(|saves| *saves += 1);
        Ok(next)
    };
    view! {
        <PageForm form action send>
            <input type="hidden" name="of" value=of />
            <input type="hidden" name="act" value=online_act::INVITE />
            <Field
                form
                field=OnlineField::Email
                label=t("Adresse électronique du client")
                hint=words
                value=email
                inputmode="email"
            />
            <div class="actions"><Submit form label busy=t("Envoi…") /></div>
        </PageForm>
    }
}

#[component]
fn Standing(invitation: Invitation) -> impl IntoView {
    let Invitation {
        email,
        sent_at,
        until,
        state,
        answered_at,
        ..
    } = invitation;
    let answered = answered_at.map(|at| {
        view! { <div><dt>{t("Réponse")}</dt><dd>{at.short_moment()}</dd></div> }
    });
    view! {
        <dl class="facts-line">
            <div><dt>{t("Invitation")}</dt><dd><StateTag state /></dd></div>
            <div><dt>{t("Adresse")}</dt><dd>{email.to_string()}</dd></div>
            <div><dt>{t("Envoyée")}</dt><dd>{sent_at.short_moment()}</dd></div>
            {state.is_open().then(|| view! { <div><dt>{t("Valable jusqu’au")}</dt><dd>{until.short_moment()}</dd></div> })}
            {answered}
        </dl>
    }
}

#[component]
fn Cancel(of: String, action: String) -> impl IntoView {
    let form = FormState::new(
        None,
        OnlineForm {
            of: of.clone(),
            act: online_act::CANCEL.to_owned(),
            ..OnlineForm::default()
        },
    );
    view! {
        <PageForm form action send=calls::act summary="problemes-annuler">
            <input type="hidden" name="of" value=of />
            <input type="hidden" name="act" value=online_act::CANCEL />
            <Submit form label=t("Annuler l’invitation") busy=t("Annulation…") quiet=true />
        </PageForm>
    }
}
