//! The table of clients. Its rows are written as one text (see [`rows`]); of another list those in view come first, the others a few at
//! a time, so that whoever types is never kept waiting by rows that nobody sees. Of the same list only what has changed is written again.

use super::{Shown, explicit};
use crate::{
    browser::rows::{self, Pressed},
    clients::{
        rows::{Look, Pen, row_id},
        ticks::{TickHead, Ticks},
    },
    parts::pager::{Ends, Pager, shown as told},
    routes,
};
use leptos::{ev::MouseEvent, prelude::*};
use portfolio::{
    client::{Row, Total},
    ids::EnrolmentId,
    language::t,
    say,
    search::{Search, Sort},
};
use std::{collections::BTreeSet, time::Duration};

/// The table's id.
pub const TABLE: &str = "clients";
/// How long rows that are not in view wait: whoever types on has another list before, and no finger waits for rows that nobody sees.
const REST: Duration = Duration::from_millis(400);
/// How many of them come at a time.
const AT_A_TIME: usize = 13;

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
    let ticks = Ticks::here();
    let written = shown.with_untracked(|shown| {
        let shown = shown.as_ref()?;
        let write = |ticked: &_| with_pen(shown, ticked, |pen| pen.rows(&shown.listing.rows));
        Some(with_ticked(ticks, write))
    });
    follow(shown, ticks);
    let press = move |event: MouseEvent| match rows::pressed(&event) {
        Some(Pressed::Star(id, on)) => {
            if let Ok(id) = id.parse() {
                star.run((id, on));
            }
        }
        Some(Pressed::Tick(id, on)) => {
            if let (Some(ticks), Ok(id)) = (ticks, id.parse()) {
                ticks.click(id, on, event.shift_key());
            }
        }
        None => {}
    };
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
            <caption class="visually-hidden">{t("Clients du portefeuille")}</caption>
            <thead>
                <tr>
                    <TickHead />
                    {heads}
                    <Head sort=Sort::InCharge search />
                    <th scope="col" class="do"><span class="visually-hidden">{t("Actions")}</span></th>
                </tr>
            </thead>
            <tbody inner_html=written.unwrap_or_default() on:click=press></tbody>
        </table>
        {move || ends().map(|ends| view! { <Pager search=search.get() ends total=total.get() /> })}
    }
    .into_any()
}

/// The ticked clients; nobody where a list has no ticks.
fn with_ticked<T>(ticks: Option<Ticks>, write: impl FnOnce(&BTreeSet<EnrolmentId>) -> T) -> T {
    match ticks {
        Some(ticks) => ticks.with_untracked(write),
        None => write(&BTreeSet::new()),
    }
}

/// Has the rows of what stands on the page written.
fn with_pen<T>(
    shown: &Shown,
    ticked: &BTreeSet<EnrolmentId>,
    write: impl FnOnce(&Pen<'_>) -> T,
) -> T {
    let Shown { search, listing } = shown;
    let search = Search {
        page: listing.page.unwrap_or(search.page),
        ..search.clone()
    };
    write(&Pen::new(
        &search,
        listing.opened.as_ref(),
        Look::Whole(ticked),
    ))
}

/// The places of the rows that differ, where both are the same list of the same clients; none where they are not.
fn changed(before: &Shown, now: &Shown) -> Option<Vec<usize>> {
    let (old, new) = (&before.listing, &now.listing);
    let same = before.search.settled() == now.search.settled()
        && old.page == new.page
        && old
            .rows
            .iter()
            .map(|row| row.id)
            .eq(new.rows.iter().map(|row| row.id));
    let differs = |was: &Row, row: &Row| {
        let seen = |shown: &Shown| [shown.search.show, shown.search.saved].contains(&Some(row.id));
        let opened = |shown: &Shown| {
            let opened = shown.listing.opened.clone();
            opened.filter(|(open, _)| *open == row.id)
        };
        was != row || seen(before) != seen(now) || opened(before) != opened(now)
    };
    let pairs = old.rows.iter().zip(&new.rows).enumerate();
    same.then(|| {
        pairs
            .filter(|(_, (was, row))| differs(was, row))
            .map(|(place, _)| place)
            .collect()
    })
}

/// Keeps the rows of the document up with what stands on the page.
fn follow(shown: Signal<Option<Shown>>, ticks: Option<Ticks>) {
    let pages = Pages {
        drawn: StoredValue::new(shown.get_untracked()),
        turn: StoredValue::new(0),
        ticks,
    };
    Effect::new(move || {
        if let Some(now) = shown.get() {
            pages.turn_to(now);
        }
    });
    if let Some(ticks) = ticks {
        Effect::new(move || {
            ticks.with(|on| {
                rows::show_ticks(TABLE, |id| id.parse().is_ok_and(|id| on.contains(&id)));
            });
        });
    }
}

/// What the document shows of the list.
#[derive(Clone, Copy)]
struct Pages {
    drawn: StoredValue<Option<Shown>>,
    /// Counts the lists: rows of one that is gone are not added any more.
    turn: StoredValue<u64>,
    ticks: Option<Ticks>,
}

impl Pages {
    fn turn_to(self, now: Shown) {
        let changed = self
            .drawn
            .with_value(|before| changed(before.as_ref()?, &now));
        self.drawn.set_value(Some(now));
        match changed {
            Some(places) => {
                for place in places {
                    self.write(|shown, pen| {
                        let row = &shown.listing.rows[place];
                        rows::rewrite(&row_id(row), &pen.row(row).into_string());
                    });
                }
            }
            None => self.begin(),
        }
    }

    fn write<T>(self, write: impl FnOnce(&Shown, &Pen<'_>) -> T) -> Option<T> {
        self.drawn
            .try_with_value(|shown| {
                let shown = shown.as_ref()?;
                let written = with_ticked(self.ticks, |ticked| {
                    with_pen(shown, ticked, |pen| write(shown, pen))
                });
                Some(written)
            })
            .flatten()
    }

    /// Begins another list: at once what is in view of it. All of it where a row is to be brought into view.
    fn begin(self) {
        self.turn.update_value(|turn| *turn += 1);
        let rest = self.write(|shown, pen| {
            let Shown { search, listing } = shown;
            let all = listing.rows.len();
            let sought =
                search.show.is_some() || search.saved.is_some() || listing.opened.is_some();
            let (from, height) = if sought {
                (all, 0.0)
            } else {
                rows::in_view(TABLE, all)
            };
            let written = pen.rows(&listing.rows[..from]);
            rows::put(TABLE, &written, pen.columns(), all - from, height);
            (from < all).then_some((from, height))
        });
        if let Some((from, height)) = rest.flatten() {
            let turn = self.turn.get_value();
            set_timeout(move || self.go_on(from, height, turn), REST);
        }
    }

    /// Adds the next rows, and those after them once these have been painted.
    fn go_on(self, from: usize, height: f64, turn: u64) {
        if self.turn.try_get_value() != Some(turn) {
            return;
        }
        let next = self.write(|shown, pen| {
            let all = &shown.listing.rows;
            let to = all.len().min(from + AT_A_TIME);
            let written = pen.rows(&all[from..to]);
            let added = rows::add(TABLE, &written, all.len() - to, height);
            (added && to < all.len()).then_some(to)
        });
        if let Some(to) = next.flatten() {
            let go_on = move || self.go_on(to, height, turn);
            request_animation_frame(move || set_timeout(go_on, Duration::ZERO));
        }
    }
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
        view! { <a class="button" href=to>{t("Chercher sans les filtres")}</a> }
    });
    let words = if text.is_empty() {
        t("Rien dans votre portefeuille ne répond à tous ces filtres à la fois. Retirez-en un.")
            .to_owned()
    } else {
        say!(
            "Rien dans votre portefeuille pour «\u{a0}{text}\u{a0}». Essayez une partie du nom, ou le Siren.",
            text
        )
    };
    view! {
        <div class="empty">
            <h2>{t("Aucun client ne correspond")}</h2>
            <p>{words}</p>
            <p class="actions">
                {without}
                <a class="button" href=routes::EVERYBODY>{t("Effacer la recherche")}</a>
                <a class="button quiet" href=routes::ADD>{t("+ Ajouter un compte")}</a>
            </p>
        </div>
    }
}

/// The portfolio is empty.
#[component]
pub fn NoClients() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{t("Aucun client pour le moment")}</h2>
            <p>{t("Ajoutez le premier avec son Siren et deux informations qu’il vous aura données.")}</p>
            <p class="actions"><a class="button primary" href=routes::ADD>{t("+ Ajouter un compte")}</a></p>
        </div>
    }
}

#[cfg(test)]
mod tests;
