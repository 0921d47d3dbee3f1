//! The rules of work in several States (regulation (EC) 883/2004, article 13): whose law applies, and for how long it is certified.

use super::{
    Certificate, Judged, already_abroad, begun, begun_long_ago, end_before_start, nationality,
};
use crate::mobility::{
    country::{Bloc, Zone},
    day::Day,
    rule::{Reason, Rule},
    situation::{Earlier, Employers, Place, Several, Share, Status},
};
use std::collections::BTreeSet;

/// Months of one certificate (Urssaf's mobility form).
const MONTHS: u32 = 12;
/// Months of one certificate under the framework agreement on telework.
const TELEWORK_MONTHS: u32 = 36;
/// Months that the start may be ahead (Urssaf's mobility form).
const AHEAD: u32 = 3;

/// All that the rules look at.
struct Case<'a> {
    asked: &'a Several,
    earlier: &'a [Earlier],
    today: Day,
}

/// One rule about the whole.
type Check = fn(&Case) -> Option<Reason>;
/// One rule about each of the other States.
type PlaceCheck = fn(&Case, &Place) -> Option<Reason>;

const CHECKS: &[Check] = &[
    order_of_days,
    other_request,
    too_many_places,
    shares_total,
    starts_too_late,
    law,
    only_marginal,
    france_marginal,
    public_service,
    other_status,
    mixed_texts,
    foreign_benefit,
    telework_too_much,
    long_past,
    retroactive,
    certificate_length,
];

const PLACE_CHECKS: &[PlaceCheck] = &[
    not_abroad,
    outside_europe,
    country_twice,
    text_of_europe,
    marginal,
];

pub(super) fn judge(asked: &Several, earlier: &[Earlier], today: Day) -> Judged {
    let case = Case {
        asked,
        earlier,
        today,
    };
    let mut reasons: Vec<Reason> = CHECKS.iter().filter_map(|check| check(&case)).collect();
    for place in &asked.places {
        reasons.extend(PLACE_CHECKS.iter().filter_map(|check| check(&case, place)));
        reasons.extend(third_country(&case, place));
    }
    (Some(Certificate::A1), case.latest_end(), reasons)
}

impl Case<'_> {
    /// The other States where the work is more than marginal.
    fn counted(&self) -> impl Iterator<Item = &Place> {
        self.asked.places.iter().filter(|place| !is_marginal(place))
    }

    /// Whether the employer's State, when all employers have their seat in one, is another than that of residence.
    fn across_a_border(&self) -> Option<bool> {
        let residence = self.asked.residence?;
        match self.asked.employers? {
            Employers::OneState => Some(self.asked.seat? != residence),
            Employers::SeveralStates => Some(false),
        }
    }

    /// Whether the framework agreement may apply: telework at home of a quarter to under a half of the work, for an employer of
    /// another State. `None` while that is not known.
    fn in_framework(&self) -> Option<bool> {
        let in_range = (Share::SUBSTANTIAL..Share::HALF).contains(&self.asked.share_at_home()?);
        Some(in_range && self.across_a_border()? && self.asked.telework?)
    }

    /// Months of the certificate.
    fn months(&self) -> u32 {
        if self.in_framework() == Some(true) {
            TELEWORK_MONTHS
        } else {
            MONTHS
        }
    }

    fn latest_end(&self) -> Option<Day> {
        Some(self.asked.start?.through(self.months()))
    }
}

fn is_marginal(place: &Place) -> bool {
    place.share.is_some_and(|share| share < Share::MARGINAL)
}

fn order_of_days(case: &Case) -> Option<Reason> {
    end_before_start(case.asked.start, case.asked.end)
}

/// A certificate of twelve months is what would overlap, when no end is known.
fn other_request(case: &Case) -> Option<Reason> {
    let end = case.asked.end.or_else(|| case.latest_end());
    already_abroad(case.asked.start, end, case.earlier)
}

fn too_many_places(case: &Case) -> Option<Reason> {
    (case.asked.places.len() > Several::MOST_PLACES).then(|| Rule::TooManyPlaces.into())
}

/// The parts make a whole, once all of them are known.
fn shares_total(case: &Case) -> Option<Reason> {
    let abroad = case.asked.places.iter().map(|place| place.share);
    let parts: Option<Vec<Share>> = std::iter::once(case.asked.share).chain(abroad).collect();
    let total: u32 = parts?.iter().map(|part| u32::from(part.hundredths())).sum();
    (total != 100).then(|| Rule::SharesTotal.into())
}

fn starts_too_late(case: &Case) -> Option<Reason> {
    (case.asked.start? > case.today.plus_months(AHEAD))
        .then(|| Reason::from(Rule::StartsTooLate).months(AHEAD))
}

fn not_abroad(_: &Case, place: &Place) -> Option<Reason> {
    (place.country.zone() == Zone::France).then(|| Reason::about(Rule::NotAbroad, place.country))
}

fn outside_europe(_: &Case, place: &Place) -> Option<Reason> {
    matches!(place.country.zone(), Zone::Agreement | Zone::Elsewhere)
        .then(|| Reason::about(Rule::SeveralOutsideEurope, place.country))
}

fn country_twice(case: &Case, place: &Place) -> Option<Reason> {
    let same = case
        .asked
        .places
        .iter()
        .filter(|other| other.country == place.country);
    (same.count() > 1).then(|| Reason::about(Rule::CountryTwice, place.country))
}

fn text_of_europe(_: &Case, place: &Place) -> Option<Reason> {
    if place.country.zone() != Zone::Europe || is_marginal(place) {
        return None;
    }
    let rule = super::text_of_europe(place.country, Rule::SeveralUk)?;
    Some(Reason::about(rule, place.country))
}

fn marginal(_: &Case, place: &Place) -> Option<Reason> {
    is_marginal(place).then(|| Reason::about(Rule::Marginal, place.country))
}

fn third_country(case: &Case, place: &Place) -> Vec<Reason> {
    match case.asked.nationality {
        Some(nationality) if place.country.zone() == Zone::Europe => {
            nationality::in_europe(nationality, place.country)
        }
        _ => Vec::new(),
    }
}

/// Whose law applies (article 13, paragraphes 1 to 3).
fn law(case: &Case) -> Option<Reason> {
    let statuses = case.asked.statuses()?;
    let employed = statuses.contains(&Status::Employee);
    let alone = statuses.contains(&Status::SelfEmployed);
    match (employed, alone) {
        (true, true) => Some(Rule::Mixed.into()),
        (true, false) => of_employee(case),
        (false, true) => of_self_employed(case),
        (false, false) => None,
    }
}

/// Paragraph 1: the State of residence for a quarter or more of the work, else the employer's.
fn of_employee(case: &Case) -> Option<Reason> {
    let (residence, at_home) = (case.asked.residence?, case.asked.share_at_home()?);
    if case.in_framework()? {
        return Some(Reason::about(Rule::TeleworkFramework, residence).months(TELEWORK_MONTHS));
    }
    match (residence.is_france(), at_home >= Share::SUBSTANTIAL) {
        (true, true) => Some(Rule::SubstantialAtHome.into()),
        (true, false) => of_seat(case),
        (false, true) => Some(Reason::about(Rule::ResidenceCompetent, residence)),
        (false, false) => Some(Reason::about(Rule::ResidenceAbroad, residence)),
    }
}

fn of_seat(case: &Case) -> Option<Reason> {
    match case.asked.employers? {
        Employers::SeveralStates => Some(Rule::SeveralEmployers.into()),
        Employers::OneState => {
            let seat = case.asked.seat?;
            Some(if seat.is_france() {
                Rule::SeatInFrance.into()
            } else {
                Reason::about(Rule::SeatAbroad, seat)
            })
        }
    }
}

/// Paragraph 2: the State of residence for a substantial part, else where the centre of the business is.
fn of_self_employed(case: &Case) -> Option<Reason> {
    let (residence, at_home) = (case.asked.residence?, case.asked.share_at_home()?);
    match (residence.is_france(), at_home >= Share::SUBSTANTIAL) {
        (true, true) => Some(Rule::SelfEmployedAtHome.into()),
        (true, false) => {
            let centre = case.asked.centre?;
            Some(if centre.is_france() {
                Rule::CentreOfInterest.into()
            } else {
                Reason::about(Rule::CentreAbroad, centre)
            })
        }
        (false, true) => Some(Reason::about(Rule::ResidenceCompetent, residence)),
        (false, false) => Some(Reason::about(Rule::ResidenceAbroad, residence)),
    }
}

fn only_marginal(case: &Case) -> Option<Reason> {
    (!case.asked.places.is_empty() && case.counted().next().is_none())
        .then(|| Rule::OnlyMarginal.into())
}

fn france_marginal(case: &Case) -> Option<Reason> {
    (case.asked.share? < Share::MARGINAL).then(|| Rule::FranceMarginal.into())
}

fn public_service(case: &Case) -> Option<Reason> {
    case.asked
        .statuses()?
        .into_iter()
        .any(Status::is_public)
        .then(|| Rule::PublicService.into())
}

fn other_status(case: &Case) -> Option<Reason> {
    case.asked
        .statuses()?
        .contains(&Status::Other)
        .then(|| Rule::OtherStatus.into())
}

/// The United Kingdom, Switzerland and the European Free Trade Association are each bound to the Union, not to each other.
fn mixed_texts(case: &Case) -> Option<Reason> {
    let blocs: BTreeSet<Bloc> = case
        .counted()
        .filter_map(|place| place.country.bloc())
        .collect();
    let with_others = blocs.contains(&Bloc::UnitedKingdom) && blocs.len() > 1;
    let alpine = blocs.contains(&Bloc::Switzerland) && blocs.contains(&Bloc::Efta);
    (with_others || alpine).then(|| Rule::MixedTexts.into())
}

fn foreign_benefit(case: &Case) -> Option<Reason> {
    (case.asked.foreign_benefit?).then(|| Rule::ForeignBenefit.into())
}

/// From a half on the framework agreement does not apply, and the State of residence has the say.
fn telework_too_much(case: &Case) -> Option<Reason> {
    let half = case.asked.share_at_home()? >= Share::HALF;
    (half && case.across_a_border()? && case.asked.telework?).then(|| Rule::TeleworkTooMuch.into())
}

fn long_past(case: &Case) -> Option<Reason> {
    begun_long_ago(case.asked.start, case.today)
}

fn retroactive(case: &Case) -> Option<Reason> {
    begun(case.asked.start, case.today)
}

fn certificate_length(case: &Case) -> Option<Reason> {
    let last = case.latest_end()?;
    case.asked
        .end
        .is_none_or(|end| end > last)
        .then(|| Reason::from(Rule::CertificateLength).months(case.months()))
}
