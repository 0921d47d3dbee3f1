//! The lists that a member has saved (« vues »): tabs over the list, and the page where they are kept.

use super::remembered;
use crate::{
    clients::find,
    parts::{
        address::{GoTo, asked_at},
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::PageTitle,
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};
use portfolio::{
    finding::View,
    form::{ViewField, ViewForm, view_act},
    language::t,
    search::{Filter, Search},
};
use std::sync::Arc;

/// The anchor of the lists that are kept.
const KEPT: &str = "vues-enregistrees";

/// Saved lists as tabs: everybody, favourites, then one's own. A list that is opened bare opens with the one chosen for it.
#[component]
pub fn ViewTabs(
    /// The list that the address names.
    asked: Memo<(Search, bool)>,
) -> impl IntoView {
    let bare = asked_at(routes::CLIENTS, |query| {
        query.trim_start_matches('?').is_empty()
    });
    let views = Resource::new_blocking(|| (), |()| find::views());
    // Not made with the tabs: what is drawn anew lets go of its own before what it replaces is gone.
    let here = Memo::new(move |_| asked.with(|(search, _)| search.settled().first_page()));
    view! {
        <Transition>
            {move || {
                let bare = bare.get();
                Suspend::new(async move {
                    // Without them the list is still a list: what is wrong is told there.
                    let views = views.await.unwrap_or_default();
                    let first = views.iter().find(|view| bare && view.is_default);
                    match first {
                        Some(view) => {
                            let path = routes::list(&routes::back_of(&view.query));
                            view! { <GoTo path /> }.into_any()
                        }
                        None => view! { <Tabs asked here views bare /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// Whether two searches are the same list: how many a page is no part of what a list is.
fn same(one: &Search, other: &Search) -> bool {
    let size = one.size;
    *one == Search {
        size,
        ..other.clone()
    }
}

/// The tabs. They are drawn once: a letter that is typed changes an address and which of them is the current one.
#[component]
fn Tabs(
    asked: Memo<(Search, bool)>,
    here: Memo<Search>,
    views: Vec<View>,
    bare: bool,
) -> impl IntoView {
    if bare {
        take_up_preferences();
    }
    let favourites = Search {
        filter: Filter {
            favourites: true,
            ..Filter::default()
        },
        ..Search::default()
    };
    let tab = |name: String, to: Search| {
        let path = routes::list(&to);
        let current = move || here.with(|here| same(&to, here)).then_some("page");
        view! { <li><a href=path aria-current=current>{name}</a></li> }
    };
    let plain = [Search::default(), favourites.clone()];
    let kept: Arc<[Search]> = views
        .iter()
        .map(|view| routes::back_of(&view.query))
        .chain(plain)
        .collect();
    let is_kept = move || here.with(|here| kept.iter().any(|kept| same(kept, here)));
    let unkept = is_kept.clone();
    let save = move || asked.with(|(search, _)| routes::save_view(search));
    // Where what is shown is no list of its own yet, it may take the place of one.
    let manage = move || {
        if is_kept() {
            routes::VIEWS.to_owned()
        } else {
            format!("{}#{KEPT}", save())
        }
    };
    let own = views
        .iter()
        .map(|view| tab(view.name.clone(), routes::back_of(&view.query)))
        .collect_view();
    view! {
        <nav class="tabs views" aria-label=t("Vues")>
            <ul role="list">
                {tab(t("Tous les clients").to_owned(), Search::default())}
                {tab(t("Favoris").to_owned(), favourites)}
                {own}
                {move || (!unkept()).then(|| view! {
                    <li class="do"><a href=save>{t("Enregistrer cette vue")}</a></li>
                })}
                {(!views.is_empty()).then(|| view! { <li class="do"><a href=manage>{t("Gérer les vues")}</a></li> })}
            </ul>
        </nav>
    }
}

/// The order and size of the last visit, where the address names none and no list was chosen to open with.
fn take_up_preferences() {
    let navigate = use_navigate();
    Effect::new(move || {
        let kept = remembered();
        if kept != Search::default() {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&routes::list(&kept), options);
        }
    });
}

/// The page.
#[component]
pub fn ViewsPage() -> impl IntoView {
    let search = use_location().search;
    // What was just done is a reason to look again.
    let views = Resource::new_blocking(move || search.get(), |_| find::views());
    let returned = use_returned::<ViewForm>();
    view! {
        <PageTitle text=t("Vues") />
        <Transition>
            {move || {
                let query = search.get();
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = views.await;
                    loaded(outcome, |views| view! { <Whole views query returned /> })
                })
            }}
        </Transition>
    }
}

/// What was just done, in words.
fn done(what: &str) -> Option<&'static str> {
    match what {
        view_act::RENAME => Some(t("La vue a un nouveau nom.")),
        view_act::REPLACE => Some(t("La vue est remplacée.")),
        view_act::DELETE => Some(t("La vue est supprimée.")),
        view_act::DEFAULT => Some(t("Cette vue s’ouvrira d’abord.")),
        view_act::NO_DEFAULT => Some(t(
            "«\u{a0}Gérer les établissements\u{a0}» s’ouvrira sur tous les clients.",
        )),
        _ => None,
    }
}

#[component]
fn Whole(views: Vec<View>, query: String, returned: Returned<ViewForm>) -> impl IntoView {
    let offered = routes::part(&query, routes::param::BACK);
    let saving = returned
        .as_ref()
        .filter(|(form, _)| form.act == view_act::SAVE)
        .map(|(form, _)| form.query.clone())
        .or(offered);
    let said = routes::part(&query, routes::param::DONE).and_then(|what| done(&what));
    let empty = views.is_empty() && saving.is_none();
    let mine = returned.clone();
    view! {
        <article class="page">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=routes::CLIENTS>{t("Établissements")}</a></li></ol>
            </nav>
            <header class="head">
                <div>
                    <h1>{t("Vues")}</h1>
                    <p class="muted">{t("Vos listes enregistrées\u{a0}: recherche, filtres et ordre. Vous seul les voyez.")}</p>
                </div>
            </header>
            {said.map(|words| view! { <Notice kind="success">{words}</Notice> })}
            {saving.clone().map(|query| view! { <Save query returned=mine /> })}
            {empty.then(|| view! {
                <div class="empty">
                    <h2>{t("Aucune vue enregistrée")}</h2>
                    <p>{t("Cherchez, filtrez ou triez la liste, puis choisissez «\u{a0}Enregistrer cette vue\u{a0}».")}</p>
                    <p class="actions"><a class="button" href=routes::EVERYBODY>{t("Gérer les établissements")}</a></p>
                </div>
            })}
            <ul class="kept-views" id=KEPT role="list">
                {views
                    .into_iter()
                    .map(|view| view! { <Kept view shown=saving.clone() returned=returned.clone() /> })
                    .collect_view()}
            </ul>
        </article>
    }
    .into_any()
}

/// « Enregistrer cette vue ».
#[component]
fn Save(query: String, returned: Returned<ViewForm>) -> impl IntoView {
    let form = FormState::new(
        returned.filter(|(form, _)| form.act == view_act::SAVE),
        ViewForm {
            act: view_act::SAVE.to_owned(),
            query,
            ..ViewForm::default()
        },
    );
    let initial = form.initial();
    view! {
        <section aria-labelledby="enregistrer-titre">
            <h2 id="enregistrer-titre">{t("Enregistrer cette vue")}</h2>
            <PageForm form action=routes::VIEWS send=find::act_on_view>
                <input type="hidden" name="act" value=view_act::SAVE />
                <input type="hidden" name="query" value=initial.query />
                <crate::parts::field::Field
                    form
                    field=ViewField::Name
                    label=t("Nom de la vue")
                    hint=t("Exemple\u{a0}: Radiés à résilier")
                    value=initial.name
                />
                <Submit form label=t("Enregistrer la vue") busy=t("Enregistrement…") />
            </PageForm>
        </section>
    }
}

/// One list, and what can be done with it.
#[component]
fn Kept(view: View, shown: Option<String>, returned: Returned<ViewForm>) -> impl IntoView {
    let View {
        id,
        name,
        query,
        is_default,
    } = view;
    let with_query = move |act: &str, query: String| {
        let returned = returned.clone();
        FormState::new(
            returned.filter(|(form, _)| form.act == act && form.of == id.to_string()),
            ViewForm {
                of: id.to_string(),
                act: act.to_owned(),
                query,
                ..ViewForm::default()
            },
        )
    };
    let form = |act: &str| with_query(act, String::new());
    let first = if is_default {
        view_act::NO_DEFAULT
    } else {
        view_act::DEFAULT
    };
    let replace = shown.map(|query| {
        let form = with_query(view_act::REPLACE, query);
        view! { <Button form of=name.clone() /> }
    });
    let rename = form(view_act::RENAME);
    let typed = rename.initial().name;
    let name_shown = if typed.is_empty() {
        name.clone()
    } else {
        typed
    };
    let input = format!("nom-{id}");
    let label = input.clone();
    let described = format!("{input}-message");
    let message = described.clone();
    view! {
        <li class="kept-view">
            <p class="strong">
                <a href=routes::list(&routes::back_of(&query))>{name.clone()}</a>
                {is_default.then(|| view! { " " <span class="tag">{t("S’ouvre d’abord")}</span> })}
            </p>
            <div class="actions">
                <Button form=form(first) first=true of=name.clone() />
                {replace}
                <Button form=form(view_act::DELETE) of=name.clone() />
            </div>
            <details open=rename.faulty().get_untracked()>
                <summary>{t("Renommer")} <span class="visually-hidden">" " {name.clone()}</span></summary>
                <PageForm form=rename action=routes::VIEWS send=find::act_on_view class="one-line" summary="problemes-nom">
                    <input type="hidden" name="of" value=id.to_string() />
                    <input type="hidden" name="act" value=view_act::RENAME />
                    <div class="field" class:faulty=move || rename.problem(ViewField::Name).is_some()>
                        <label for=label>{t("Nouveau nom")}</label>
                        <p class="message" id=message>
                            {move || rename.problem(ViewField::Name).map(|problem| portfolio::wording::sentence(ViewField::Name, &problem))}
                        </p>
                        <input type="text" id=input name="name" value=name_shown autocomplete="off" aria-describedby=described />
                    </div>
                    <Submit form=rename label=t("Renommer") busy=t("Enregistrement…") of=format!(" {name}") />
                </PageForm>
            </details>
        </li>
    }
    .into_any()
}

/// A button that is a form of its own.
#[component]
fn Button(form: FormState<ViewForm>, #[prop(optional)] first: bool, of: String) -> impl IntoView {
    let ViewForm {
        of: id, act, query, ..
    } = form.initial();
    let label = match &*act {
        view_act::DEFAULT => t("Ouvrir d’abord"),
        view_act::NO_DEFAULT => t("Ne plus ouvrir d’abord"),
        view_act::REPLACE => t("Remplacer par la liste affichée"),
        _ => t("Supprimer"),
    };
    let class = if first {
        "button small"
    } else {
        "button quiet small"
    };
    view! {
        <PageForm form action=routes::VIEWS send=find::act_on_view summary="problemes-vue">
            <input type="hidden" name="of" value=id />
            <input type="hidden" name="act" value=act />
            <input type="hidden" name="query" value=query />
            <button type="submit" class=class>{label} <span class="visually-hidden">" " {of}</span></button>
        </PageForm>
    }
}
