//! « La personne »: who goes.

use super::{
    controls::DayField,
    country::{CountryField, CountryNames},
    keep,
    step::StepFrame,
};
use crate::parts::{
    field::Field,
    form::{FormState, Returned},
    notice::Notice,
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    form::{WorkerField, WorkerForm},
    request::Request,
};

/// The step.
pub fn view(request: Request, returned: Returned<WorkerForm>) -> AnyView {
    let known = request.nir.clone();
    let fresh = request
        .answers
        .worker
        .clone()
        .unwrap_or_else(|| WorkerForm {
            nationality: t("France").into(),
            birth_country: t("France").into(),
            country: t("France").into(),
            ..WorkerForm::default()
        });
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let nir = known.map(|masked| {
        view! {
            <Notice>
                {t("Numéro enregistré\u{a0}: ")} <span class="identifier">{masked}</span>
                {t(". Laissez le champ vide pour le garder.")}
            </Notice>
            <input type="hidden" name="nir_known" value="oui" />
        }
    });
    view! {
        <StepFrame request form title=t("La personne") send=keep::worker>
            <CountryNames />
            <Field form field=WorkerField::LastName label=t("Nom") hint=t("Tel qu’il figure sur la pièce d’identité.") value=initial.last_name />
            <Field form field=WorkerField::FirstNames label=t("Prénoms") value=initial.first_names />
            {nir}
            <Field
                form
                field=WorkerField::Nir
                label=t("Numéro de sécurité sociale")
                hint=t("13 ou 15 caractères. Il est chiffré, et n’est plus affiché ensuite.")
                class="identifier"
            />
            <DayField form field=WorkerField::BirthDate label=t("Date de naissance") value=initial.birth_date hint=t("Exemple\u{a0}: 14/08/1985") />
            <CountryField form field=WorkerField::BirthCountry label=t("Pays de naissance") value=initial.birth_country />
            <Field form field=WorkerField::BirthPlace label=t("Commune ou ville de naissance") value=initial.birth_place />
            <CountryField
                form
                field=WorkerField::Nationality
                label=t("Nationalité")
                value=initial.nationality
                hint=t("Le nom du pays, ou «\u{a0}apatride\u{a0}».")
            />
            <fieldset class="group">
                <legend>{t("Adresse")}</legend>
                <Field form field=WorkerField::Street label=t("Numéro et rue") value=initial.street />
                <Field form field=WorkerField::Postcode label=t("Code postal") value=initial.postcode inputmode="numeric" class="short" />
                <Field form field=WorkerField::Town label=t("Commune") value=initial.town />
                <CountryField form field=WorkerField::Country label=t("Pays de résidence") value=initial.country />
            </fieldset>
        </StepFrame>
    }
    .into_any()
}
