//! The dates of one client, and when it declares, as its firm says it.

use super::{
    calls,
    due::{whole, why_moved},
};
use crate::{
    parts::{
        field::FieldMessage,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
    session::said::Said,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    calendar::{ClientWanted, Rhythm},
    form::{RhythmField, RhythmForm},
    language::t,
    say,
};

/// The page.
#[component]
pub fn ClientDatesPage() -> impl IntoView {
    let params = use_params_map();
    let search = use_location().search;
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let client =
        Resource::new_blocking(move || (id(), search.get()), |(id, _)| calls::of_client(id));
    let returned = use_returned::<RhythmForm>();
    view! {
        <PageTitle text=t("Échéances du client") />
        <Transition>
            {move || {
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = client.await;
                    loaded(outcome, |wanted| view! { <Whole wanted returned /> })
                })
            }}
        </Transition>
    }
}

#[component]
fn Whole(wanted: ClientWanted, returned: Returned<RhythmForm>) -> impl IntoView {
    let who = Who::here();
    let edits =
        move || who.with(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let ClientWanted {
        client,
        kind,
        usual,
        chosen,
    } = wanted;
    let fresh = RhythmForm {
        of: client.id.to_string(),
        rhythm: chosen.map_or("", Rhythm::code).to_owned(),
    };
    let form = FormState::new(returned.filter(|(form, _)| form.of == fresh.of), fresh);
    let dues = client
        .dues
        .iter()
        .map(|due| {
            let moved = why_moved(*due).map(|why| format!(" – {why}"));
            view! { <li><time datetime=due.day.iso()>{whole(due.day)}</time> {t("\u{a0}: ")} {due.told()} {moved}</li> }
        })
        .collect_view();
    let ends = client
        .ends
        .iter()
        .map(|(what, day)| view! { <li>{what.what()} {t("\u{a0}: ")} {day.long()}</li> })
        .collect_view();
    let none = client.rhythm.is_none();
    let initial = form.initial();
    let option = move |value: &'static str, words: String| {
        let selected = initial.rhythm == value;
        view! { <option value=value selected=selected>{words}</option> }
    };
    let choices = Rhythm::offered(kind)
        .iter()
        .map(|rhythm| option(rhythm.code(), rhythm.label().to_owned()))
        .collect_view();
    let usually = option(
        "",
        say!("Comme d’habitude\u{a0}: {usual}", usual = usual.label()),
    );
    let id = client.id;
    let of = form.initial().of;
    view! {
        <article class="page narrow">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list">
                    <li><a href=routes::CALENDAR>{t("Échéances")}</a></li>
                    <li><a href=routes::client(id, "")>{client.name.clone()}</a></li>
                </ol>
            </nav>
            <h1>{t("Échéances du client")}</h1>
            <p class="muted">{client.name.clone()} " – " <span class="identifier">{client.held.holder.to_string()}</span> ", " {kind.label()}</p>
            <Said />
            {none.then(|| view! { <p>{t("Ce compte est radié\u{a0}: il n’a plus d’échéance.")}</p> })}
            <ul>{dues} {ends}</ul>
            {edits().then(|| view! {
                <PageForm form action=routes::client_dates(id) send=calls::choose_rhythm>
                    <input type="hidden" name="of" value=of />
                    <div class="field" class:faulty=move || form.problem(RhythmField::Rhythm).is_some()>
                        <label for="rhythm">{t("Quand ce client déclare ou paie")}</label>
                        <p class="hint" id="rhythm-indication">
                            {t("Le référentiel ne dit ni le décalage de paie, ni la périodicité choisie par votre client. Le calendrier et les rappels \
                             de tout le cabinet suivent ce choix.")}
                        </p>
                        <FieldMessage form field=RhythmField::Rhythm />
                        <select id="rhythm" name="rhythm" aria-describedby="rhythm-indication rhythm-message">
                            {usually} {choices}
                        </select>
                    </div>
                    <Submit form label=t("Enregistrer") busy=t("Enregistrement…") />
                </PageForm>
            })}
        </article>
    }
    .into_any()
}
