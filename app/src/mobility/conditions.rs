//! « Les conditions »: what the other answers call for, by yes or no.

use super::{
    controls::{Radios, yes_no},
    country::{CountryField, CountryNames},
    keep,
    step::StepFrame,
};
use crate::parts::form::{FormState, Returned};
use leptos::prelude::*;
use portfolio::{
    language::t,
    mobility::{
        form::{ConditionsField, ConditionsForm},
        request::Request,
        wording,
    },
    problem::Field as _,
};

/// The step.
pub fn view(request: Request, returned: Returned<ConditionsForm>) -> AnyView {
    let fresh = request.answers.conditions.clone().unwrap_or_default();
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let fields = request.answers.conditions_asked();
    let asked: Vec<_> = fields.iter().map(|field| field.name()).collect();
    let elsewhere = fields.contains(&ConditionsField::Substantial);
    let questions = fields
        .into_iter()
        .filter_map(|field| {
            let legend = wording::question(field.question()?);
            let chosen = initial.typed(field).to_owned();
            let usual = (field == ConditionsField::Substantial && elsewhere).then(|| view! {
                <CountryField
                    form
                    field=ConditionsField::UsualCountry
                    label=t("Sinon, dans quel pays exerce-t-elle l’essentiel de son activité\u{202f}?")
                    value=initial.usual_country.clone()
                    hint=t("À remplir si la réponse est non.")
                />
            });
            Some(view! {
                <Radios form field legend choices=yes_no() chosen />
                {usual}
            })
        })
        .collect_view();
    view! {
        <StepFrame request form title=t("Les conditions") send=keep::conditions>
            <CountryNames />
            <input type="hidden" name="asked" value=asked.join(",") />
            {questions}
        </StepFrame>
    }
    .into_any()
}
