//! « La mission »: where to, when, at whose place.

use super::{
    controls::{DayField, Radios, Select},
    country::{CountryField, CountryNames},
    keep,
    step::{StepFrame, typed},
};
use crate::parts::{
    field::Field,
    form::{FormState, Returned},
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    country,
    form::{Lodging, MissionField, MissionForm},
    request::Request,
    situation::Status,
    wording,
};

/// The statuses, as a list reads them.
pub fn statuses() -> Vec<(&'static str, &'static str)> {
    Status::ALL
        .map(|status| (status.code(), wording::status(status)))
        .to_vec()
}

/// What one must know when choosing a country.
fn remark(typed: &str) -> &'static str {
    country::read(typed).map_or("", |country| country.row().remark)
}

/// The step.
pub fn view(request: Request, returned: Returned<MissionForm>) -> AnyView {
    let alone = request.answers.status() == Some(Status::SelfEmployed);
    let fresh = request
        .answers
        .mission
        .clone()
        .unwrap_or_else(|| MissionForm {
            status_abroad: request.answers.status.clone(),
            activity: request
                .answers
                .business
                .as_ref()
                .map(|business| business.activity.clone())
                .unwrap_or_default(),
            ..MissionForm::default()
        });
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let said = RwSignal::new(remark(&initial.country));
    let typing = Callback::new(move |()| {
        if let Some(form) = typed::<MissionForm>() {
            said.set(remark(&form.country));
        }
    });
    let unknown = alone.then(|| view! {
        <label class="choice">
            <input type="checkbox" id="end_unknown" name="end_unknown" value="oui" checked=initial.end_unknown == "oui" />
            <span>{t("La date de fin n’est pas connue")}</span>
        </label>
    });
    let lodging = Lodging::ALL
        .map(|lodging| (lodging.code(), wording::lodging(lodging)))
        .to_vec();
    view! {
        <StepFrame request form title=t("La mission") send=keep::mission typing>
            <CountryNames />
            <CountryField
                form
                field=MissionField::Country
                label=t("Pays ou territoire")
                value=initial.country
                hint=t("Saisissez les premières lettres. Exemple\u{a0}: alle")
                taken=typing
            />
            <p class="hint remark" role="status">{said}</p>
            <DayField form field=MissionField::Start label=t("Premier jour") value=initial.start />
            <DayField form field=MissionField::End label=t("Dernier jour") value=initial.end />
            {unknown}
            <Select form field=MissionField::StatusAbroad label=t("Statut pendant la mission") choices=statuses() chosen=initial.status_abroad />
            <Field form field=MissionField::Activity label=t("Activité exercée") value=initial.activity />
            <fieldset class="group">
                <legend>{t("Entreprise ou lieu d’accueil")}</legend>
                <Field form field=MissionField::HostName label=t("Nom") value=initial.host_name />
                <Field
                    form
                    field=MissionField::HostNumber
                    label=t("Numéro d’identification")
                    hint=t("Celui du pays d’accueil. Nécessaire hors de l’Union européenne.")
                    value=initial.host_number
                />
                <Field
                    form
                    field=MissionField::HostEmail
                    label=t("Adresse électronique")
                    hint=t("Hors de l’Union européenne, une adresse électronique ou un téléphone.")
                    value=initial.host_email
                    inputmode="email"
                />
                <Field form field=MissionField::HostPhone label=t("Téléphone") value=initial.host_phone inputmode="tel" />
                <Field form field=MissionField::HostStreet label=t("Numéro et rue") value=initial.host_street />
                <Field form field=MissionField::HostTown label=t("Ville") value=initial.host_town />
            </fieldset>
            <Radios form field=MissionField::Lodging legend=t("Où la personne vit-elle pendant la mission\u{202f}?") choices=lodging chosen=initial.lodging />
        </StepFrame>
    }
    .into_any()
}
