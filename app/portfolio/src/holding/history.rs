//! What was done for a client, and by it: never who of a firm or of the body did it, what they wrote, or a number of whom it is about.

use crate::{
    client::Happening,
    journal::{OfClient, What},
    language::t,
    mobility::{country::Country, day::Day, life::Milestone},
    say,
    time::Timestamp,
    wording,
};
use serde::{Deserialize, Serialize};

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: By,
    /// What.
    pub what: Done,
}

/// Who did something, as a client reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// The client.
    Client,
    /// The firm of the mandate.
    Firm,
    /// The body.
    Body,
}

impl By {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Client => t("Vous"),
            Self::Firm => t("Le cabinet"),
            Self::Body => t("L’organisme"),
        }
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Done {
    /// Something became of the mandate.
    Mandate(Happening),
    /// Something became of a request to work abroad.
    Abroad {
        /// Who goes, by name: the client employs them, or is them.
        who: String,
        /// Where to.
        countries: Vec<Country>,
        /// What.
        what: Milestone,
    },
    /// An attestation de vigilance was issued.
    Attested {
        /// The last day on which it is good.
        until: Day,
    },
    /// Something became of the client's own account.
    Own(OfClient),
}

impl Done {
    /// What a client reads of an entry of its own house's journal, or of one that a firm's journal has about its mandate.
    pub fn of_journal(what: What) -> Option<Self> {
        match what {
            What::AttestationIssued { until } => Some(Self::Attested { until }),
            What::OfClient(
                what @ (OfClient::Joined
                | OfClient::Attached
                | OfClient::EmailAsked
                | OfClient::EmailChanged),
            ) => Some(Self::Own(what)),
            _ => None,
        }
    }

    /// In words.
    pub fn told(&self) -> String {
        match self {
            Self::Mandate(what) => wording::happening(what),
            Self::Abroad {
                who,
                countries,
                what,
            } => {
                let countries: Vec<_> = countries.iter().map(|country| country.name()).collect();
                say!(
                    "Travail à l’étranger, {who} ({countries}). {told}",
                    who,
                    countries = countries.join(", "),
                    told = what.told()
                )
            }
            Self::Attested { until } => What::AttestationIssued { until: *until }.told(),
            Self::Own(OfClient::Joined) => t("Compte en ligne ouvert").to_owned(),
            Self::Own(what) => what.told(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::OfficerId, mobility::life::Happened};

    /// Fear: a client reads who decided, what an officer or the firm wrote about a person, or a line that says nothing.
    #[test]
    fn a_step_without_names_and_words() {
        let by = OfficerId(uuid::Uuid::from_u128(0x0000_0ff1_ce00));
        let secret = || "2 55 08 14 168 025 38".to_owned();
        for (happened, body) in [
            (Happened::Submitted, false),
            (Happened::Granted { by: Some(by) }, true),
            (
                Happened::Refused {
                    by,
                    reason: secret(),
                },
                true,
            ),
            (
                Happened::Asked {
                    by,
                    question: secret(),
                },
                true,
            ),
            (Happened::Answered { answer: secret() }, false),
            (Happened::Withdrawn { reason: secret() }, false),
        ] {
            let what = happened.milestone();
            assert_eq!(what.by_body(), body, "{happened:?}");
            let done = Done::Abroad {
                who: "Zoé Anne D’Ormesson".to_owned(),
                countries: vec![Country::of("DE").unwrap()],
                what,
            };
            let told = done.told();
            assert!(told.starts_with("Travail à l’étranger, Zoé Anne D’Ormesson (Allemagne). "));
            assert!(told.ends_with(&what.told()) && what.told().len() > 10);
            let sent = serde_json::to_string(&done).unwrap();
            assert!(
                !sent.contains("ff1ce") && !sent.contains("2 55") && !told.contains("2 55"),
                "{sent}"
            );
            assert_eq!(serde_json::from_str::<Done>(&sent).unwrap(), done);
        }
    }

    /// Fear: the journal of a house says on its page what belongs to « Sécurité », or what a firm has written down for itself.
    #[test]
    fn little_of_the_journal() {
        let told = |what| Done::of_journal(what).map(|done| done.told());
        assert_eq!(told(What::SessionsEnded(2)), None);
        assert_eq!(told(What::OfClient(OfClient::Invited)), None);
        assert_eq!(
            told(What::OfClient(OfClient::EmailChanged)).as_deref(),
            Some("Adresse électronique changée")
        );
        assert_eq!(
            told(What::OfClient(OfClient::Joined)).as_deref(),
            Some("Compte en ligne ouvert")
        );
    }
}
