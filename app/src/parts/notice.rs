//! Messages that stand in the page.

use crate::{refusal::Refusal, routes};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::wording;

/// A message; announced when it appears.
#[component]
pub fn Notice(
    /// `warning`, `success`, or nothing for information.
    #[prop(optional)]
    kind: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! { <div class=format!("notice {kind}") role="status">{children()}</div> }
}

/// What went wrong without anybody's fault here, and what to do about it.
#[component]
pub fn Trouble<F: Send + 'static>(
    /// The refusal.
    refusal: Refusal<F>,
) -> impl IntoView {
    match refusal {
        Refusal::Offline => view! {
            <p>{t("Le portail ne répond pas. Vérifiez votre connexion, puis réessayez\u{a0}: votre saisie est conservée.")}</p>
        }
        .into_any(),
        Refusal::Unavailable { reference } => view! {
            <p>
                {t("Le portail rencontre une difficulté. Réessayez dans un instant. Si cela continue, ")}
                <a href=routes::HELP>{t("contactez-nous")}</a>
                {t(" avec cette référence\u{a0}: ")} <code>{reference}</code>
            </p>
        }
        .into_any(),
        Refusal::NotFound => view! {
            <p>
                {t("Ce que vous cherchez n’est pas dans votre portefeuille, ou l’inscription a été abandonnée. ")}
                <a href=routes::CLIENTS>{t("Gérer les établissements")}</a>
            </p>
        }
        .into_any(),
        Refusal::Forbidden => view! { <p>{t(wording::FORBIDDEN)}</p> }.into_any(),
        Refusal::NotAllowed => view! { <p>{t(wording::NOT_ALLOWED)}</p> }.into_any(),
        Refusal::SecondFactorWanted => view! {
            <p>{t(wording::SECOND_FACTOR_WANTED)} " " <a href=routes::SECURITY>{t("Sécurité")}</a></p>
        }
        .into_any(),
        Refusal::Unconfirmed => view! { <p>{t(wording::CONFIRM)}</p> }.into_any(),
        Refusal::SignedOut => view! {
            <p>{t("Votre session a pris fin. ")} <a href=routes::SIGN_IN>{t("Reconnectez-vous")}</a></p>
        }
        .into_any(),
        Refusal::Unreadable | Refusal::Problems(_) => view! {
            <p>{t("Ce qui a été envoyé n’a pas pu être lu. Rechargez la page, puis réessayez.")}</p>
        }
        .into_any(),
    }
}
