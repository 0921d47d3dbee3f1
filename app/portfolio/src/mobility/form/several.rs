//! Work in several States: which, how much in each, and what settles whose law applies.

use super::{Of, fields, read};
use crate::{
    form::Form,
    mobility::{
        country,
        country::{Country, Zone},
        day::Day,
        question::{self, Question},
        rule::{Reason, Rule},
        situation::{Criterion, Employers, Place, Several, Share, Situation, Status},
    },
    problem::{Judge, Problem, Problems},
};
use serde::{Deserialize, Serialize};

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SeveralForm {
    /// The request.
    pub request: String,
    /// The version that the page shows.
    pub version: String,
    /// As what the person works in France.
    pub status: String,
    /// Hundredths of the work that are done in France.
    pub share: String,
    /// The first other State; its share and status follow. Rows that are left empty are none.
    pub country_1: String,
    /// Its share.
    pub share_1: String,
    /// The status there.
    pub status_1: String,
    /// The second.
    pub country_2: String,
    /// Its share.
    pub share_2: String,
    /// The status there.
    pub status_2: String,
    /// The third.
    pub country_3: String,
    /// Its share.
    pub share_3: String,
    /// The status there.
    pub status_3: String,
    /// The fourth.
    pub country_4: String,
    /// Its share.
    pub share_4: String,
    /// The status there.
    pub status_4: String,
    /// What the shares are measured by.
    pub criterion: String,
    /// « Premier jour ».
    pub start: String,
    /// « Dernier jour ».
    pub end: String,
    /// « La date de fin n'est pas connue »: `oui` when ticked.
    pub end_unknown: String,
    /// « Pays de résidence ».
    pub residence: String,
    /// « Employeurs ».
    pub employers: String,
    /// « Pays du siège ».
    pub seat: String,
    /// « Pays du centre d'intérêt ».
    pub centre: String,
    /// « Télétravail ».
    pub telework: String,
    /// « Allocation de chômage d'un autre pays ».
    pub foreign_benefit: String,
    /// « Précisions ».
    pub comment: String,
}

/// Work in several States.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeveralDraft {
    /// Which request.
    pub of: Of,
    /// What was answered; the nationality is the worker's.
    pub several: Several,
    /// What else was said.
    pub comment: String,
}

fields! {
    /// The fields of [`SeveralForm`].
    SeveralField {
        /// The status in France.
        Status: "status", "Choisissez le statut en France.";
        /// The share of France.
        Share: "share", "Saisissez la part de l’activité exercée en France.";
        /// The first other State.
        Country1: "country_1", "Choisissez au moins un autre pays d’activité.";
        /// Its share.
        Share1: "share_1", "Saisissez la part de l’activité dans le premier pays.";
        /// The status there.
        Status1: "status_1", "Choisissez le statut dans le premier pays.";
        /// The second.
        Country2: "country_2", "Choisissez le deuxième pays, ou videz sa ligne.";
        /// Its share.
        Share2: "share_2", "Saisissez la part de l’activité dans le deuxième pays.";
        /// The status there.
        Status2: "status_2", "Choisissez le statut dans le deuxième pays.";
        /// The third.
        Country3: "country_3", "Choisissez le troisième pays, ou videz sa ligne.";
        /// Its share.
        Share3: "share_3", "Saisissez la part de l’activité dans le troisième pays.";
        /// The status there.
        Status3: "status_3", "Choisissez le statut dans le troisième pays.";
        /// The fourth.
        Country4: "country_4", "Choisissez le quatrième pays, ou videz sa ligne.";
        /// Its share.
        Share4: "share_4", "Saisissez la part de l’activité dans le quatrième pays.";
        /// The status there.
        Status4: "status_4", "Choisissez le statut dans le quatrième pays.";
        /// What the shares are measured by.
        Criterion: "criterion", "Choisissez comment les parts sont mesurées.";
        /// « Premier jour ».
        Start: "start", "Saisissez le premier jour.";
        /// « Dernier jour ».
        End: "end", "Saisissez le dernier jour, ou cochez qu’il n’est pas connu.";
        /// « La date de fin n'est pas connue ».
        EndUnknown: "end_unknown", "Dites si la date de fin est connue.";
        /// « Pays de résidence ».
        Residence: "residence", "Choisissez le pays de résidence.";
        /// « Employeurs ».
        Employers: "employers", "Choisissez qui emploie la personne.";
        /// « Pays du siège ».
        Seat: "seat", "Choisissez le pays du siège de l’employeur.";
        /// « Pays du centre d'intérêt ».
        Centre: "centre", "Choisissez le pays du centre d’intérêt de l’activité.";
        /// « Télétravail ».
        Telework: "telework", "Dites si l’activité dans le pays de résidence est du télétravail.";
        /// « Allocation de chômage d'un autre pays ».
        ForeignBenefit: "foreign_benefit", "Dites si un autre pays verse une allocation de chômage.";
        /// « Précisions ».
        Comment: "comment", "Saisissez les précisions.";
    }
}

impl SeveralField {
    /// Country, share and status of each row.
    pub const ROWS: [[Self; 3]; Several::MOST_PLACES] = [
        [Self::Country1, Self::Share1, Self::Status1],
        [Self::Country2, Self::Share2, Self::Status2],
        [Self::Country3, Self::Share3, Self::Status3],
        [Self::Country4, Self::Share4, Self::Status4],
    ];

    /// The field that puts right what a rule refuses, for [`super::refused`]. What concerns one row is refused by the form itself.
    pub const fn of_rule(rule: Rule) -> Option<Self> {
        match rule {
            Rule::AlreadyAbroad | Rule::StartsTooLate => Some(Self::Start),
            Rule::EndBeforeStart => Some(Self::End),
            Rule::SharesTotal => Some(Self::Share),
            Rule::NotAbroad
            | Rule::SeveralOutsideEurope
            | Rule::CountryTwice
            | Rule::TooManyPlaces => Some(Self::Country1),
            Rule::ResidenceCompetent => Some(Self::Residence),
            Rule::SeatAbroad => Some(Self::Seat),
            Rule::CentreAbroad => Some(Self::Centre),
            _ => None,
        }
    }

    /// The field of a question that other answers call for.
    const fn of_question(question: Question) -> Option<Self> {
        match question {
            Question::Employers => Some(Self::Employers),
            Question::Seat => Some(Self::Seat),
            Question::Centre => Some(Self::Centre),
            Question::Telework => Some(Self::Telework),
            _ => None,
        }
    }
}

/// A State of European coordination besides France.
fn other_state(typed: &str) -> Result<Country, Problem> {
    let country = country::read(typed)?.destination()?;
    if country.zone() == Zone::Europe {
        return Ok(country);
    }
    let reason = Reason::about(Rule::SeveralOutsideEurope, country);
    Err(Problem::Mobility(reason))
}

fn share(typed: &str) -> Result<Share, Problem> {
    Share::new(read::percentage(typed)?).ok_or(Problem::NotPercentage)
}

fn status(typed: &str) -> Result<Status, Problem> {
    read::choice(typed, &Status::ALL, Status::code)
}

impl SeveralForm {
    fn rows(&self) -> [[&str; 3]; Several::MOST_PLACES] {
        [
            [&self.country_1, &self.share_1, &self.status_1],
            [&self.country_2, &self.share_2, &self.status_2],
            [&self.country_3, &self.share_3, &self.status_3],
            [&self.country_4, &self.share_4, &self.status_4],
        ]
    }

    /// The rows that are not empty; the first one may not be, unless another is filled.
    fn places(&self, judge: &mut Judge<SeveralField>) -> Vec<Place> {
        let filled = |row: &[&str; 3]| row.iter().any(|text| !text.trim().is_empty());
        let rows: Vec<_> = SeveralField::ROWS.into_iter().zip(self.rows()).collect();
        let none = !rows.iter().any(|(_, typed)| filled(typed));
        if none {
            let missing: Result<(), _> = Err(Problem::Missing);
            judge.take(SeveralField::Country1, missing);
        }
        let mut places: Vec<Place> = Vec::new();
        for ([of_country, of_share, of_status], typed) in rows {
            if !filled(&typed) {
                continue;
            }
            let country = other_state(typed[0]).and_then(|country| {
                if places.iter().any(|place| place.country == country) {
                    let twice = Reason::about(Rule::CountryTwice, country);
                    return Err(Problem::Mobility(twice));
                }
                Ok(country)
            });
            let country = judge.take(of_country, country);
            let share = judge.take(of_share, share(typed[1]));
            let status = judge.take(of_status, status(typed[2]));
            if let Some(country) = country {
                places.push(Place {
                    country,
                    status,
                    share,
                });
            }
        }
        places
    }

    /// What can be read of the answers: for what the rules make of a form that is still being filled in. The nationality is the
    /// worker's.
    pub fn so_far(&self) -> Several {
        self.several(&mut Judge::new())
    }

    /// The last day; nothing when it is said to be unknown.
    fn end(&self, start: Option<Day>) -> Result<Option<Day>, Problem> {
        if self.end_unknown == "oui" {
            return Ok(None);
        }
        let end = Day::parse(&self.end)?;
        if start.is_some_and(|start| end < start) {
            return Err(Problem::Mobility(Rule::EndBeforeStart.into()));
        }
        Ok(Some(end))
    }

    /// Each answer by itself; what only other answers call for may still be missing.
    fn several(&self, judge: &mut Judge<SeveralField>) -> Several {
        let start = judge.take(SeveralField::Start, Day::parse(&self.start));
        let end = judge.take(SeveralField::End, self.end(start)).flatten();
        let maybe_country = |typed: &str| read::maybe(country::read(typed));
        let yes = |typed: &str| read::maybe(read::answer(typed));
        let criterion = read::choice(&self.criterion, &Criterion::ALL, Criterion::code);
        let employers = read::choice(&self.employers, &Employers::ALL, Employers::code);
        Several {
            nationality: None,
            residence: judge.take(SeveralField::Residence, country::read(&self.residence)),
            status: judge.take(SeveralField::Status, status(&self.status)),
            share: judge.take(SeveralField::Share, share(&self.share)),
            places: self.places(judge),
            start,
            end,
            criterion: judge.take(SeveralField::Criterion, criterion),
            employers: judge
                .take(SeveralField::Employers, read::maybe(employers))
                .flatten(),
            seat: judge
                .take(SeveralField::Seat, maybe_country(&self.seat))
                .flatten(),
            centre: judge
                .take(SeveralField::Centre, maybe_country(&self.centre))
                .flatten(),
            telework: judge
                .take(SeveralField::Telework, yes(&self.telework))
                .flatten(),
            foreign_benefit: judge.take(
                SeveralField::ForeignBenefit,
                read::answer(&self.foreign_benefit),
            ),
        }
    }
}

/// What is wrong between the answers.
fn between(several: &Several) -> Vec<(SeveralField, Problem)> {
    let mut found = Vec::new();
    let parts: Option<Vec<Share>> = std::iter::once(several.share)
        .chain(several.places.iter().map(|place| place.share))
        .collect();
    let total = parts.map(|parts| parts.iter().map(|p| u32::from(p.hundredths())).sum::<u32>());
    if total.is_some_and(|total| total != 100) {
        let reason = Rule::SharesTotal.into();
        found.push((SeveralField::Share, Problem::Mobility(reason)));
    }
    let unsuited = several
        .criterion
        .zip(several.statuses())
        .is_some_and(|(by, statuses)| !statuses.iter().any(|status| by.suits(*status)));
    if unsuited {
        found.push((SeveralField::Criterion, Problem::UnsuitedCriterion));
    }
    let asked = Situation::Several(several.clone());
    let missing = question::missing(&asked);
    let called_for = missing.into_iter().filter_map(SeveralField::of_question);
    found.extend(called_for.map(|field| (field, Problem::Missing)));
    found
}

impl Form for SeveralForm {
    type Field = SeveralField;
    type Draft = SeveralDraft;

    fn check(&self) -> Result<SeveralDraft, Problems<SeveralField>> {
        let mut judge = Judge::new();
        let several = self.several(&mut judge);
        let comment = judge.take(SeveralField::Comment, read::comment(&self.comment));
        let whole = judge.is_clean();
        if whole {
            for (field, problem) in between(&several) {
                let wrong: Result<(), _> = Err(problem);
                judge.take(field, wrong);
            }
        }
        judge.close(comment.map(|comment| SeveralDraft {
            of: Of::read(&self.request, &self.version),
            several,
            comment,
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}
