//! The rules of a posting to one country.

use super::{
    Certificate, Judged, USUAL_MONTHS, already_abroad, begun, begun_long_ago, end_before_start,
    nationality,
    stays::{GAP, Stays},
};
use crate::mobility::{
    country::{Bloc, Country, Extension, Limit, Paper, SelfEmployed, Zone},
    day::{Day, Period},
    rule::{Reason, Rule},
    situation::{Earlier, Posting, Status},
};

/// A posting shorter than this needs the same request, and no more (domain note, section 6.3).
const SHORT: u32 = 3;
/// Two certificates « de maintien », the second a renewal of the first.
const MAINTENANCES: u32 = 2;

/// All that the rules look at.
struct Case<'a> {
    posting: &'a Posting,
    earlier: &'a [Earlier],
    today: Day,
}

/// One rule.
type Check = fn(&Case) -> Option<Reason>;

const CHECKS: &[Check] = &[
    not_abroad,
    order_of_days,
    other_request,
    replacement,
    not_a_posting,
    duration,
    zone_unsure,
    before_2021,
    limit_likely,
    limit_unknown,
    gap,
    not_affiliated,
    not_substantial,
    link_to_employer,
    public_service,
    other_status,
    status_changes,
    employees_only,
    self_employed_unsaid,
    self_employed_elsewhere,
    self_employed_conditions,
    active_too_short,
    nationality_of_agreement,
    long_past,
    far_ahead,
    ground,
    text_of_europe,
    short_stay,
    continuation,
    local_contributions,
    covered_risks,
    french_rates,
    leave_counts,
    extension_asked_before,
    paper,
    retroactive,
];

pub(super) fn judge(posting: &Posting, earlier: &[Earlier], today: Day) -> Judged {
    let case = Case {
        posting,
        earlier,
        today,
    };
    let mut reasons: Vec<Reason> = CHECKS.iter().filter_map(|check| check(&case)).collect();
    reasons.extend(third_country(&case));
    (case.certificate(), case.latest_end(), reasons)
}

impl Case<'_> {
    fn country(&self) -> Option<Country> {
        self.posting.country
    }

    /// The country, when it is in this zone.
    fn country_in(&self, zone: Zone) -> Option<Country> {
        self.country().filter(|country| country.zone() == zone)
    }

    fn is_self_employed(&self) -> bool {
        self.posting.status == Some(Status::SelfEmployed)
    }

    /// Somebody posted by an employer, public ones too; `None` while the status is not known.
    fn employee(&self) -> Option<()> {
        (self.posting.status? != Status::SelfEmployed).then_some(())
    }

    fn self_employed(&self) -> Option<()> {
        self.is_self_employed().then_some(())
    }

    fn certificate(&self) -> Option<Certificate> {
        Certificate::of(self.country()?, self.posting.status?)
    }

    fn period(&self) -> Option<Period> {
        self.posting.period()
    }

    fn stays(&self) -> Option<Stays> {
        Some(Stays::before(
            self.posting.start?,
            self.country()?,
            self.earlier,
        ))
    }

    /// How long, and what may follow; `None` where nothing binds this status.
    fn limit(&self) -> Option<(Limit, Extension)> {
        let row = self.country()?.row();
        if self.posting.status? != Status::SelfEmployed {
            return Some((row.limit, row.extension));
        }
        match row.self_employed {
            SelfEmployed::Covered(limit, extension) => Some((limit, extension)),
            SelfEmployed::Excluded | SelfEmployed::Unsaid => None,
        }
    }

    fn latest_end(&self) -> Option<Day> {
        let months = self.limit()?.0.months()?;
        let last = self.stays()?.last_day(months);
        (last >= self.posting.start?).then_some(last)
    }
}

/// France and its departments are no destination.
fn not_abroad(case: &Case) -> Option<Reason> {
    let country = case.country_in(Zone::France)?;
    Some(Reason::about(Rule::NotAbroad, country))
}

fn order_of_days(case: &Case) -> Option<Reason> {
    end_before_start(case.posting.start, case.posting.last_day())
}

fn other_request(case: &Case) -> Option<Reason> {
    already_abroad(case.posting.start, case.posting.last_day(), case.earlier)
}

/// Article 12, paragraph 1: nobody is sent to replace another posted person.
fn replacement(case: &Case) -> Option<Reason> {
    case.country_in(Zone::Europe)?;
    case.employee()?;
    (case.posting.replaces?).then(|| Rule::Replacement.into())
}

/// Article 12, paragraph 2: without an end, a similar activity and a business that stays, it is work in several States.
fn not_a_posting(case: &Case) -> Option<Reason> {
    case.country_in(Zone::Europe)?;
    case.self_employed()?;
    says_no(case).then(|| Rule::NotPosting.into())
}

/// The same answers where there is no work in several States to turn to.
fn self_employed_conditions(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    case.self_employed()?;
    (country.zone() != Zone::Europe && says_no(case)).then(|| Rule::SelfEmployedConditions.into())
}

fn says_no(case: &Case) -> bool {
    let posting = case.posting;
    [posting.end_known, posting.similar, posting.infrastructure].contains(&Some(false))
}

/// Longer than the limit: what that leads to.
fn duration(case: &Case) -> Option<Reason> {
    let (country, period, stays) = (case.country()?, case.period()?, case.stays()?);
    let (limit, extension) = case.limit()?;
    let months = limit.months()?;
    if period.end <= stays.last_day(months) {
        return None;
    }
    let reason = match (country.zone(), limit) {
        (Zone::France, _) => return None,
        (Zone::Europe, _) => beyond_in_europe(country, months),
        (Zone::Elsewhere, _) => beyond_maintenance(period, stays, months),
        (Zone::Agreement, Limit::Confirmed(_)) => {
            beyond_agreement(country, period, stays, months, extension)
        }
        (Zone::Agreement, _) => Reason::about(Rule::Extension, country).months(months),
    };
    Some(reason)
}

/// Beyond 24 months both States have to agree (article 16); nothing like it is described for the United Kingdom.
fn beyond_in_europe(country: Country, months: u32) -> Reason {
    let rule = match country.bloc() {
        Some(Bloc::UnitedKingdom) => Rule::BeyondUk,
        _ => Rule::Article16,
    };
    Reason::about(rule, country).months(months)
}

/// Three years, once renewable.
fn beyond_maintenance(period: Period, stays: Stays, months: u32) -> Reason {
    if period.end > period.start.through(months) {
        Reason::from(Rule::MaintenanceLimit).months(months)
    } else if period.end > stays.last_day(MAINTENANCES * months) {
        Reason::from(Rule::MaintenanceTwice).months(MAINTENANCES * months)
    } else {
        Reason::from(Rule::MaintenanceRenewal).months(months)
    }
}

/// A confirmed limit forbids what no extension reaches.
fn beyond_agreement(
    country: Country,
    period: Period,
    stays: Stays,
    months: u32,
    extension: Extension,
) -> Reason {
    let longest = match extension {
        Extension::None => Some(months),
        Extension::Months(more) => Some(months + more),
        Extension::UntilDone | Extension::Possible | Extension::Exception | Extension::Unsaid => {
            None
        }
    };
    match longest {
        Some(longest) if period.end > stays.last_day(longest) => {
            Reason::about(Rule::AgreementLimit, country).months(longest)
        }
        _ => Reason::about(Rule::Extension, country).months(months),
    }
}

fn zone_unsure(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    (!country.row().zone_is_sure).then(|| Reason::about(Rule::ZoneUnsure, country))
}

/// Situations that began before 2021 stay under the withdrawal agreement.
fn before_2021(case: &Case) -> Option<Reason> {
    let start = case.posting.start?;
    let in_uk = case.country()?.bloc() == Some(Bloc::UnitedKingdom);
    let earlier = Day::new(2021, 1, 1).is_some_and(|first| start < first);
    (in_uk && earlier).then(|| Rule::BeforeUk.into())
}

fn limit_likely(case: &Case) -> Option<Reason> {
    match case.limit()? {
        (Limit::Likely(months), _) => {
            Some(Reason::about(Rule::LimitLikely, case.country()?).months(months))
        }
        _ => None,
    }
}

fn limit_unknown(case: &Case) -> Option<Reason> {
    let country = case.country_in(Zone::Agreement)?;
    matches!(case.limit()?, (Limit::Unknown, _)).then(|| Reason::about(Rule::LimitUnknown, country))
}

/// Decision A2: two months between two postings to one State; some agreements name others.
fn gap(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    if !case.stays()?.too_soon() {
        return None;
    }
    Some(match country.row().gap {
        Some(months) => Reason::about(Rule::GapOfAgreement, country).months(months),
        None => Reason::about(Rule::GapTooShort, country).months(GAP),
    })
}

/// A month under French social security before leaving. A shorter time is weighed, not refused.
fn not_affiliated(case: &Case) -> Option<Reason> {
    case.employee()?;
    (!case.posting.affiliated?).then(|| Rule::NotAffiliated.into())
}

/// A quarter of the company's business in France; less is weighed, not refused.
fn not_substantial(case: &Case) -> Option<Reason> {
    case.country_in(Zone::Europe)?;
    case.employee()?;
    (!case.posting.substantial?).then(|| Rule::NotSubstantial.into())
}

/// « Lien organique »: pay, dismissal, sanctions and contract stay with the employer. The body weighs them together.
fn link_to_employer(case: &Case) -> Option<Reason> {
    case.employee()?;
    let host = case.posting.host;
    [host.pay, host.dismiss, host.sanction, host.contract]
        .contains(&Some(true))
        .then(|| Rule::LinkToEmployer.into())
}

fn public_service(case: &Case) -> Option<Reason> {
    let statuses = [case.posting.status, case.posting.status_abroad];
    let public = |status: Option<Status>| status.is_some_and(Status::is_public);
    statuses
        .into_iter()
        .any(public)
        .then(|| Rule::PublicService.into())
}

fn other_status(case: &Case) -> Option<Reason> {
    [case.posting.status, case.posting.status_abroad]
        .contains(&Some(Status::Other))
        .then(|| Rule::OtherStatus.into())
}

fn status_changes(case: &Case) -> Option<Reason> {
    let both = (case.posting.status?, case.posting.status_abroad?);
    matches!(
        both,
        (Status::Employee, Status::SelfEmployed) | (Status::SelfEmployed, Status::Employee)
    )
    .then(|| Rule::StatusChanges.into())
}

fn employees_only(case: &Case) -> Option<Reason> {
    case.self_employed()?;
    let country = case.country_in(Zone::Agreement)?;
    (country.row().self_employed == SelfEmployed::Excluded)
        .then(|| Reason::about(Rule::EmployeesOnly, country))
}

fn self_employed_unsaid(case: &Case) -> Option<Reason> {
    case.self_employed()?;
    let country = case.country_in(Zone::Agreement)?;
    (country.row().self_employed == SelfEmployed::Unsaid)
        .then(|| Reason::about(Rule::SelfEmployedUnsaid, country))
}

/// No duration was found for the self-employed where no agreement covers them.
fn self_employed_elsewhere(case: &Case) -> Option<Reason> {
    case.self_employed()?;
    (case.certificate()? == Certificate::Maintenance).then(|| Rule::SelfEmployedElsewhere.into())
}

/// Decision A2: two months of activity before leaving.
fn active_too_short(case: &Case) -> Option<Reason> {
    case.self_employed()?;
    (!case.posting.active_before?).then(|| Rule::ActiveTooShort.into())
}

fn nationality_of_agreement(case: &Case) -> Option<Reason> {
    nationality::in_agreement(case.posting.nationality?, case.country()?)
}

fn third_country(case: &Case) -> Vec<Reason> {
    match (case.posting.nationality, case.country_in(Zone::Europe)) {
        (Some(nationality), Some(country)) => nationality::in_europe(nationality, country),
        _ => Vec::new(),
    }
}

fn long_past(case: &Case) -> Option<Reason> {
    begun_long_ago(case.posting.start, case.today)
}

fn far_ahead(case: &Case) -> Option<Reason> {
    (case.posting.start? > case.today.plus_months(USUAL_MONTHS)).then(|| Rule::FarAhead.into())
}

/// What the certificate rests on.
fn ground(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    let rule = match case.certificate()? {
        // Its own protocol is the ground there.
        Certificate::A1 if country.bloc() == Some(Bloc::UnitedKingdom) => return None,
        Certificate::A1 if case.is_self_employed() => Rule::PostedSelfEmployed,
        Certificate::A1 => Rule::PostedEmployee,
        Certificate::Agreement if is_french(country) => Rule::Decree,
        Certificate::Agreement => Rule::Agreement,
        Certificate::Maintenance => Rule::Maintenance,
    };
    Some(Reason::about(rule, country))
}

/// Territories of the French Republic with a social security of their own.
fn is_french(country: Country) -> bool {
    matches!(country.code(), "NC" | "PF" | "PM")
}

fn text_of_europe(case: &Case) -> Option<Reason> {
    let country = case.country_in(Zone::Europe)?;
    case.certificate()?;
    let rule = super::text_of_europe(country, Rule::PostedUk)?;
    Some(Reason::about(rule, country))
}

fn short_stay(case: &Case) -> Option<Reason> {
    let period = case.period()?;
    (period.end < period.start.through(SHORT)).then(|| Reason::from(Rule::ShortStay).months(SHORT))
}

fn continuation(case: &Case) -> Option<Reason> {
    let stays = case.stays()?;
    (stays.any() && stays.goes_on())
        .then(|| Some(Reason::about(Rule::Continuation, case.country()?)))
        .flatten()
}

fn local_contributions(case: &Case) -> Option<Reason> {
    (case.certificate()? == Certificate::Maintenance).then(|| Rule::LocalContributions.into())
}

fn covered_risks(case: &Case) -> Option<Reason> {
    (case.certificate()? == Certificate::Agreement).then(|| Rule::CoveredRisks.into())
}

fn french_rates(case: &Case) -> Option<Reason> {
    (case.certificate()? == Certificate::Maintenance).then(|| Rule::FrenchRates.into())
}

fn leave_counts(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    (case.certificate()? == Certificate::Agreement && country.row().leave_counts)
        .then(|| Reason::about(Rule::LeaveCounts, country))
}

fn extension_asked_before(case: &Case) -> Option<Reason> {
    let country = case.country()?;
    let months = country.row().extension_asked_before?;
    Some(Reason::about(Rule::ExtensionAskedBefore, country).months(months))
}

fn paper(case: &Case) -> Option<Reason> {
    if case.certificate()? != Certificate::Agreement {
        return None;
    }
    let country = case.country()?;
    match country.row().paper {
        Paper::Read(_) => None,
        Paper::Inferred(_) => Some(Reason::about(Rule::PaperUnsure, country)),
        Paper::None | Paper::NotFound => Some(Reason::about(Rule::PaperMissing, country)),
    }
}

fn retroactive(case: &Case) -> Option<Reason> {
    begun(case.posting.start, case.today)
}
