//! Messages that stand in the page.

use crate::{refusal::Refusal, routes};
use leptos::prelude::*;
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
            <p>"Le portail ne répond pas. Vérifiez votre connexion, puis réessayez\u{a0}: votre saisie est conservée."</p>
        }
        .into_any(),
        Refusal::Unavailable { reference } => view! {
            <p>
                "Le portail rencontre une difficulté. Réessayez dans un instant. Si cela continue, "
                <a href=routes::HELP>"contactez-nous"</a>
                " avec cette référence\u{a0}: " <code>{reference}</code>
            </p>
        }
        .into_any(),
        Refusal::NotFound => view! {
            <p>
                "Ce que vous cherchez n’est pas dans votre portefeuille, ou l’inscription a été abandonnée. "
                <a href=routes::CLIENTS>"Gérer les établissements"</a>
            </p>
        }
        .into_any(),
        Refusal::Forbidden => view! { <p>{wording::FORBIDDEN}</p> }.into_any(),
        Refusal::NotAllowed => view! { <p>{wording::NOT_ALLOWED}</p> }.into_any(),
        Refusal::SecondFactorWanted => view! {
            <p>{wording::SECOND_FACTOR_WANTED} " " <a href=routes::SECURITY>"Sécurité"</a></p>
        }
        .into_any(),
        Refusal::Unconfirmed => view! { <p>{wording::CONFIRM}</p> }.into_any(),
        Refusal::SignedOut => view! {
            <p>"Votre session a pris fin. " <a href=routes::SIGN_IN>"Reconnectez-vous"</a></p>
        }
        .into_any(),
        Refusal::Unreadable | Refusal::Problems(_) => view! {
            <p>"Ce qui a été envoyé n’a pas pu être lu. Rechargez la page, puis réessayez."</p>
        }
        .into_any(),
    }
}
