//! « Suivi par le cabinet »: the firm's own fields of a client, as a part of its page and as a page of their own, where they are posted
//! to without JavaScript.

use super::{calls, follow};
use crate::{
    parts::{
        field::{Field, FieldMessage},
        form::{FormState, PageForm, Returned, Submit, use_returned},
        frame::{PageTitle, Who},
        loaded::loaded,
    },
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_params_map};
use portfolio::{
    client::{Client, Label, Own},
    finding::Choices,
    form::{OwnField, OwnForm},
    ids::EnrolmentId,
    language::t,
    problem::Problem,
    wording,
};
use std::collections::BTreeSet;

/// What the part of a client's page needs to know of the client.
#[derive(Clone)]
pub struct Followed {
    id: EnrolmentId,
    own: Own,
    version: i32,
    back: String,
}

impl Followed {
    /// That of this client; `back` is the list that the person came from.
    pub fn of(client: &Client, back: &str) -> Self {
        Self {
            id: client.id,
            own: client.own.clone(),
            version: client.own_version,
            back: back.to_owned(),
        }
    }

    /// The state of its form: what came back, or what is in force.
    pub fn form(&self, returned: Returned<OwnForm>) -> FormState<OwnForm> {
        let fresh = OwnForm {
            of: self.id.to_string(),
            version: self.version.to_string(),
            reference: self.own.reference.clone(),
            labels: self
                .own
                .labels
                .iter()
                .map(|label| label.id.to_string())
                .collect(),
            new_labels: String::new(),
            in_charge: self
                .own
                .in_charge
                .as_ref()
                .map(|member| member.id.to_string())
                .unwrap_or_default(),
            back: self.back.clone(),
        };
        FormState::new(returned.filter(|(form, _)| form.of == fresh.of), fresh)
    }
}

/// The part. Who may not change it reads it.
#[component]
pub fn OwnFields(
    /// Of whom.
    followed: Followed,
    /// Its form.
    form: FormState<OwnForm>,
    /// What can be chosen.
    choices: Choices,
    /// Whether the enrolment is in force: what has ended is no longer followed.
    in_force: bool,
    /// Told once it is saved.
    #[prop(optional, into)]
    saved: Option<Callback<()>>,
) -> impl IntoView {
    let who = Who::here();
    let edits =
        move || who.with(|who| who.as_ref().is_some_and(portfolio::client::SignedIn::edits));
    let send = move |typed| async move {
        let next = follow::keep_own(typed).await?;
        if let Some(saved) = saved {
            saved.run(());
        }
        Ok(next)
    };
    if !in_force || !edits() {
        return view! { <Told own=followed.own /> }.into_any();
    }
    let Followed { id, back, own, .. } = followed;
    let initial = form.initial();
    let first_version = initial.version.clone();
    let version = move || match form.problem(OwnField::Reference) {
        Some(Problem::OwnStale { version }) => version.to_string(),
        _ => first_version.clone(),
    };
    view! {
        <PageForm form action=routes::own(id, &back) send summary="problemes-suivi">
            <input type="hidden" name="of" value=initial.of />
            <input type="hidden" name="version" value=version />
            <input type="hidden" name="back" value=initial.back />
            <Field
                form
                field=OwnField::Reference
                label=t("Référence interne")
                hint=t("Celle de votre logiciel ou de votre dossier. 40\u{a0}caractères au plus.")
                value=initial.reference
            />
            <LabelChoice form choices=choices.clone() own=own.clone() chosen=initial.labels />
            <Field
                form
                field=OwnField::NewLabels
                label=t("Nouvelles étiquettes")
                hint=t("Séparées par des virgules. Exemple\u{a0}: à relancer, gros dossier")
                value=initial.new_labels
            />
            <p class="hint"><a href=routes::LABELS>{t("Gérer les étiquettes du cabinet")}</a></p>
            <InCharge form choices own chosen=initial.in_charge />
            <Submit form label=t("Enregistrer le suivi") busy=t("Enregistrement…") />
        </PageForm>
    }
    .into_any()
}

/// What is in force, to be read.
#[component]
fn Told(own: Own) -> impl IntoView {
    let told = own.told();
    let or = |text: String, none: &str| {
        if text.is_empty() {
            none.to_owned()
        } else {
            text
        }
    };
    view! {
        <dl class="facts">
            <div><dt>{t("Référence interne")}</dt><dd>{or(told.reference, t("Aucune"))}</dd></div>
            <div><dt>{t("Étiquettes")}</dt><dd>{or(told.labels.join(", "), t("Aucune"))}</dd></div>
            <div><dt>{t(wording::IN_CHARGE)}</dt><dd>{told.in_charge.unwrap_or_else(|| t("Non attribué").to_owned())}</dd></div>
        </dl>
    }
}

/// The firm's labels, those of this client ticked.
#[component]
fn LabelChoice(
    form: FormState<OwnForm>,
    choices: Choices,
    own: Own,
    chosen: Vec<String>,
) -> impl IntoView {
    let chosen: BTreeSet<String> = chosen.into_iter().collect();
    let mut labels: Vec<Label> = choices.labels.into_iter().map(|(label, _)| label).collect();
    // One that was deleted a moment ago may still be on the page.
    let missing: Vec<Label> = own
        .labels
        .into_iter()
        .filter(|label| !labels.iter().any(|known| known.id == label.id))
        .collect();
    labels.extend(missing);
    let none = labels.is_empty();
    let boxes = labels
        .into_iter()
        .enumerate()
        .map(|(place, label)| {
            // The summary's link leads to the first of them.
            let id = if place == 0 {
                "labels".to_owned()
            } else {
                format!("labels-{}", label.id)
            };
            let of = id.clone();
            let value = label.id.to_string();
            let on = chosen.contains(&value);
            view! {
                <label class="pill" for=of>
                    <input type="checkbox" id=id name="labels[]" value=value checked=on />
                    <span>{label.name}</span>
                </label>
            }
        })
        .collect_view();
    (!none).then(|| view! {
        <fieldset class="field" class:faulty=move || form.problem(OwnField::Labels).is_some() aria-describedby="labels-message">
            <legend>{t("Étiquettes")}</legend>
            <FieldMessage form field=OwnField::Labels />
            <div class="pills">{boxes}</div>
        </fieldset>
    })
}

/// Who is in charge.
#[component]
fn InCharge(form: FormState<OwnForm>, choices: Choices, own: Own, chosen: String) -> impl IntoView {
    let mut members = choices.members;
    if let Some(member) = own.in_charge
        && !members.iter().any(|known| known.id == member.id)
    {
        members.push(member);
    }
    let options = members
        .into_iter()
        .map(|member| {
            let id = member.id.to_string();
            let selected = id == chosen;
            view! { <option value=id selected=selected>{member.name}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:faulty=move || form.problem(OwnField::InCharge).is_some()>
            <label for="in_charge">{t(wording::IN_CHARGE)}</label>
            <FieldMessage form field=OwnField::InCharge />
            <select id="in_charge" name="in_charge" aria-describedby="in_charge-message">
                <option value="">{t("Non attribué")}</option>
                {options}
            </select>
        </div>
    }
}

/// The page.
#[component]
pub fn OwnPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let client = Resource::new_blocking(id, calls::show);
    let choices = Resource::new_blocking(|| (), |()| follow::own_choices());
    let returned = use_returned::<OwnForm>();
    let query = use_location().search;
    view! {
        <Suspense>
            {move || {
                let back = routes::Way::of_page(&query.get_untracked()).query();
                let returned = returned.clone();
                Suspend::new(async move {
                    let (outcome, choices) = (client.await, choices.await.unwrap_or_default());
                    loaded(outcome, |client| {
                        let back = returned.as_ref().map_or(back, |(form, _)| form.back.clone());
                        let followed = Followed::of(&client, &back);
                        let form = followed.form(returned);
                        let way = routes::Way::read(&back);
                        view! {
                            <PageTitle text=t("Suivi par le cabinet") form=form.faulty() />
                            <article class="page narrow">
                                <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                                    <ol role="list">
                                        <li><a href=way.path()>{way.name()}</a></li>
                                        <li><a href=routes::client(client.id, &back)>{client.name}</a></li>
                                    </ol>
                                </nav>
                                <h1>{t("Suivi par le cabinet")}</h1>
                                <OwnFields followed form choices in_force=client.ended.is_none() />
                            </article>
                        }
                    })
                })
            }}
        </Suspense>
    }
}
