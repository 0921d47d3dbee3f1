//! « Modifier la sélection »: what is to be done to all selected clients.

use super::{
    calls::{self, Offer},
    services::{ServiceTicks, StartFrom, read},
};
use crate::{
    parts::{
        field::FieldMessage,
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
    client::{Colleague, Label},
    form::{BulkField, BulkForm, bulk_act},
    french,
    language::{n, t},
    say, wording,
};

/// The page.
#[component]
pub fn SelectionPage() -> impl IntoView {
    let offer = Resource::new_blocking(|| (), |()| calls::choices());
    let query = use_location().search;
    let returned = use_returned::<BulkForm>();
    view! {
        <Suspense>
            {move || {
                let back = routes::back(&query.get_untracked());
                let returned = returned.clone();
                Suspend::new(async move {
                    let outcome = offer.await;
                    loaded(outcome, |offer| view! { <Shown offer back returned /> })
                })
            }}
        </Suspense>
    }
}

#[component]
fn Shown(offer: Offer, back: String, returned: Returned<BulkForm>) -> impl IntoView {
    let fresh = BulkForm {
        back: back.clone(),
        ..BulkForm::default()
    };
    let form = FormState::new(returned, fresh);
    let list = routes::list(&routes::back_of(&back));
    let count = offer.selection.count;
    let fallen = offer.selection.fallen;
    let may = Who::here().get_untracked().is_some_and(|who| who.edits());
    let body = match (count, may) {
        (0, _) => view! {
            <div class="empty">
                <h2>{t("Aucun client sélectionné")}</h2>
                <p>{t("Cochez des clients dans la liste, ou sélectionnez tous ceux d’une recherche.")}</p>
                <p class="actions"><a class="button primary" href=list.clone()>{t("Revenir à la liste")}</a></p>
            </div>
        }
        .into_any(),
        (_, false) => view! {
            <Notice>{t("Votre rôle permet de consulter et d’exporter les clients, sans les modifier.")}</Notice>
            <p class="actions"><a class="button" href=routes::export_page(&back)>{t("Exporter la sélection")}</a></p>
        }
        .into_any(),
        _ => view! { <Choice form offer /> }.into_any(),
    };
    view! {
        <PageTitle text=t("Modifier la sélection") form=form.faulty() />
        <article class="page bulk">
            <nav class="crumbs" aria-label=t("Fil d’Ariane")>
                <ol role="list"><li><a href=list>{t("Établissements")}</a></li></ol>
            </nav>
            <h1>{t("Modifier la sélection")}</h1>
            {(count > 0).then(|| view! {
                <p class="lead">
                    <strong>{french::count(count, "client sélectionné", "clients sélectionnés")}</strong>
                    {t(". Rien n’est fait avant que vous ayez vu et confirmé ce qui changera.")}
                </p>
            })}
            {(fallen > 0).then(|| view! { <Fallen fallen /> })}
            {body}
            <p class="muted"><a href=routes::JOBS>{t("Modifications en nombre du cabinet")}</a></p>
        </article>
    }
}

/// Clients that left the selection by themselves.
#[component]
pub fn Fallen(
    /// How many.
    fallen: u64,
) -> impl IntoView {
    let told = if fallen < 2 {
        t("Un client résilié depuis n’en fait plus partie.").to_owned()
    } else {
        say!(
            "{fallen} clients résiliés depuis n’en font plus partie.",
            fallen = french::number(fallen)
        )
    };
    view! { <p class="muted">{told}</p> }
}

#[component]
fn Choice(form: FormState<BulkForm>, offer: Offer) -> impl IntoView {
    let Offer {
        labels,
        members,
        models,
        ..
    } = offer;
    let initial = form.initial();
    let ticked = RwSignal::new(read(&initial.services));
    let fill = Callback::new(move |services| ticked.set(services));
    view! {
        <PageForm form action=routes::CHANGE_SELECTION send=calls::prepare class="bulk-form">
            // Enter sends the form, not the first model.
            <button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">{t("Voir ce qui changera")}</button>
            <input type="hidden" name="back" value=initial.back.clone() />
            <Acts form chosen=initial.act.clone() labels=!labels.is_empty() />
            <section class="with-services" aria-labelledby="services-titre">
                <h2 id="services-titre">{t("Services")}</h2>
                <div id="services" tabindex="-1"><FieldMessage form field=BulkField::Services /></div>
                <p class="hint">{t("Un service qui n’existe pas pour un type de compte est laissé de côté pour ces clients, et vous en êtes averti.")}</p>
                <StartFrom models fill />
                <ServiceTicks ticked />
            </section>
            <div class="with-label"><Labels form labels chosen=initial.label.clone() /></div>
            <div class="with-charge"><Members form members chosen=initial.in_charge.clone() /></div>
            <div class="save"><Submit form label=t("Voir ce qui changera") busy=t("Préparation…") /></div>
        </PageForm>
    }
}

/// What is done, in the order of the page: the value, its words, what it means.
const ACTS: [(&str, &str, &str); 7] = [
    (
        bulk_act::ADD,
        n("Ouvrir des services"),
        n("en plus de ceux qui sont ouverts"),
    ),
    (
        bulk_act::REMOVE,
        n("Fermer des services"),
        n("les autres restent ouverts"),
    ),
    (
        bulk_act::SET,
        n("Remplacer les services"),
        n("ceux que vous cochez seront ouverts, et aucun autre"),
    ),
    (bulk_act::LABEL, n("Ajouter une étiquette"), ""),
    (bulk_act::UNLABEL, n("Retirer une étiquette"), ""),
    (bulk_act::IN_CHARGE, n("Confier à quelqu’un"), ""),
    (
        bulk_act::END,
        n("Résilier"),
        n("vous perdez l’accès à ces comptes\u{202f}; cela ne s’annule pas"),
    ),
];

#[component]
fn Acts(form: FormState<BulkForm>, chosen: String, labels: bool) -> impl IntoView {
    let of_label = |act: &str| [bulk_act::LABEL, bulk_act::UNLABEL].contains(&act);
    let choices = ACTS
        .into_iter()
        .filter(|(act, ..)| labels || !of_label(act))
        .enumerate()
        .map(|(place, (act, label, hint))| {
            // The summary's link leads to the first of them.
            let id = if place == 0 {
                "act".to_owned()
            } else {
                format!("act-{act}")
            };
            let hint_id = format!("act-{act}-indication");
            let described = (!hint.is_empty()).then(|| hint_id.clone());
            view! {
                <div class="choice">
                    <input type="radio" id=id.clone() name="act" value=act checked=chosen == act aria-describedby=described />
                    <label for=id>{t(label)}</label>
                    {(!hint.is_empty()).then(|| view! { <span class="hint" id=hint_id>{t(hint)}</span> })}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field acts" class:faulty=move || form.problem(BulkField::Act).is_some() aria-describedby="act-message">
            <legend>{t("Que faut-il faire\u{202f}?")}</legend>
            <FieldMessage form field=BulkField::Act />
            {choices}
        </fieldset>
    }
}

#[component]
fn Labels(form: FormState<BulkForm>, labels: Vec<Label>, chosen: String) -> impl IntoView {
    let options = labels
        .into_iter()
        .map(|label| {
            let id = label.id.to_string();
            view! { <option value=id.clone() selected=id == chosen>{label.name}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:faulty=move || form.problem(BulkField::Label).is_some()>
            <label for="label">{t("Étiquette")}</label>
            <FieldMessage form field=BulkField::Label />
            <select id="label" name="label" aria-describedby="label-message">
                <option value="">{t("Choisir…")}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn Members(form: FormState<BulkForm>, members: Vec<Colleague>, chosen: String) -> impl IntoView {
    let options = members
        .into_iter()
        .map(|member| {
            let id = member.id.to_string();
            view! { <option value=id.clone() selected=id == chosen>{member.name}</option> }
        })
        .collect_view();
    view! {
        <div class="field" class:faulty=move || form.problem(BulkField::InCharge).is_some()>
            <label for="in_charge">{t(wording::IN_CHARGE)}</label>
            <FieldMessage form field=BulkField::InCharge />
            <select id="in_charge" name="in_charge" aria-describedby="in_charge-message">
                <option value="">{t("Non attribué")}</option>
                {options}
            </select>
        </div>
    }
}
