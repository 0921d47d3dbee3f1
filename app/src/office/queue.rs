//! The queue: what waits for a decision, the oldest first; and what became of the rest.

use super::calls;
use crate::{
    mobility::rows::RequestTag,
    parts::{address::asked_at, frame::PageTitle, loaded::loaded, notice::Notice},
    routes,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use portfolio::{
    french,
    language::t,
    mobility::{
        country,
        form::Journey,
        queue::{QueueSearch, STATES, param},
        search::PAGE,
    },
    ports::{Queue, QueueRow},
    say,
};

/// The page.
#[component]
pub fn QueuePage() -> impl IntoView {
    let asked = asked_at(routes::OFFICE, routes::queue_of);
    let page = Resource::new_blocking(move || asked.get().0.query(), calls::waiting);
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    view! {
        <PageTitle text=t("Demandes à décider") />
        <Transition>
            {move || {
                let (search, unread) = asked.get();
                Suspend::new(async move {
                    let outcome = page.await;
                    loaded(outcome, move |queue| view! { <Shown queue search unread /> })
                })
            }}
        </Transition>
    }
}

/// « Détachement » or « Pluriactivité ».
pub fn kind(journey: Journey) -> &'static str {
    match journey {
        Journey::Posting => t("Détachement"),
        Journey::Several => t("Pluriactivité"),
    }
}

#[component]
fn Shown(queue: Queue, search: QueueSearch, unread: bool) -> impl IntoView {
    let Queue {
        rows,
        total,
        examination,
        asked,
    } = queue;
    let waiting = say!(
        "{examination} et {asked}.",
        examination = french::count(examination, "demande à examiner", "demandes à examiner"),
        asked = french::count(asked, "complément attendu", "compléments attendus")
    );
    let narrowed = search.narrows();
    let empty = rows.is_empty();
    let page = search.page;
    let newer = (page > 1).then(|| routes::queue(&search.on_page(page - 1)));
    let older = (page * PAGE < total).then(|| routes::queue(&search.on_page(page + 1)));
    view! {
        <article class="page wide office">
            <header class="head">
                <div>
                    <h1>{t("Demandes à décider")}</h1>
                    <p class="muted">{waiting}</p>
                </div>
            </header>
            {unread.then(|| view! {
                <Notice kind="warning">{t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}</Notice>
            })}
            <Filters search />
            {if empty {
                view! { <Nothing narrowed /> }.into_any()
            } else {
                view! { <Rows rows total /> }.into_any()
            }}
            {(newer.is_some() || older.is_some()).then(|| view! {
                <nav class="pager" aria-label=t("Pages de la file")>
                    <ul role="list">
                        <li>{newer.map(|to| view! { <a href=to rel="prev">{t("Page précédente")}</a> })}</li>
                        <li>{older.map(|to| view! { <a href=to rel="next">{t("Page suivante")}</a> })}</li>
                    </ul>
                </nav>
            })}
        </article>
    }
}

/// State, country and kind: all of it in the address.
#[component]
fn Filters(search: QueueSearch) -> impl IntoView {
    let states = STATES
        .map(|state| {
            let chosen = search.state == Some(state);
            view! { <option value=state.code() selected=chosen>{state.label()}</option> }
        })
        .collect_view();
    let countries = country::destinations()
        .map(|country| {
            let chosen = search.country == Some(country);
            view! { <option value=country.code() selected=chosen>{country.name()}</option> }
        })
        .collect_view();
    let kinds = Journey::ALL
        .map(|journey| {
            let chosen = search.kind == Some(journey);
            view! { <option value=journey.code() selected=chosen>{kind(journey)}</option> }
        })
        .collect_view();
    let narrowed = search.narrows();
    view! {
        <search>
            <Form method="GET" action=routes::OFFICE attr:class="search">
                <div class="field">
                    <label for="etat">{t("État")}</label>
                    <select id="etat" name=param::STATE>
                        <option value="">{t("En attente d’une décision")}</option>
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
                    <label for="type">{t("Type")}</label>
                    <select id="type" name=param::KIND>
                        <option value="">{t("Tous")}</option>
                        {kinds}
                    </select>
                </div>
                <button type="submit" class="button">{t("Filtrer")}</button>
                {narrowed.then(|| view! { <a class="button quiet" href=routes::OFFICE>{t("Tout ce qui attend")}</a> })}
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
                    <p>{t("Essayez un autre état, un autre pays ou un autre type.")}</p>
                    <p class="actions"><a class="button" href=routes::OFFICE>{t("Tout ce qui attend")}</a></p>
                }
                .into_any()
            } else {
                view! {
                    <h2>{t("Rien n’attend")}</h2>
                    <p>{t("Les demandes que les règles ne suffisent pas à trancher arrivent ici, la plus ancienne en tête.")}</p>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn Rows(rows: Vec<QueueRow>, total: u64) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|QueueRow { row, firm, submitted_at }| {
            let countries = row.countries.iter().map(|country| country.name());
            let countries = countries.collect::<Vec<_>>().join(", ");
            let period = row.period.map_or_else(String::new, |period| {
                format!("{} – {}", period.start.short(), period.end.short())
            });
            view! {
                <tr>
                    <th scope="row" data-label=t("Personne")><a href=routes::case(row.id)>{row.who}</a></th>
                    <td data-label=t("Type")>{kind(row.journey)}</td>
                    <td data-label=t("Pays")>{countries}</td>
                    <td data-label=t("Période")>{period}</td>
                    <td data-label=t("Employeur")>{row.client.name} <span class="muted firm">{firm}</span></td>
                    <td data-label=t("Envoyée") class="moment">
                        <time datetime=submitted_at.iso_date()>{submitted_at.short_moment()}</time>
                    </td>
                    <td data-label=t("État")><RequestTag state=row.state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p role="status">{french::count(total, "demande", "demandes")}</p>
        <table class="ledger">
            <caption class="visually-hidden">{t("Demandes")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Personne")}</th>
                    <th scope="col">{t("Type")}</th>
                    <th scope="col">{t("Pays")}</th>
                    <th scope="col">{t("Période")}</th>
                    <th scope="col">{t("Employeur et cabinet")}</th>
                    <th scope="col">{t("Envoyée")}</th>
                    <th scope="col">{t("État")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
