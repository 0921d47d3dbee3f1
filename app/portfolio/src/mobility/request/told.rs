//! The answers, to be read: what the last step shows before a request is sent, and what the body examines.

use super::{Answers, Step};
use crate::language::t;
use crate::mobility::day::Day;
use crate::mobility::{
    country::{self, Country},
    form::{Kinship, Lodging, Marital},
    situation::{Criterion, Employers, Nationality, Status},
    wording,
};
use crate::say;

/// One answer: what was asked, and what was answered.
type Line = (&'static str, String);

/// The steps that the answers call for, with what was answered in each; what was left empty is left out. The NIR is not among it.
pub fn told(answers: &Answers) -> Vec<(Step, Vec<Line>)> {
    answers
        .steps()
        .into_iter()
        .filter(|step| *step != Step::Summary)
        .map(|step| {
            let mut lines = of_step(answers, step).unwrap_or_default();
            lines.retain(|(_, answer)| !answer.is_empty());
            (step, lines)
        })
        .collect()
}

fn of_step(answers: &Answers, step: Step) -> Option<Vec<Line>> {
    Some(match step {
        Step::Worker => worker(answers)?,
        Step::Business => {
            let form = answers.business.as_ref()?;
            vec![
                (t("Nom ou raison sociale"), form.name.clone()),
                (t("Siret"), form.siret.clone()),
                (
                    t("Adresse"),
                    address(&form.street, &form.postcode, &form.town),
                ),
                (t("Nature de l’activité"), form.activity.clone()),
            ]
        }
        Step::Mission => mission(answers)?,
        Step::Conditions => conditions(answers)?,
        Step::Several => several(answers)?,
        Step::Agreement => {
            let form = answers.agreement.as_ref()?;
            vec![
                (t("Profession en France"), form.profession.clone()),
                (t("Travail effectué pendant la mission"), form.work.clone()),
                (t("Situation de famille"), marital(&form.marital)),
            ]
        }
        Step::Dependants => answers
            .dependants
            .iter()
            .map(|form| {
                let name = format!("{} {}", form.first_names, form.last_name);
                let born = date(&form.birth_date);
                (
                    kinship(&form.kinship),
                    say!("{name}, né(e) le {born}", name, born),
                )
            })
            .collect(),
        Step::Contact => {
            let form = answers.contact.as_ref()?;
            vec![
                (t("Nom"), format!("{} {}", form.first_name, form.last_name)),
                (t("Adresse électronique"), form.email.clone()),
                (t("Téléphone"), form.phone.clone()),
            ]
        }
        Step::Summary => Vec::new(),
    })
}

fn worker(answers: &Answers) -> Option<Vec<Line>> {
    let form = answers.worker.as_ref()?;
    let nationality = match form.nationality_read() {
        Some(Nationality::Stateless) => t("Apatride ou réfugié").to_owned(),
        Some(Nationality::Of(of)) => of.name().to_owned(),
        None => String::new(),
    };
    let mut home = address(&form.street, &form.postcode, &form.town);
    home.push_str(", ");
    home.push_str(&place(&form.country));
    Some(vec![
        (t("Nom"), form.last_name.clone()),
        (t("Prénoms"), form.first_names.clone()),
        (t("Statut en France"), status(&answers.status)),
        (t("Nationalité"), nationality),
        (t("Date de naissance"), date(&form.birth_date)),
        (
            t("Lieu de naissance"),
            format!("{} ({})", form.birth_place, place(&form.birth_country)),
        ),
        (t("Adresse"), home),
    ])
}

fn mission(answers: &Answers) -> Option<Vec<Line>> {
    let form = answers.mission.as_ref()?;
    let end = if form.end_unknown == "oui" {
        t("Pas encore connu").to_owned()
    } else {
        date(&form.end)
    };
    let lodging = Lodging::ALL
        .into_iter()
        .find(|lodging| lodging.code() == form.lodging);
    Some(vec![
        (t("Pays ou territoire"), place(&form.country)),
        (t("Premier jour"), date(&form.start)),
        (t("Dernier jour"), end),
        (t("Statut pendant la mission"), status(&form.status_abroad)),
        (t("Activité exercée"), form.activity.clone()),
        (t("Entreprise ou lieu d’accueil"), form.host_name.clone()),
        (t("Numéro d’identification"), form.host_number.clone()),
        (t("Adresse électronique"), form.host_email.clone()),
        (t("Téléphone"), form.host_phone.clone()),
        (
            t("Adresse"),
            address(&form.host_street, "", &form.host_town),
        ),
        (
            t("Hébergement"),
            lodging.map(wording::lodging).unwrap_or_default().to_owned(),
        ),
    ])
}

fn conditions(answers: &Answers) -> Option<Vec<Line>> {
    let form = answers.conditions.as_ref()?;
    let mut lines: Vec<Line> = answers
        .conditions_asked()
        .into_iter()
        .filter_map(|field| {
            let question = wording::question(field.question()?);
            Some((question, yes_or_no(form.typed(field))))
        })
        .collect();
    lines.push((
        t("Pays où l’entreprise exerce l’essentiel de son activité"),
        place(&form.usual_country),
    ));
    Some(lines)
}

fn several(answers: &Answers) -> Option<Vec<Line>> {
    let form = answers.several.as_ref()?;
    let share = |status_code: &str, share: &str| {
        let status = status(status_code);
        format!(
            "{}\u{a0}%, {}",
            share.trim_end_matches(['%', ' ']),
            status.to_lowercase()
        )
    };
    let mut lines = vec![(t("France"), share(&form.status, &form.share))];
    let rows = [
        (&form.country_1, &form.share_1, &form.status_1),
        (&form.country_2, &form.share_2, &form.status_2),
        (&form.country_3, &form.share_3, &form.status_3),
        (&form.country_4, &form.share_4, &form.status_4),
    ];
    for (country, of, status) in rows {
        if let Ok(country) = country::read(country) {
            lines.push((country.name(), share(status, of)));
        }
    }
    let end = if form.end_unknown == "oui" {
        t("Pas encore connu").to_owned()
    } else {
        date(&form.end)
    };
    lines.extend([
        (
            t("Mesure des parts d’activité"),
            known(
                &form.criterion,
                &Criterion::ALL,
                Criterion::code,
                wording::criterion,
            ),
        ),
        (t("Premier jour"), date(&form.start)),
        (t("Dernier jour"), end),
        (t("Pays de résidence"), place(&form.residence)),
        (
            t("Employeurs"),
            known(
                &form.employers,
                &Employers::ALL,
                Employers::code,
                wording::employers,
            ),
        ),
        (t("Pays du siège de l’employeur"), place(&form.seat)),
        (
            t("Pays du centre d’intérêt de l’activité"),
            place(&form.centre),
        ),
        (
            t("Télétravail dans le pays de résidence"),
            yes_or_no(&form.telework),
        ),
        (
            t("Allocation de chômage d’un autre pays"),
            yes_or_no(&form.foreign_benefit),
        ),
        (t("Précisions"), form.comment.clone()),
    ]);
    Some(lines)
}

fn known<T: Copy>(
    typed: &str,
    all: &[T],
    code: fn(T) -> &'static str,
    label: fn(T) -> &'static str,
) -> String {
    let found = all.iter().copied().find(|one| code(*one) == typed);
    found.map(label).unwrap_or_default().to_owned()
}

fn status(code: &str) -> String {
    known(code, &Status::ALL, Status::code, wording::status)
}

fn marital(code: &str) -> String {
    known(code, &Marital::ALL, Marital::code, wording::marital)
}

fn kinship(code: &str) -> &'static str {
    let found = Kinship::ALL.into_iter().find(|one| one.code() == code);
    found.map_or(t("Ayant droit"), wording::kinship)
}

fn place(typed: &str) -> String {
    country::read(typed).map_or_else(
        |_| String::new(),
        |country: Country| country.name().to_owned(),
    )
}

fn date(typed: &str) -> String {
    Day::parse(typed).map_or_else(|_| String::new(), Day::long)
}

fn yes_or_no(typed: &str) -> String {
    match typed {
        "oui" => t("Oui").to_owned(),
        "non" => t("Non").to_owned(),
        _ => String::new(),
    }
}

fn address(street: &str, postcode: &str, town: &str) -> String {
    let town = [postcode, town]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    format!("{street}, {town}")
}
