//! Lists of conversations: a firm's, the latest first; the body's queue, what waits longest first.

use super::calls;
use crate::{
    parts::{address::asked_at, frame::PageTitle, loaded::loaded, notice::Notice},
    routes,
};
use leptos::prelude::*;
use portfolio::{
    french,
    language::t,
    message::{
        search::{Show, ThreadSearch},
        view::{State, ThreadList, ThreadRow},
    },
    say,
};

/// The page.
#[component]
pub fn ThreadsPage() -> impl IntoView {
    let base = super::base();
    let asked = asked_at(base, routes::threads_of);
    let page = Resource::new_blocking(move || asked.get().0.query(), calls::threads);
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    view! {
        <PageTitle text=t("Messagerie") />
        <Transition>
            {move || {
                let (search, unread) = asked.get();
                Suspend::new(async move {
                    let outcome = page.await;
                    loaded(outcome, move |list| view! { <Listed list search unread base /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Listed(
    list: ThreadList,
    search: ThreadSearch,
    unread: bool,
    base: &'static str,
) -> impl IntoView {
    let ThreadList {
        rows,
        next,
        client,
        waiting,
    } = list;
    let body = base == routes::OFFICE_MESSAGES;
    let own = base == routes::OWN_MESSAGES;
    let lead = if body {
        say!(
            "{waiting} de réponse.",
            waiting = french::count(
                waiting,
                "conversation en attente",
                "conversations en attente"
            )
        )
    } else if own {
        t("Vos échanges avec l’organisme et avec votre cabinet. Ils sont chiffrés, et ne se lisent que sur le portail.").to_owned()
    } else {
        t("Vos échanges avec l’organisme et avec vos clients, compte par compte. Ils sont chiffrés, et ne se lisent que sur le portail.").to_owned()
    };
    let older = next.map(|next| {
        let search = ThreadSearch {
            after: Some(next),
            ..search
        };
        routes::threads(base, &search)
    });
    let first = search.after.map(|_| {
        let search = ThreadSearch {
            after: None,
            ..search
        };
        routes::threads(base, &search)
    });
    let about = search.client.filter(|_| !body).map(routes::new_thread);
    let write = about
        .or_else(|| own.then(|| routes::new_own_thread(0)))
        .map(|to| {
            view! { <p class="actions"><a class="button primary" href=to>{t("Nouveau message")}</a></p> }
        });
    let empty = rows.is_empty();
    view! {
        <article class="page wide messages">
            <header class="head">
                <div>
                    <h1>{t("Messagerie")}</h1>
                    <p class="muted">{lead}</p>
                </div>
                {write}
            </header>
            {unread.then(|| view! {
                <Notice kind="warning">{t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}</Notice>
            })}
            <Choices search client base />
            {if empty {
                view! { <Nothing base search /> }.into_any()
            } else {
                view! { <Rows rows base /> }.into_any()
            }}
            {(older.is_some() || first.is_some()).then(|| view! {
                <nav class="pager" aria-label=t("Pages des conversations")>
                    <ul role="list">
                        <li>{first.map(|to| view! { <a href=to>{t("Première page")}</a> })}</li>
                        <li>{older.map(|to| view! { <a href=to rel="next">{t("Page suivante")}</a> })}</li>
                    </ul>
                </nav>
            })}
        </article>
    }
}

/// What the list shows: each choice a link, all of them in the address.
#[component]
fn Choices(search: ThreadSearch, client: Option<String>, base: &'static str) -> impl IntoView {
    let search = ThreadSearch {
        after: None,
        ..search
    };
    let link = move |label: &'static str, to: ThreadSearch| {
        let here = (to == search).then_some("page");
        view! { <li><a class="button quiet small" href=routes::threads(base, &to) aria-current=here>{label}</a></li> }
    };
    let choices: Vec<_> = if base == routes::OFFICE_MESSAGES {
        Show::ALL
            .map(|show| link(show.label(), ThreadSearch { show, ..search }))
            .into()
    } else {
        let unread = |unread| ThreadSearch { unread, ..search };
        vec![
            link(t("Toutes"), unread(false)),
            link(t("Non lues"), unread(true)),
        ]
    };
    let all = ThreadSearch {
        client: None,
        ..search
    };
    view! {
        <nav class="choices-line" aria-label=t("Conversations montrées")>
            <ul role="list">
                {choices}
                {client.map(|name| view! {
                    <li class="of-client">
                        {t("Client\u{a0}: ")} <strong>{name}</strong> " "
                        <a href=routes::threads(base, &all)>{t("Tous les clients")}</a>
                    </li>
                })}
            </ul>
        </nav>
    }
}

#[component]
fn Nothing(base: &'static str, search: ThreadSearch) -> impl IntoView {
    let body = base == routes::OFFICE_MESSAGES;
    let firm = base == routes::MESSAGES;
    let (title, words) = if body {
        (
            t("Rien ici"),
            t(
                "Les conversations que les cabinets ouvrent avec l’organisme arrivent dans «\u{a0}Sans réponse\u{a0}», la plus ancienne en tête.",
            ),
        )
    } else if search.narrows() {
        (
            t("Aucune conversation ne correspond"),
            t("Essayez sans filtre\u{a0}: toutes vos conversations s’affichent."),
        )
    } else if !firm {
        (
            t("Aucune conversation"),
            t("Écrivez à l’organisme ou à votre cabinet par «\u{a0}Nouveau message\u{a0}»."),
        )
    } else {
        (
            t("Aucune conversation"),
            t("Ouvrez la page d’un client, puis «\u{a0}Nouveau message\u{a0}»."),
        )
    };
    view! {
        <div class="empty" role="status">
            <h2>{title}</h2>
            <p>{words}</p>
            {(firm && !search.narrows()).then(|| view! {
                <p class="actions"><a class="button" href=routes::EVERYBODY>{t("Gérer les établissements")}</a></p>
            })}
        </div>
    }
}

/// Where a conversation stands, in words and shape.
#[component]
pub(super) fn StateMark(state: State) -> impl IntoView {
    let (class, mark) = match state {
        State::Waiting => ("tag warning", "◐"),
        State::Answered => ("tag success", "●"),
        State::Closed | State::Ended => ("tag", "✕"),
        State::Private => ("tag", "○"),
    };
    view! { <span class=class><span aria-hidden="true">{mark}</span> " " {state.label()}</span> }
}

#[component]
fn Rows(rows: Vec<ThreadRow>, base: &'static str) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let ThreadRow { id, subject, about, firm, last, at, messages, unread, state, .. } = row;
            view! {
                <tr class:unread=unread>
                    <th scope="row" data-label=t("Objet")>
                        <a href=routes::thread(base, id)>{subject}</a>
                        {unread.then(|| view! { " " <span class="tag info"><span aria-hidden="true">"●"</span> {t(" Non lue")}</span> })}
                    </th>
                    <td data-label=t("Compte")>
                        {about.name} " "
                        <span class="muted">{about.held.scheme.accounts()}</span>
                        {firm.map(|firm| view! { " " <span class="muted firm">{firm}</span> })}
                    </td>
                    <td data-label=t("Messages")>{messages}</td>
                    <td data-label=t("Dernier") class="moment">
                        <time datetime=at.iso_date()>{at.short_moment()}</time> ", " {last.label().to_lowercase()}
                    </td>
                    <td data-label=t("État")><StateMark state /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="ledger">
            <caption class="visually-hidden">{t("Conversations")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("Objet")}</th>
                    <th scope="col">{t("Compte")}</th>
                    <th scope="col">{t("Messages")}</th>
                    <th scope="col">{t("Dernier")}</th>
                    <th scope="col">{t("État")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
