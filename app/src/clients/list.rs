//! « Gérer les établissements »: the firm's portfolio, found, sorted and paged by its address.

use super::{
    calls,
    rows::{ClientRow, row_id},
    ticks::{SelectionBar, TickHead, Ticks, with_ticks},
};
use crate::{
    browser,
    parts::address::asked_at,
    parts::{
        dialog::Dialog,
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
        pager::{Ends, Pager, shown},
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::Form,
    hooks::{use_location, use_navigate},
};
use portfolio::{
    client::{Listing, Saved, Total},
    search::{Filter, SIZES, Search, Sort, param},
    wording,
};

/// The name under which the list's size and order are remembered.
const PREFERENCE: &str = "liste";

/// The portfolio.
#[component]
pub fn ListPage() -> impl IntoView {
    let asked = asked_at(routes::CLIENTS, routes::search_of);
    let listing = Resource::new_blocking(
        move || asked.get().0.query(),
        async |query| with_ticks(calls::list(query).await).await,
    );
    let ticks = Ticks::provide();
    #[cfg(feature = "ssr")]
    if asked.get_untracked().1 {
        crate::asking::set_status(400);
    }
    remember_preferences(asked);
    view! {
        <PageTitle text="Gérer les établissements" />
        <article class="page wide">
            <header class="head">
                <div>
                    <h1>"Gérer les établissements"</h1>
                    <p class="muted">"Les clients dont vous gérez les comptes, et les services ouverts pour chacun."</p>
                </div>
                <a class="button primary" href=routes::ADD>"+ Ajouter un compte"</a>
            </header>
            <Show when=move || asked.get().1>
                <Notice kind="warning">
                    "Une partie de l’adresse n’a pas pu être lue\u{a0}; elle a été ignorée."
                </Notice>
            </Show>
            {move || view! { <SearchBar search=asked.get().0 /> }}
            <Transition fallback=Skeleton>
                {move || {
                    let search = asked.get().0;
                    Suspend::new(async move {
                        let outcome = listing.await;
                        loaded(outcome, |(listing, selection)| {
                            ticks.show(listing.rows.iter().map(|row| row.id).collect(), selection);
                            view! { <Clients listing search /> }
                        })
                    })
                }}
            </Transition>
        </article>
    }
}

/// Words, size, and the button that works without JavaScript.
#[component]
fn SearchBar(search: Search) -> impl IntoView {
    let Search {
        text,
        filter,
        sort,
        descending,
        size,
        ..
    } = search;
    view! {
        <search>
        <Form method="GET" action=routes::CLIENTS attr:class="search">
            <div class="field grow">
                <label for="recherche">"Rechercher un client"</label>
                <input
                    type="search"
                    id="recherche"
                    name=param::TEXT
                    value=text
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Nom, Siren, Siret ou n° de compte"
                />
            </div>
            {filter
                .parts()
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect_view()}
            {(sort != Sort::default())
                .then(|| view! { <input type="hidden" name=param::SORT value=sort.code() /> })}
            {descending.then(|| view! { <input type="hidden" name=param::DIRECTION value="desc" /> })}
            <div class="field">
                <label for="taille">"Par page"</label>
                <select id="taille" name=param::SIZE on:change=submit_form>
                    {SIZES
                        .map(|choice| view! { <option value=choice.to_string() selected=choice == size>{choice}</option> })
                        .collect_view()}
                </select>
            </div>
            <button type="submit" class="button">"Rechercher"</button>
        </Form>
        </search>
    }
}

fn submit_form(event: leptos::ev::Event) {
    use leptos::wasm_bindgen::JsCast;
    if let Some(form) = event_target::<leptos::web_sys::HtmlSelectElement>(&event).form() {
        let form: leptos::web_sys::HtmlFormElement = form.unchecked_into();
        let _ = form.request_submit();
    }
}

/// What is drawn while a list is on its way.
#[component]
fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">"Chargement de la liste"</span>
            <div></div>
            <div></div>
            <div></div>
        </div>
    }
}

#[component]
fn Clients(listing: Listing, search: Search) -> impl IntoView {
    let Listing {
        rows,
        total,
        managed,
        page,
        before,
        after,
        opened,
        saved,
        ended,
    } = listing;
    let view_id = rows
        .iter()
        .find(|row| [search.show, search.saved].contains(&Some(row.id)))
        .map(row_id);
    let settled = search.saved.is_none();
    if let Some(id) = view_id {
        Effect::new(move || {
            let id = id.clone();
            request_animation_frame(move || {
                browser::scroll_to(&id);
                // After the dialog the focus goes to the row that it spoke of.
                if settled {
                    browser::focus(&id);
                }
            });
        });
    }
    let told = saved.map(|saved| view! { <SavedDialog saved search=search.clone() /> });
    let removed = ended.map(|ended| {
        view! {
            <Notice kind="success">
                "L’inscription de " <strong>{ended.name}</strong> " (" {ended.held.scheme.accounts()} ") est résiliée depuis le "
                {ended.last.at.short_moment()} ", par " {ended.last.by} ". L’historique est conservé. "
                <a href=routes::client_again(ended.id, "")>"Le consulter"</a>
            </Notice>
        }
    });
    let ends = Ends {
        page,
        first: rows.first().map(|row| row.id).filter(|_| before),
        last: rows.last().map(|row| row.id).filter(|_| after),
    };
    let body = match (managed, total) {
        (0, _) => view! { <NoClients /> }.into_any(),
        (_, Total::Exactly(0)) => view! { <NoMatch text=search.text.clone() /> }.into_any(),
        _ => {
            let heads = search.clone();
            let pager = search.clone();
            let mut opened = opened;
            view! {
                <p class="shown" role="status">{shown(page, search.size, rows.len(), total)}</p>
                <SelectionBar search=search.clone() total />
                <table class="list">
                    <caption class="visually-hidden">"Clients du portefeuille"</caption>
                    <thead>
                        <tr>
                            <TickHead />
                            {Sort::COLUMNS.map(|sort| view! { <Head sort search=heads.clone() /> }).collect_view()}
                            <th scope="col" class="do"><span class="visually-hidden">"Actions"</span></th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows
                            .into_iter()
                            .map(|row| {
                                let opened = opened.take_if(|(id, _)| *id == row.id).map(|(_, accounts)| accounts);
                                let search = Search { page: page.unwrap_or(search.page), ..search.clone() };
                                view! { <ClientRow row search opened /> }
                            })
                            .collect_view()}
                    </tbody>
                </table>
                <Pager search=pager ends total />
            }
            .into_any()
        }
    };
    view! {
        {told}
        {removed}
        {body}
    }
}

/// The head of a column: a link that sorts by it, and turns the order round when it is sorted by it already.
#[component]
fn Head(sort: Sort, search: Search) -> impl IntoView {
    let sorted = search.sort == sort;
    let order = match (sorted, search.descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    let to = Search {
        sort,
        descending: sorted && !search.descending,
        ..search.settled().first_page()
    };
    view! {
        <th scope="col" aria-sort=order class=sort.code()>
            <a href=explicit(&to)>{sort.label()}</a>
        </th>
    }
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

/// « Votre modification a bien été prise en compte. », with what changed.
#[component]
fn SavedDialog(saved: Saved, search: Search) -> impl IntoView {
    let after = Search {
        show: Some(saved.id),
        ..search.settled()
    };
    let to = routes::list(&after);
    let navigate = use_navigate();
    let closed = Callback::new(move |()| {
        navigate(
            &to,
            NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            },
        );
    });
    view! {
        <Dialog id="enregistre" title="Enregistré" open=true closed>
            <p class="strong">{wording::SAVED}</p>
            <p>{saved.name} " – " {saved.held.scheme.accounts()}</p>
            <p class="muted">{wording::happening(&saved.last.what)}</p>
            <form
                method="get"
                action=routes::CLIENTS
                class="actions"
                on:submit=move |event| {
                    event.prevent_default();
                    browser::close_dialog("enregistre");
                }
            >
                {after
                    .parts()
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <button type="submit" class="button primary" autofocus>"OK"</button>
            </form>
        </Dialog>
    }
}

#[component]
fn NoClients() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"Aucun client pour le moment"</h2>
            <p>"Ajoutez le premier avec son Siren et deux informations qu’il vous aura données."</p>
            <p class="actions"><a class="button primary" href=routes::ADD>"+ Ajouter un compte"</a></p>
        </div>
    }
}

#[component]
fn NoMatch(text: String) -> impl IntoView {
    view! {
        <div class="empty" role="status">
            <h2>"Aucun client ne correspond"</h2>
            <p>"Rien dans votre portefeuille pour «\u{a0}" {text} "\u{a0}». Essayez une partie du nom, ou le Siren."</p>
            <p class="actions">
                <a class="button" href=routes::CLIENTS>"Effacer la recherche"</a>
                <a class="button quiet" href=routes::ADD>"+ Ajouter un compte"</a>
            </p>
        </div>
    }
}

/// Keeps the size and order that an address names for the next visit, and takes them up when the list is opened without any. An
/// address that names them is obeyed.
fn remember_preferences(asked: Memo<(Search, bool)>) {
    let navigate = use_navigate();
    let location = use_location();
    Effect::new(move |_| {
        asked.track();
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
        } else if query.trim_start_matches('?').is_empty() {
            let kept = routes::back_of(&browser::remembered(PREFERENCE).unwrap_or_default());
            if kept != Search::default() {
                navigate(
                    &routes::list(&kept),
                    NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    },
                );
            }
        }
    });
}
