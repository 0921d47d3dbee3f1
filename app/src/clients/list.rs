//! « Gérer les établissements »: the firm's portfolio, found, filtered, sorted and paged by its address.
//!
//! The address is the only truth: what is typed, chosen or pressed changes the address, and the list follows it. Each answer carries
//! the query that it answers; what stands on the page is the last answer, never the last question.

mod chips;
pub mod filters;
pub mod keys;
mod search_bar;
mod table;
mod told;
pub mod views;

use super::{
    calls, find,
    rows::{STARS, row_id},
    ticks::{SelectionBar, Ticked, Ticks, with_ticks},
};
use crate::{
    browser,
    parts::{
        address::asked_at,
        form::use_returned,
        frame::PageTitle,
        loaded::{Skeleton, loaded_or_again},
        notice::Notice,
        notice::Trouble,
    },
    refusal::{NoField, Refusal},
    routes,
    session::said::Said,
};
use chips::Chips;
use filters::{FilterButton, FilterDialog};
use keys::ListKeys;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use portfolio::{
    client::{Listing, MOST_COUNTED, Total},
    form::{FavouriteField, FavouriteForm},
    french,
    ids::EnrolmentId,
    language::t,
    say,
    search::{Filter, Search, Sort, param},
    wording,
};
use search_bar::SearchBar;
use std::time::Duration;
use table::{NoClients, NoMatch, Table};
use told::{Removed, SavedDialog};
use views::ViewTabs;

/// The name under which the list's size and order are remembered.
const PREFERENCE: &str = "liste";
/// How long a list has to stand before it is told to those who hear it: not at every letter.
const QUIET: Duration = Duration::from_millis(900);
/// How long an answer may take before the last one is shown paler.
const LATE: Duration = Duration::from_millis(300);

/// What stands on the page: the search that was answered, and its answer.
#[derive(Clone, PartialEq)]
pub struct Shown {
    search: Search,
    listing: Listing,
}

/// A query, and its answer.
type Answer = (String, Result<Ticked, Refusal<NoField>>);

async fn answer(query: String) -> Answer {
    let outcome = with_ticks(calls::list(query.clone()).await).await;
    (query, outcome)
}

/// The portfolio.
#[component]
pub fn ListPage() -> impl IntoView {
    let asked = asked_at(routes::CLIENTS, routes::search_of);
    let query = Memo::new(move |_| asked.with(|(search, _)| search.query()));
    let first = query.get_untracked();
    let listing = Resource::new_blocking(|| (), move |()| answer(first.clone()));
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    remember_preferences();
    Ticks::provide();
    let open = RwSignal::new(false);
    view! {
        <PageTitle text=t("Gérer les établissements") />
        <article class="page wide">
            <header class="head">
                <div>
                    <h1>{t("Gérer les établissements")}</h1>
                    <p class="muted">{t("Les clients dont vous gérez les comptes, et les services ouverts pour chacun.")}</p>
                </div>
                <div class="actions">
                    <a class="button" href=routes::IMPORTS>{t("Ajouter plusieurs comptes")}</a>
                    <a class="button primary" href=routes::ADD>{t("+ Ajouter un compte")}</a>
                </div>
            </header>
            <Show when=move || asked.get().1>
                <Notice kind="warning">
                    {t("Une partie de l’adresse n’a pas pu être lue\u{202f}; elle a été ignorée.")}
                </Notice>
            </Show>
            <Said />
            <ViewTabs asked />
            <SearchBar asked>
                <FilterButton asked open />
            </SearchBar>
            <FilterDialog asked open />
            <Chips asked />
            <Clients listing query />
        </article>
    }
}

/// The list itself. The resource is its first answer alone: one resource asks one question after the other, and a slow answer would hold
/// up the next question. Later ones are asked at once, and an answer that is no longer asked for is dropped.
#[component]
fn Clients(listing: Resource<Answer>, query: Memo<String>) -> impl IntoView {
    let shown = RwSignal::new(None::<Shown>);
    let refused = RwSignal::new(None::<Refusal<NoField>>);
    let ticks = Ticks::here();
    let take = move |(query, outcome): Answer| match outcome {
        Ok((listing, selection)) => {
            if let Some(ticks) = ticks {
                ticks.show(listing.rows.iter().map(|row| row.id).collect(), selection);
            }
            let (search, _) = routes::search_of(&query);
            refused.set(None);
            shown.set(Some(Shown { search, listing }));
        }
        Err(refusal) => refused.set(Some(refusal)),
    };
    let ask = move |asked: String| {
        spawn_local(async move {
            let answer = answer(asked.clone()).await;
            if query.try_get_untracked().as_ref() == Some(&asked) {
                take(answer);
            }
        });
    };
    let again = Callback::new(move |()| ask(query.get_untracked()));
    let first = query.get_untracked();
    Effect::new(move |before: Option<String>| {
        let now = query.get();
        if before.as_ref().unwrap_or(&first) != &now {
            ask(now.clone());
        }
        now
    });
    let busy = Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .is_some_and(|shown| query.with(|query| *query != shown.search.query()))
        })
    });
    let late = late(busy);
    view! {
        <Transition fallback=|| view! { <Skeleton text=t("Chargement de la liste") /> }>
            {Suspend::new(async move {
                let answer = listing.await;
                if shown.with_untracked(Option::is_none) {
                    take(answer);
                }
                view! {
                    {move || refused.get().map(|refusal| loaded_or_again(Err::<(), _>(refusal), Some(again), |()| ()))}
                    <div class="clients" class:late=late aria-busy=move || busy.get().to_string()>
                        <Answered shown />
                    </div>
                }
            })}
        </Transition>
    }
}

/// Whether an answer takes long, and the last one should be seen to be the last. Not a transition that waits: the browser would lay the
/// whole list out as a layer of its own at each letter.
fn late(busy: Memo<bool>) -> RwSignal<bool> {
    let late = RwSignal::new(false);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = waiting.flatten() {
            timer.clear();
        }
        if busy.get() {
            let tell = move || {
                let _ = late.try_set(true);
            };
            set_timeout_with_handle(tell, LATE).ok()
        } else {
            late.set(false);
            None
        }
    });
    late
}

/// Which of the bodies the list has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    /// The portfolio is empty.
    NoClients,
    /// Nobody is left.
    NoMatch,
    /// Rows.
    Rows,
}

#[component]
fn Answered(shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let trouble = RwSignal::new(None::<Refusal<FavouriteField>>);
    if let Some((_, refusal)) = use_returned::<FavouriteForm>() {
        trouble.set(refusal);
    }
    let counted = count_afterwards(shown);
    let star = Callback::new(move |(id, on)| press_star(shown, trouble, id, on));
    bring_into_view(shown);
    let body = Memo::new(move |_| {
        shown.with(|shown| {
            let listing = &shown.as_ref()?.listing;
            Some(match (listing.managed, listing.rows.is_empty()) {
                (0, _) => Body::NoClients,
                (_, true) => Body::NoMatch,
                _ => Body::Rows,
            })
        })
    });
    let told = Memo::new(move |_| shown.with(|shown| shown.as_ref()?.listing.saved.clone()));
    let ended = Memo::new(move |_| shown.with(|shown| shown.as_ref()?.listing.ended.clone()));
    let search = move || {
        shown.with_untracked(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.search.clone())
                .unwrap_or_default()
        })
    };
    let sought = Memo::new(move |_| {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| shown.search.settled())
                .unwrap_or_default()
        })
    });
    let total = Memo::new(move |_| {
        let total = shown.with(|shown| shown.as_ref().map(|shown| shown.listing.total));
        match (total, counted.get()) {
            (Some(Total::MoreThan(_)), Some(count)) if count > MOST_COUNTED => {
                Total::Exactly(count)
            }
            (total, _) => total.unwrap_or(Total::Exactly(0)),
        }
    });
    let ticks = Ticks::here();
    // A search that finds nobody must not hide what is selected.
    let bar = Memo::new(move |_| match body.get() {
        Some(Body::Rows) => true,
        Some(Body::NoMatch) => ticks.is_some_and(Ticks::any),
        Some(Body::NoClients) | None => false,
    });
    let here = move || {
        shown.with(|shown| {
            shown
                .as_ref()
                .map(|shown| routes::list(&shown.search.settled()))
        })
    };
    view! {
        {move || told.get().map(|saved| view! { <SavedDialog saved search=search() /> })}
        {move || ended.get().map(|ended| view! { <Removed ended /> })}
        {move || trouble.get().map(|refusal| view! { <StarTrouble refusal /> })}
        <form id=STARS method="post" action=here>
            <input type="hidden" name="back" value=move || sought.get().query() />
        </form>
        <Heard shown />
        {move || bar.get().then(|| view! { <SelectionBar search=sought total /> })}
        {move || match body.get() {
            None => ().into_any(),
            Some(Body::NoClients) => view! { <NoClients /> }.into_any(),
            Some(Body::NoMatch) => (move || view! { <NoMatch search=sought.get() /> }).into_any(),
            Some(Body::Rows) => view! { <Table shown=shown.into() total star /> }.into_any(),
        }}
        <ListKeys />
    }
}

/// How many clients there are, told aloud once the list stands still.
#[component]
fn Heard(shown: RwSignal<Option<Shown>>) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = waiting.try_get_value().flatten() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    Effect::new(move |before: Option<Option<(Search, Total)>>| {
        let now = shown.with(|shown| {
            let Shown { search, listing } = shown.as_ref()?;
            Some((search.settled(), listing.total))
        });
        // The page itself is told on arrival; only what changes of it is told here.
        if before.is_some_and(|before| before.is_some() && before != now)
            && let Some((_, total)) = now
        {
            stop();
            let words = match total {
                Total::Exactly(0) => t("Aucun client ne correspond").to_owned(),
                Total::Exactly(count) => {
                    french::count(count, t("client trouvé"), t("clients trouvés"))
                }
                Total::MoreThan(_) => say!("{total} trouvés", total = total.told()),
            };
            let tell = move || told.set(words);
            waiting.set_value(set_timeout_with_handle(tell, QUIET).ok());
        }
        now
    });
    view! { <p class="visually-hidden" role="status" aria-live="polite">{told}</p> }
}

/// A star that could not be pressed.
#[component]
fn StarTrouble(refusal: Refusal<FavouriteField>) -> impl IntoView {
    match refusal {
        Refusal::Problems(problems) => {
            let sentences = problems
                .iter()
                .map(|(field, problem)| view! { <p>{wording::sentence(field, problem)}</p> })
                .collect_view();
            view! { <Notice kind="warning">{sentences}</Notice> }.into_any()
        }
        refusal => view! { <Notice kind="warning"><Trouble refusal /></Notice> }.into_any(),
    }
}

/// Shows the star as it was pressed, and as it was when that is refused.
fn press_star(
    shown: RwSignal<Option<Shown>>,
    trouble: RwSignal<Option<Refusal<FavouriteField>>>,
    id: EnrolmentId,
    on: bool,
) {
    let draw = move |on: bool| {
        shown.try_update(|shown| {
            let rows = shown.iter_mut().flat_map(|shown| &mut shown.listing.rows);
            for row in rows.filter(|row| row.id == id) {
                row.favourite = on;
            }
        });
    };
    draw(on);
    let (add, remove) = if on {
        (id.to_string(), String::new())
    } else {
        (String::new(), id.to_string())
    };
    spawn_local(async move {
        let form = FavouriteForm {
            add,
            remove,
            back: String::new(),
        };
        let outcome = find::favourite(form).await;
        if outcome.is_err() {
            draw(!on);
        }
        let _ = trouble.try_set(outcome.err());
    });
}

/// The whole number of clients, counted once rows that are « plus de 1 000 » have come.
fn count_afterwards(shown: RwSignal<Option<Shown>>) -> Signal<Option<u64>> {
    let counted = RwSignal::new(None::<(String, u64)>);
    let wanted = Memo::new(move |_| {
        shown.with(|shown| {
            let Shown { search, listing } = shown.as_ref()?;
            let open = matches!(listing.total, Total::MoreThan(_));
            // Sorting and paging leave the number as it is.
            let sought = Search {
                text: search.text.clone(),
                filter: search.filter.clone(),
                ..Search::default()
            };
            open.then(|| sought.query())
        })
    });
    Effect::new(move || {
        if let Some(query) = wanted.get() {
            spawn_local(async move {
                if let Ok(count) = find::count(query.clone()).await {
                    let _ = counted.try_set(Some((query, count)));
                }
            });
        }
    });
    Signal::derive(move || {
        let (query, count) = counted.get()?;
        (wanted.get()? == query).then_some(count)
    })
}

/// The client that was just saved, or is to be seen, comes into view.
fn bring_into_view(shown: RwSignal<Option<Shown>>) {
    let target = Memo::new(move |_| {
        shown.with(|shown| {
            let Shown { search, listing } = shown.as_ref()?;
            let sought = [search.show, search.saved];
            let row = listing
                .rows
                .iter()
                .find(|row| sought.contains(&Some(row.id)))?;
            // After the dialog the focus goes to the row that it spoke of.
            Some((row_id(row), search.saved.is_none()))
        })
    });
    Effect::new(move || {
        if let Some((id, settled)) = target.get() {
            request_animation_frame(move || {
                browser::scroll_to(&id);
                if settled {
                    browser::focus(&id);
                }
            });
        }
    });
}

/// The address of an order that somebody chose: named even where it is the default, so that it is remembered.
fn explicit(search: &Search) -> String {
    let to = routes::list(search);
    if search.sort != Sort::default() || search.descending {
        return to;
    }
    let mark = if to.contains('?') { '&' } else { '?' };
    format!("{to}{mark}{}={}", param::SORT, search.sort.code())
}

/// Keeps the size and order that an address names for the next visit; [`views`] takes them up when the list is opened without any.
fn remember_preferences() {
    let location = use_location();
    Effect::new(move |_| {
        let query = location.search.get();
        if location.pathname.get() != routes::CLIENTS {
            return;
        }
        let named = |name| routes::part(&query, name).is_some();
        if [param::SORT, param::DIRECTION, param::SIZE]
            .into_iter()
            .any(named)
        {
            let search = routes::search_of(&query).0;
            let preference = Search {
                text: String::new(),
                filter: Filter::default(),
                ..search.settled().first_page()
            };
            browser::remember(PREFERENCE, &preference.query());
        }
    });
}

/// The order and size of the last visit.
fn remembered() -> Search {
    routes::back_of(&browser::remembered(PREFERENCE).unwrap_or_default())
}
