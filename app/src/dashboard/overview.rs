//! The page: what needs attention, what is under way, how the portfolio moved and how it is made up.

use super::{
    breakdown::Breakdowns,
    calls,
    mine::{Changes, Drafts, Recent},
    movement::Movement,
};
use crate::{
    parts::{
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use portfolio::{
    bulk::Job,
    dashboard::{Concern, Overview},
    french,
    language::t,
    review::Walk,
};

/// The anchor of the enrolments in the making.
pub(super) const DRAFTS: &str = "en-cours";

/// The page.
#[component]
pub fn DashboardPage() -> impl IntoView {
    let overview = Resource::new_blocking(|| (), |()| calls::whole_portfolio());
    let changes = Resource::new_blocking(|| (), |()| calls::recent_changes());
    view! {
        <PageTitle text=t("Tableau de bord") />
        <Suspense>
            {move || Suspend::new(async move {
                // Without them the dashboard is still one: what is wrong is told by the overview.
                let (outcome, changes) = (overview.await, changes.await.unwrap_or_default());
                loaded(outcome, |overview| view! { <Whole overview changes /> })
            })}
        </Suspense>
    }
}

#[component]
fn Whole(overview: Overview, changes: Vec<Job>) -> impl IntoView {
    let empty = overview.managed == 0;
    let quiet = overview.is_quiet();
    let Overview {
        managed,
        attention,
        imports,
        in_the_making,
        drafts,
        recent,
        makeup,
        movement,
    } = overview;
    let moved = movement
        .iter()
        .any(|moves| moves.added + moves.ended > 0 || moves.managed > 0);
    let lead = if empty {
        t("Votre portefeuille est vide pour le moment.").into_any()
    } else {
        view! {
            <a href=routes::CLIENTS>{french::count(managed, "client géré", "clients gérés")}</a>
            {t(" par votre cabinet.")}
        }
        .into_any()
    };
    view! {
        <article class="page wide dashboard">
            <header class="head">
                <div>
                    <h1>{t("Tableau de bord")}</h1>
                    <p class="muted">{lead}</p>
                </div>
                <a class="button primary" href=routes::ADD>{t("+ Ajouter un compte")}</a>
            </header>
            <Said />
            {empty.then(|| view! { <First /> })}
            {(!empty || !quiet).then(|| view! {
                <Attention attention imports drafts=in_the_making quiet />
            })}
            <div class="halves">
                <Changes changes />
                <Drafts drafts all=in_the_making />
                <Recent recent />
            </div>
            {moved.then(|| view! { <Movement movement /> })}
            {(!empty).then(|| view! { <Breakdowns makeup managed /> })}
        </article>
    }
    .into_any()
}

/// What to do first.
#[component]
fn First() -> impl IntoView {
    let who = Who::here();
    let manages = move || {
        who.with(|who| {
            who.as_ref()
                .is_some_and(portfolio::client::SignedIn::administers)
        })
    };
    view! {
        <section class="first" aria-labelledby="commencer">
            <h2 id="commencer">{t("Pour commencer")}</h2>
            <ol>
                <li>
                    <a href=routes::ADD>{t("Ajoutez un premier compte")}</a>
                    {t(" avec le Siren de votre client et deux informations qu’il vous aura données.")}
                </li>
                <li>{t("Choisissez les services à ouvrir pour lui\u{a0}: rien n’est coché à votre place.")}</li>
                {move || manages().then(|| view! {
                    <li><a href=routes::INVITE>{t("Invitez les personnes de votre cabinet")}</a> {t(" qui géreront les comptes avec vous.")}</li>
                })}
            </ol>
            <p class="muted"><a href=routes::HELP>{t("Voir comment ça marche")}</a></p>
        </section>
    }
}

/// Numbers that lead to their lists; a quiet word when there are none.
#[component]
fn Attention(
    attention: Vec<(Concern, u64)>,
    imports: u64,
    drafts: u64,
    quiet: bool,
) -> impl IntoView {
    if quiet {
        return view! {
            <section aria-labelledby="attention">
                <h2 id="attention">{t("À traiter")}</h2>
                <p class="quiet-state">
                    <span class="tag success"><span aria-hidden="true">"✓"</span> {t(" Rien à signaler")}</span>
                    {t("Aucun compte radié ou suspendu, au moins un service pour chaque client, et tous les mandats revus il y a moins d’un an.")}
                </p>
            </section>
        }
        .into_any();
    }
    let concerns = attention
        .into_iter()
        .filter(|(_, clients)| *clients > 0)
        .map(|(concern, clients)| {
            let review = (concern == Concern::Stale).then(|| view! {
                <a class="more" href=routes::review(&Walk::default())>{t("Commencer la revue")}</a>
            });
            view! {
                <li class=class(concern)>
                    <a class="figure" href=routes::list(&concern.search())>
                        <strong>{french::number(clients)}</strong>
                        <span>{concern.noun(clients)}</span>
                    </a>
                    <p>{concern.advice()}</p>
                    {review}
                </li>
            }
        })
        .collect_view();
    let imports = (imports > 0).then(|| view! {
        <li class="warning">
            <a class="figure" href=routes::imports_to_mend()>
                <strong>{french::number(imports)}</strong>
                <span>{if imports < 2 { t("import à corriger") } else { t("imports à corriger") }}</span>
            </a>
            <p>{t("Des lignes ont été refusées.")}</p>
        </li>
    });
    let drafts = (drafts > 0).then(|| view! {
        <li class="info">
            <a class="figure" href=format!("#{DRAFTS}")>
                <strong>{french::number(drafts)}</strong>
                <span>{if drafts < 2 { t("inscription en cours") } else { t("inscriptions en cours") }}</span>
            </a>
            <p>{t("À terminer dans les 12\u{a0}heures.")}</p>
        </li>
    });
    view! {
        <section aria-labelledby="attention">
            <h2 id="attention">{t("À traiter")}</h2>
            <ul class="tiles" role="list">{concerns} {imports} {drafts}</ul>
        </section>
    }
    .into_any()
}

const fn class(concern: Concern) -> &'static str {
    match concern {
        Concern::StruckOff => "danger",
        Concern::Suspended | Concern::NoService => "warning",
        Concern::Stale => "info",
    }
}
