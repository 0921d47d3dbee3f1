//! What the rules make of a situation.
//!
//! Each rule is one small function that looks at the whole case and answers a [`Reason`] or nothing; a decision is all that they
//! answer. None depends on another's answer, so their order does not matter.

mod nationality;
mod posting;
mod several;
mod stays;

use super::{
    country::{Bloc, Country, SelfEmployed, Zone},
    day::Day,
    question::{self, Question},
    rule::{Effect, Reason, Rule},
    situation::{Earlier, Situation, Status},
};
use serde::{Deserialize, Serialize};

/// Months that a start may lie back, or ahead of a posting, before somebody looks at it. Our choice.
const USUAL_MONTHS: u32 = 12;

/// What certifies that French social security goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certificate {
    /// « Certificat A1 ».
    A1,
    /// The form of a bilateral agreement or a decree of coordination; its number is the country's [`Paper`](super::country::Paper).
    Agreement,
    /// « Certificat de maintien à la Sécurité sociale française ».
    Maintenance,
}

impl Certificate {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::A1, Self::Agreement, Self::Maintenance];

    /// As tables hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::A1 => "a1",
            Self::Agreement => "accord",
            Self::Maintenance => "maintien",
        }
    }

    /// The certificate of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The certificate of a posting; `None` where nobody is posted to.
    pub fn of(country: Country, status: Status) -> Option<Self> {
        let alone = status == Status::SelfEmployed;
        match country.zone() {
            Zone::Europe => Some(Self::A1),
            Zone::Agreement if alone && country.row().self_employed == SelfEmployed::Excluded => {
                Some(Self::Maintenance)
            }
            Zone::Agreement => Some(Self::Agreement),
            Zone::Elsewhere => Some(Self::Maintenance),
            Zone::France => None,
        }
    }

    /// The number of the form; `None` where there is none, or it was not found.
    pub const fn number(self, country: Country) -> Option<&'static str> {
        match self {
            Self::A1 => Some("A1"),
            Self::Agreement => country.row().paper.number(),
            Self::Maintenance => None,
        }
    }
}

/// What becomes of a request, the gravest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    /// The certificate can be made at once.
    Granted,
    /// The body examines it.
    Examination,
    /// It cannot be judged before the missing questions are answered.
    Incomplete,
    /// It cannot be granted as it stands.
    Impossible,
}

/// What the rules answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What would certify; `None` while that is not known, or where nothing would.
    pub certificate: Option<Certificate>,
    /// The last day that can be certified without an examination of the length; `None` while that is not known, where no limit was
    /// found, and where earlier stays have used it up.
    pub latest_end: Option<Day>,
    /// Every rule that has a say, by effect, then in the order of [`Rule::ALL`].
    pub reasons: Vec<Reason>,
    /// The questions that are still to be answered, in the pages' order.
    pub missing: Vec<Question>,
}

impl Decision {
    /// What becomes of the request.
    pub fn outcome(&self) -> Outcome {
        let has = |effect| self.with(effect).next().is_some();
        if has(Effect::Refusal) {
            Outcome::Impossible
        } else if !self.missing.is_empty() {
            Outcome::Incomplete
        } else if has(Effect::Doubt) {
            Outcome::Examination
        } else {
            Outcome::Granted
        }
    }

    /// The reasons of one effect.
    pub fn with(&self, effect: Effect) -> impl Iterator<Item = &Reason> {
        self.reasons
            .iter()
            .filter(move |reason| reason.rule.effect() == effect)
    }

    /// Whether a rule has a say.
    pub fn names(&self, rule: Rule) -> bool {
        self.reasons.iter().any(|reason| reason.rule == rule)
    }
}

/// Judges a situation. `earlier` are the person's other requests in force; a request that is judged again is not among them.
pub fn decide(situation: &Situation, earlier: &[Earlier], today: Day) -> Decision {
    let (certificate, latest_end, mut reasons) = match situation {
        Situation::Posting(posting) => posting::judge(posting, earlier, today),
        Situation::Several(several) => several::judge(several, earlier, today),
    };
    reasons.sort_by_key(|reason| (reason.rule.effect(), reason.clone()));
    reasons.dedup();
    Decision {
        certificate,
        latest_end,
        reasons,
        missing: question::missing(situation),
    }
}

/// What a kind of request answers: certificate, last day, and what its rules say.
type Judged = (Option<Certificate>, Option<Day>, Vec<Reason>);

/// What makes the rules of European coordination apply outside the Union; for the United Kingdom it depends on the kind of request.
fn text_of_europe(country: Country, uk: Rule) -> Option<Rule> {
    match country.bloc()? {
        Bloc::Union => None,
        Bloc::Efta => Some(Rule::EeaAgreement),
        Bloc::Switzerland => Some(Rule::SwissAgreement),
        Bloc::UnitedKingdom => Some(uk),
    }
}

/// Another request of the person covers some day from `start` to `end`, or the first day while the last one is not known.
fn already_abroad(start: Option<Day>, end: Option<Day>, earlier: &[Earlier]) -> Option<Reason> {
    let start = start?;
    let asked = super::day::Period {
        start,
        end: end.unwrap_or(start).max(start),
    };
    let other = earlier
        .iter()
        .filter(|other| other.period.overlaps(asked))
        .min_by_key(|other| other.period)?;
    let reason = Reason::from(Rule::AlreadyAbroad).during(other.period);
    Some(Reason {
        country: other.countries.iter().min().copied(),
        ..reason
    })
}

/// The last day is before the first.
fn end_before_start(start: Option<Day>, end: Option<Day>) -> Option<Reason> {
    (end? < start?).then(|| Rule::EndBeforeStart.into())
}

/// The first day is in the past.
fn begun(start: Option<Day>, today: Day) -> Option<Reason> {
    (start? < today).then(|| Rule::Retroactive.into())
}

/// The first day is long past.
fn begun_long_ago(start: Option<Day>, today: Day) -> Option<Reason> {
    (start?.plus_months(USUAL_MONTHS) < today).then(|| Rule::LongPast.into())
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod properties;
