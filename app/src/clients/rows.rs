//! Rows of clients, as the list and « Rechercher » show them.

use super::ticks::{TickCell, Ticks};
use crate::{
    parts::{
        icon::{Chevron, Pencil, Star as StarIcon},
        tag::StateTag,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::{
    client::{Accounts, Numbered, Own, Row},
    french,
    holder::{AccountState, Kind},
    ids::EnrolmentId,
    organism,
    search::{Search, mark, mark_number},
};
use std::ops::Range;

/// The id of a client's row.
pub fn row_id(row: &Row) -> String {
    format!("client-{}", row.id)
}

/// What stands in a row.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// The client.
    pub row: Row,
    /// The list that it stands in.
    pub search: Search,
    /// Its accounts, when the row is open.
    pub opened: Option<Accounts>,
}

impl Line {
    /// Whether it was just saved, or is to be seen.
    fn seen(&self) -> bool {
        [self.search.show, self.search.saved].contains(&Some(self.row.id))
    }
}

/// The form that the stars of a list send, the one that it has.
pub const STARS: &str = "favoris";

/// One client; its establishments below it when it is open. What has changed of it is drawn again, in place.
#[component]
pub fn ClientRow(
    /// What stands in it; none for a moment, when it is about to leave.
    #[prop(into)]
    line: Signal<Option<Line>>,
    /// Where stars are pressed: the whole list, with the column of who is in charge; without, a short one.
    #[prop(optional_no_strip)]
    star: Option<Callback<(EnrolmentId, bool)>>,
) -> impl IntoView {
    let id = line.with_untracked(|line| line.as_ref().map(|line| row_id(&line.row)));
    let seen = move || line.with(|line| line.as_ref().is_some_and(Line::seen));
    let columns = if star.is_some() { 8 } else { 7 } + usize::from(Ticks::here().is_some());
    let cells = move || line.get().map(|line| cells(line, star));
    let accounts = move || {
        let line = line.get()?;
        line.opened.map(|accounts| {
            view! {
                <tr class="accounts">
                    <td colspan=columns><AccountTable accounts of=line.row.name text=line.search.text /></td>
                </tr>
            }
        })
    };
    view! {
        <tr id=id tabindex="-1" class:seen=seen aria-current=move || seen().then_some("true")>{cells}</tr>
        {accounts}
    }
    .into_any()
}

fn cells(line: Line, star: Option<Callback<(EnrolmentId, bool)>>) -> AnyView {
    let Line {
        row,
        search,
        opened,
    } = line;
    let is_open = opened.is_some();
    let toggle = Search {
        open: (!is_open).then_some(row.id),
        show: None,
        saved: None,
        ended: None,
        ..search.clone()
    };
    let edit = routes::client(row.id, &search.settled().query());
    let number = row.held.holder.to_string();
    let kind = kind_label(&row);
    let in_charge = star.is_some().then(|| {
        let name = row.own.in_charge.as_ref().map(|member| member.name.clone());
        view! { <td class="charge">{name}</td> }
    });
    let star = star.map(|press| view! { <Star row=row.clone() press /> });
    view! {
        <TickCell id=row.id name=row.name.clone() />
        <th scope="row" class="name">
            <a class="open" href=routes::list(&toggle) aria-expanded=is_open.to_string()>
                <Chevron />
                <span>{marked(&search.text, &row.name)}</span>
            </a>
            <span class="under" aria-hidden="true">{marked_number(&search.text, &number)} " · " {row.held.scheme.label()}</span>
            <OwnLine row=row.clone() text=search.text.clone() />
            {row.found_by.clone().map(|account| view! { <FoundBy account text=search.text.clone() /> })}
        </th>
        <td class="identifier">
            <span class="visually-hidden">{row.held.holder.noun()} " "</span>
            {marked_number(&search.text, &number)}
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
        {in_charge}
        <td class="do">
            {star}
            <a class="icon-button edit" href=edit title="Modifier" aria-label=format!("Modifier {}", row.name)>
                <Pencil />
            </a>
        </td>
    }
    .into_any()
}

/// What the firm says of the client, under its name: reference and labels.
#[component]
fn OwnLine(row: Row, text: String) -> impl IntoView {
    let Own {
        reference, labels, ..
    } = row.own;
    (!reference.is_empty() || !labels.is_empty()).then(|| {
        let reference = (!reference.is_empty()).then(|| view! {
            <span class="reference"><span class="visually-hidden">"Référence "</span> {marked(&text, &reference)}</span>
        });
        let labels = labels
            .into_iter()
            .map(|label| view! { <span class="tag label">{marked(&text, &label.name)}</span> })
            .collect_view();
        view! { <span class="own-line">{reference} {labels}</span> }
    })
}

/// The account that the client was found by, in a row that shows nothing else of what was sought.
#[component]
fn FoundBy(account: Numbered, text: String) -> impl IntoView {
    let Numbered { siret, number } = account;
    let number = number.to_string();
    let siret = siret.map(|siret| siret.to_string());
    let by_siret = siret.filter(|siret| !mark_number(&text, siret).is_empty());
    let (noun, number) = by_siret.map_or(("N° de compte", number), |siret| ("Siret", siret));
    view! { <span class="own-line">{noun} "\u{a0}" {marked_number(&text, &number)}</span> }
}

/// The star: pressed in place once the page is awake, posted with the list's form otherwise.
#[component]
fn Star(row: Row, press: Callback<(EnrolmentId, bool)>) -> impl IntoView {
    let Row {
        id,
        name,
        favourite,
        ..
    } = row;
    let does = if favourite { "remove" } else { "add" };
    view! {
        <button
            type="submit"
            form=STARS
            name=does
            value=id.to_string()
            class="icon-button star"
            title="Favori"
            aria-label=format!("Favori\u{a0}: {name}")
            aria-pressed=favourite.to_string()
            on:click=move |event| {
                event.prevent_default();
                press.run((id, !favourite));
            }
        >
            <StarIcon />
        </button>
    }
}

/// A text with what a search has found of it marked.
pub fn marked(typed: &str, text: &str) -> AnyView {
    with_marks(text, mark(typed, text))
}

/// The same of a number, which is shown in groups of digits.
pub fn marked_number(typed: &str, number: &str) -> AnyView {
    with_marks(number, mark_number(typed, number))
}

fn with_marks(text: &str, found: Vec<Range<usize>>) -> AnyView {
    if found.is_empty() {
        return text.to_owned().into_any();
    }
    let mut parts = Vec::with_capacity(2 * found.len() + 1);
    let mut from = 0;
    for range in found {
        parts.push(text[from..range.start].to_owned().into_any());
        from = range.end;
        parts.push(view! { <mark>{text[range].to_owned()}</mark> }.into_any());
    }
    parts.push(text[from..].to_owned().into_any());
    parts.into_any()
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
    /// What is sought: of the numbers what it has found is marked.
    #[prop(optional)]
    text: String,
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
                            <td class="identifier">{account.siret.map_or_else(|| "—".into_any(), |siret| marked_number(&text, &siret.to_string()))}</td>
                            <td class="identifier">{marked_number(&text, &account.number.to_string())}</td>
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
