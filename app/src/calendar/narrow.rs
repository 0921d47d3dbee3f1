//! Whose clients, and how their dates are put: links and a form of the address, the same on both pages.

use crate::routes;
use leptos::prelude::*;
use leptos_router::components::Form;
use portfolio::{
    calendar::{AgendaQuery, View, Whose, agenda_param as param},
    client::Colleague,
    language::t,
};

/// The choice.
#[component]
pub(super) fn Narrow(
    /// What is shown.
    asked: AgendaQuery,
    /// Those who may be in charge.
    colleagues: Vec<Colleague>,
) -> impl IntoView {
    let view_link = move |view: View, words: &'static str| {
        let to = routes::agenda(&AgendaQuery {
            whose: asked.whose,
            view,
            ..AgendaQuery::default()
        });
        view! { <li><a href=to aria-current=(asked.view == view).then_some("page")>{words}</a></li> }
    };
    let by_clients = asked.view == View::Clients;
    view! {
        <nav class="tabs" aria-label=t("Présentation")>
            <ul role="list">
                {view_link(View::Weeks, t("Par semaine"))} {view_link(View::Clients, t("Par client"))}
            </ul>
        </nav>
        <search>
            <Form method="GET" action=routes::CALENDAR attr:class="search">
                {by_clients.then(|| view! { <input type="hidden" name=param::VIEW value="clients" /> })}
                <div class="field">
                    <label for="charge">{t("En charge")}</label>
                    <WhoseSelect id="charge" name=param::WHOSE chosen=asked.whose colleagues />
                </div>
                <button type="submit" class="button">{t("Afficher")}</button>
            </Form>
        </search>
    }
}

/// Whose clients, to be chosen.
#[component]
pub(super) fn WhoseSelect(
    /// The id of the control.
    id: &'static str,
    /// Its name.
    name: &'static str,
    /// What is chosen.
    chosen: Whose,
    /// Those who may be in charge.
    colleagues: Vec<Colleague>,
) -> impl IntoView {
    let option = move |whose: Whose, words: String| {
        view! { <option value=whose.code() selected=whose == chosen>{words}</option> }
    };
    let people = colleagues
        .into_iter()
        .map(|colleague| option(Whose::Member(colleague.id), colleague.name))
        .collect_view();
    view! {
        <select id=id name=name>
            {option(Whose::Everybody, t("Tous les clients du cabinet").to_owned())}
            {option(Whose::Mine, t("Les clients dont je suis en charge").to_owned())}
            {option(Whose::Nobody, t("Les clients dont personne n’est en charge").to_owned())}
            {people}
        </select>
    }
}
