//! The columns that an import knows, and the names that people give them.

use crate::{french::searchable, language::t};
use serde::{Deserialize, Serialize};

/// A column of a file that means something here; others are left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The Siren, the Siret or, of a gérant majoritaire, the account number.
    Identifier,
    /// The account number.
    Account,
    /// The amount to pay of the last declaration.
    Amount,
    /// The social security number.
    Nir,
    /// Whether the employer's or the self-employed person's accounts are meant.
    Scheme,
    /// The services to switch on.
    Services,
    /// The firm's own reference.
    Reference,
    /// The firm's labels.
    Labels,
}

impl Column {
    /// All of them, in the template's order.
    pub const ALL: [Self; 8] = [
        Self::Identifier,
        Self::Account,
        Self::Amount,
        Self::Nir,
        Self::Scheme,
        Self::Services,
        Self::Reference,
        Self::Labels,
    ];

    /// As forms and tables hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identifier => "identifiant",
            Self::Account => "compte",
            Self::Amount => "montant",
            Self::Nir => "nir",
            Self::Scheme => "regime",
            Self::Services => "services",
            Self::Reference => "reference",
            Self::Labels => "etiquettes",
        }
    }

    /// The column of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// The head that the template gives it.
    pub const fn head(self) -> &'static str {
        match self {
            Self::Identifier => "Siren ou Siret",
            Self::Account => "Numéro de compte",
            Self::Amount => "Montant de la dernière déclaration",
            Self::Nir => "Numéro de sécurité sociale",
            Self::Scheme => "Régime",
            Self::Services => "Services",
            Self::Reference => "Référence",
            Self::Labels => "Étiquettes",
        }
    }

    /// How it is filled in.
    pub fn told(self) -> &'static str {
        match self {
            Self::Identifier => t(
                "Le Siren (9 chiffres) ou le Siret (14 chiffres). Pour un gérant majoritaire sans Siret\u{a0}: son numéro de compte.",
            ),
            Self::Account => t("Le numéro de compte employeur ou indépendant (18 caractères)."),
            Self::Amount => t(
                "Employeurs\u{a0}: le montant à payer déclaré sur la dernière déclaration, 0 s’il n’y avait rien à payer.",
            ),
            Self::Nir => t(
                "Indépendants et gérants majoritaires\u{a0}: le numéro de sécurité sociale, avec ou sans sa clé.",
            ),
            Self::Scheme => t(
                "Facultatif. «\u{a0}RG\u{a0}» pour les comptes employeur, «\u{a0}TI\u{a0}» pour les comptes indépendant. Sans lui, le montant ou le numéro de sécurité sociale le dit.",
            ),
            Self::Services => t(
                "Facultatif. Les codes des services, séparés par des virgules\u{202f}; «\u{a0}aucun\u{a0}» pour n’en ouvrir aucun. Vide\u{a0}: ceux que vous choisirez sur la page.",
            ),
            Self::Reference => t(
                "Facultatif. La référence que votre cabinet donne à ce client, 40 caractères au plus.",
            ),
            Self::Labels => t(
                "Facultatif. Les étiquettes de votre cabinet, séparées par des virgules. Elles doivent déjà exister.",
            ),
        }
    }

    /// The names by which it is known, as [`searchable`] writes them.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Identifier => &[
                "siren ou siret",
                "siren",
                "siret",
                "identifiant",
                "n siren",
                "n siret",
                "no siren",
                "no siret",
                "numero siren",
                "numero siret",
                "numero de siren",
                "numero de siret",
                "siren siret",
                "siret siren",
                "identifiant client",
            ],
            Self::Account => &[
                "numero de compte",
                "compte",
                "n de compte",
                "n compte",
                "no de compte",
                "no compte",
                "num compte",
                "numero compte",
                "compte cotisant",
                "numero cotisant",
                "n cotisant",
                "compte employeur",
                "numero de compte employeur",
                "numero de compte independant",
                "compte urssaf",
                "numero urssaf",
                "n urssaf",
                "numero de compte urssaf",
            ],
            Self::Amount => &[
                "montant de la derniere declaration",
                "montant",
                "montant a payer",
                "montant declare",
                "derniere declaration",
                "montant derniere declaration",
                "montant dsn",
                "dernier montant",
                "dernier montant declare",
                "montant a payer declare",
                "montant a payer declare sur la derniere declaration",
                "cotisations",
            ],
            Self::Nir => &[
                "numero de securite sociale",
                "nir",
                "securite sociale",
                "n securite sociale",
                "n de securite sociale",
                "no securite sociale",
                "numero securite sociale",
                "num secu",
                "numero secu",
                "n secu",
                "n ss",
                "nss",
                "insee",
                "numero insee",
            ],
            Self::Scheme => &[
                "regime",
                "type",
                "type de compte",
                "statut",
                "categorie",
                "nature",
            ],
            Self::Services => &[
                "services",
                "service",
                "services en ligne",
                "services par defaut",
            ],
            Self::Reference => &[
                "reference",
                "reference client",
                "reference interne",
                "reference du cabinet",
                "ref",
                "ref client",
                "code client",
            ],
            Self::Labels => &["etiquettes", "etiquette", "labels"],
        }
    }

    /// The column that a head names.
    pub fn of_head(head: &str) -> Option<Self> {
        let head = searchable(head);
        Self::ALL
            .into_iter()
            .find(|column| column.names().contains(&head.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a name that can never be met, or that two columns share; a head of the template is not known.
    #[test]
    fn names_are_met() {
        let mut all = Vec::new();
        for column in Column::ALL {
            assert_eq!(Column::of_head(column.head()), Some(column));
            assert_eq!(Column::from_code(column.code()), Some(column));
            for name in column.names() {
                assert_eq!(searchable(name), *name);
                assert!(!all.contains(name), "{name}");
                all.push(name);
            }
        }
        assert_eq!(Column::of_head(" N° de Compte "), Some(Column::Account));
        assert_eq!(Column::of_head("N° Sécu."), Some(Column::Nir));
        assert_eq!(Column::of_head("Raison sociale"), None);
        assert_eq!(Column::of_head("Motif du refus"), None);
    }
}
