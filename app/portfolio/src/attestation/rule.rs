//! Who may have an attestation, and what it says.
//!
//! | what the registry says | what becomes of it | ground |
//! |---|---|---|
//! | no account, or all of them radiés | refused | L. 243-15: nobody is a contributor any more |
//! | some account not in order | refused | L. 243-15 and D. 243-15: declarations made, contributions paid |
//! | no account active | refused | the same: nothing falls due that could be certified |
//! | an employer that has declared nothing yet | refused | D. 243-15: the last slip is a part of the paper |
//! | anything else | issued | L. 243-15 |

use super::Declared;
use crate::{
    account_number::AccountNumber,
    holder::{AccountState, Holder, HolderScheme, Kind},
    mobility::day::Day,
    siret::Siret,
};
use serde::{Deserialize, Serialize};

/// Months that an attestation is good for (code du travail, D. 8222-5: less than six months old).
const MONTHS: u32 = 6;

/// The last day on which an attestation of this day is good: from one day to the same of the sixth month it is less than six months
/// old. Where that month has no such day, it is good until the month's end.
pub fn last_day(issued: Day) -> Day {
    issued.through(MONTHS)
}

/// What the registry says of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    /// Its establishment, where it has one.
    pub siret: Option<Siret>,
    /// The code of the body that manages it.
    pub organism: String,
    /// Its state.
    pub state: AccountState,
    /// Whether everything is declared and paid, or a respected schedule or a court stands in for it.
    pub up_to_date: bool,
    /// The period last declared, where the registry tells one.
    pub last_period: Option<Declared>,
    /// Employees of that declaration.
    pub headcount: Option<i32>,
    /// Pay of that declaration, in cents.
    pub payroll: Option<i64>,
}

/// What the registry says of one scheme of a holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of the accounts.
    pub kind: Kind,
    /// The company or person.
    pub name: String,
    /// All accounts.
    pub accounts: Vec<AccountFacts>,
    /// The day from which the registry has this.
    pub as_of: Day,
}

/// Employees and pay of the last declaration, all establishments together; each told where all of them tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Employees.
    pub headcount: Option<u64>,
    /// Pay, in cents.
    pub payroll: Option<i64>,
}

/// What an attestation says, frozen when it is issued. No account number stands in it where there is a Siren: it goes to third
/// parties, and is half of what proves a mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The company or person.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of the accounts.
    pub kind: Kind,
    /// The establishments that are not closed.
    pub sirets: Vec<Siret>,
    /// The codes of the bodies that manage the accounts.
    pub organisms: Vec<String>,
    /// The period last declared, where the registry tells one.
    pub period: Option<Declared>,
    /// Of employers: what that declaration says.
    pub staff: Option<Staff>,
    /// In order as of this day.
    pub as_of: Day,
}

impl Content {
    /// The account number of somebody who is known by nothing else.
    pub const fn account(&self) -> Option<&AccountNumber> {
        match &self.held.holder {
            Holder::Account(number) => Some(number),
            Holder::Siren(_) => None,
        }
    }
}

/// Why there is no attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refused {
    /// Every account is radié, or the registry no longer has any.
    Closed,
    /// Something was not declared, or not paid.
    NotInOrder,
    /// No account is active.
    Suspended,
    /// An employer that has not declared yet.
    NothingDeclared,
}

impl Refused {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Closed,
        Self::NotInOrder,
        Self::Suspended,
        Self::NothingDeclared,
    ];
}

/// Whether there is an attestation, and what it says.
///
/// # Errors
/// Why there is none.
pub fn judge(registered: &Registered) -> Result<Content, Refused> {
    let open: Vec<&AccountFacts> = registered
        .accounts
        .iter()
        .filter(|account| account.state != AccountState::Radie)
        .collect();
    if open.is_empty() {
        return Err(Refused::Closed);
    }
    // What is owed for an establishment that was closed is owed by the same company.
    if registered
        .accounts
        .iter()
        .any(|account| !account.up_to_date)
    {
        return Err(Refused::NotInOrder);
    }
    if open
        .iter()
        .all(|account| account.state == AccountState::Suspendu)
    {
        return Err(Refused::Suspended);
    }
    let period = open
        .iter()
        .filter_map(|account| account.last_period.as_ref())
        .max_by(|a, b| a.order().cmp(&b.order()))
        .cloned();
    let employer = registered.kind == Kind::Emp;
    if employer && period.is_none() {
        return Err(Refused::NothingDeclared);
    }
    let last = || open.iter().filter(|account| account.last_period == period);
    let staff = employer.then(|| Staff {
        headcount: last()
            .map(|account| {
                account
                    .headcount
                    .and_then(|count| u64::try_from(count).ok())
            })
            .sum(),
        payroll: last()
            .map(|account| account.payroll)
            .try_fold(0_i64, |sum, payroll| sum.checked_add(payroll?)),
    });
    let mut sirets: Vec<Siret> = open
        .iter()
        .filter_map(|account| account.siret.clone())
        .collect();
    sirets.sort();
    sirets.dedup();
    let mut organisms: Vec<String> = open
        .iter()
        .map(|account| account.organism.clone())
        .collect();
    organisms.sort();
    organisms.dedup();
    Ok(Content {
        name: registered.name.clone(),
        held: registered.held.clone(),
        kind: registered.kind,
        sirets,
        organisms,
        period,
        staff,
        as_of: registered.as_of,
    })
}

#[cfg(test)]
mod tests;
