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
    mobility::{
        country,
        form::Journey,
        queue::{QueueSearch, STATES, param},
        search::PAGE,
    },
    ports::{Queue, QueueRow},
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
        <PageTitle text="Demandes à décider" />
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
pub const fn kind(journey: Journey) -> &'static str {
    match journey {
        Journey::Posting => "Détachement",
        Journey::Several => "Pluriactivité",
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
    let waiting = format!(
        "{} et {}.",
        french::count(examination, "demande à examiner", "demandes à examiner"),
        french::count(asked, "complément attendu", "compléments attendus")
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
                    <h1>"Demandes à décider"</h1>
                    <p class="muted">{waiting}</p>
                </div>
            </header>
            {unread.then(|| view! {
                <Notice kind="warning">"Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée."</Notice>
            })}
            <Filters search />
            {if empty {
                view! { <Nothing narrowed /> }.into_any()
            } else {
                view! { <Rows rows total /> }.into_any()
            }}
            {(newer.is_some() || older.is_some()).then(|| view! {
                <nav class="pager" aria-label="Pages de la file">
                    <ul role="list">
                        <li>{newer.map(|to| view! { <a href=to rel="prev">"Page précédente"</a> })}</li>
                        <li>{older.map(|to| view! { <a href=to rel="next">"Page suivante"</a> })}</li>
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
                    <label for="etat">"État"</label>
                    <select id="etat" name=param::STATE>
                        <option value="">"En attente d’une décision"</option>
                        {states}
                    </select>
                </div>
                <div class="field">
                    <label for="pays">"Pays"</label>
                    <select id="pays" name=param::COUNTRY>
                        <option value="">"Tous"</option>
                        {countries}
                    </select>
                </div>
                <div class="field">
                    <label for="type">"Type"</label>
                    <select id="type" name=param::KIND>
                        <option value="">"Tous"</option>
                        {kinds}
                    </select>
                </div>
                <button type="submit" class="button">"Filtrer"</button>
                {narrowed.then(|| view! { <a class="button quiet" href=routes::OFFICE>"Tout ce qui attend"</a> })}
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
                    <h2>"Aucune demande ne correspond"</h2>
                    <p>"Essayez un autre état, un autre pays ou un autre type."</p>
                    <p class="actions"><a class="button" href=routes::OFFICE>"Tout ce qui attend"</a></p>
                }
                .into_any()
            } else {
                view! {
                    <h2>"Rien n’attend"</h2>
                    <p>"Les demandes que les règles ne suffisent pas à trancher arrivent ici, la plus ancienne en tête."</p>
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
                    <th scope="row" data-label="Personne"><a href=routes::case(row.id)>{row.who}</a></th>
                    <td data-label="Type">{kind(row.journey)}</td>
                    <td data-label="Pays">{countries}</td>
                    <td data-label="Période">{period}</td>
                    <td data-label="Employeur">{row.client.name} <span class="muted firm">{firm}</span></td>
                    <td data-label="Envoyée" class="moment">
                        <time datetime=submitted_at.iso_date()>{submitted_at.short_moment()}</time>
                    </td>
                    <td data-label="État"><RequestTag state=row.state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p role="status">{french::count(total, "demande", "demandes")}</p>
        <table class="ledger">
            <caption class="visually-hidden">"Demandes"</caption>
            <thead>
                <tr>
                    <th scope="col">"Personne"</th>
                    <th scope="col">"Type"</th>
                    <th scope="col">"Pays"</th>
                    <th scope="col">"Période"</th>
                    <th scope="col">"Employeur et cabinet"</th>
                    <th scope="col">"Envoyée"</th>
                    <th scope="col">"État"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
