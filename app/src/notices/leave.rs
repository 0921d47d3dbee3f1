//! « Ne plus recevoir ces courriels »: the page that a message's link opens. Nothing is stopped before the button is pressed, and nobody
//! has to sign in. The form is posted to the page's own address, with a script or without, as a mail program does it by one click.

use super::calls;
use crate::{
    parts::{frame::PageTitle, loaded::loaded, notice::Notice},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use portfolio::{language::t, letter::Notice as Kind, ports::LeaveMeant};

/// The page.
#[component]
pub fn LeavePage() -> impl IntoView {
    let params = use_params_map();
    let token = params.with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    let meant = Resource::new_blocking(move || asked.clone(), calls::meant);
    view! {
        <PageTitle text=t("Ne plus recevoir ces courriels") />
        <article class="page narrow">
            <Suspense>
                {move || {
                    let action = format!("{}{token}", routes::LEAVE);
                    Suspend::new(async move {
                        let outcome = meant.await;
                        loaded(outcome, |meant| match meant {
                            LeaveMeant::Known(kind, true) => view! { <Question kind action /> }.into_any(),
                            LeaveMeant::Known(kind, false) => view! { <Stopped kind /> }.into_any(),
                            LeaveMeant::Unknown => view! { <Over /> }.into_any(),
                            LeaveMeant::Paused => view! {
                                <h1>{t("Trop d’essais")}</h1>
                                <p>{t("Réessayez dans un quart d’heure.")}</p>
                            }
                            .into_any(),
                        })
                    })
                }}
            </Suspense>
        </article>
    }
}

#[component]
fn Question(kind: Kind, action: String) -> impl IntoView {
    view! {
        <h1>{t("Ne plus recevoir ces courriels")}</h1>
        <p>{t("Courriels concernés\u{a0}: ")} <strong>{kind.label()}</strong> {t(". Les autres continuent.")}</p>
        <form method="post" action=action>
            <button type="submit" class="button primary">{t("Ne plus les recevoir")}</button>
        </form>
        <p class="muted">{t("Vous pourrez les reprendre quand vous voudrez, sur la page «\u{a0}Courriels\u{a0}» du portail.")}</p>
    }
}

#[component]
fn Stopped(kind: Kind) -> impl IntoView {
    view! {
        <h1>{t("C’est arrêté")}</h1>
        <Notice kind="success">{t("Vous ne recevez plus ces courriels\u{a0}: ")} {kind.label()} "."</Notice>
        <p><a href=routes::NOTICES>{t("Choisir ses courriels")}</a> {t(", une fois connecté.")}</p>
    }
}

#[component]
fn Over() -> impl IntoView {
    #[cfg(feature = "ssr")]
    crate::asking::set_status(404);
    view! {
        <h1>{t("Ce lien n’ouvre rien")}</h1>
        <p>{t("Il a pu être coupé en route. Connectez-vous pour choisir vos courriels.")}</p>
        <p class="actions"><a class="button" href=routes::NOTICES>{t("Choisir ses courriels")}</a></p>
    }
}
