//! Holders and the schemes under which a firm enrols them (domain note, section 4; card, « What follows from it »).

use crate::{account_number::AccountNumber, language::t, siren::Siren};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The kind of one account of the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Employer (« employeur »).
    Emp,
    /// Self-employed person (« travailleur indépendant »).
    Ti,
    /// Auto-entrepreneur.
    Ae,
    /// Majority manager without a Siret (« gérant majoritaire »), known by account number alone.
    Gm,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Emp, Self::Ti, Self::Ae, Self::Gm];

    /// The code of registry files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Emp => "EMP",
            Self::Ti => "TI",
            Self::Ae => "AE",
            Self::Gm => "GM",
        }
    }

    /// The kind of a registry code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The scheme that an account of this kind belongs to.
    pub fn scheme(self) -> Scheme {
        match self {
            Self::Emp => Scheme::RegimeGeneral,
            Self::Ti | Self::Ae | Self::Gm => Scheme::TravailleurIndependant,
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Emp => t("Employeur"),
            Self::Ti => t("Travailleur indépendant"),
            Self::Ae => t("Auto-entrepreneur"),
            Self::Gm => t("Gérant majoritaire"),
        }
    }
}

/// The scheme (« régime ») that an enrolment covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// « Comptes Régime Général »: every employer account of a Siren.
    RegimeGeneral,
    /// « Comptes Travailleur Indépendant »: of a Siren, or one account number without a Siret.
    TravailleurIndependant,
}

impl Scheme {
    /// Both schemes.
    pub const ALL: [Self; 2] = [Self::RegimeGeneral, Self::TravailleurIndependant];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::RegimeGeneral => "RG",
            Self::TravailleurIndependant => "TI",
        }
    }

    /// The scheme of a stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.code() == code)
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::RegimeGeneral => Self::TravailleurIndependant,
            Self::TravailleurIndependant => Self::RegimeGeneral,
        }
    }

    /// « Régime Général » or « Travailleur Indépendant ».
    pub fn label(self) -> &'static str {
        match self {
            Self::RegimeGeneral => t("Régime Général"),
            Self::TravailleurIndependant => t("Travailleur Indépendant"),
        }
    }

    /// « Comptes Régime Général » or « Comptes Travailleur Indépendant », the card's words.
    pub fn accounts(self) -> &'static str {
        match self {
            Self::RegimeGeneral => t("Comptes Régime Général"),
            Self::TravailleurIndependant => t("Comptes Travailleur Indépendant"),
        }
    }
}

/// The state of an account, or of all accounts of a holder together: *actif* while one of them is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AccountState {
    /// « Actif ».
    Actif,
    /// « Suspendu ».
    Suspendu,
    /// « Radié »: the card advises to end the enrolment.
    Radie,
}

impl AccountState {
    /// The registry's number: 1, 2 or 3 (domain note, section 3.1).
    pub fn code(self) -> i32 {
        match self {
            Self::Actif => 1,
            Self::Suspendu => 2,
            Self::Radie => 3,
        }
    }

    /// The state of a registry number.
    pub fn from_code(code: i32) -> Option<Self> {
        match code {
            1 => Some(Self::Actif),
            2 => Some(Self::Suspendu),
            3 => Some(Self::Radie),
            _ => None,
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Actif => t("Actif"),
            Self::Suspendu => t("Suspendu"),
            Self::Radie => t("Radié"),
        }
    }
}

/// Who an account belongs to (« titulaire »): a Siren, or a person known by account number alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Holder {
    /// A company or a self-employed person.
    Siren(Siren),
    /// A gérant majoritaire without a Siret.
    Account(AccountNumber),
}

impl Holder {
    /// The stored key: the Siren, or `@` and the account number.
    pub fn key(&self) -> String {
        match self {
            Self::Siren(siren) => siren.as_str().to_owned(),
            Self::Account(number) => format!("@{}", number.as_str()),
        }
    }

    /// The word for the number that names it.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Siren(_) => t("Siren"),
            Self::Account(_) => t("N° de compte"),
        }
    }
}

/// Grouped for reading.
impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Siren(siren) => siren.fmt(f),
            Self::Account(number) => number.fmt(f),
        }
    }
}

/// The unit of enrolment: one scheme of one holder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HolderScheme {
    /// Whose accounts.
    pub holder: Holder,
    /// Under which scheme.
    pub scheme: Scheme,
}

impl HolderScheme {
    /// The stored key: `RG:732829320`, `TI:732829320` or `TI:@117000001567462542`.
    pub fn key(&self) -> String {
        format!("{}:{}", self.scheme.code(), self.holder.key())
    }
}

impl FromStr for HolderScheme {
    type Err = ();
    fn from_str(key: &str) -> Result<Self, ()> {
        let (scheme, holder) = key.split_once(':').ok_or(())?;
        let scheme = Scheme::from_code(scheme).ok_or(())?;
        let holder = match holder.strip_prefix('@') {
            Some(number) => Holder::Account(AccountNumber::parse(number).map_err(|_| ())?),
            None => Holder::Siren(Siren::parse(holder).map_err(|_| ())?),
        };
        Ok(Self { holder, scheme })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a stored key is read back as another holder.
    #[test]
    fn keys_read_back() {
        for key in ["RG:732829320", "TI:732829320", "TI:@117000001567462542"] {
            assert_eq!(key.parse::<HolderScheme>().unwrap().key(), key);
        }
        assert!("XX:732829320".parse::<HolderScheme>().is_err());
        assert!("RG:732829321".parse::<HolderScheme>().is_err());
    }
}
