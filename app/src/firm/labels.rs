//! « Étiquettes »: the firm's labels, with how many clients have each.

use super::FirmNav;
use crate::{
    clients::follow,
    parts::{
        field::Field,
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
        notice::Notice,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use portfolio::{
    client::Label,
    finding::Choices,
    form::{LabelField, LabelForm, label_act},
    french,
    language::t,
    say,
    search::{Filter, Search},
    wording,
};

/// The page.
#[component]
pub fn LabelsPage() -> impl IntoView {
    let search = use_location().search;
    // What was just done is a reason to look again.
    let saves = RwSignal::new(0_u32);
    let labels = Resource::new_blocking(
        move || (search.get(), saves.get()),
        |_| follow::own_choices(),
    );
    let returned = use_returned::<LabelForm>();
    let saved = Callback::new(move |()| saves.update(|saves| *saves += 1));
    view! {
        <PageTitle text=t("Étiquettes") />
        <Transition>
            {move || {
                let query = search.get();
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = labels.await;
                    loaded(outcome, |choices| view! { <Whole choices query returned saved /> })
                })
            }}
        </Transition>
    }
}

/// What was just done, in words.
fn done(what: &str) -> Option<&'static str> {
    match what {
        label_act::MAKE => Some(t("L’étiquette est créée.")),
        label_act::RENAME => Some(t("L’étiquette a un nouveau nom, chez tous ses clients.")),
        label_act::DELETE => Some(t("L’étiquette est supprimée, et retirée de ses clients.")),
        _ => None,
    }
}

/// The state of the form of one button: what came back is that of the button which was pressed.
fn form_of(act: &str, of: String, returned: Returned<LabelForm>) -> FormState<LabelForm> {
    FormState::new(
        returned.filter(|(form, _)| form.act == act && form.of == of),
        LabelForm {
            of,
            act: act.to_owned(),
            name: String::new(),
        },
    )
}

#[component]
fn Whole(
    choices: Choices,
    query: String,
    returned: Returned<LabelForm>,
    saved: Callback<()>,
) -> impl IntoView {
    let who = Who::here();
    let edits =
        move || who.with(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let said = routes::part(&query, routes::param::DONE).and_then(|what| done(&what));
    let make = form_of(label_act::MAKE, String::new(), returned.clone());
    let typed = make.initial().name;
    let none = choices.labels.is_empty();
    let send = move |form| send(form, saved);
    view! {
        <article class="page">
            <header class="head">
                <div>
                    <h1>{t("Étiquettes")}</h1>
                    <p class="muted">{t("Des mots à vous pour classer les clients du cabinet. Tous les membres les voient.")}</p>
                </div>
            </header>
            <FirmNav here=routes::LABELS />
            {said.map(|words| view! { <Notice kind="success">{words}</Notice> })}
            {edits().then(|| view! {
                <PageForm form=make action=routes::LABELS send class="one-line">
                    <input type="hidden" name="act" value=label_act::MAKE />
                    <Field form=make field=LabelField::Name label=t("Nouvelle étiquette") value=typed />
                    <Submit form=make label=t("Créer l’étiquette") busy=t("Enregistrement…") />
                </PageForm>
            })}
            {none.then(|| view! {
                <div class="empty">
                    <h2>{t("Aucune étiquette")}</h2>
                    <p>{t("Créez-en ici, ou depuis la page d’un client.")}</p>
                </div>
            })}
            <ul class="kept-views" role="list">
                {choices
                    .labels
                    .into_iter()
                    .map(|(label, clients)| view! { <Kept label clients returned=returned.clone() edits=edits() saved /> })
                    .collect_view()}
            </ul>
        </article>
    }
    .into_any()
}

async fn send(
    form: LabelForm,
    saved: Callback<()>,
) -> Result<crate::refusal::Next, crate::refusal::Refusal<LabelField>> {
    let next = follow::act_on_label(form).await?;
    saved.run(());
    Ok(next)
}

/// One label, and what can be done with it.
#[component]
fn Kept(
    label: Label,
    clients: u64,
    returned: Returned<LabelForm>,
    edits: bool,
    saved: Callback<()>,
) -> impl IntoView {
    let Label { id, name } = label;
    let with_it = routes::list(&Search {
        filter: Filter {
            labels: std::iter::once(id).collect(),
            ..Filter::default()
        },
        ..Search::default()
    });
    let count = french::count(clients, "client", "clients");
    let rename = form_of(label_act::RENAME, id.to_string(), returned.clone());
    let delete = form_of(label_act::DELETE, id.to_string(), returned);
    let typed = rename.initial().name;
    let shown = if typed.is_empty() {
        name.clone()
    } else {
        typed
    };
    let input = format!("nom-{id}");
    let described = format!("{input}-message");
    let (for_input, message) = (input.clone(), described.clone());
    let send = move |form| send(form, saved);
    let (renamed, deleted) = (name.clone(), name.clone());
    let question = if clients == 0 {
        t("Aucun client ne l’a.").to_owned()
    } else {
        say!("Elle sera retirée de {count}.", count)
    };
    view! {
        <li class="kept-view">
            <p><span class="tag label">{name.clone()}</span> " " <a href=with_it>{count.clone()}</a></p>
            {edits.then(|| view! {
                <details open=rename.faulty().get_untracked()>
                    <summary>{t("Renommer")} <span class="visually-hidden">" " {renamed.clone()}</span></summary>
                    <PageForm form=rename action=routes::LABELS send class="one-line" summary="problemes-nom">
                        <input type="hidden" name="of" value=id.to_string() />
                        <input type="hidden" name="act" value=label_act::RENAME />
                        <div class="field" class:faulty=move || rename.problem(LabelField::Name).is_some()>
                            <label for=for_input>{t("Nouveau nom")}</label>
                            <p class="message" id=message>
                                {move || rename.problem(LabelField::Name).map(|problem| wording::sentence(LabelField::Name, &problem))}
                            </p>
                            <input type="text" id=input name="name" value=shown autocomplete="off" aria-describedby=described />
                        </div>
                        <Submit form=rename label=t("Renommer") busy=t("Enregistrement…") of=format!(" {renamed}") />
                    </PageForm>
                </details>
                <details open=delete.faulty().get_untracked()>
                    <summary>{t("Supprimer")} <span class="visually-hidden">" " {deleted.clone()}</span></summary>
                    <PageForm form=delete action=routes::LABELS send summary="problemes-supprimer">
                        <input type="hidden" name="of" value=id.to_string() />
                        <input type="hidden" name="act" value=label_act::DELETE />
                        <p>{question}</p>
                        <Submit form=delete label=t("Supprimer l’étiquette") busy=t("Suppression…") danger=true of=format!(" {deleted}") />
                    </PageForm>
                </details>
            })}
        </li>
    }
    .into_any()
}
