//! The clients with their next dates, by name.

use super::due::whole;
use crate::routes;
use leptos::prelude::*;
use portfolio::calendar::{AgendaQuery, ClientDates, ClientPage};
use portfolio::language::t;

/// A page of them.
#[component]
pub(super) fn Clients(
    /// The clients.
    page: ClientPage,
    /// What was asked for.
    asked: AgendaQuery,
) -> impl IntoView {
    let ClientPage { clients, next, .. } = page;
    let first = AgendaQuery {
        after: None,
        ..asked
    };
    let onwards = next.map(|id| {
        routes::agenda(&AgendaQuery {
            after: Some(id),
            ..asked
        })
    });
    let empty = clients.is_empty();
    let rows = clients
        .into_iter()
        .map(|client| view! { <Row client /> })
        .collect_view();
    view! {
        {empty.then(|| view! {
            <div class="empty" role="status">
                <h2>{t("Aucun client")}</h2>
                <p>{t("Aucun client ne correspond à ce choix.")}</p>
            </div>
        })}
        {(!empty).then(|| view! {
            <div class="scroll" role="region" aria-label=t("Prochaines échéances par client") tabindex="0">
                <table class="ledger">
                    <caption class="visually-hidden">{t("Clients par nom, avec leurs prochaines échéances")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("Client")}</th>
                            <th scope="col">{t("Prochaines échéances")}</th>
                            <th scope="col">{t("Se termine")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        })}
        <nav class="pager" aria-label=t("Pages de clients")>
            <ul role="list">
                {asked.after.map(|_| view! { <li><a href=routes::agenda(&first)>{t("Depuis le début")}</a></li> })}
                {onwards.map(|to| view! { <li><a href=to rel="next">{t("Suivants")}</a></li> })}
            </ul>
        </nav>
    }
}

#[component]
fn Row(client: ClientDates) -> impl IntoView {
    let ClientDates {
        id,
        name,
        held,
        rhythm,
        dues,
        ends,
    } = client;
    let dues = dues
        .into_iter()
        .map(|due| view! { <li><time datetime=due.day.iso()>{whole(due.day)}</time> {t("\u{a0}: ")} {due.told()}</li> })
        .collect_view();
    let ends = ends
        .into_iter()
        .map(|(what, day)| view! { <li>{what.what()} ", " {day.long()}</li> })
        .collect_view();
    view! {
        <tr>
            <th scope="row">
                <a href=routes::client_dates(id)>{name}</a>
                <span class="identifier muted">{held.holder.to_string()}</span>
            </th>
            <td>
                {rhythm.is_none().then_some(t("Aucune\u{a0}: compte radié"))}
                <ul role="list">{dues}</ul>
            </td>
            <td><ul role="list">{ends}</ul></td>
        </tr>
    }
}
