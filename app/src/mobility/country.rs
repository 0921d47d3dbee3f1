//! Choosing a country: typed by its French name, without accents or capitals having to be right, or taken from the list that follows
//! what is typed. Without JavaScript the browser's own list helps, and the name is understood as it was typed.

use crate::{
    browser,
    parts::{
        field::{FieldMessage, use_awake},
        form::FormState,
    },
};
use leptos::{ev, prelude::*};
use portfolio::{
    form::Form,
    mobility::country::{self, Country},
    problem::Field as _,
};

/// Countries that the list shows at a time.
const SHOWN: usize = 8;
/// The id of the list for browsers without JavaScript.
const NAMES: &str = "noms-de-pays";

/// The names of all countries, once a page, for browsers without JavaScript.
#[component]
pub fn CountryNames() -> impl IntoView {
    let awake = use_awake();
    view! {
        <Show when=move || !awake.get()>
            <datalist id=NAMES>
                {country::all().iter().map(|country| view! { <option value=country.name()></option> }).collect_view()}
            </datalist>
        </Show>
    }
    .into_any()
}

/// What a field shows of what was stored: the name of a code.
fn shown(value: &str) -> String {
    country::read(value).map_or_else(|_| value.to_owned(), |country| country.name().to_owned())
}

/// A country. Its list follows what is typed: arrows choose, Enter takes, Escape closes.
#[component]
pub fn CountryField<F: Form>(
    /// The form.
    form: FormState<F>,
    /// The field.
    field: F::Field,
    /// What it is called.
    label: &'static str,
    /// What it holds at first.
    value: String,
    /// How it is filled in.
    #[prop(optional)]
    hint: &'static str,
    /// Told once one is taken from the list.
    #[prop(optional, into)]
    taken: Option<Callback<()>>,
) -> impl IntoView {
    let name = field.name();
    let list = format!("{name}-liste");
    let (awake, open) = (use_awake(), RwSignal::new(false));
    let (found, place) = (RwSignal::new(Vec::<Country>::new()), RwSignal::new(0));
    let take = move |at: usize| {
        if let Some(country) = found.with_untracked(|found| found.get(at).copied()) {
            browser::set_input_value(name, country.name());
            open.set(false);
            browser::tell_changed(name);
            if let Some(taken) = taken {
                taken.run(());
            }
        }
    };
    let typed = move |text: String| {
        let mut countries = country::find(&text);
        countries.truncate(SHOWN);
        // A name that is complete needs no list.
        let whole = matches!(&*countries, [only] if only.name() == text);
        open.set(!countries.is_empty() && !whole);
        found.set(countries);
        place.set(0);
    };
    let pressed = move |event: ev::KeyboardEvent| {
        if !open.get_untracked() {
            return;
        }
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        let at = place.get_untracked();
        match &*event.key() {
            "ArrowDown" => place.set(if at >= last { 0 } else { at + 1 }),
            "ArrowUp" => place.set(if at == 0 { last } else { at - 1 }),
            "Enter" => take(at),
            "Escape" => open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |at: usize| format!("{name}-liste-{at}");
    let options = move || {
        let here = place.get();
        found
            .get()
            .into_iter()
            .enumerate()
            .map(|(at, country)| {
                view! {
                    <li
                        role="option"
                        id=option(at)
                        aria-selected=(at == here).to_string()
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| take(at)
                    >
                        {country.name()}
                    </li>
                }
            })
            .collect_view()
    };
    let described = if hint.is_empty() {
        format!("{name}-message")
    } else {
        format!("{name}-indication {name}-message")
    };
    view! {
        <div class="field country" class:faulty=move || form.problem(field).is_some()>
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-indication")>{hint}</p> })}
            <FieldMessage form field />
            <input
                type="text"
                id=name
                name=name
                value=shown(&value)
                list=move || (!awake.get()).then_some(NAMES)
                role=move || awake.get().then_some("combobox")
                aria-expanded=move || awake.get().then(|| open.get().to_string())
                aria-controls=move || (awake.get() && open.get()).then(|| list.clone())
                aria-autocomplete=move || awake.get().then_some("list")
                aria-activedescendant=move || open.get().then(|| option(place.get()))
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || form.problem(field).is_some().then_some("true")
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=pressed
                on:blur=move |_| open.set(false)
            />
            <Show when=move || open.get()>
                <ul class="options" id=format!("{name}-liste") role="listbox" aria-label=label>{options}</ul>
            </Show>
        </div>
    }
    .into_any()
}
