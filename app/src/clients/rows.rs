//! Rows of clients, as the list and « Rechercher » show them.

use super::ticks::{TickCell, Ticks};
use crate::{
    parts::{
        icon::{Chevron, Pencil},
        tag::StateTag,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::{
    client::{Accounts, Row},
    french,
    holder::{AccountState, Kind},
    organism,
    search::Search,
};

/// The id of a client's row.
pub fn row_id(row: &Row) -> String {
    format!("client-{}", row.id)
}

/// How many columns a row has, its tick apart.
const COLUMNS: usize = 7;

/// One client; its establishments below it when it is open.
#[component]
pub fn ClientRow(
    /// The client.
    row: Row,
    /// The list that it stands in.
    search: Search,
    /// Its accounts, when the row is open.
    #[prop(optional_no_strip)]
    opened: Option<Accounts>,
) -> impl IntoView {
    let id = row_id(&row);
    let seen = [search.show, search.saved].contains(&Some(row.id));
    let is_open = opened.is_some();
    let toggle = Search {
        open: (!is_open).then_some(row.id),
        show: None,
        saved: None,
        ended: None,
        ..search.clone()
    };
    let edit = routes::client(row.id, &search);
    let number = row.held.holder.to_string();
    let kind = kind_label(&row);
    let columns = COLUMNS + usize::from(Ticks::here().is_some());
    view! {
        <tr id=id tabindex="-1" class:seen=seen aria-current=seen.then_some("true")>
            <TickCell id=row.id name=row.name.clone() />
            <th scope="row" class="name">
                <a class="open" href=routes::list(&toggle) aria-expanded=is_open.to_string()>
                    <Chevron />
                    <span>{row.name.clone()}</span>
                </a>
                <span class="under" aria-hidden="true">{number.clone()} " · " {row.held.scheme.label()}</span>
            </th>
            <td class="identifier">
                <span class="visually-hidden">{row.held.holder.noun()} " "</span>
                {number}
            </td>
            <td class="scheme">{row.held.scheme.label()} <span class="kind">{kind}</span></td>
            <td class="state">
                <StateTag state=row.state />
                // The card: an account that is radié is one to remove.
                {(row.state == AccountState::Radie)
                    .then(|| view! { <a class="advice" href=format!("{edit}#resilier-titre")>"Pensez à résilier"</a> })}
            </td>
            <td class="count">{french::number(row.services.into())}</td>
            <td class="date">
                <time datetime=row.changed_at.iso_date() title=row.changed_at.short_moment()>{row.changed_at.short_date()}</time>
            </td>
            <td class="do">
                <a class="icon-button" href=edit.clone() title="Modifier" aria-label=format!("Modifier {}", row.name)>
                    <Pencil />
                </a>
            </td>
        </tr>
        {opened.map(|accounts| view! {
            <tr class="accounts">
                <td colspan=columns><AccountTable accounts of=row.name /></td>
            </tr>
        })}
    }
    .into_any()
}

fn kind_label(row: &Row) -> Option<&'static str> {
    // « Employeur » under « Régime Général », or « Travailleur indépendant » under its own name, would say it twice.
    matches!(row.kind, Kind::Ae | Kind::Gm).then(|| row.kind.label())
}

/// The accounts of one client.
#[component]
pub fn AccountTable(
    /// The accounts.
    accounts: Accounts,
    /// The client's name.
    of: String,
) -> impl IntoView {
    let more = accounts.total.saturating_sub(accounts.shown.len() as u64);
    view! {
        <table class="inner">
            <caption>{french::count(accounts.total, "compte", "comptes")} <span class="visually-hidden">" de " {of}</span></caption>
            <thead>
                <tr>
                    <th scope="col">"Siret"</th>
                    <th scope="col">"N° de compte"</th>
                    <th scope="col">"Organisme"</th>
                    <th scope="col">"État"</th>
                </tr>
            </thead>
            <tbody>
                {accounts
                    .shown
                    .into_iter()
                    .map(|account| view! {
                        <tr>
                            <td class="identifier">{account.siret.map_or_else(|| "—".to_owned(), |siret| siret.to_string())}</td>
                            <td class="identifier">{account.number.to_string()}</td>
                            <td>{organism::name(&account.organism)}</td>
                            <td><StateTag state=account.state /></td>
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
        {(more > 0).then(|| view! { <p class="muted">"et " {french::count(more, "autre", "autres")}</p> })}
    }
}
