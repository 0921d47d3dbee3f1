//! « Les activités »: work in France and up to four other States by turns.

use super::{
    controls::{Area, DayField, Radios, Select, yes_no},
    country::{CountryField, CountryNames},
    keep,
    mission::statuses,
    step::{StepFrame, typed},
};
use crate::parts::{
    field::Field,
    form::{FormState, Returned},
};
use leptos::prelude::*;
use portfolio::language::{n, t};
use portfolio::mobility::{
    form::{SeveralField, SeveralForm},
    question::{self, Question},
    request::Request,
    situation::{Criterion, Employers, Situation},
    wording,
};

/// The questions that the answers call for. Before there is any, those whose answers others depend on.
fn asked(form: &SeveralForm) -> Vec<Question> {
    let situation = Situation::Several(form.so_far());
    question::asked(&situation)
        .into_iter()
        .map(|(question, _)| question)
        .collect()
}

const LABELS: [[&str; 3]; 4] = [
    [
        n("Premier autre pays"),
        n("Part de l’activité"),
        n("Statut"),
    ],
    [
        n("Deuxième pays (facultatif)"),
        n("Part de l’activité"),
        n("Statut"),
    ],
    [
        n("Troisième pays (facultatif)"),
        n("Part de l’activité"),
        n("Statut"),
    ],
    [
        n("Quatrième pays (facultatif)"),
        n("Part de l’activité"),
        n("Statut"),
    ],
];

/// The step.
#[expect(clippy::too_many_lines, reason = "one field after the other")]
pub fn view(request: Request, returned: Returned<SeveralForm>) -> AnyView {
    let fresh = request
        .answers
        .several
        .clone()
        .unwrap_or_else(|| SeveralForm {
            status: request.answers.status.clone(),
            residence: request
                .answers
                .worker
                .as_ref()
                .map(|worker| worker.country.clone())
                .unwrap_or_default(),
            ..SeveralForm::default()
        });
    let form = FormState::new(returned, fresh);
    let initial = form.initial();
    let questions = RwSignal::new(asked(&initial));
    let awake = crate::parts::field::use_awake();
    let typing = Callback::new(move |()| {
        if let Some(form) = typed::<SeveralForm>() {
            questions.set(asked(&form));
        }
    });
    // Without JavaScript nothing follows what is typed: everything is there, and what is not called for is ignored.
    let shown =
        move |question: Question| !awake.get() || questions.with(|asked| asked.contains(&question));
    let rows = SeveralField::ROWS
        .into_iter()
        .zip(LABELS.map(|labels| labels.map(t)))
        .zip([
            [&initial.country_1, &initial.share_1, &initial.status_1],
            [&initial.country_2, &initial.share_2, &initial.status_2],
            [&initial.country_3, &initial.share_3, &initial.status_3],
            [&initial.country_4, &initial.share_4, &initial.status_4],
        ])
        .map(|(([country, share, status], [of, part, as_what]), [country_is, share_is, status_is])| view! {
            <fieldset class="group place">
                <legend class="visually-hidden">{of}</legend>
                <CountryField form field=country label=of value=country_is.clone() taken=typing />
                <Field form field=share label=part value=share_is.clone() class="short" inputmode="numeric" />
                <Select form field=status label=as_what choices=statuses() chosen=status_is.clone() />
            </fieldset>
        })
        .collect_view();
    let criteria = Criterion::ALL
        .map(|one| (one.code(), wording::criterion(one)))
        .to_vec();
    let employers = Employers::ALL
        .map(|one| (one.code(), wording::employers(one)))
        .to_vec();
    view! {
        <StepFrame request form title=t("Les activités") send=keep::several typing>
            <CountryNames />
            <fieldset class="group place">
                <legend class="visually-hidden">{t("France")}</legend>
                <Select form field=SeveralField::Status label=t("Statut en France") choices=statuses() chosen=initial.status />
                <Field
                    form
                    field=SeveralField::Share
                    label=t("Part de l’activité en France")
                    hint=t("En pour cent, sur les 12 prochains mois. Le total doit faire 100.")
                    value=initial.share
                    class="short"
                    inputmode="numeric"
                />
            </fieldset>
            {rows}
            <Select form field=SeveralField::Criterion label=t("Mesure des parts d’activité") choices=criteria chosen=initial.criterion />
            <DayField form field=SeveralField::Start label=t("Premier jour") value=initial.start />
            <DayField form field=SeveralField::End label=t("Dernier jour") value=initial.end />
            <label class="choice">
                <input type="checkbox" id="end_unknown" name="end_unknown" value="oui" checked=initial.end_unknown == "oui" />
                <span>{t("La date de fin n’est pas connue")}</span>
            </label>
            <CountryField form field=SeveralField::Residence label=t("Pays de résidence") value=initial.residence taken=typing />
            <div hidden=move || !shown(Question::Employers)>
                <Radios form field=SeveralField::Employers legend=t("Employeurs") choices=employers chosen=initial.employers />
            </div>
            <div hidden=move || !shown(Question::Seat)>
                <CountryField form field=SeveralField::Seat label=t("Pays du siège de l’employeur") value=initial.seat taken=typing />
            </div>
            <div hidden=move || !shown(Question::Centre)>
                <CountryField
                    form
                    field=SeveralField::Centre
                    label=t("Pays du centre d’intérêt de l’activité")
                    hint=t("Pour un indépendant qui exerce moins de 25\u{a0}% de son activité en France.")
                    value=initial.centre
                    taken=typing
                />
            </div>
            <div hidden=move || !shown(Question::Telework)>
                <Radios
                    form
                    field=SeveralField::Telework
                    legend=t("L’activité dans le pays de résidence est-elle du télétravail\u{202f}?")
                    choices=yes_no()
                    chosen=initial.telework
                />
            </div>
            <Radios
                form
                field=SeveralField::ForeignBenefit
                legend=t("Un autre pays verse-t-il une allocation de chômage\u{202f}?")
                choices=yes_no()
                chosen=initial.foreign_benefit
            />
            <Area form field=SeveralField::Comment label=t("Précisions (facultatif)") value=initial.comment />
        </StepFrame>
    }
    .into_any()
}
