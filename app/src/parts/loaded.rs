//! What a page shows of what it loaded: the thing, or why not.

use crate::{
    missing::MissingPage,
    parts::{address::GoTo, frame::Who, notice::Trouble},
    refusal::{NoField, Refusal},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::language::t;
use portfolio::wording;

/// The view of what was loaded; the missing page, the sign-in page or the trouble otherwise.
pub fn loaded<T, V: IntoView + 'static>(
    outcome: Result<T, Refusal<NoField>>,
    view: impl FnOnce(T) -> V,
) -> AnyView {
    loaded_or_again(outcome, None, view)
}

/// The same; where the portal did not answer, a button asks `again`.
pub fn loaded_or_again<T, V: IntoView + 'static>(
    outcome: Result<T, Refusal<NoField>>,
    again: Option<Callback<()>>,
    view: impl FnOnce(T) -> V,
) -> AnyView {
    match outcome {
        Ok(thing) => view(thing).into_any(),
        Err(Refusal::NotFound) => view! { <MissingPage /> }.into_any(),
        Err(Refusal::Forbidden) => view! {
            <article class="page narrow">
                <div class="empty">
                    <h1>{t("Accès suspendu")}</h1>
                    <p>{t(wording::FORBIDDEN)}</p>
                    <p class="actions"><a class="button" href=format!("{}#contact-titre", routes::HELP)>{t("Nous contacter")}</a></p>
                </div>
            </article>
        }
        .into_any(),
        Err(Refusal::NotAllowed) => view! {
            <article class="page narrow">
                <div class="empty">
                    <h1>{t("Accès réservé")}</h1>
                    <p>{t(wording::NOT_ALLOWED)}</p>
                    <p class="actions"><a class="button" href=routes::CLIENTS>{t("Gérer les établissements")}</a></p>
                </div>
            </article>
        }
        .into_any(),
        Err(refusal @ (Refusal::SignedOut | Refusal::Unconfirmed | Refusal::SecondFactorWanted)) => {
            view! { <Elsewhere refusal /> }.into_any()
        }
        Err(refusal) => {
            // A page that the server drew was reached: only one in the browser is cut off, and has the script that asks again.
            let again = again.filter(|_| refusal == Refusal::Offline).map(|again| {
                view! {
                    <p class="actions">
                        <button type="button" class="button" on:click=move |_| again.run(())>{t("Réessayer")}</button>
                    </p>
                }
            });
            view! {
                <article class="page narrow">
                    <h1>{t("Un instant")}</h1>
                    <div class="summary" role="alert"><Trouble refusal /></div>
                    {again}
                </article>
            }
            .into_any()
        }
    }
}

/// What is drawn where rows are on their way; `text` says of what.
#[component]
pub fn Skeleton(text: &'static str) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{text}</span>
            <div></div>
            <div></div>
            <div></div>
        </div>
    }
}

/// What stands in the place of a page that is on its way. Every page has a heading of the first level: the style sheet shows this
/// where there is none yet, and only once somebody has waited long enough to wonder.
#[component]
pub fn Waiting() -> impl IntoView {
    view! {
        <div class="page waiting" role="status">
            <p class="muted">{t("Chargement de la page…")}</p>
            <div class="skeleton" aria-hidden="true"><div></div><div></div><div></div></div>
        </div>
    }
}

/// On to the page that lifts the refusal, and back here afterwards.
#[component]
fn Elsewhere(refusal: Refusal<NoField>) -> impl IntoView {
    let location = use_location();
    let search = location.search.get_untracked();
    let search = search.trim_start_matches('?');
    let mark = if search.is_empty() { "" } else { "?" };
    let here = format!("{}{mark}{search}", location.pathname.get_untracked());
    if refusal == Refusal::SignedOut {
        Who::here().set(None);
    }
    refusal.way_out(&here).map(|path| view! { <GoTo path /> })
}
