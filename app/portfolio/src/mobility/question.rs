//! Which questions the answers so far call for: a page shows these, in this order, and no others.

use super::{
    country::{Country, Nationals, Zone},
    situation::{Employers, Place, Posting, Several, Share, Situation, Status},
};
use serde::{Deserialize, Serialize};

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Question {
    /// As what the person works in France.
    Status,
    /// Where to.
    Country,
    /// The first day.
    Start,
    /// Whether the end is known.
    EndKnown,
    /// The last day.
    End,
    /// As what the person works abroad.
    StatusAbroad,
    /// Whose national the person is.
    Nationality,
    /// Under French social security in the 30 days before.
    Affiliated,
    /// A quarter of the company's business in France.
    Substantial,
    /// In the place of somebody posted.
    Replaces,
    /// The host may change the base pay.
    HostPay,
    /// The host may dismiss.
    HostDismiss,
    /// The host may sanction.
    HostSanction,
    /// The host has a contract with the employee.
    HostContract,
    /// What the business needs stays in France.
    Infrastructure,
    /// A similar activity abroad.
    Similar,
    /// At work in France for two months.
    ActiveBefore,
    /// Which other States.
    Places,
    /// As what, in each.
    Statuses,
    /// How much, in each.
    Shares,
    /// What the shares are measured by.
    Criterion,
    /// Where the person lives.
    Residence,
    /// Who employs.
    Employers,
    /// Where the employers have their seat.
    Seat,
    /// Where the centre of the business is.
    Centre,
    /// Telework at home.
    Telework,
    /// An unemployment benefit of another State.
    ForeignBenefit,
}

/// A question that is asked, and whether it was answered.
pub type Asked = (Question, bool);

/// The questions that the answers so far call for, in the order in which pages ask them.
pub fn asked(situation: &Situation) -> Vec<Asked> {
    match situation {
        Situation::Posting(posting) => of_posting(posting),
        Situation::Several(several) => of_several(several),
    }
}

/// Those of them that were not answered.
pub fn missing(situation: &Situation) -> Vec<Question> {
    asked(situation)
        .into_iter()
        .filter(|(_, answered)| !answered)
        .map(|(question, _)| question)
        .collect()
}

fn of_posting(posting: &Posting) -> Vec<Asked> {
    let zone = posting.country.map(Country::zone);
    let mut asked = vec![
        (Question::Status, posting.status.is_some()),
        (Question::Country, posting.country.is_some()),
        (Question::Start, posting.start.is_some()),
    ];
    let alone = posting.status == Some(Status::SelfEmployed);
    if alone {
        asked.push((Question::EndKnown, posting.end_known.is_some()));
    }
    if !(alone && posting.end_known == Some(false)) {
        asked.push((Question::End, posting.end.is_some()));
    }
    asked.push((Question::StatusAbroad, posting.status_abroad.is_some()));
    if nationality_matters(posting) {
        asked.push((Question::Nationality, posting.nationality.is_some()));
    }
    match posting.status {
        None => {}
        Some(Status::SelfEmployed) => asked.extend([
            (Question::Infrastructure, posting.infrastructure.is_some()),
            (Question::Similar, posting.similar.is_some()),
            (Question::ActiveBefore, posting.active_before.is_some()),
        ]),
        Some(_) => asked.extend(of_employee(posting, zone)),
    }
    asked
}

/// Replacement and the company's business in France are conditions of European coordination alone.
fn of_employee(posting: &Posting, zone: Option<Zone>) -> Vec<Asked> {
    let mut asked = vec![(Question::Affiliated, posting.affiliated.is_some())];
    if zone == Some(Zone::Europe) {
        asked.extend([
            (Question::Substantial, posting.substantial.is_some()),
            (Question::Replaces, posting.replaces.is_some()),
        ]);
    }
    let host = posting.host;
    asked.extend([
        (Question::HostPay, host.pay.is_some()),
        (Question::HostDismiss, host.dismiss.is_some()),
        (Question::HostSanction, host.sanction.is_some()),
        (Question::HostContract, host.contract.is_some()),
    ]);
    asked
}

/// European coordination and some agreements look at it.
fn nationality_matters(posting: &Posting) -> bool {
    posting.country.is_some_and(|country| {
        country.zone() == Zone::Europe
            || (country.zone() == Zone::Agreement && country.row().nationals != Nationals::Any)
    })
}

fn of_several(several: &Several) -> Vec<Asked> {
    let statuses = several.statuses();
    let every_place = |has: fn(&Place) -> bool| several.places.iter().all(has);
    let mut asked = vec![
        (Question::Places, !several.places.is_empty()),
        (Question::Start, several.start.is_some()),
        (
            Question::Statuses,
            several.status.is_some() && every_place(|place| place.status.is_some()),
        ),
        (
            Question::Shares,
            several.share.is_some() && every_place(|place| place.share.is_some()),
        ),
        (Question::Criterion, several.criterion.is_some()),
        (Question::Nationality, several.nationality.is_some()),
        (Question::Residence, several.residence.is_some()),
    ];
    let at_home = several.share_at_home();
    let works_as = |status| statuses.as_ref().is_some_and(|all| all.contains(&status));
    if works_as(Status::Employee) {
        asked.extend(of_employers(several));
    } else if works_as(Status::SelfEmployed)
        && at_home.is_some_and(|share| share < Share::SUBSTANTIAL)
    {
        asked.push((Question::Centre, several.centre.is_some()));
    }
    asked.push((Question::ForeignBenefit, several.foreign_benefit.is_some()));
    asked
}

/// Telework matters where the employer is in another State than the home.
fn of_employers(several: &Several) -> Vec<Asked> {
    let mut asked = vec![(Question::Employers, several.employers.is_some())];
    if several.employers != Some(Employers::OneState) {
        return asked;
    }
    asked.push((Question::Seat, several.seat.is_some()));
    let substantial = several
        .share_at_home()
        .is_some_and(|share| share >= Share::SUBSTANTIAL);
    let across = several.seat.is_some() && several.seat != several.residence;
    if substantial && across {
        asked.push((Question::Telework, several.telework.is_some()));
    }
    asked
}
