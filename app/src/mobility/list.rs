//! « Travailler à l'étranger »: the requests of the whole firm.

use super::{calls, map::Abroad, rows::Requests};
use crate::{
    parts::{
        address::asked_at,
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
        pager::span,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use portfolio::{
    french,
    language::t,
    mobility::{
        country::Country,
        day::Day,
        life::State,
        request::Listing,
        search::{MobilitySearch, PAGE, SOON, param},
    },
    say,
};

/// The page.
#[component]
pub fn MobilityPage() -> impl IntoView {
    let asked = asked_at(routes::MOBILITY, routes::mobility_of);
    let found = Resource::new_blocking(move || asked.get().0.query(), calls::requests);
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    view! {
        <PageTitle text=t("Travailler à l’étranger") />
        <Transition>
            {move || {
                let (search, unread) = asked.get();
                Suspend::new(async move {
                    let outcome = found.await;
                    loaded(outcome, move |listing| view! { <Shown listing search unread /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(listing: Listing, search: MobilitySearch, unread: bool) -> impl IntoView {
    let Listing {
        rows,
        total,
        page,
        abroad,
        ending,
        asked,
        countries,
        today,
    } = listing;
    let edits = Who::here()
        .with_untracked(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let narrowed = search.narrows();
    let nothing = rows.is_empty();
    let of = |narrowing: MobilitySearch| routes::mobility_list(&narrowing);
    let soon = (ending > 0).then(|| {
        let to = of(MobilitySearch { ending: true, ..MobilitySearch::default() });
        let told = french::count(ending, "certificat se termine", "certificats se terminent");
        view! { <Notice><a href=to>{told}</a> {say!(" dans les {soon}\u{a0}prochains jours.", soon = SOON)}</Notice> }
    });
    let waiting = (asked > 0).then(|| {
        let to = of(MobilitySearch { state: Some(State::Asked), ..MobilitySearch::default() });
        let told = french::count(asked, "demande attend", "demandes attendent");
        view! { <Notice kind="warning"><a href=to>{told}</a> {t(" une réponse de votre part.")}</Notice> }
    });
    view! {
        <article class="page wide mobility">
            <header class="head">
                <div>
                    <h1>{t("Travailler à l’étranger")}</h1>
                    <p class="muted">{t("Les demandes de certificat de tous vos clients. Une demande se commence sur la page du client.")}</p>
                </div>
                <div class="actions">
                    {edits.then(|| view! { <a class="button" href=routes::POSTINGS>{t("Importer un fichier")}</a> })}
                    <form method="post" action=routes::export_mobility(&search) class="export">
                        <button type="submit" class="button">{t("Exporter (CSV)")}</button>
                    </form>
                </div>
            </header>
            {unread.then(|| view! {
                <Notice kind="warning">{t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}</Notice>
            })}
            {waiting}
            {soon}
            <Filters search=search.clone() countries />
            {if nothing {
                view! { <Nothing narrowed /> }.into_any()
            } else {
                view! {
                    <Count page total />
                    <Requests rows caption=t("Demandes, de la plus récente à la plus ancienne") with_client=true />
                    <Pages search page total />
                }
                .into_any()
            }}
            <Abroad places=abroad today />
        </article>
    }
}

#[component]
fn Count(page: u64, total: u64) -> impl IntoView {
    let (first, last) = span(page, PAGE, total);
    let of = french::count(total, "demande", "demandes");
    view! { <p class="count" role="status">{say!("Affichage de {first} à {last} sur {of}", first, last, of)}</p> }
}

#[component]
fn Pages(search: MobilitySearch, page: u64, total: u64) -> impl IntoView {
    let last = total.div_ceil(PAGE).max(1);
    let to = |page: u64| routes::mobility_list(&search.on_page(page));
    let before = (page > 1).then(|| to(page - 1));
    let after = (page < last).then(|| to(page + 1));
    (last > 1).then(|| {
        view! {
            <nav class="pager" aria-label=t("Pages de demandes")>
                <ul role="list">
                    <li>{before.map(|to| view! { <a href=to rel="prev">{t("Précédentes")}</a> })}</li>
                    <li>{after.map(|to| view! { <a href=to rel="next">{t("Suivantes")}</a> })}</li>
                </ul>
            </nav>
        }
    })
}

/// State, country, days, name: all of it in the address.
#[component]
fn Filters(search: MobilitySearch, countries: Vec<Country>) -> impl IntoView {
    let states = State::ALL
        .map(|state| {
            let chosen = search.state == Some(state);
            view! { <option value=state.code() selected=chosen>{state.label()}</option> }
        })
        .collect_view();
    let countries = countries
        .into_iter()
        .map(|country| {
            let chosen = search.country == Some(country);
            view! { <option value=country.code() selected=chosen>{country.name()}</option> }
        })
        .collect_view();
    let all = search.narrows();
    let day = |day: Option<Day>| day.map(Day::iso).unwrap_or_default();
    view! {
        <search>
            <Form method="GET" action=routes::MOBILITY attr:class="search">
                <div class="field">
                    <label for="q">{t("Personne ou client")}</label>
                    <input type="search" id="q" name=param::TEXT value=search.text.clone() autocomplete="off" maxlength="100" />
                </div>
                <div class="field">
                    <label for="etat">{t("État")}</label>
                    <select id="etat" name=param::STATE>
                        <option value="">{t("Tous")}</option>
                        {states}
                    </select>
                </div>
                <div class="field">
                    <label for="pays">{t("Pays")}</label>
                    <select id="pays" name=param::COUNTRY>
                        <option value="">{t("Tous")}</option>
                        {countries}
                    </select>
                </div>
                <div class="field">
                    <label for="du">{t("À l’étranger du")}</label>
                    <input type="date" id="du" name=param::SINCE value=day(search.since) />
                </div>
                <div class="field">
                    <label for="au">{t("Au")}</label>
                    <input type="date" id="au" name=param::UNTIL value=day(search.until) />
                </div>
                <label class="choice">
                    <input type="checkbox" id="fin" name=param::ENDING value="1" checked=search.ending />
                    <span>{say!("Se termine dans les {soon}\u{a0}jours", soon = SOON)}</span>
                </label>
                <button type="submit" class="button">{t("Filtrer")}</button>
                {all.then(|| view! { <a class="button quiet" href=routes::MOBILITY>{t("Tout afficher")}</a> })}
            </Form>
        </search>
    }
}

#[component]
fn Nothing(narrowed: bool) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            {if narrowed {
                view! {
                    <h2>{t("Aucune demande ne correspond")}</h2>
                    <p>{t("Essayez un autre état, un autre pays ou d’autres dates.")}</p>
                    <p class="actions"><a class="button" href=routes::MOBILITY>{t("Tout afficher")}</a></p>
                }
                .into_any()
            } else {
                view! {
                    <h2>{t("Aucune demande pour le moment")}</h2>
                    <p>{t("Ouvrez la page d’un client qui a le service «\u{a0}Travailler à l’étranger\u{a0}», puis «\u{a0}Nouvelle demande\u{a0}».")}</p>
                    <p class="actions"><a class="button" href=routes::CLIENTS>{t("Gérer les établissements")}</a></p>
                }
                .into_any()
            }}
        </div>
    }
}
