//! What a request asks, as far as it is known: every part may still be missing.

use super::{country::Country, day::Day, day::Period};
use serde::{Deserialize, Serialize};

/// What the request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Situation {
    /// « Détachement »: one country, for a time.
    Posting(Posting),
    /// « Pluriactivité »: France and one to four other States, by turns.
    Several(Several),
}

/// As what somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// « Salarié ».
    Employee,
    /// « Travailleur indépendant ».
    SelfEmployed,
    /// « Fonctionnaire ».
    CivilServant,
    /// « Agent contractuel ».
    PublicContract,
    /// « Autre ».
    Other,
}

impl Status {
    /// All, in the pages' order.
    pub const ALL: [Self; 5] = [
        Self::Employee,
        Self::SelfEmployed,
        Self::CivilServant,
        Self::PublicContract,
        Self::Other,
    ];

    /// The word that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Employee => "salarie",
            Self::SelfEmployed => "independant",
            Self::CivilServant => "fonctionnaire",
            Self::PublicContract => "contractuel",
            Self::Other => "autre",
        }
    }

    /// Whether it is public service.
    pub const fn is_public(self) -> bool {
        matches!(self, Self::CivilServant | Self::PublicContract)
    }
}

/// Whose national somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nationality {
    /// A State's.
    Of(Country),
    /// Nobody's, or a refugee: European coordination protects both like nationals (regulation (EC) 883/2004, article 2).
    Stateless,
}

/// What may be said of the company abroad, for an employee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// It may change the base pay.
    pub pay: Option<bool>,
    /// It may dismiss.
    pub dismiss: Option<bool>,
    /// It may sanction.
    pub sanction: Option<bool>,
    /// It has a contract of its own with the employee.
    pub contract: Option<bool>,
}

/// A posting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posting {
    /// As what the person works in France.
    pub status: Option<Status>,
    /// Whose national the person is.
    pub nationality: Option<Nationality>,
    /// Where to.
    pub country: Option<Country>,
    /// The first day.
    pub start: Option<Day>,
    /// The last day.
    pub end: Option<Day>,
    /// As what the person works there.
    pub status_abroad: Option<Status>,
    /// Employee: under French social security in the 30 days before.
    pub affiliated: Option<bool>,
    /// Employee: the company does at least a quarter of its business in France.
    pub substantial: Option<bool>,
    /// Employee: sent in the place of somebody who was posted too.
    pub replaces: Option<bool>,
    /// Employee: what the company abroad may do.
    pub host: Host,
    /// Self-employed: the end is known.
    pub end_known: Option<bool>,
    /// Self-employed: a similar activity.
    pub similar: Option<bool>,
    /// Self-employed: what the business needs stays in France.
    pub infrastructure: Option<bool>,
    /// Self-employed: at work in France for two months at least.
    pub active_before: Option<bool>,
}

impl Posting {
    /// The last day, unless it was said to be unknown.
    pub fn last_day(&self) -> Option<Day> {
        let unknown = self.status == Some(Status::SelfEmployed) && self.end_known == Some(false);
        self.end.filter(|_| !unknown)
    }

    /// First and last day, once both are known and in order.
    pub fn period(&self) -> Option<Period> {
        let (start, end) = (self.start?, self.last_day()?);
        (start <= end).then_some(Period { start, end })
    }
}

/// A part of the work, in hundredths of the whole: of the time, the pay, the turnover…
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u8);

impl Share {
    /// At least so much is substantial (regulation (EC) 987/2009, article 14, paragraph 8).
    pub const SUBSTANTIAL: Self = Self(25);
    /// Less than this is marginal (regulation (EC) 987/2009, article 14, paragraph 5b; the figure is the practice's).
    pub const MARGINAL: Self = Self(5);
    /// Telework of at least this is beyond the framework agreement.
    pub const HALF: Self = Self(50);

    /// A share of so many hundredths; `None` above 100.
    pub fn new(hundredths: u8) -> Option<Self> {
        (hundredths <= 100).then_some(Self(hundredths))
    }

    /// Its hundredths.
    pub const fn hundredths(self) -> u8 {
        self.0
    }
}

/// What shares are measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Criterion {
    /// « Temps de travail ».
    Time,
    /// « Rémunération ».
    Pay,
    /// « Chiffre d'affaires ».
    Turnover,
    /// « Nombre de prestations ».
    Services,
    /// « Revenu ».
    Income,
}

impl Criterion {
    /// All, in the page's order.
    pub const ALL: [Self; 5] = [
        Self::Time,
        Self::Pay,
        Self::Turnover,
        Self::Services,
        Self::Income,
    ];

    /// The word that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Time => "temps",
            Self::Pay => "remuneration",
            Self::Turnover => "chiffre-affaires",
            Self::Services => "prestations",
            Self::Income => "revenu",
        }
    }

    /// Whether it suits the work of such a status (regulation (EC) 987/2009, article 14, paragraph 8).
    pub const fn suits(self, status: Status) -> bool {
        match self {
            Self::Time => true,
            Self::Pay => !matches!(status, Status::SelfEmployed),
            Self::Turnover | Self::Services | Self::Income => {
                matches!(status, Status::SelfEmployed | Status::Other)
            }
        }
    }
}

/// Who employs the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Employers {
    /// One, or several that all have their seat in one State.
    OneState,
    /// Several, with seats in different States.
    SeveralStates,
}

impl Employers {
    /// Both, in the page's order.
    pub const ALL: [Self; 2] = [Self::OneState, Self::SeveralStates];

    /// The word that forms send.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OneState => "un-pays",
            Self::SeveralStates => "plusieurs-pays",
        }
    }
}

/// Work in one of the other States.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub country: Country,
    /// As what.
    pub status: Option<Status>,
    /// How much of the whole.
    pub share: Option<Share>,
}

/// Work in several States.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Several {
    /// Whose national the person is.
    pub nationality: Option<Nationality>,
    /// Where the person lives.
    pub residence: Option<Country>,
    /// As what the person works in France.
    pub status: Option<Status>,
    /// How much of the work is done in France.
    pub share: Option<Share>,
    /// The other States, in any order.
    pub places: Vec<Place>,
    /// The first day.
    pub start: Option<Day>,
    /// The last day; twelve months are assumed when it is not known.
    pub end: Option<Day>,
    /// What the shares are measured by.
    pub criterion: Option<Criterion>,
    /// Employee: who employs.
    pub employers: Option<Employers>,
    /// Employee: where the employer, or all of them, have their seat.
    pub seat: Option<Country>,
    /// Self-employed: where the centre of the business is (« centre d'intérêt »).
    pub centre: Option<Country>,
    /// Employee: the work in the State of residence is telework.
    pub telework: Option<bool>,
    /// Another State pays an unemployment benefit.
    pub foreign_benefit: Option<bool>,
}

impl Several {
    /// The most States besides France that one request may name.
    pub const MOST_PLACES: usize = 4;

    /// How much of the work is done where the person lives, by all the parts that name it; `None` while one is not known.
    pub fn share_at_home(&self) -> Option<Share> {
        let residence = self.residence?;
        if residence.is_france() {
            return self.share;
        }
        let there = self
            .places
            .iter()
            .filter(|place| place.country == residence);
        let parts: Option<Vec<Share>> = there.map(|place| place.share).collect();
        let total = parts?
            .iter()
            .fold(0_u8, |sum, part| sum.saturating_add(part.0));
        Some(Share(total.min(100)))
    }

    /// As what the person works, in every State where the work is more than marginal, France included; `None` while one is missing.
    pub fn statuses(&self) -> Option<Vec<Status>> {
        let abroad = self.places.iter().map(|place| (place.status, place.share));
        std::iter::once((self.status, self.share))
            .chain(abroad)
            .filter(|(_, share)| share.is_none_or(|share| share >= Share::MARGINAL))
            .map(|(status, _)| status)
            .collect()
    }
}

/// Another request of the same person that is accepted or under way. One that was refused or given up is none of them, nor is the
/// request itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Where to: one country for a posting, more for work in several States.
    pub countries: Vec<Country>,
    /// From when to when.
    pub period: Period,
    /// Whether it was for work in several States.
    pub several: bool,
}
