//! The words sought, the order and the size: found as one types, and by the button without JavaScript.

use super::explicit;
use crate::{browser, routes};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use portfolio::{
    language::t,
    search::{LONGEST, SIZES, Search, Sort, param, words},
    wording,
};
use std::time::Duration;

/// The ids of its controls.
pub const TEXT: &str = "recherche";
const MESSAGE: &str = "recherche-message";
const SORT: &str = "tri";
const DIRECTION: &str = "sens";
const SIZE: &str = "taille";
/// Between two questions, while somebody types. The first letter after a pause is asked for at once, so that nobody waits for a clock;
/// the pause is shorter than fingers are, so that only a key that is held down, or a device that types by itself, is held up.
const PAUSE: Duration = Duration::from_millis(50);

/// What the controls hold now, of the list that the address names.
fn typed(asked: &Search) -> Search {
    let sort = browser::chosen(SORT);
    let size = browser::chosen(SIZE).parse().ok();
    Search {
        text: text().unwrap_or_default(),
        sort: Sort::ALL
            .into_iter()
            .find(|known| known.code() == sort)
            .unwrap_or(asked.sort),
        descending: browser::ticked(DIRECTION),
        size: size
            .filter(|size| SIZES.contains(size))
            .unwrap_or(asked.size),
        ..asked.settled().first_page()
    }
}

/// The words as an address keeps them; none where they may not be in one.
fn text() -> Option<String> {
    words(&browser::input_value(TEXT))
}

/// The bar. It is drawn once: what answers come while somebody types leave focus and caret where they are.
#[component]
pub fn SearchBar(
    /// The list that the address names.
    asked: Memo<(Search, bool)>,
    /// What stands beside the button.
    children: Children,
) -> impl IntoView {
    let first = asked.get_untracked().0;
    let navigate = use_navigate();
    let sent = StoredValue::new(first.text.clone());
    let secret = RwSignal::new(first.secret);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = waiting.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    // Replaced, not pushed: back leads to the list before, not to the letter before.
    let seek = Callback::new(move |()| {
        stop();
        secret.set(text().is_none());
        if secret.get_untracked() {
            return;
        }
        let now = asked.get_untracked().0;
        let search = typed(&now);
        if search != now.settled().first_page() {
            sent.set_value(search.text.clone());
            let options = NavigateOptions {
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            let reordered = (search.sort, search.descending) != (now.sort, now.descending);
            let to = if reordered {
                explicit(&search)
            } else {
                routes::list(&search)
            };
            navigate(&to, options);
        }
    });
    let soon = move || {
        if waiting.with_value(Option::is_some) {
            return;
        }
        seek.run(());
        let again = move || {
            waiting.set_value(None);
            seek.run(());
        };
        waiting.set_value(set_timeout_with_handle(again, PAUSE).ok());
    };
    on_cleanup(stop);
    // Back, a chip, a saved list: the words follow the address, unless they are what has just led there.
    Effect::new(move |before: Option<()>| {
        let text_asked = asked.with(|(search, _)| search.text.clone());
        if before.is_none() {
            // Typed before the page was awake. In the next frame: of a page that is moved to nothing is in the document yet.
            request_animation_frame(move || {
                let here = asked.try_get_untracked().is_some() && browser::exists(TEXT);
                if here && text() != Some(sent.get_value()) {
                    seek.run(());
                }
            });
        } else if sent.get_value() != text_asked {
            sent.set_value(text_asked.clone());
            browser::set_input_value(TEXT, &text_asked);
        }
    });
    let order = first.clone();
    view! {
        <search>
            <form
                method="get"
                action=routes::CLIENTS
                class="search"
                on:submit=move |event| {
                    event.prevent_default();
                    seek.run(());
                }
            >
                <div class="field grow">
                    <label for=TEXT>{t("Rechercher un client")}</label>
                    <input
                        type="search"
                        id=TEXT
                        name=param::TEXT
                        value=first.text
                        maxlength=LONGEST.to_string()
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby=MESSAGE
                        aria-invalid=move || secret.get().then_some("true")
                        placeholder=t("Nom, Siren, Siret, n° de compte, référence, étiquette")
                        on:input=move |_| soon()
                    />
                    <p class="message" id=MESSAGE role="status">
                        {move || secret.get().then_some(wording::SECRET_SOUGHT)}
                    </p>
                </div>
                {filters(asked)}
                <button type="submit" class="button">{t("Rechercher")}</button>
                {children()}
                <Order asked first=order seek />
            </form>
        </search>
    }
    .into_any()
}

/// The filters, for a form that is sent.
fn filters(asked: Memo<(Search, bool)>) -> impl IntoView {
    let parts = Memo::new(move |_| asked.with(|(search, _)| search.filter.parts()));
    move || {
        let parts = parts.get().into_iter();
        parts
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    }
}

/// The order of the list, and how many clients a page has.
#[component]
fn Order(asked: Memo<(Search, bool)>, first: Search, seek: Callback<()>) -> impl IntoView {
    let sort = move || asked.with(|(search, _)| search.sort.code());
    let size = move || asked.with(|(search, _)| search.size.to_string());
    let descending = move || asked.with(|(search, _)| search.descending);
    let sorts = Sort::ALL
        .map(|choice| view! { <option value=choice.code() selected=choice == first.sort>{choice.label()}</option> })
        .collect_view();
    let sizes = SIZES
        .map(|choice| view! { <option value=choice.to_string() selected=choice == first.size>{choice}</option> })
        .collect_view();
    view! {
        <div class="order">
            <div class="field">
                <label for=SORT>{t("Trier par")}</label>
                <select id=SORT name=param::SORT prop:value=sort on:change=move |_| seek.run(())>{sorts}</select>
            </div>
            <label class="tick" for=DIRECTION>
                <input
                    type="checkbox"
                    id=DIRECTION
                    name=param::DIRECTION
                    value="desc"
                    checked=first.descending
                    prop:checked=descending
                    on:change=move |_| seek.run(())
                />
                <span>{t("Ordre inverse")}</span>
            </label>
            <div class="field">
                <label for=SIZE>{t("Par page")}</label>
                <select id=SIZE name=param::SIZE prop:value=size on:change=move |_| seek.run(())>{sizes}</select>
            </div>
        </div>
    }
}
