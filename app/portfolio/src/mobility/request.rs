//! A request from its first step to its last: what was answered so far, which steps the answers call for, what the rules make of it.
//!
//! The answers are the forms of the steps as [`Form::kept`](crate::form::Form::kept) leaves them, so that a page of a draft shows what
//! was typed; only forms that [`fill`] has judged get there. The NIR is never among them: storage seals it apart.

mod filled;
mod told;
mod view;

pub use filled::{Filled, Part, StepForm, fill};
pub use told::told;
pub use view::{
    Certified, ClientOf, Colleagues, Event, Listing, Person, Place, Request, RequestRow, Worker,
    WorkerRow,
};

use super::{
    country::{self, Country},
    day::{Day, Period},
    decision::{self, Certificate, Decision},
    form::{
        AgreementForm, BusinessForm, ConditionsField, ConditionsForm, ContactForm, DependantForm,
        Journey, JourneyDraft, MissionForm, SeveralForm, WorkerForm,
    },
    question::{self, Question},
    situation::{Earlier, Nationality, Posting, Several, Situation, Status},
};
use crate::form::Form as _;
use crate::language::t;
use serde::{Deserialize, Serialize};

/// A page of the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// « La personne ».
    Worker,
    /// « L'entreprise ».
    Business,
    /// « La mission », of a posting.
    Mission,
    /// « Les conditions », of a posting.
    Conditions,
    /// « Les activités », of work in several States.
    Several,
    /// « Précisions de l'accord ».
    Agreement,
    /// « Les ayants droit ».
    Dependants,
    /// « Le contact ».
    Contact,
    /// « Vérifier et envoyer ».
    Summary,
}

impl Step {
    /// All, in the order of the pages.
    pub const ALL: [Self; 9] = [
        Self::Worker,
        Self::Business,
        Self::Mission,
        Self::Conditions,
        Self::Several,
        Self::Agreement,
        Self::Dependants,
        Self::Contact,
        Self::Summary,
    ];

    /// As addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Worker => "personne",
            Self::Business => "entreprise",
            Self::Mission => "mission",
            Self::Conditions => "conditions",
            Self::Several => "activites",
            Self::Agreement => "accord",
            Self::Dependants => "ayants-droit",
            Self::Contact => "contact",
            Self::Summary => "envoi",
        }
    }

    /// The step of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Worker => t("La personne"),
            Self::Business => t("L’entreprise"),
            Self::Mission => t("La mission"),
            Self::Conditions => t("Les conditions"),
            Self::Several => t("Les activités"),
            Self::Agreement => t("Précisions de l’accord"),
            Self::Dependants => t("Les ayants droit"),
            Self::Contact => t("Le contact"),
            Self::Summary => t("Vérifier et envoyer"),
        }
    }
}

/// What was answered so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// The kind of request.
    pub journey: Journey,
    /// As what the person works in France, by [`Status::code`].
    pub status: String,
    /// Who goes, without the NIR.
    pub worker: Option<WorkerForm>,
    /// Who sends.
    pub business: Option<BusinessForm>,
    /// Where to and when.
    pub mission: Option<MissionForm>,
    /// Under which conditions.
    pub conditions: Option<ConditionsForm>,
    /// In which States.
    pub several: Option<SeveralForm>,
    /// What the agreement's form asks.
    pub agreement: Option<AgreementForm>,
    /// Who goes along.
    pub dependants: Vec<DependantForm>,
    /// Whom to ask.
    pub contact: Option<ContactForm>,
}

impl Answers {
    /// Those of a request that is begun.
    pub fn begun(draft: &JourneyDraft) -> Self {
        Self {
            journey: draft.journey,
            status: draft.status.code().to_owned(),
            worker: None,
            business: None,
            mission: None,
            conditions: None,
            several: None,
            agreement: None,
            dependants: Vec::new(),
            contact: None,
        }
    }

    /// As what the person works in France.
    pub fn status(&self) -> Option<Status> {
        Status::ALL
            .into_iter()
            .find(|status| status.code() == self.status)
    }

    /// Takes what one step answers, in place of what it answered before; a dependant comes to the others.
    pub fn put(&mut self, part: Part) {
        match part {
            Part::Worker(form) => self.worker = Some(form),
            Part::Business(form) => self.business = Some(form),
            Part::Mission(form) => self.mission = Some(form),
            Part::Conditions(form) => self.conditions = Some(form),
            Part::Several(form) => {
                self.status.clone_from(&form.status);
                self.several = Some(form);
            }
            Part::Agreement(form) => self.agreement = Some(form),
            Part::Dependant(form) => self.dependants.push(form),
            Part::Contact(form) => self.contact = Some(form),
        }
    }

    /// What is asked, as far as it is answered. Forms that are still being typed count with what can be read of them, so that a page
    /// can show what the rules make of it meanwhile.
    pub fn situation(&self) -> Situation {
        let nationality = self.worker.as_ref().and_then(WorkerForm::nationality_read);
        match self.journey {
            Journey::Posting => Situation::Posting(self.posting(nationality)),
            Journey::Several => Situation::Several(Several {
                nationality,
                ..self.so_far()
            }),
        }
    }

    fn posting(&self, nationality: Option<Nationality>) -> Posting {
        let mut posting = Posting {
            status: self.status(),
            nationality,
            ..Posting::default()
        };
        if let Some(mission) = &self.mission {
            mission.so_far(&mut posting);
        }
        if let Some(conditions) = &self.conditions {
            conditions.so_far(&mut posting);
        }
        posting
    }

    fn so_far(&self) -> Several {
        let read = self.several.as_ref().map(SeveralForm::so_far);
        read.unwrap_or_else(|| Several {
            status: self.status(),
            ..Several::default()
        })
    }

    /// What the rules make of it.
    pub fn decide(&self, earlier: &[Earlier], today: Day) -> Decision {
        decision::decide(&self.situation(), earlier, today)
    }

    /// The countries that it names, France apart.
    pub fn countries(&self) -> Vec<Country> {
        match self.situation() {
            Situation::Posting(posting) => posting.country.into_iter().collect(),
            Situation::Several(several) => {
                several.places.iter().map(|place| place.country).collect()
            }
        }
    }

    /// From when to when; for work in several States whose end is not known, for the twelve months of its certificate.
    pub fn period(&self) -> Option<Period> {
        match self.situation() {
            Situation::Posting(posting) => posting.period(),
            Situation::Several(several) => {
                let start = several.start?;
                let end = several.end.unwrap_or_else(|| start.through(12));
                (start <= end).then_some(Period { start, end })
            }
        }
    }

    /// Whether the country's own form asks for more: that of a bilateral agreement does.
    fn wants_agreement(&self) -> bool {
        let of = |country| {
            Some(Certificate::of(country, self.status()?) == Some(Certificate::Agreement))
        };
        self.journey == Journey::Posting
            && self.countries().first().copied().and_then(of) == Some(true)
    }

    /// The steps that the answers so far call for, in order.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Worker, Step::Business];
        match self.journey {
            Journey::Posting => steps.extend([Step::Mission, Step::Conditions]),
            Journey::Several => steps.push(Step::Several),
        }
        if self.wants_agreement() {
            steps.extend([Step::Agreement, Step::Dependants]);
        }
        steps.extend([Step::Contact, Step::Summary]);
        steps
    }

    /// Whether nothing is missing of a step, and what was answered still passes: a file of postings leaves steps half answered. Other
    /// steps may call for more of it: a new country asks other conditions.
    pub fn is_done(&self, step: Step) -> bool {
        match step {
            Step::Worker => self.worker.as_ref().is_some_and(|form| {
                let known = WorkerForm {
                    nir_known: "oui".to_owned(),
                    ..form.clone()
                };
                known.check().is_ok()
            }),
            Step::Business => passes(self.business.as_ref()),
            Step::Mission => passes(self.mission.as_ref()),
            Step::Conditions => self.mission.is_some() && self.conditions_missing().is_empty(),
            Step::Several => passes(self.several.as_ref()),
            // Nobody need go along.
            Step::Agreement | Step::Dependants => passes(self.agreement.as_ref()),
            Step::Contact => passes(self.contact.as_ref()),
            Step::Summary => false,
        }
    }

    /// The first step of which something is missing: where one goes on.
    pub fn next_open(&self) -> Step {
        let open = self.steps().into_iter().find(|step| !self.is_done(*step));
        open.unwrap_or(Step::Summary)
    }

    /// The step after one.
    pub fn after(&self, step: Step) -> Step {
        let steps = self.steps();
        let place = steps.iter().position(|known| *known == step);
        place
            .and_then(|place| steps.get(place + 1))
            .copied()
            .unwrap_or(Step::Summary)
    }

    /// The questions of the conditions' page, in its order.
    pub fn conditions_asked(&self) -> Vec<ConditionsField> {
        let asked = question::asked(&self.situation());
        let of = |(question, _): (Question, bool)| ConditionsField::of_question(question);
        asked.into_iter().filter_map(of).collect()
    }

    /// Those that were not answered.
    fn conditions_missing(&self) -> Vec<ConditionsField> {
        question::missing(&self.situation())
            .into_iter()
            .filter_map(ConditionsField::of_question)
            .collect()
    }

    /// Whether everything that is wanted was answered, and each answer still passes.
    pub fn is_whole(&self) -> bool {
        let wanted = |step: Step| step == Step::Summary || self.is_done(step);
        self.steps().into_iter().all(wanted)
    }

    /// Makes it a request of the other kind. What was answered of the first kind is kept, in case it is turned back; where nothing was
    /// answered of the second yet, it starts from the places and days that are known.
    pub fn turn(&mut self, journey: Journey) {
        if self.journey == journey {
            return;
        }
        self.journey = journey;
        match (journey, &self.mission, &self.several) {
            (Journey::Several, Some(mission), None) => {
                // Only the States of European coordination can be among several.
                let place = country::read(&mission.country)
                    .ok()
                    .filter(|country| country.bloc().is_some());
                let home = self.worker.as_ref().map(|form| form.country.clone());
                self.several = Some(SeveralForm {
                    status: self.status.clone(),
                    country_1: place.map_or_else(String::new, |place| place.name().to_owned()),
                    status_1: place.map_or_else(String::new, |_| mission.status_abroad.clone()),
                    start: mission.start.clone(),
                    end: mission.end.clone(),
                    end_unknown: mission.end_unknown.clone(),
                    residence: home.unwrap_or_default(),
                    ..SeveralForm::default()
                });
            }
            (Journey::Posting, None, Some(several)) => {
                self.mission = Some(MissionForm {
                    country: several.country_1.clone(),
                    status_abroad: several.status_1.clone(),
                    start: several.start.clone(),
                    end: several.end.clone(),
                    ..MissionForm::default()
                });
            }
            _ => {}
        }
    }

    /// « Z. A. D’Ormesson »: enough to hold against a paper; empty while nobody is named.
    pub fn initials(&self) -> String {
        let Some(worker) = &self.worker else {
            return String::new();
        };
        let first = worker.first_names.split_whitespace();
        let initials: Vec<String> = first
            .filter_map(|name| name.chars().next())
            .map(|letter| format!("{letter}."))
            .collect();
        crate::tidy::one_line(&format!("{} {}", initials.join(" "), worker.last_name))
    }

    /// « Zoé Anne D’Ormesson »; empty while nobody is named.
    pub fn who(&self) -> String {
        self.worker
            .as_ref()
            .map(WorkerForm::who)
            .unwrap_or_default()
    }
}

/// Whether a form was answered, and passes.
fn passes<F: crate::form::Form>(form: Option<&F>) -> bool {
    form.is_some_and(|form| form.check().is_ok())
}

#[cfg(test)]
mod tests;
