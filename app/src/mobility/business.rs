//! « L'entreprise »: who sends.

use super::{keep, step::StepFrame};
use crate::parts::{
    field::Field,
    form::{FormState, Returned},
};
use leptos::prelude::*;
use portfolio::language::t;
use portfolio::mobility::{
    form::{BusinessField, BusinessForm},
    request::Request,
};

/// The step. Name and Siret start from what the portfolio knows.
pub fn view(request: Request, returned: Returned<BusinessForm>) -> AnyView {
    let fresh = request
        .answers
        .business
        .clone()
        .unwrap_or_else(|| BusinessForm {
            name: request.client.name.clone(),
            ..BusinessForm::default()
        });
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    view! {
        <StepFrame request form title=t("L’entreprise") send=keep::business>
            <Field
                form
                field=BusinessField::Siret
                label=t("Siret de l’établissement (facultatif)")
                hint=t("14 chiffres. Un gérant sans Siret laisse ce champ vide.")
                value=initial.siret
                class="identifier"
                inputmode="numeric"
            />
            <Field form field=BusinessField::Name label=t("Nom ou raison sociale") value=initial.name />
            <Field form field=BusinessField::Street label=t("Numéro et rue") value=initial.street />
            <Field form field=BusinessField::Postcode label=t("Code postal") value=initial.postcode inputmode="numeric" class="short" />
            <Field form field=BusinessField::Town label=t("Commune") value=initial.town />
            <Field
                form
                field=BusinessField::Activity
                label=t("Nature de l’activité")
                hint=t("Exemple\u{a0}: conseil en informatique")
                value=initial.activity
            />
        </StepFrame>
    }
    .into_any()
}
