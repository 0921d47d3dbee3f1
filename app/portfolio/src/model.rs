//! Models of services: a name for services that many clients have alike, to start from.

use crate::{catalogue::ServiceCode, holder::Kind, ids::ModelId, language::t};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Models of a firm at most.
pub const MOST_MODELS: u32 = 50;
/// Characters of the longest name.
pub const LONGEST_NAME: usize = 60;

/// A model of the firm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// Which.
    pub id: ModelId,
    /// Its name.
    pub name: String,
    /// Its services.
    pub services: BTreeSet<ServiceCode>,
    /// Grows with every change: an edit names the version it was made on.
    pub version: i32,
}

/// A model that is offered where a firm has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// As an address names it.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its services.
    pub services: BTreeSet<ServiceCode>,
}

/// What is offered where a firm has no model: what employers and self-employed persons need week by week. No notice by e-mail is among
/// them, since nothing that sends e-mail is ever ticked beforehand.
pub fn suggestions() -> [Suggestion; 2] {
    let suggestion = |code, name, kind, codes: &[&str]| Suggestion {
        code,
        name,
        services: ServiceCode::for_kind(kind)
            .filter(|service| codes.contains(&service.as_str()))
            .collect(),
    };
    [
        suggestion("employeur", t("Employeur standard"), Kind::Emp, &EMPLOYER),
        suggestion(
            "independant",
            t("Indépendant standard"),
            Kind::Ti,
            &SELF_EMPLOYED,
        ),
    ]
}

const EMPLOYER: [&str; 8] = [
    "COMPTE_SITUATION",
    "DOCUMENTS",
    "MESSAGERIE",
    "DSN_SUIVI",
    "DPAE",
    "TELEPAIEMENT",
    "DELAI_PAIEMENT",
    "ATT_VIGILANCE",
];
const SELF_EMPLOYED: [&str; 8] = [
    "COMPTE_SITUATION",
    "DOCUMENTS",
    "MESSAGERIE",
    "REVENU_ESTIME",
    "ECHEANCIER",
    "TELEPAIEMENT",
    "DELAI_PAIEMENT",
    "ATT_AFFILIATION",
];

/// The services of codes between commas, as a button that fills a form holds them; unknown ones are left out.
pub fn read(codes: &str) -> BTreeSet<ServiceCode> {
    codes.split(',').filter_map(ServiceCode::find).collect()
}

/// Services as such a button holds them.
pub fn written(services: &BTreeSet<ServiceCode>) -> String {
    let codes: Vec<_> = services.iter().map(|code| code.as_str()).collect();
    codes.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Channel;

    /// Fear: a suggestion names what its clients may not have, so that it is shorter than it says, or ticks e-mail.
    #[test]
    fn suggestions_hold_what_they_say() {
        for suggestion in suggestions() {
            assert_eq!(suggestion.services.len(), 8, "{}", suggestion.name);
            for code in &suggestion.services {
                assert_eq!(code.service().channel(), Channel::Online);
            }
            assert_eq!(read(&written(&suggestion.services)), suggestion.services);
        }
        assert!(read("NOPE,,x").is_empty());
    }
}
