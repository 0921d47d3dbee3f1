//! How often, and when, a client declares or pays (domain note, section 4).

use crate::holder::Kind;
use crate::language::t;
use serde::{Deserialize, Serialize};

/// From this headcount on the DSN is due on the 5th.
pub const LARGE: i64 = 50;

/// When a client's declarations and payments fall due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Rhythm {
    /// The DSN on the 5th of the following month: 50 employees or more, without « décalage de paie ».
    DsnFifth,
    /// The DSN on the 15th: all other employers.
    DsnFifteenth,
    /// Contributions of the self-employed on the 5th of each month.
    MonthlyFifth,
    /// The same on the 20th.
    MonthlyTwentieth,
    /// The same on 5 February, 5 May, 5 August and 5 November.
    Quarterly,
    /// The turnover of a month, by the end of the following one.
    TurnoverMonthly,
    /// The turnover of a quarter, by 30 April, 31 July, 31 October and 31 January.
    TurnoverQuarterly,
}

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::DsnFifth,
        Self::DsnFifteenth,
        Self::MonthlyFifth,
        Self::MonthlyTwentieth,
        Self::Quarterly,
        Self::TurnoverMonthly,
        Self::TurnoverQuarterly,
    ];

    /// As tables and addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::DsnFifth => "dsn-5",
            Self::DsnFifteenth => "dsn-15",
            Self::MonthlyFifth => "mensuel-5",
            Self::MonthlyTwentieth => "mensuel-20",
            Self::Quarterly => "trimestriel",
            Self::TurnoverMonthly => "ca-mensuel",
            Self::TurnoverQuarterly => "ca-trimestriel",
        }
    }

    /// The one of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// Those that a client of this kind may have.
    pub fn offered(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Emp => &[Self::DsnFifth, Self::DsnFifteenth],
            Kind::Ti | Kind::Gm => &[Self::MonthlyFifth, Self::MonthlyTwentieth, Self::Quarterly],
            Kind::Ae => &[Self::TurnoverMonthly, Self::TurnoverQuarterly],
        }
    }

    /// The one that a client has as long as its firm has not said otherwise. Of employers the headcount of all establishments together
    /// decides, and an unknown one is small. The self-employed pay on the 5th, which the law has as the default; of turnover our sources
    /// name no default: a month is reminded of too often rather than too rarely.
    pub fn usual(kind: Kind, headcount: Option<i64>) -> Self {
        match kind {
            Kind::Emp if headcount.unwrap_or(0) >= LARGE => Self::DsnFifth,
            Kind::Emp => Self::DsnFifteenth,
            Kind::Ti | Kind::Gm => Self::MonthlyFifth,
            Kind::Ae => Self::TurnoverMonthly,
        }
    }

    /// What falls due.
    pub fn what(self) -> &'static str {
        match self {
            Self::DsnFifth | Self::DsnFifteenth => t("DSN et paiement"),
            Self::MonthlyFifth | Self::MonthlyTwentieth | Self::Quarterly => {
                t("Cotisations d’indépendant")
            }
            Self::TurnoverMonthly | Self::TurnoverQuarterly => t("Chiffre d’affaires"),
        }
    }

    /// What people choose and filter by.
    pub fn label(self) -> &'static str {
        match self {
            Self::DsnFifth => t("DSN le 5 du mois (50 salariés et plus)"),
            Self::DsnFifteenth => {
                t("DSN le 15 du mois (moins de 50 salariés, ou décalage de paie)")
            }
            Self::MonthlyFifth => t("Cotisations le 5 de chaque mois"),
            Self::MonthlyTwentieth => t("Cotisations le 20 de chaque mois"),
            Self::Quarterly => t("Cotisations chaque trimestre (5 février, mai, août, novembre)"),
            Self::TurnoverMonthly => t("Chiffre d’affaires chaque mois"),
            Self::TurnoverQuarterly => t("Chiffre d’affaires chaque trimestre"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a code is read as another rhythm, one is offered to nobody, or a client has one that it could not choose.
    #[test]
    fn codes_and_offers() {
        for rhythm in Rhythm::ALL {
            assert_eq!(Rhythm::from_code(rhythm.code()), Some(rhythm));
            let to = Kind::ALL
                .into_iter()
                .filter(|kind| Rhythm::offered(*kind).contains(&rhythm));
            assert!(to.count() > 0, "{rhythm:?}");
        }
        for kind in Kind::ALL {
            for headcount in [None, Some(0), Some(49), Some(50), Some(5_000)] {
                assert!(Rhythm::offered(kind).contains(&Rhythm::usual(kind, headcount)));
            }
        }
        assert_eq!(Rhythm::from_code("dsn"), None);
        assert_eq!(Rhythm::usual(Kind::Emp, Some(49)), Rhythm::DsnFifteenth);
        assert_eq!(Rhythm::usual(Kind::Emp, Some(50)), Rhythm::DsnFifth);
        assert_eq!(Rhythm::usual(Kind::Emp, None), Rhythm::DsnFifteenth);
    }
}
