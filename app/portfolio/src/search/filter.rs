//! What clients of a list have in common, besides the text sought: all of it at once.

use crate::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    holder::{AccountState, Kind, Scheme},
    ids::{LabelId, MemberId},
    time::{DAY, Timestamp},
};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// Days after which the services of a client are to be looked through again: a year.
pub const REVIEW: i64 = 365 * DAY;
/// The longest time back that an address may name, in days: a hundred years.
const LONGEST_AGO: u32 = 36_500;

/// The names of the address's parts.
pub mod param {
    /// The scheme.
    pub const SCHEME: &str = "regime";
    /// The state of the accounts.
    pub const STATE: &str = "etat";
    /// The kind of the accounts.
    pub const KIND: &str = "type";
    /// A service that is on; as often as there are.
    pub const ON: &str = "avec";
    /// A service that is off; as often as there are.
    pub const OFF: &str = "sans";
    /// The body of one of the accounts.
    pub const ORGANISM: &str = "organisme";
    /// Since when it is managed.
    pub const ADDED: &str = "ajoute";
    /// Since when it was changed.
    pub const CHANGED: &str = "modifie";
    /// Who changed it last.
    pub const CHANGED_BY: &str = "par";
    /// Who is in charge.
    pub const IN_CHARGE: &str = "charge";
    /// A label; as often as there are.
    pub const LABEL: &str = "etiquette";
    /// `aucune`: without a reference of the firm's own.
    pub const REFERENCE: &str = "reference";
    /// `aucun`: without any service.
    pub const SERVICES: &str = "services";
    /// `ancienne`: not looked through for a year.
    pub const REVIEWED: &str = "revue";
    /// `1`: favourites.
    pub const FAVOURITES: &str = "favoris";
    /// When declarations fall due.
    pub const RHYTHM: &str = "echeance";
}

/// The values of parts that are there or not.
mod value {
    pub const NOBODY: &str = "personne";
    pub const NO_REFERENCE: &str = "aucune";
    pub const NO_SERVICE: &str = "aucun";
    pub const LONG_AGO: &str = "ancienne";
    pub const FAVOURITES: &str = "1";
}

/// The filters of a list; those that are set hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a box of its own that is ticked or not"
)]
pub struct Filter {
    /// Of this scheme.
    pub scheme: Option<Scheme>,
    /// Whose accounts are in this state.
    pub state: Option<AccountState>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// All these services are on.
    pub on: BTreeSet<ServiceCode>,
    /// All these services are off.
    pub off: BTreeSet<ServiceCode>,
    /// One of the accounts is managed by this body: its three-digit code.
    pub organism: Option<String>,
    /// Managed since then.
    pub added: Option<Since>,
    /// Made or changed since then.
    pub changed: Option<Since>,
    /// Last changed by this member.
    pub changed_by: Option<MemberId>,
    /// This member is in charge, or nobody is.
    pub in_charge: Option<InCharge>,
    /// All these labels are on it.
    pub labels: BTreeSet<LabelId>,
    /// Without a reference of the firm's own.
    pub no_reference: bool,
    /// Without any service.
    pub no_service: bool,
    /// Its services were not looked through for a year: see [`REVIEW`].
    pub not_reviewed: bool,
    /// A favourite of whoever asks.
    pub favourites: bool,
    /// Whose declarations fall due so.
    pub rhythm: Option<Rhythm>,
}

/// From when on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// This many days before now, so that a saved list goes with the time.
    Days(u32),
    /// The beginning of this day in Paris: `2026-11-24`.
    Day(String),
}

impl Since {
    /// The moment that it begins.
    pub fn moment(&self, now: Timestamp) -> Timestamp {
        match self {
            Self::Days(days) => now.plus(-i64::from(*days) * DAY),
            Self::Day(day) => Timestamp::start_of_day(day).unwrap_or(now),
        }
    }
}

/// `30j` or `2026-11-24`.
impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days(days) => write!(f, "{days}j"),
            Self::Day(day) => f.write_str(day),
        }
    }
}

impl FromStr for Since {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if let Some(days) = text.strip_suffix('j') {
            let days = days.parse().map_err(|_| ())?;
            return (1..=LONGEST_AGO)
                .contains(&days)
                .then_some(Self::Days(days))
                .ok_or(());
        }
        Timestamp::start_of_day(text)
            .map(|_| Self::Day(text.to_owned()))
            .ok_or(())
    }
}

/// Who is in charge of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InCharge {
    /// Nobody.
    Nobody,
    /// This member.
    Member(MemberId),
}

impl fmt::Display for InCharge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nobody => f.write_str(value::NOBODY),
            Self::Member(member) => member.fmt(f),
        }
    }
}

impl FromStr for InCharge {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        if text == value::NOBODY {
            return Ok(Self::Nobody);
        }
        text.parse().map(Self::Member).map_err(|_| ())
    }
}

impl Filter {
    /// Whether it leaves anybody out.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Reads one part of an address; `None` when the part is not a filter's, and whether it could be read.
    pub(super) fn read(&mut self, name: &str, text: &str) -> Option<bool> {
        let understood = match name {
            param::SCHEME => put(&mut self.scheme, Scheme::from_code(text)),
            param::STATE => {
                let state = text.parse().ok().and_then(AccountState::from_code);
                put(&mut self.state, state)
            }
            param::KIND => put(&mut self.kind, Kind::from_code(text)),
            param::ON => add(&mut self.on, ServiceCode::find(text)),
            param::OFF => add(&mut self.off, ServiceCode::find(text)),
            param::ORGANISM => {
                let plain = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
                put(&mut self.organism, plain.then(|| text.to_owned()))
            }
            param::ADDED => put(&mut self.added, text.parse().ok()),
            param::CHANGED => put(&mut self.changed, text.parse().ok()),
            param::CHANGED_BY => put(&mut self.changed_by, text.parse().ok()),
            param::IN_CHARGE => put(&mut self.in_charge, text.parse().ok()),
            param::LABEL => add(&mut self.labels, text.parse().ok()),
            param::REFERENCE => turn(&mut self.no_reference, text == value::NO_REFERENCE),
            param::SERVICES => turn(&mut self.no_service, text == value::NO_SERVICE),
            param::REVIEWED => turn(&mut self.not_reviewed, text == value::LONG_AGO),
            param::FAVOURITES => turn(&mut self.favourites, text == value::FAVOURITES),
            param::RHYTHM => put(&mut self.rhythm, Rhythm::from_code(text)),
            _ => return None,
        };
        Some(understood)
    }

    /// Its parts of an address, to be encoded: hidden fields of a form keep them.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let Self {
            scheme,
            state,
            kind,
            on,
            off,
            organism,
            added,
            changed,
            changed_by,
            in_charge,
            labels,
            no_reference,
            no_service,
            not_reviewed,
            favourites,
            rhythm,
        } = self;
        let mut parts = Vec::new();
        let mut one = |name, value: Option<String>| parts.extend(value.map(|value| (name, value)));
        let flag = |set: bool, value: &str| set.then(|| value.to_owned());
        one(param::SCHEME, scheme.map(|scheme| scheme.code().to_owned()));
        one(param::STATE, state.map(|state| state.code().to_string()));
        one(param::KIND, kind.map(|kind| kind.code().to_owned()));
        for code in on {
            one(param::ON, Some(code.as_str().to_owned()));
        }
        for code in off {
            one(param::OFF, Some(code.as_str().to_owned()));
        }
        one(param::ORGANISM, organism.clone());
        one(param::ADDED, added.as_ref().map(ToString::to_string));
        one(param::CHANGED, changed.as_ref().map(ToString::to_string));
        one(
            param::CHANGED_BY,
            changed_by.map(|member| member.to_string()),
        );
        one(param::IN_CHARGE, in_charge.map(|member| member.to_string()));
        for label in labels {
            one(param::LABEL, Some(label.to_string()));
        }
        one(param::REFERENCE, flag(*no_reference, value::NO_REFERENCE));
        one(param::SERVICES, flag(*no_service, value::NO_SERVICE));
        one(param::REVIEWED, flag(*not_reviewed, value::LONG_AGO));
        one(param::FAVOURITES, flag(*favourites, value::FAVOURITES));
        one(param::RHYTHM, rhythm.map(|rhythm| rhythm.code().to_owned()));
        parts
    }
}

fn put<T>(to: &mut Option<T>, value: Option<T>) -> bool {
    *to = value;
    to.is_some()
}

/// At most as many as there could be any sense in: an address is not a way to make a long question.
fn add<T: Ord>(to: &mut BTreeSet<T>, value: Option<T>) -> bool {
    const MOST: usize = 64;
    let Some(value) = value else {
        return false;
    };
    if to.len() < MOST {
        to.insert(value);
    }
    true
}

fn turn(to: &mut bool, on: bool) -> bool {
    *to = on;
    on
}
