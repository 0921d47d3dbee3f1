//! The table of clients: drawn once, then only what has changed is drawn again.

use super::{Shown, explicit};
use crate::{
    clients::{
        rows::{ClientRow, Line},
        ticks::TickHead,
    },
    parts::pager::{Ends, Pager, shown as told},
    routes,
};
use leptos::prelude::*;
use portfolio::{
    client::Total,
    ids::EnrolmentId,
    search::{Search, Sort},
};

/// The table's id.
pub const TABLE: &str = "clients";

/// Rows, how many there are, and the way to the others.
#[component]
pub fn Table(
    /// What stands on the page.
    shown: Signal<Option<Shown>>,
    /// How many clients there are.
    total: Memo<Total>,
    /// A star was pressed.
    star: Callback<(EnrolmentId, bool)>,
) -> impl IntoView {
    let ids = Memo::new(move |_| {
        shown.with(|shown| {
            let rows = shown.iter().flat_map(|shown| &shown.listing.rows);
            rows.map(|row| row.id).collect::<Vec<_>>()
        })
    });
    let search = Memo::new(move |_| {
        shown.with(|shown| {
            let search = shown.as_ref().map(|shown| shown.search.settled());
            search.unwrap_or_default()
        })
    });
    let count = move || {
        shown.with(|shown| {
            shown.as_ref().map(|shown| {
                let Shown { search, listing } = shown;
                told(listing.page, search.size, listing.rows.len(), total.get())
            })
        })
    };
    let ends = move || {
        shown.with(|shown| {
            shown.as_ref().map(|Shown { listing, .. }| Ends {
                page: listing.page,
                first: listing
                    .rows
                    .first()
                    .map(|row| row.id)
                    .filter(|_| listing.before),
                last: listing
                    .rows
                    .last()
                    .map(|row| row.id)
                    .filter(|_| listing.after),
            })
        })
    };
    let heads = Sort::COLUMNS
        .map(|sort| view! { <Head sort search /> })
        .collect_view();
    view! {
        <p class="shown">{count}</p>
        <table class="list" id=TABLE>
            <caption class="visually-hidden">"Clients du portefeuille"</caption>
            <thead>
                <tr>
                    <TickHead />
                    {heads}
                    <Head sort=Sort::InCharge search />
                    <th scope="col" class="do"><span class="visually-hidden">"Actions"</span></th>
                </tr>
            </thead>
            <tbody>
                <For each=move || ids.get() key=|id| *id let(id)>
                    <ClientRow line=line_of(shown, id) star=Some(star) />
                </For>
            </tbody>
        </table>
        {move || ends().map(|ends| view! { <Pager search=search.get() ends total=total.get() /> })}
    }
    .into_any()
}

/// What stands in the row of a client; none for a moment while the client leaves the list.
fn line_of(shown: Signal<Option<Shown>>, id: EnrolmentId) -> Signal<Option<Line>> {
    let line = Memo::new(move |_| {
        shown.with(|shown| {
            let Shown { search, listing } = shown.as_ref()?;
            let row = listing.rows.iter().find(|row| row.id == id)?;
            let opened = listing.opened.as_ref().filter(|(open, _)| *open == id);
            Some(Line {
                row: row.clone(),
                search: Search {
                    page: listing.page.unwrap_or(search.page),
                    ..search.clone()
                },
                opened: opened.map(|(_, accounts)| accounts.clone()),
            })
        })
    });
    line.into()
}

/// The head of a column: a link that sorts by it, and turns the order round when it is sorted by it already.
#[component]
fn Head(sort: Sort, search: Memo<Search>) -> impl IntoView {
    let sorted = move || search.with(|search| search.sort == sort);
    let order = move || {
        let descending = search.with(|search| search.descending);
        sorted().then_some(if descending {
            "descending"
        } else {
            "ascending"
        })
    };
    let to = move || {
        search.with(|search| {
            explicit(&Search {
                sort,
                descending: search.sort == sort && !search.descending,
                ..search.first_page()
            })
        })
    };
    view! {
        <th scope="col" aria-sort=order class=sort.code()>
            <a href=to>{sort.label()}</a>
        </th>
    }
}

/// Nobody is left by what is sought.
#[component]
pub fn NoMatch(
    /// What is sought.
    search: Search,
) -> impl IntoView {
    let Search { text, filter, .. } = &search;
    let without = (filter.is_set() && !text.is_empty()).then(|| {
        let to = routes::list(&Search {
            filter: portfolio::search::Filter::default(),
            ..search.settled().first_page()
        });
        view! { <a class="button" href=to>"Chercher sans les filtres"</a> }
    });
    let words = if text.is_empty() {
        "Rien dans votre portefeuille ne répond à tous ces filtres à la fois. Retirez-en un."
            .to_owned()
    } else {
        format!(
            "Rien dans votre portefeuille pour «\u{a0}{text}\u{a0}». Essayez une partie du nom, ou le Siren."
        )
    };
    view! {
        <div class="empty">
            <h2>"Aucun client ne correspond"</h2>
            <p>{words}</p>
            <p class="actions">
                {without}
                <a class="button" href=routes::EVERYBODY>"Effacer la recherche"</a>
                <a class="button quiet" href=routes::ADD>"+ Ajouter un compte"</a>
            </p>
        </div>
    }
}

/// The portfolio is empty.
#[component]
pub fn NoClients() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"Aucun client pour le moment"</h2>
            <p>"Ajoutez le premier avec son Siren et deux informations qu’il vous aura données."</p>
            <p class="actions"><a class="button primary" href=routes::ADD>"+ Ajouter un compte"</a></p>
        </div>
    }
}
