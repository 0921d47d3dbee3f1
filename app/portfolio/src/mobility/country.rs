//! Where one may be sent: every country and territory, what binds it to France, and for how long a certificate may be.
//!
//! The rows are in four tables, by [`Zone`]. They transcribe public lists and tables of different ages (domain note, sections 6.2 and
//! 6.3); what is not sure says so ([`Limit`], [`Paper::Inferred`]), and then leads to an examination by the body instead of a refusal.
//! Only a body that hosts the portal may turn a doubt into a certainty: it changes the row here.

mod agreement;
mod elsewhere;
mod europe;
mod find;
mod france;

pub use find::{all, destinations, find, read};

use crate::language::t;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What binds a country to French social security.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The European Economic Area, Switzerland and the United Kingdom: certificate A1. The only zone of work in several States.
    Europe,
    /// A bilateral agreement, or a decree of coordination with a territory: the agreement's own form.
    Agreement,
    /// Nothing: « certificat de maintien à la Sécurité sociale française ».
    Elsewhere,
    /// France itself and what is under French social security: nowhere to be posted to.
    France,
}

/// Which of the texts that take part in European coordination bind the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bloc {
    /// The European Union, France included.
    Union,
    /// Iceland, Liechtenstein and Norway, by the agreement on the European Economic Area.
    Efta,
    /// Switzerland, by its agreement with the Union.
    Switzerland,
    /// The United Kingdom, by the Trade and Cooperation Agreement.
    UnitedKingdom,
}

/// The longest first certificate, in months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A source was read.
    Confirmed(u32),
    /// Recollected, or by analogy with another agreement.
    Likely(u32),
    /// Not found.
    Unknown,
}

impl Limit {
    /// The months, when there is a figure at all.
    pub const fn months(self) -> Option<u32> {
        match self {
            Self::Confirmed(months) | Self::Likely(months) => Some(months),
            Self::Unknown => None,
        }
    }
}

/// Whether an agreement is for the self-employed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SelfEmployed {
    /// For so long, and what may follow.
    Covered(Limit, Extension),
    /// Employees only.
    Excluded,
    /// Our sources do not say.
    Unsaid,
}

/// Whose nationality an agreement wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nationals {
    /// Anybody's, or our sources name no condition.
    Any,
    /// Nationals of the two States, or others on conditions that our sources do not name.
    Conditions,
    /// Nationals of the two States alone.
    Both,
}

/// What may follow the first certificate of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// Nothing.
    None,
    /// So many months more.
    Months(u32),
    /// Until the work is done.
    UntilDone,
    /// Something, for a time that our sources do not name.
    Possible,
    /// Only what both States agree to for one person.
    Exception,
    /// Our sources do not say.
    Unsaid,
}

/// The number of the form that certifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A source was read.
    Read(&'static str),
    /// Inferred from the pattern of the others' numbers.
    Inferred(&'static str),
    /// The agreement has none.
    None,
    /// Not found.
    NotFound,
}

impl Paper {
    /// The number, when there is one.
    pub const fn number(self) -> Option<&'static str> {
        match self {
            Self::Read(number) | Self::Inferred(number) => Some(number),
            Self::None | Self::NotFound => None,
        }
    }
}

/// One row of the tables.
#[derive(Debug)]
pub struct Row {
    /// ISO 3166-1 (3166-2 for Québec).
    pub code: &'static str,
    /// Its French name.
    pub name: &'static str,
    /// Other names that people search by.
    pub aliases: &'static [&'static str],
    /// What binds it.
    pub zone: Zone,
    /// Whether the zone was checked.
    pub zone_is_sure: bool,
    /// The longest first certificate of an employee.
    pub limit: Limit,
    /// The same for the self-employed.
    pub self_employed: SelfEmployed,
    /// Whose nationality is wanted.
    pub nationals: Nationals,
    /// What may follow.
    pub extension: Extension,
    /// The paper that the certificate is.
    pub paper: Paper,
    /// Months between the end of a stay and the next one in the same country, where the agreement names them.
    pub gap: Option<u32>,
    /// Whether paid leave counts as part of the stay.
    pub leave_counts: bool,
    /// Months before the end by which an extension is asked for.
    pub extension_asked_before: Option<u32>,
    /// What else one must know when choosing it; empty for most.
    pub remark: &'static str,
    /// Whether it is part of another State, so that nobody has its nationality.
    pub dependent: bool,
}

impl Row {
    const fn new(code: &'static str, name: &'static str, zone: Zone, limit: Limit) -> Self {
        Self {
            code,
            name,
            aliases: &[],
            zone,
            zone_is_sure: true,
            limit,
            self_employed: SelfEmployed::Unsaid,
            nationals: Nationals::Any,
            extension: Extension::Unsaid,
            paper: Paper::NotFound,
            gap: None,
            leave_counts: false,
            extension_asked_before: None,
            remark: "",
            dependent: false,
        }
    }

    const fn known_as(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn zone_unsure(mut self) -> Self {
        self.zone_is_sure = false;
        self
    }

    const fn dependent(mut self) -> Self {
        self.dependent = true;
        self
    }

    const fn remark(mut self, remark: &'static str) -> Self {
        self.remark = remark;
        self
    }
}

/// One country or territory of the tables.
#[derive(Clone, Copy)]
pub struct Country(&'static Row);

impl Country {
    /// The country of an ISO code. Åland is a part of Finland, and answers as Finland.
    pub fn of(code: &str) -> Option<Self> {
        let code = if code == "AX" { "FI" } else { code };
        find::known().find(|known| known.code() == code)
    }

    /// Everything that is known of it.
    pub const fn row(self) -> &'static Row {
        self.0
    }

    /// Its ISO code.
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        t(self.0.name)
    }

    /// Its French name, as what is stored and sent holds it.
    pub const fn french_name(self) -> &'static str {
        self.0.name
    }

    /// What binds it.
    pub const fn zone(self) -> Zone {
        self.0.zone
    }

    /// Whether it is France itself, overseas departments apart.
    pub fn is_france(self) -> bool {
        self.code() == "FR"
    }

    /// Which text of European coordination binds it; France is of the Union.
    pub fn bloc(self) -> Option<Bloc> {
        match (self.zone(), self.code()) {
            (Zone::Agreement | Zone::Elsewhere, _) => None,
            (Zone::Europe, "GB") => Some(Bloc::UnitedKingdom),
            (Zone::Europe, "CH") => Some(Bloc::Switzerland),
            (Zone::Europe, "IS" | "LI" | "NO") => Some(Bloc::Efta),
            (Zone::Europe | Zone::France, _) => Some(Bloc::Union),
        }
    }

    /// Whether one can be posted there.
    ///
    /// # Errors
    /// [`Problem::InFrance`] for France, [`Problem::FrenchTerritory`] for what is under French social security.
    pub fn destination(self) -> Result<Self, Problem> {
        match self.zone() {
            Zone::France if self.is_france() => Err(Problem::InFrance),
            Zone::France => Err(Problem::FrenchTerritory),
            _ => Ok(self),
        }
    }
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Country {}

impl PartialOrd for Country {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Country {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::of(&code).ok_or_else(|| serde::de::Error::custom("no such country"))
    }
}

#[cfg(test)]
mod tests;
