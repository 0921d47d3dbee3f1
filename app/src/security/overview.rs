//! The page « Sécurité »: what protects one's access, and where one is signed in.

use super::calls::{end_sessions, show_access};
use crate::{
    browser,
    parts::{
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
        passkey::Offered,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::{
    access::{Access, Open, Passkey, left_told},
    form::EndSessionsForm,
    language::t,
    passkey::MOST,
    say,
    time::Timestamp,
    wording,
};

/// The title of the sessions, where the focus goes when one has been ended.
const SESSIONS: &str = "sessions-titre";

/// The page.
#[component]
pub fn SecurityPage() -> impl IntoView {
    let times = RwSignal::new(0_u32);
    let found = Resource::new_blocking(move || times.get(), |_| show_access());
    let returned = use_returned::<EndSessionsForm>();
    view! {
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, |access| view! { <Whole access returned times /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Whole(
    access: Access,
    #[prop(optional_no_strip)] returned: Returned<EndSessionsForm>,
    times: RwSignal<u32>,
) -> impl IntoView {
    let Access {
        wanted,
        application,
        passkeys,
        codes_left,
        sessions,
    } = access;
    let holds = !passkeys.is_empty();
    let who = Who::here();
    // Officers of the body have no clients.
    let firm = move || who.with(|who| who.as_ref().is_some_and(|who| who.seat.role().is_some()));
    view! {
        <PageTitle text=t("Sécurité") />
        <article class="page narrow security">
            <h1>{t("Sécurité")}</h1>
            {wanted.then(|| view! { <Notice kind="warning">{t(wording::SECOND_FACTOR_WANTED)}</Notice> })}
            <Said again="" />
            <section aria-labelledby="preuve-titre">
                <h2 id="preuve-titre">{t("Seconde preuve")}</h2>
                <SecondFactor application holds codes_left wanted />
            </section>
            <Passkeys passkeys />
            <section aria-labelledby="mot-de-passe-titre">
                <h2 id="mot-de-passe-titre">{t("Mot de passe")}</h2>
                <p>{t("En changer ferme toutes vos autres sessions.")}</p>
                <p class="actions"><a class="button" href=routes::PASSWORD>{t("Changer de mot de passe")}</a></p>
            </section>
            {firm().then(|| view! {
                <section aria-labelledby="courriels-titre">
                    <h2 id="courriels-titre">{t("Courriels")}</h2>
                    <p>{t("Choisissez ceux que le portail vous envoie.")}</p>
                    <p class="actions"><a class="button" href=routes::NOTICES>{t("Mes courriels")}</a></p>
                </section>
            })}
            <section aria-labelledby=SESSIONS>
                <h2 id=SESSIONS tabindex="-1">{t("Sessions ouvertes")}</h2>
                <p>{t("Fermez celles que vous ne reconnaissez pas, puis changez de mot de passe.")}</p>
                <SessionList sessions returned times />
            </section>
        </article>
    }
}

#[component]
fn SecondFactor(
    #[prop(optional_no_strip)] application: Option<Timestamp>,
    holds: bool,
    codes_left: u8,
    /// Whether the firm asks for one: the password alone does not do then.
    wanted: bool,
) -> impl IntoView {
    match application {
        None if holds => view! {
            <p>
                {t("Après votre mot de passe, une clé d’accès ou un code de secours est demandé. Codes de secours\u{a0}: ")}
                {left_told(codes_left).to_lowercase()}
            </p>
            <p class="actions">
                <a class="button" href=routes::CODES>{t("Codes de secours")}</a>
                <a class="button" href=routes::APPLICATION>{t("Ajouter une application")}</a>
            </p>
        }
        .into_any(),
        None => view! {
            <p>
                {(!wanted).then_some(t("Votre mot de passe suffit pour vous connecter. "))}
                {t("Une application de votre téléphone peut demander en plus un code, ")}
                {t("qui change toutes les 30\u{a0}secondes\u{a0}: un mot de passe volé n’ouvre alors plus rien.")}
            </p>
            <p class="actions"><a class="button primary" href=routes::APPLICATION>{t("Ajouter une application")}</a></p>
        }
        .into_any(),
        Some(since) => view! {
            <p>
                {t("Depuis le ")} {since.long_date()}
                {t(", un code de votre application est demandé après votre mot de passe. Codes de secours\u{a0}: ")}
                {left_told(codes_left).to_lowercase()}
            </p>
            <p class="actions">
                <a class="button" href=routes::CODES>{t("Codes de secours")}</a>
                <a class="button" href=routes::REMOVE_APPLICATION>{t("Retirer l’application")}</a>
            </p>
        }
        .into_any(),
    }
}

/// What is kept of them, and the way to another one. Where the portal has none and neither has the member, nothing is said.
#[component]
fn Passkeys(passkeys: Vec<Passkey>) -> impl IntoView {
    let offered = Offered::here();
    if !offered && passkeys.is_empty() {
        return ().into_any();
    }
    let more = offered && passkeys.len() < MOST;
    view! {
        <section aria-labelledby="cles-titre">
            <h2 id="cles-titre">{t("Clés d’accès")}</h2>
            <p>
                {t("Avec une clé d’accès, votre appareil vous connecte sans identifiant ni mot de passe\u{a0}: il vous reconnaît à votre ")}
                {t("empreinte, à votre visage ou à son code. Un site qui imite le portail ne peut rien en faire.")}
            </p>
            {(!passkeys.is_empty()).then(|| view! {
                <ul class="sessions" role="list">
                    {passkeys.into_iter().map(|key| view! { <Held key /> }).collect_view()}
                </ul>
            })}
            {more.then(|| view! {
                <p class="actions"><a class="button" href=routes::PASSKEY>{t("Ajouter une clé d’accès")}</a></p>
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Held(key: Passkey) -> impl IntoView {
    let Passkey {
        id,
        name,
        added,
        used,
    } = key;
    let used = match used {
        Some(used) => view! {
            {t(", utilisée le ")} <time datetime=used.iso_date()>{used.short_moment()}</time>
        }
        .into_any(),
        None => t(", jamais utilisée").into_any(),
    };
    view! {
        <li>
            <div>
                <p class="strong">{name.clone()}</p>
                <p class="muted">{t("Ajoutée le ")} <time datetime=added.iso_date()>{added.short_moment()}</time> {used}</p>
            </div>
            <a class="button" href=routes::passkey(id)>{t("Retirer")} <span class="visually-hidden">{t(" la clé d’accès ")} {name}</span></a>
        </li>
    }
}

#[component]
fn SessionList(
    sessions: Vec<Open>,
    #[prop(optional_no_strip)] returned: Returned<EndSessionsForm>,
    times: RwSignal<u32>,
) -> impl IntoView {
    let several = sessions.len() > 1;
    let send = move |typed| async move {
        let next = end_sessions(typed).await?;
        times.update(|times| *times += 1);
        Ok(next)
    };
    if times.get_untracked() > 0 {
        // The button that was pressed is gone.
        Effect::new(move || request_animation_frame(|| browser::focus(SESSIONS)));
    }
    let others = FormState::new(returned, EndSessionsForm::others());
    view! {
        <ul class="sessions" role="list">
            {sessions
                .into_iter()
                .map(|open| {
                    let name = open.name();
                    let form = FormState::new(None, EndSessionsForm::one(open.id));
                    let (id, of) = (open.id.to_string(), say!(" la session {name}", name));
                    let end = (!open.here).then(|| view! {
                        <PageForm form action=routes::SECURITY send summary="problemes-session">
                            <input type="hidden" name="of" value=id />
                            <Submit form label=t("Fermer") busy=t("Fermeture…") of />
                        </PageForm>
                    });
                    view! {
                        <li>
                            <div>
                                <p class="strong">{name} {open.here.then_some(t(" (cette session)"))}</p>
                                <p class="muted">
                                    {t("Adresse ")} <span class="identifier">{open.address}</span>
                                    {t(", ouverte le ")} <time datetime=open.begun.iso_date()>{open.begun.short_moment()}</time>
                                    {t(", utilisée le ")} <time datetime=open.seen.iso_date()>{open.seen.short_moment()}</time>
                                </p>
                            </div>
                            {end}
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        {several.then(|| view! {
            <PageForm form=others action=routes::SECURITY send>
                <input type="hidden" name="of" value=EndSessionsForm::others().of />
                <Submit form=others label=t("Fermer toutes les autres sessions") busy=t("Fermeture…") />
            </PageForm>
        })}
    }
}
