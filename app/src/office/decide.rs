//! The decision: one form whose fields depend on what is chosen. Without a style sheet that knows how to hide them all are there, and say
//! what they are for.

use super::calls;
use crate::{
    mobility::controls::{Area, DayField, Radios, Select},
    parts::form::{FormState, PageForm, Returned, Submit},
    routes,
};
use leptos::prelude::*;
use portfolio::language::{n, t};
use portfolio::mobility::{
    day::Day,
    decision::Certificate,
    form::{RulingField, RulingForm, rulings},
    life::State,
    request::Request,
};

/// What may be decided.
const ACTS: [(&str, &str); 3] = [
    (rulings::GRANT, n("Accorder")),
    (rulings::ASK, n("Demander un complément au cabinet")),
    (rulings::REFUSE, n("Refuser")),
];
/// What may be granted.
const KINDS: [Certificate; 3] = [
    Certificate::A1,
    Certificate::Agreement,
    Certificate::Maintenance,
];

/// The form.
#[component]
pub fn Decide(
    /// The request.
    request: Request,
    /// What came back when it was posted without JavaScript and refused.
    returned: Returned<RulingForm>,
) -> impl IntoView {
    let countries = request.answers.countries();
    let country = countries.first().copied();
    let decision = request.judged();
    let period = request.answers.period();
    let fresh = RulingForm {
        request: request.id.to_string(),
        version: request.version.to_string(),
        kind: decision
            .certificate
            .map_or_else(String::new, |kind| kind.code().to_owned()),
        start: period.map_or_else(String::new, |period| period.start.short()),
        end: period.map_or_else(String::new, |period| {
            decision
                .latest_end
                .map_or(period.end, |latest| {
                    Day::min(latest, period.end).max(period.start)
                })
                .short()
        }),
        ..RulingForm::default()
    };
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let kinds = KINDS
        .map(|kind| (kind.code(), label(kind, country)))
        .to_vec();
    // A question waits for its answer: another one would take its place.
    let acts = ACTS
        .into_iter()
        .filter(|(act, _)| *act != rulings::ASK || request.state == State::Examination)
        .map(|(act, words)| (act, t(words)))
        .collect();
    view! {
        <section class="decision" aria-labelledby="decision">
            <h2 id="decision">{t("Votre décision")}</h2>
            {(request.state == State::Asked).then(|| view! {
                <p class="muted">{t("Un complément est attendu du cabinet. Vous pouvez décider sans l’attendre.")}</p>
            })}
            <PageForm form action=routes::case(request.id) send=calls::rule class="ruling">
                <input type="hidden" name="request" value=initial.request />
                <input type="hidden" name="version" value=initial.version />
                <Radios form field=RulingField::Act legend=t("Décision") choices=acts chosen=initial.act />
                <div class="to-grant">
                    <Select form field=RulingField::Kind label=t("Certificat, pour accorder") choices=kinds chosen=initial.kind />
                    <DayField form field=RulingField::Start label=t("Premier jour") value=initial.start />
                    <DayField form field=RulingField::End label=t("Dernier jour") value=initial.end />
                </div>
                <div class="to-write">
                    <Area form field=RulingField::Words label=t("Motif du refus, ou complément demandé") value=initial.words />
                </div>
                <Submit form label=t("Enregistrer la décision") busy=t("Enregistrement…") />
            </PageForm>
        </section>
    }
}

/// What a certificate is called where this request goes.
fn label(
    kind: Certificate,
    country: Option<portfolio::mobility::country::Country>,
) -> &'static str {
    match (kind, country.and_then(|country| kind.number(country))) {
        (Certificate::A1, _) => t("Certificat A1"),
        (Certificate::Agreement, _) => t("Certificat de détachement de l’accord"),
        (Certificate::Maintenance, _) => {
            t("Certificat de maintien à la Sécurité sociale française")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::mobility::wording;

    /// Fear: the list of certificates and the one of the rules call them by different names.
    #[test]
    fn names() {
        for kind in [Certificate::A1, Certificate::Maintenance] {
            assert_eq!(label(kind, None), wording::certificate(kind, None));
        }
    }
}
