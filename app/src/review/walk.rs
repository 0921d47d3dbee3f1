//! The page: where one is, the client to look at, and the end of the walk.

use super::{calls, client::OneClient};
use crate::{
    parts::{
        address::asked_at,
        form::{Returned, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    dashboard::Concern,
    form::ReviewForm,
    french,
    language::t,
    review::{Step, Walk},
    say,
};

/// The page.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let asked = asked_at(routes::REVIEW, Walk::read);
    let query = use_location().search;
    // What was just said is a reason to look again: the client that changed meanwhile.
    let at = move || {
        (
            asked.get().0,
            routes::part(&query.get(), routes::param::DONE),
        )
    };
    let step = Resource::new_blocking(at, |(walk, _)| calls::next_stale(walk.query()));
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    let returned = use_returned::<ReviewForm>();
    // On arrival the focus is where every page puts it; from then on, on the next client.
    let moved = StoredValue::new(false);
    view! {
        <PageTitle text=t("Revue du portefeuille") />
        <article class="page review">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::DASHBOARD>{t("Tableau de bord")}</a></li></ol>
            </nav>
            <h1>{t("Revue du portefeuille")}</h1>
            <p class="muted">{t("Les mandats que personne n’a revus depuis un an, du plus ancien au plus récent.")}</p>
            <Show when=move || asked.get().1>
                <Notice kind="warning">
                    {t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}
                </Notice>
            </Show>
            {move || view! { <Whose mine=asked.get().0.mine /> }}
            <Said />
            <Transition>
                {move || {
                    let walk = asked.get().0;
                    let returned = returned.clone();
                    Suspend::new(async move {
                        let outcome = step.await;
                        loaded(outcome, |step| view! { <OneStep step walk returned moved /> })
                    })
                }}
            </Transition>
        </article>
    }
}

/// Everybody's clients, or mine.
#[component]
fn Whose(mine: bool) -> impl IntoView {
    let link = move |to: bool, words: &'static str| {
        let path = routes::review(&Walk::from_the_beginning(to));
        view! { <li><a href=path aria-current=(to == mine).then_some("page")>{words}</a></li> }
    };
    view! {
        <nav class="tabs" aria-label=t("Clients à revoir")>
            <ul role="list">
                {link(false, t("Tous les clients"))} {link(true, t("Ceux dont je suis en charge"))}
            </ul>
        </nav>
    }
}

#[component]
fn OneStep(
    step: Step,
    walk: Walk,
    returned: Returned<ReviewForm>,
    moved: StoredValue<bool>,
) -> impl IntoView {
    let Step {
        shown,
        ahead,
        stale,
    } = step;
    match shown {
        Some(shown) => view! {
            <Progress at={walk.done + 1} of={walk.done + ahead} />
            <OneClient shown=*shown walk returned moved />
        }
        .into_any(),
        None if stale > 0 => view! { <PutOff stale walk /> }.into_any(),
        None => view! { <AllDone walk /> }.into_any(),
    }
}

#[component]
fn Progress(at: u64, of: u64) -> impl IntoView {
    let words = say!(
        "{at}\u{a0}sur\u{a0}{of}",
        at = french::number(at),
        of = french::number(of)
    );
    view! {
        <p class="progress">
            <progress value={at.saturating_sub(1)} max=of aria-label=t("Mandats déjà vus")></progress>
            <span>{words}</span>
        </p>
    }
}

/// The end, where some were put off.
#[component]
fn PutOff(stale: u64, walk: Walk) -> impl IntoView {
    let again = routes::review(&Walk::from_the_beginning(walk.mine));
    view! {
        <div class="empty">
            <h2>{t("Vous êtes arrivé au bout")}</h2>
            <p>{french::count(stale, "mandat remis", "mandats remis")} {t(" à plus tard.")}</p>
            <p class="actions">
                <a class="button primary" href=again>{t("Les reprendre")}</a>
                <a class="button" href=routes::DASHBOARD>{t("Tableau de bord")}</a>
            </p>
        </div>
    }
}

/// The end, where nothing is left.
#[component]
fn AllDone(walk: Walk) -> impl IntoView {
    let words = if walk.mine {
        t(
            "Tous les mandats des clients dont vous êtes en charge ont été revus il y a moins d’un an.",
        )
    } else {
        t("Tous les mandats du portefeuille ont été revus il y a moins d’un an.")
    };
    view! {
        <div class="empty">
            <h2>{t("Rien à revoir")}</h2>
            <p>{words}</p>
            <p class="actions"><a class="button" href=routes::DASHBOARD>{t("Tableau de bord")}</a></p>
        </div>
    }
}

/// The list of all stale mandates, for whoever prefers a list.
pub(super) fn as_a_list() -> String {
    routes::list(&Concern::Stale.search())
}
