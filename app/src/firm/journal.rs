//! The firm's journal: who did what, when and from where.

use super::{
    FirmNav,
    calls::{self, Row, Rows},
};
use crate::{
    parts::{address::asked_at, frame::PageTitle, loaded::loaded, notice::Notice},
    routes,
};
use leptos::prelude::*;
use leptos_router::components::Form;
use portfolio::{
    ids::MemberId,
    journal::{Subject, Topic},
    journal_search::{JournalSearch, param},
    language::t,
};

/// The page.
#[component]
pub fn JournalPage() -> impl IntoView {
    let asked = asked_at(routes::JOURNAL, routes::journal_of);
    let page = Resource::new_blocking(move || asked.get().0.query(), calls::journal);
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    view! {
        <PageTitle text=t("Journal du cabinet") />
        <Transition>
            {move || {
                let (search, unread) = asked.get();
                Suspend::new(async move {
                    let outcome = page.await;
                    loaded(outcome, move |page| view! { <Shown page search unread /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Shown(page: Rows, search: JournalSearch, unread: bool) -> impl IntoView {
    let Rows {
        lines,
        more,
        members,
    } = page;
    let older = lines.last().filter(|_| more).map(|line| {
        routes::journal(&JournalSearch {
            before: Some(line.seq),
            ..search.clone()
        })
    });
    let newest = search
        .before
        .is_some()
        .then(|| routes::journal(&search.first_page()));
    let filtered = search.first_page() != JournalSearch::default();
    let empty = lines.is_empty();
    view! {
        <article class="page wide journal">
            <header class="head">
                <div>
                    <h1>{t("Journal du cabinet")}</h1>
                    <p class="muted">{t("Ce que chacun a fait, quand et d’où. Rien n’y est modifié ni effacé.")}</p>
                </div>
                <form method="post" action=routes::export(&search) class="export">
                    <button type="submit" class="button">{t("Exporter (CSV)")}</button>
                </form>
            </header>
            <FirmNav here=routes::JOURNAL />
            {unread.then(|| view! {
                <Notice kind="warning">{t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}</Notice>
            })}
            <Filters search members />
            {if empty {
                view! { <Nothing filtered /> }.into_any()
            } else {
                view! { <Lines lines /> }.into_any()
            }}
            {(older.is_some() || newest.is_some()).then(|| view! {
                <nav class="pager" aria-label=t("Pages du journal")>
                    <ul role="list">
                        <li>{newest.map(|to| view! { <a href=to rel="prev">{t("Plus récents")}</a> })}</li>
                        <li>{older.map(|to| view! { <a href=to rel="next">{t("Plus anciens")}</a> })}</li>
                    </ul>
                </nav>
            })}
        </article>
    }
}

/// Topic, person and days: all of it in the address.
#[component]
fn Filters(search: JournalSearch, members: Vec<(MemberId, String)>) -> impl IntoView {
    let topics = Topic::ALL
        .map(|topic| {
            let chosen = search.topic == Some(topic);
            view! { <option value=topic.code() selected=chosen>{topic.label()}</option> }
        })
        .collect_view();
    let people = members
        .into_iter()
        .map(|(id, name)| {
            let chosen = search.by == Some(id);
            view! { <option value=id.to_string() selected=chosen>{name}</option> }
        })
        .collect_view();
    let all = search.first_page() != JournalSearch::default();
    view! {
        <search>
            <Form method="GET" action=routes::JOURNAL attr:class="search">
                <div class="field">
                    <label for="sujet">{t("Sujet")}</label>
                    <select id="sujet" name=param::TOPIC>
                        <option value="">{t("Tous")}</option>
                        {topics}
                    </select>
                </div>
                <div class="field">
                    <label for="membre">{t("Membre")}</label>
                    <select id="membre" name=param::BY>
                        <option value="">{t("Tous")}</option>
                        {people}
                    </select>
                </div>
                <div class="field">
                    <label for="du">{t("Du")}</label>
                    <input type="date" id="du" name=param::SINCE value=search.since.clone().unwrap_or_default() />
                </div>
                <div class="field">
                    <label for="au">{t("Au")}</label>
                    <input type="date" id="au" name=param::UNTIL value=search.until.clone().unwrap_or_default() />
                </div>
                <button type="submit" class="button">{t("Filtrer")}</button>
                {all.then(|| view! { <a class="button quiet" href=routes::JOURNAL>{t("Tout afficher")}</a> })}
            </Form>
        </search>
    }
}

#[component]
fn Nothing(filtered: bool) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            {if filtered {
                view! {
                    <h2>{t("Aucune ligne ne correspond")}</h2>
                    <p>{t("Essayez un autre sujet, une autre personne ou d’autres dates.")}</p>
                    <p class="actions"><a class="button" href=routes::JOURNAL>{t("Tout afficher")}</a></p>
                }
                .into_any()
            } else {
                view! {
                    <h2>{t("Rien pour le moment")}</h2>
                    <p>{t("La première connexion, le premier client\u{a0}: tout ce qui se fait s’inscrit ici.")}</p>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn Lines(lines: Vec<Row>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|line| {
            let about = match &line.about {
                Some(Subject::Client(id, name)) => view! {
                    <a href=routes::client(*id, "")>{name.clone()}</a>
                }
                .into_any(),
                Some(Subject::Member(name)) => name.clone().into_any(),
                None => ().into_any(),
            };
            view! {
                <tr>
                    <td data-label=t("Date") class="moment"><time datetime=line.at.iso_date()>{line.at.short_moment()}</time></td>
                    <td data-label=t("Qui")>{line.who}</td>
                    <td data-label=t("Quoi")>{line.what}</td>
                    <td data-label=t("Concerne")>{about}</td>
                    <td data-label=t("Adresse réseau") class="identifier">{line.from}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger">
            <caption class="visually-hidden">{t("Journal, du plus récent au plus ancien")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Date")}</th>
                    <th scope="col">{t("Qui")}</th>
                    <th scope="col">{t("Quoi")}</th>
                    <th scope="col">{t("Concerne")}</th>
                    <th scope="col">{t("Adresse réseau")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
