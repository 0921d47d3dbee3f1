//! Rows of clients, as the list and « Rechercher » show them.
//!
//! A page of the list has thousands of elements. So a row is written as one text, by the same function on both sides, and put into the
//! document by the browser's own parser; views of its parts took most of a request and of a key's time. Whatever a person has typed goes
//! through [`maud`], which escapes by itself: nothing here is put in raw.
//!
//! A row has as few elements as it can: style, layout and painting of them are most of the time from a key to its result. So its chevron,
//! star and pencil are shapes of the style sheet, and what the head of a column says no row says again.

use super::ticks::FORM;
use crate::{parts::tag, routes};
use leptos::prelude::*;
use maud::{Markup, html};
use portfolio::{
    client::{Account, Accounts, Numbered, Own, Row},
    french,
    holder::{AccountState, Kind},
    ids::EnrolmentId,
    language::t,
    organism, say,
    search::{Search, mark, mark_number},
};
use std::{collections::BTreeSet, ops::Range};
use uuid::Uuid;

/// The id of a client's row.
pub fn row_id(row: &Row) -> String {
    format!("client-{}", row.id)
}

/// The form that the stars of a list send, the one that it has.
pub const STARS: &str = "favoris";

/// What a list has besides its clients.
#[derive(Clone, Copy)]
pub enum Look<'a> {
    /// The whole list: stars, who is in charge, and the clients that are ticked.
    Whole(&'a BTreeSet<EnrolmentId>),
    /// A short one.
    Short,
}

/// An address in which only the client differs from row to row: written once, with a gap.
struct Address {
    before: String,
    after: String,
}

/// What stands for the client while an address is written.
const GAP: EnrolmentId = EnrolmentId(Uuid::nil());

impl Address {
    /// An address whose first such id is the client's.
    fn first(written: &str) -> Self {
        Self::parted(written.split_once(&GAP.to_string()))
    }

    /// An address whose last such id is the client's: words sought may look like one, and come before it.
    fn last(written: &str) -> Self {
        Self::parted(written.rsplit_once(&GAP.to_string()))
    }

    fn parted(around: Option<(&str, &str)>) -> Self {
        let (before, after) = around.unwrap_or_default();
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    fn to(&self, id: EnrolmentId) -> String {
        let Self { before, after } = self;
        format!("{before}{id}{after}")
    }
}

/// Writes the rows of one list.
pub struct Pen<'a> {
    search: &'a Search,
    opened: Option<&'a (EnrolmentId, Accounts)>,
    look: Look<'a>,
    open: Address,
    closed: String,
    edit: Address,
}

impl<'a> Pen<'a> {
    /// For the list that a search has found.
    pub fn new(
        search: &'a Search,
        opened: Option<&'a (EnrolmentId, Accounts)>,
        look: Look<'a>,
    ) -> Self {
        let toggled = |open| {
            routes::list(&Search {
                open,
                show: None,
                saved: None,
                ended: None,
                ..search.clone()
            })
        };
        let back = search.settled().query();
        Self {
            search,
            opened,
            look,
            open: Address::last(&toggled(Some(GAP))),
            closed: toggled(None),
            edit: Address::first(&routes::client(GAP, &back)),
        }
    }

    /// Rows, one after the other.
    pub fn rows(&self, rows: &[Row]) -> String {
        let rows = rows.iter().map(|row| self.row(row));
        html! { @for row in rows { (row) } }.into_string()
    }

    /// A client's row; its establishments below it when it is open.
    pub fn row(&self, row: &Row) -> Markup {
        let opened = self.opened.filter(|(open, _)| *open == row.id);
        let seen = [self.search.show, self.search.saved].contains(&Some(row.id));
        let ticked = matches!(self.look, Look::Whole(ticked) if ticked.contains(&row.id));
        // Classes, where the style sheet could ask what a row holds: a browser would look at each row again for each that comes.
        let classes = [
            (seen, "seen"),
            (opened.is_some(), "opened"),
            (ticked, "ticked"),
        ];
        let classes: Vec<&str> = classes
            .into_iter()
            .filter_map(|(is, class)| is.then_some(class))
            .collect();
        let class = (!classes.is_empty()).then(|| classes.join(" "));
        html! {
            tr class=[class] id=(row_id(row)) tabindex="-1" aria-current=[seen.then_some("true")] {
                (self.cells(row, opened.is_some(), ticked))
            }
            @if let Some((_, accounts)) = opened {
                tr.accounts {
                    td colspan=(self.columns()) { (accounts_table(accounts, &row.name, &self.search.text)) }
                }
            }
        }
    }

    /// How many columns the list has.
    pub const fn columns(&self) -> u8 {
        match self.look {
            Look::Whole(_) => 9,
            Look::Short => 7,
        }
    }

    /// What stands in a row.
    fn cells(&self, row: &Row, is_open: bool, ticked: bool) -> Markup {
        let text = &*self.search.text;
        let toggle = if is_open {
            self.closed.clone()
        } else {
            self.open.to(row.id)
        };
        let edit = self.edit.to(row.id);
        let number = row.held.holder.to_string();
        let number = marks_of_number(text, &number);
        let scheme = row.held.scheme.label();
        html! {
            @if let Look::Whole(_) = self.look { (tick(row, ticked)) }
            th.name scope="row" {
                a.open href=(toggle) aria-expanded=(is_open) {
                    (marks(text, &row.name))
                }
                span.under { (number) " · " (scheme) }
                (own_line(&row.own, text))
                @if let Some(account) = &row.found_by { (found_by(account, text)) }
            }
            td.identifier { (number) }
            td.scheme { (scheme) @if let Some(kind) = kind_label(row) { span.kind { (kind) } } }
            td.state {
                (state_tag(row.state))
                // The card: an account that is radié is one to remove.
                @if row.state == AccountState::Radie {
                    a.advice href={ (edit) "#resilier-titre" } { (t("Pensez à résilier")) }
                }
            }
            td.count { (french::number(row.services.into())) }
            td.date {
                time datetime=(row.changed_at.iso_date()) title=(row.changed_at.short_moment()) { (row.changed_at.short_date()) }
            }
            @if let Look::Whole(_) = self.look {
                td.charge { @if let Some(member) = &row.own.in_charge { (member.name) } }
            }
            td.do {
                @if let Look::Whole(_) = self.look { (star(row)) }
                a."icon-button".edit href=(edit) title=(t("Modifier")) aria-label=(say!("Modifier {name}", name = row.name)) {}
            }
        }
    }
}

/// The box of a client, with its name for those who hear the box alone.
fn tick(row: &Row, on: bool) -> Markup {
    html! {
        td.tick {
            label {
                input type="checkbox" name="ticks[]" value=(row.id) form=(FORM) aria-label=(say!("Sélectionner {name}", name = row.name)) checked[on];
            }
        }
    }
}

/// The star: pressed in place once the page is awake, posted with the list's form otherwise.
fn star(row: &Row) -> Markup {
    let does = if row.favourite { "remove" } else { "add" };
    html! {
        button."icon-button".star
            type="submit" form=(STARS) name=(does) value=(row.id) title=(t("Favori"))
            aria-label=(say!("Favori\u{a0}: {name}", name = row.name)) aria-pressed=(row.favourite)
        {}
    }
}

fn state_tag(state: AccountState) -> Markup {
    let (class, sign) = tag::shape(state);
    html! { span class=(class) { span aria-hidden="true" { (sign) } " " (state.label()) } }
}

/// What the firm says of the client, under its name: reference and labels.
fn own_line(own: &Own, text: &str) -> Markup {
    let Own {
        reference, labels, ..
    } = own;
    html! {
        @if !reference.is_empty() || !labels.is_empty() {
            span.own-line {
                @if !reference.is_empty() {
                    span.reference { span.visually-hidden { (t("Référence")) " " } (marks(text, reference)) }
                }
                @for label in labels { span.tag.label { (marks(text, &label.name)) } }
            }
        }
    }
}

/// The account that the client was found by, in a row that shows nothing else of what was sought.
fn found_by(account: &Numbered, text: &str) -> Markup {
    let siret = account.siret.as_ref().map(ToString::to_string);
    let by_siret = siret.filter(|siret| !mark_number(text, siret).is_empty());
    let (noun, number) = by_siret.map_or_else(
        || (t("N° de compte"), account.number.to_string()),
        |siret| ("Siret", siret),
    );
    html! { span.own-line { (noun) "\u{a0}" (marks_of_number(text, &number)) } }
}

/// A text with what a search has found of it marked, written.
fn marks(typed: &str, text: &str) -> Markup {
    // Most lists are not of a search: then nothing is folded and compared.
    let found = if typed.is_empty() {
        Vec::new()
    } else {
        mark(typed, text)
    };
    written(text, found)
}

/// The same of a number, which is shown in groups of digits.
fn marks_of_number(typed: &str, number: &str) -> Markup {
    let found = if typed.is_empty() {
        Vec::new()
    } else {
        mark_number(typed, number)
    };
    written(number, found)
}

fn written(text: &str, found: Vec<Range<usize>>) -> Markup {
    let mut pieces = Vec::with_capacity(2 * found.len() + 1);
    let mut from = 0;
    for range in found {
        pieces.push((&text[from..range.start], false));
        from = range.end;
        pieces.push((&text[range], true));
    }
    pieces.push((&text[from..], false));
    html! {
        @for (piece, found) in pieces {
            @if found { mark { (piece) } } @else { (piece) }
        }
    }
}

/// The accounts of one client, written.
fn accounts_table(accounts: &Accounts, of: &str, text: &str) -> Markup {
    html! {
        table.inner { (accounts_inside(accounts, of, text)) }
        @if let Some(more) = more(accounts) { p.muted { (more) } }
    }
}

fn accounts_inside(accounts: &Accounts, of: &str, text: &str) -> Markup {
    html! {
        caption { (french::count(accounts.total, "compte", "comptes")) " " span.visually-hidden { (say!(" de {name}", name = of)) } }
        thead {
            tr {
                th scope="col" { "Siret" }
                th scope="col" { (t("N° de compte")) }
                th scope="col" { (t("Organisme")) }
                th scope="col" { (t("État")) }
            }
        }
        tbody { @for account in &accounts.shown { (account_row(account, text)) } }
    }
}

fn account_row(account: &Account, text: &str) -> Markup {
    let siret = account.siret.as_ref().map(ToString::to_string);
    html! {
        tr {
            td.identifier { @if let Some(siret) = siret { (marks_of_number(text, &siret)) } @else { "—" } }
            td.identifier { (marks_of_number(text, &account.number.to_string())) }
            td { (organism::name(&account.organism)) }
            td { (state_tag(account.state)) }
        }
    }
}

/// How many accounts are not shown.
fn more(accounts: &Accounts) -> Option<String> {
    let more = accounts.total.saturating_sub(accounts.shown.len() as u64);
    (more > 0).then(|| {
        say!(
            "et {others}",
            others = french::count(more, "autre", "autres")
        )
    })
}

/// The accounts of one client, as a part of another page.
#[component]
pub fn AccountTable(
    /// The accounts.
    accounts: Accounts,
    /// The client's name.
    of: String,
) -> impl IntoView {
    let inside = accounts_inside(&accounts, &of, "").into_string();
    view! {
        <table class="inner" inner_html=inside></table>
        {more(&accounts).map(|more| view! { <p class="muted">{more}</p> })}
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

#[cfg(test)]
mod tests;
