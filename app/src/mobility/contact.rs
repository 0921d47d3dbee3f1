//! « Le contact », « Précisions de l'accord » and « Les ayants droit »: the short steps.

use super::{
    calls,
    controls::{Area, DayField, Of, Select},
    keep,
    step::StepFrame,
};
use crate::{
    parts::{
        field::Field,
        form::{FormState, PageForm, Returned, Submit},
        frame::Who,
    },
    routes,
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    form::{
        ActField, ActForm, AgreementField, AgreementForm, ContactField, ContactForm,
        DependantDraft, DependantField, DependantForm, Kinship, Marital, acts,
    },
    request::{Request, Step},
    wording,
};

/// « Le contact ».
pub fn contact(request: Request, returned: Returned<ContactForm>) -> AnyView {
    let fresh = request.answers.contact.clone().unwrap_or_else(|| {
        let name = Who::here().with_untracked(|who| {
            who.as_ref()
                .map(|who| who.member.clone())
                .unwrap_or_default()
        });
        let (first, last) = name.split_once(' ').unwrap_or(("", ""));
        ContactForm {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            ..ContactForm::default()
        }
    });
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    view! {
        <StepFrame request form title=t("Le contact") send=keep::contact>
            <p class="hint">{t("La personne à qui l’organisme peut poser une question.")}</p>
            <Field form field=ContactField::LastName label=t("Nom") value=initial.last_name />
            <Field form field=ContactField::FirstName label=t("Prénom") value=initial.first_name />
            <Field form field=ContactField::Email label=t("Adresse électronique") value=initial.email inputmode="email" />
            <Field form field=ContactField::Phone label=t("Téléphone") hint=t("Exemples\u{a0}: 01 23 45 67 89, +49 30 123456") value=initial.phone inputmode="tel" />
        </StepFrame>
    }
    .into_any()
}

/// « Précisions de l'accord ».
pub fn agreement(request: Request, returned: Returned<AgreementForm>) -> AnyView {
    let fresh = request.answers.agreement.clone().unwrap_or_default();
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let marital = Marital::ALL
        .map(|one| (one.code(), wording::marital(one)))
        .to_vec();
    view! {
        <StepFrame request form title=t("Précisions de l’accord") send=keep::agreement>
            <p class="hint">{t("Le formulaire de ce pays les demande.")}</p>
            <Field form field=AgreementField::Profession label=t("Profession en France") value=initial.profession />
            <Area form field=AgreementField::Work label=t("Travail effectué pendant la mission") hint=t("Quelques mots, 200\u{a0}caractères au plus.") value=initial.work />
            <Select form field=AgreementField::Marital label=t("Situation de famille") choices=marital chosen=initial.marital />
        </StepFrame>
    }
    .into_any()
}

/// « Les ayants droit »: those who are named already, and one more.
pub fn dependants(request: Request, returned: Returned<DependantForm>) -> AnyView {
    let form = FormState::new(returned, DependantForm::default());
    let initial = form.initial();
    let next = routes::mobility_step(request.id, request.answers.after(Step::Dependants));
    let kinship = Kinship::ALL
        .map(|one| (one.code(), wording::kinship(one)))
        .to_vec();
    let full = request.answers.dependants.len() >= DependantDraft::MOST;
    let named = request
        .answers
        .dependants
        .iter()
        .enumerate()
        .map(|(place, dependant)| {
            let name = format!("{} {}", dependant.first_names, dependant.last_name);
            view! { <Named request=request.clone() place name /> }
        })
        .collect_view();
    let none = request.answers.dependants.is_empty();
    let before = view! {
        <p>{t("Les personnes qui accompagnent le travailleur, huit au plus. Si personne ne l’accompagne, continuez.")}</p>
        {if none {
            view! { <p class="muted">{t("Personne pour le moment.")}</p> }.into_any()
        } else {
            view! { <ul class="named" role="list">{named}</ul> }.into_any()
        }}
        <p class="actions"><a class="button primary" href=next>{t("Continuer")}</a></p>
        {(!full).then(|| view! { <h2>{t("Ajouter un ayant droit")}</h2> })}
    }
    .into_any();
    view! {
        <StepFrame request form title=t("Les ayants droit") send=keep::dependant label=t("Ajouter") before>
            <Field form field=DependantField::LastName label=t("Nom") value=initial.last_name />
            <Field form field=DependantField::FirstNames label=t("Prénoms") value=initial.first_names />
            <DayField form field=DependantField::BirthDate label=t("Date de naissance") value=initial.birth_date hint=t("Exemple\u{a0}: 01/02/2015") />
            <Select form field=DependantField::Kinship label=t("Lien de parenté") choices=kinship chosen=initial.kinship />
        </StepFrame>
    }
    .into_any()
}

#[component]
fn Named(request: Request, place: usize, name: String) -> impl IntoView {
    let form = FormState::<ActForm>::new(None, ActForm::default());
    view! {
        <li>
            <span>{name.clone()}</span>
            <PageForm form action=routes::mobility(request.id) send=calls::act class="inline">
                <Of form request=request.id.to_string() version=request.version first=ActField::Act />
                <input type="hidden" name="act" value=acts::DROP />
                <input type="hidden" name="place" value=place.to_string() />
                <Submit form label=t("Retirer") busy="…" quiet=true of=format!(" {name}") />
            </PageForm>
        </li>
    }
}
