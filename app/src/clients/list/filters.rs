//! The filters of the list, with how many clients each choice would leave: a panel over the list, and a page for browsers without
//! JavaScript. Both are one form that a plain GET sends to the list.

use crate::{
    browser,
    clients::find,
    parts::{
        address::asked_at,
        frame::PageTitle,
        loaded::loaded,
        notice::{Notice, Trouble},
    },
    refusal::{NoField, Refusal},
    routes,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use portfolio::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    client::Colleague,
    finding::Facets,
    french,
    holder::{AccountState, Kind, Scheme},
    language::t,
    organism, say,
    search::{Filter, InCharge, Search, Since, Sort, filter_param as name, param},
    wording,
};

/// The panel's id.
const DIALOG: &str = "filtres";
/// The form's.
const FORM: &str = "filtres-choix";
/// The days back that are offered.
const DAYS: [u32; 5] = [1, 7, 30, 90, 365];

/// « Filtres »: opens the panel, or the page.
#[component]
pub fn FilterButton(
    /// The list that the address names.
    asked: Memo<(Search, bool)>,
    /// Whether the panel is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let on = Memo::new(move |_| asked.with(|(search, _)| search.filter.parts().len()));
    view! {
        <a
            class="button"
            href=move || asked.with(|(search, _)| routes::filters(search))
            on:click=move |event| {
                event.prevent_default();
                open.set(true);
                browser::open_dialog(DIALOG);
            }
        >
            {t("Filtres")}
            {move || (on.get() > 0).then(|| view! { <span class="badge">{on} <span class="visually-hidden">{t(" en cours")}</span></span> })}
        </a>
    }
}

/// The panel.
#[component]
pub fn FilterDialog(
    /// The list that the address names.
    asked: Memo<(Search, bool)>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let search = Memo::new(move |_| asked.with(|(search, _)| search.settled().first_page()));
    let facets = RwSignal::new(None::<Facets>);
    let refused = RwSignal::new(None::<Refusal<NoField>>);
    let latest = StoredValue::new(String::new());
    // Counted while the panel is open, and again with each choice; an answer that is no longer asked for is dropped.
    Effect::new(move || {
        let query = search.with(Search::query);
        if !open.get() {
            return;
        }
        latest.set_value(query.clone());
        spawn_local(async move {
            let outcome = find::filter_counts(query.clone()).await;
            if latest.try_get_value().is_some_and(|latest| latest == query) {
                match outcome {
                    Ok(counts) => {
                        let _ = refused.try_set(None);
                        let _ = facets.try_set(Some(counts));
                    }
                    Err(refusal) => {
                        let _ = refused.try_set(Some(refusal));
                    }
                }
            }
        });
    });
    let navigate = use_navigate();
    let go = Callback::new(move |to: String| {
        let options = NavigateOptions {
            scroll: false,
            ..NavigateOptions::default()
        };
        navigate(&to, options);
    });
    let choose = Callback::new(move |()| {
        let (chosen, _) = routes::search_of(&browser::form_query(FORM));
        // What was added stands among the boxes from now on; the list that it came from must not add its neighbour next time.
        for name in [name::ON, name::OFF] {
            browser::choose_first(&add_id(name));
        }
        go.run(routes::list(&chosen));
    });
    let close = move || browser::close_dialog(DIALOG);
    let known = Memo::new(move |_| facets.with(Option::is_some));
    view! {
        <dialog id=DIALOG class="dialog sheet" aria-labelledby="filtres-titre" on:close=move |_| open.set(false)>
            <header>
                <h2 id="filtres-titre">{t("Filtres")}</h2>
                <button type="button" class="button quiet small" on:click=move |_| close()>{t("Fermer")}</button>
            </header>
            {move || refused.get().map(|refusal| view! { <Notice kind="warning"><Trouble refusal /></Notice> })}
            {move || if known.get() {
                let facets = Signal::derive(move || facets.get().unwrap_or_default());
                view! {
                    <FilterForm search=search.into() facets choose />
                    <footer>
                        <button type="button" class="button primary" on:click=move |_| close()>
                            {move || {
                                let count = facets.with(|facets| facets.total);
                                say!("Afficher {count}", count = french::count(count, "client", "clients"))
                            }}
                        </button>
                        <button
                            type="button"
                            class="button quiet"
                            on:click=move |_| {
                                let rest = Search { filter: Filter::default(), ..search.get_untracked() };
                                go.run(routes::list(&rest));
                            }
                        >
                            {t("Effacer les filtres")}
                        </button>
                    </footer>
                }
                .into_any()
            } else {
                view! { <p class="muted" role="status">{t("Comptage en cours…")}</p> }.into_any()
            }}
        </dialog>
    }
    .into_any()
}

/// The page, for browsers without JavaScript and for those who come by its address.
#[component]
pub fn FiltersPage() -> impl IntoView {
    let asked = asked_at(routes::FILTERS, routes::search_of);
    let facets = Resource::new_blocking(move || asked.get().0.query(), find::filter_counts);
    view! {
        <PageTitle text=t("Filtres") />
        <Transition>
            {move || {
                let search = asked.get().0;
                Suspend::new(async move {
                    let outcome = facets.await;
                    loaded(outcome, move |facets| {
                        let list = routes::list(&search);
                        let none = routes::list(&Search { filter: Filter::default(), ..search.clone() });
                        view! {
                            <article class="page narrow">
                                <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                                    <ol role="list"><li><a href=list>{t("Établissements")}</a></li></ol>
                                </nav>
                                <h1>{t("Filtres")}</h1>
                                <FilterForm search=Signal::stored(search) facets=Signal::stored(facets) />
                                <p class="actions">
                                    <button type="submit" form=FORM class="button primary">{t("Afficher les clients")}</button>
                                    <a class="button quiet" href=none>{t("Effacer les filtres")}</a>
                                </p>
                            </article>
                        }
                    })
                })
            }}
        </Transition>
    }
}

/// A choice of a list: what it sends, what it says, how many clients it would leave.
#[derive(Clone, PartialEq)]
struct Choice {
    value: String,
    words: String,
    count: Option<u64>,
}

impl Choice {
    fn new(value: impl ToString, words: impl Into<String>, count: u64) -> Self {
        Self {
            value: value.to_string(),
            words: words.into(),
            count: Some(count),
        }
    }

    /// The words, with the number where it is known.
    fn told(&self) -> String {
        let count = self
            .count
            .map(|count| format!(" ({})", french::number(count)));
        format!("{}{}", self.words, count.unwrap_or_default())
    }
}

/// The form. Its controls stand still while counts change around them.
#[component]
fn FilterForm(
    /// What is chosen.
    search: Signal<Search>,
    /// How many clients each choice would leave.
    facets: Signal<Facets>,
    /// Something was chosen; where nothing listens the form waits for its button.
    #[prop(optional, into)]
    choose: Option<Callback<()>>,
) -> impl IntoView {
    let hidden = move || {
        let Search {
            text,
            sort,
            descending,
            size,
            ..
        } = search.get();
        let rest = Search {
            text,
            sort,
            descending,
            size,
            ..Search::default()
        };
        rest.parts()
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
            .collect_view()
    };
    let filter = Memo::new(move |_| search.with(|search| search.filter.clone()));
    let changed = move |_| {
        if let Some(choose) = choose {
            choose.run(());
        }
    };
    // A form that says nothing of its order says that it is the usual one.
    let usual = move || {
        search.with(|search| {
            (search.sort == Sort::default()).then(|| {
                view! {
                    <input type="hidden" name=param::SORT value=Sort::default().code() />
                }
            })
        })
    };
    view! {
        <form
            id=FORM
            method="get"
            action=routes::CLIENTS
            class="filter-form"
            on:change=changed
            on:submit=move |event| {
                if let Some(choose) = choose {
                    event.prevent_default();
                    choose.run(());
                }
            }
        >
            {hidden}
            {usual}
            <Select name=name::SCHEME label=t("Régime") all=t("Tous") chosen=Signal::derive(move || filter.with(|f| f.scheme.map(|s| s.code().to_owned())))
                choices=Signal::derive(move || facets.with(schemes)) />
            <Select name=name::STATE label=t("État") all=t("Tous") chosen=Signal::derive(move || filter.with(|f| f.state.map(|s| s.code().to_string())))
                choices=Signal::derive(move || facets.with(states)) />
            <Select name=name::KIND label=t("Statut") all=t("Tous") chosen=Signal::derive(move || filter.with(|f| f.kind.map(|k| k.code().to_owned())))
                choices=Signal::derive(move || facets.with(kinds)) />
            <Select name=name::ORGANISM label=t("Organisme") all=t("Tous") chosen=Signal::derive(move || filter.with(|f| f.organism.clone()))
                choices=Signal::derive(move || facets.with(organisms)) />
            <Select name=name::IN_CHARGE label=t(wording::IN_CHARGE) all=t("Tous")
                chosen=Signal::derive(move || filter.with(|f| f.in_charge.as_ref().map(ToString::to_string)))
                choices=Signal::derive(move || facets.with(in_charge)) />
            <fieldset class="field ticks" hidden=move || facets.with(|facets| facets.labels.is_empty()) && filter.with(|f| f.labels.is_empty())>
                <legend>{t("Étiquettes")}</legend>
                <Ticks name=name::LABEL choices=Signal::derive(move || facets.with(labels))
                    chosen=Signal::derive(move || filter.with(|f| f.labels.iter().map(ToString::to_string).collect())) />
            </fieldset>
            <Services filter facets on=true />
            <Services filter facets on=false />
            <Select name=name::ADDED label=t("Ajouté") all=t("N’importe quand") chosen=Signal::derive(move || filter.with(|f| f.added.as_ref().map(ToString::to_string)))
                choices=Signal::derive(move || filter.with(|f| days(f.added.as_ref()))) />
            <Select name=name::CHANGED label=t("Modifié") all=t("N’importe quand")
                chosen=Signal::derive(move || filter.with(|f| f.changed.as_ref().map(ToString::to_string)))
                choices=Signal::derive(move || filter.with(|f| days(f.changed.as_ref()))) />
            <Select name=name::CHANGED_BY label=t("Modifié par") all=t("N’importe qui")
                chosen=Signal::derive(move || filter.with(|f| f.changed_by.map(|id| id.to_string())))
                choices=Signal::derive(move || facets.with(|facets| colleagues(&facets.changed_by))) />
            <Select name=name::RHYTHM label=t("Échéances") all=t("Toutes")
                chosen=Signal::derive(move || filter.with(|f| f.rhythm.map(|rhythm| rhythm.code().to_owned())))
                choices=Signal::derive(rhythms) />
            <fieldset class="field ticks">
                <legend>{t("Seulement")}</legend>
                <Flag name=name::FAVOURITES value="1" words=t("Mes favoris") on=Signal::derive(move || filter.with(|f| f.favourites))
                    count=Signal::derive(move || facets.with(|facets| facets.favourites)) />
                <Flag name=name::REFERENCE value="aucune" words=t("Sans référence") on=Signal::derive(move || filter.with(|f| f.no_reference))
                    count=Signal::derive(move || facets.with(|facets| facets.no_reference)) />
                <Flag name=name::SERVICES value="aucun" words=t("Sans aucun service") on=Signal::derive(move || filter.with(|f| f.no_service))
                    count=Signal::derive(move || facets.with(|facets| facets.no_service)) />
                <Flag name=name::REVIEWED value="ancienne" words=t(wording::TO_REVIEW)
                    on=Signal::derive(move || filter.with(|f| f.not_reviewed))
                    count=Signal::derive(move || facets.with(|facets| facets.not_reviewed)) />
            </fieldset>
        </form>
    }
    .into_any()
}

fn schemes(facets: &Facets) -> Vec<Choice> {
    let choice =
        |(scheme, count): &(Scheme, u64)| Choice::new(scheme.code(), scheme.label(), *count);
    facets.schemes.iter().map(choice).collect()
}

fn states(facets: &Facets) -> Vec<Choice> {
    let choice =
        |(state, count): &(AccountState, u64)| Choice::new(state.code(), state.label(), *count);
    facets.states.iter().map(choice).collect()
}

fn kinds(facets: &Facets) -> Vec<Choice> {
    let choice = |(kind, count): &(Kind, u64)| Choice::new(kind.code(), kind.label(), *count);
    facets.kinds.iter().map(choice).collect()
}

fn organisms(facets: &Facets) -> Vec<Choice> {
    let choice = |(code, count): &(String, u64)| Choice::new(code, organism::name(code), *count);
    facets.organisms.iter().map(choice).collect()
}

fn in_charge(facets: &Facets) -> Vec<Choice> {
    let mut choices = vec![Choice::new(
        InCharge::Nobody,
        t("Non attribué"),
        facets.nobody,
    )];
    choices.extend(colleagues(&facets.in_charge));
    choices
}

fn colleagues(counted: &[(Colleague, u64)]) -> Vec<Choice> {
    let choice =
        |(member, count): &(Colleague, u64)| Choice::new(member.id, member.name.clone(), *count);
    counted.iter().map(choice).collect()
}

fn labels(facets: &Facets) -> Vec<Choice> {
    let labels = facets.labels.iter();
    labels
        .map(|(label, count)| Choice::new(label.id, label.name.clone(), *count))
        .collect()
}

/// The days that are offered, and the moment that an address has named besides.
fn days(chosen: Option<&Since>) -> Vec<Choice> {
    let mut offered: Vec<Since> = DAYS.into_iter().map(Since::Days).collect();
    if let Some(other) = chosen.filter(|chosen| !offered.contains(chosen)) {
        offered.push(other.clone());
    }
    offered
        .into_iter()
        .map(|since| Choice {
            value: since.to_string(),
            words: super::chips::since_words(&since),
            count: None,
        })
        .collect()
}

/// When declarations fall due; « Échéances » has the numbers.
fn rhythms() -> Vec<Choice> {
    Rhythm::ALL
        .map(|rhythm| Choice {
            value: rhythm.code().to_owned(),
            words: rhythm.label().to_owned(),
            count: None,
        })
        .into()
}

/// One of several.
#[component]
fn Select(
    name: &'static str,
    label: &'static str,
    all: &'static str,
    chosen: Signal<Option<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let id = format!("filtre-{name}");
    let options = move || {
        let chosen = chosen.get();
        let mut choices = choices.get();
        // What is chosen stays to be seen, though it leaves nobody.
        if let Some(value) = chosen
            .as_ref()
            .filter(|chosen| !choices.iter().any(|choice| choice.value == **chosen))
        {
            let words = t("Choix sans client").to_owned();
            choices.push(Choice {
                value: value.clone(),
                words,
                count: Some(0),
            });
        }
        choices
            .into_iter()
            .map(|choice| {
                let selected = chosen.as_ref() == Some(&choice.value);
                let told = choice.told();
                view! { <option value=choice.value selected=selected prop:selected=selected>{told}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>
                <option value="" prop:selected=move || chosen.get().is_none()>{all}</option>
                {options}
            </select>
        </div>
    }
}

/// Several at once, keyed, so that the focus stays with its box.
#[component]
fn Ticks(
    name: &'static str,
    chosen: Signal<Vec<String>>,
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let mut all = choices.get();
        for value in chosen.get() {
            if !all.iter().any(|choice| choice.value == value) {
                let words = t("Choix sans client").to_owned();
                all.push(Choice {
                    value,
                    words,
                    count: Some(0),
                });
            }
        }
        all
    });
    view! {
        <For each=move || all.get() key=|choice| choice.value.clone() let(choice)>
            {
                let sent = choice.value.clone();
                let value = StoredValue::new(choice.value.clone());
                let on = move || chosen.with(|chosen| value.with_value(|value| chosen.contains(value)));
                let told = move || {
                    let now = all.with(|all| value.with_value(|value| all.iter().find(|choice| choice.value == *value).map(Choice::told)));
                    now.unwrap_or_else(|| choice.told())
                };
                view! {
                    <label class="tick">
                        <input type="checkbox" name=name value=sent checked=on() prop:checked=on />
                        <span>{told}</span>
                    </label>
                }
            }
        </For>
    }
}

/// One box.
#[component]
fn Flag(
    name: &'static str,
    value: &'static str,
    words: &'static str,
    on: Signal<bool>,
    count: Signal<u64>,
) -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" name=name value=value checked=on.get_untracked() prop:checked=on />
            <span>{move || format!("{words} ({})", french::number(count.get()))}</span>
        </label>
    }
}

/// Services that are on, or off: those chosen as boxes, the next one from a list.
#[component]
fn Services(filter: Memo<Filter>, facets: Signal<Facets>, on: bool) -> impl IntoView {
    let (name, legend, more) = if on {
        (
            name::ON,
            t("Avec ces services"),
            t("Ajouter un service activé"),
        )
    } else {
        (
            name::OFF,
            t("Sans ces services"),
            t("Ajouter un service non activé"),
        )
    };
    let chosen = move |filter: &Filter| {
        if on {
            filter.on.clone()
        } else {
            filter.off.clone()
        }
    };
    let ticked = Memo::new(move |_| {
        filter.with(|filter| {
            let services = chosen(filter).into_iter();
            services
                .map(|code| Choice {
                    value: code.as_str().to_owned(),
                    words: code.service().label().to_owned(),
                    count: None,
                })
                .collect::<Vec<_>>()
        })
    });
    let rest = Signal::derive(move || {
        let taken = filter.with(|filter| filter.on.union(&filter.off).copied().collect::<Vec<_>>());
        facets.with(|facets| {
            ServiceCode::all()
                .filter(|code| !taken.contains(code))
                .filter_map(|code| {
                    let counted = facets.services.iter().find(|(known, _)| *known == code);
                    let with = counted.map_or(0, |(_, count)| *count);
                    let count = if on {
                        with
                    } else {
                        facets.total.saturating_sub(with)
                    };
                    (count > 0).then(|| Choice::new(code.as_str(), code.service().label(), count))
                })
                .collect()
        })
    });
    let values = Signal::derive(move || {
        ticked.with(|ticked| ticked.iter().map(|choice| choice.value.clone()).collect())
    });
    view! {
        <fieldset class="field ticks">
            <legend>{legend}</legend>
            <Ticks name choices=ticked.into() chosen=values />
            <AddOne name label=more choices=rest />
        </fieldset>
    }
}

/// The id of the list from which a service is added.
fn add_id(name: &str) -> String {
    format!("filtre-ajouter-{name}")
}

/// A list from which one is added to those chosen.
#[component]
fn AddOne(name: &'static str, label: &'static str, choices: Signal<Vec<Choice>>) -> impl IntoView {
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let told = choice.told();
                view! { <option value=choice.value>{told}</option> }
            })
            .collect_view()
    };
    view! {
        <select id=add_id(name) name=name aria-label=label>
            <option value="">{label} "…"</option>
            {options}
        </select>
    }
}
