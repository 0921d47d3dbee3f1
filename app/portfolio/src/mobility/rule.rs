//! Every rule: its name, what it does to a request, where it comes from and how sure that is.
//!
//! A rule that is only likely never refuses: it leads to an examination by the body, which knows (domain note, section 6.3).

use super::{country::Country, day::Period};
use crate::catalogue::Confidence::{self, Confirmed, Likely};
use crate::language::n;
use serde::{Deserialize, Serialize};

/// What a rule does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Forbids it.
    Refusal,
    /// Leaves it to the body.
    Doubt,
    /// What the certificate rests on.
    Ground,
    /// What the person must know.
    Warning,
}
use Effect::{Doubt, Ground, Refusal, Warning};

/// What is fixed about one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its stored name, which never changes.
    pub code: &'static str,
    /// What it does.
    pub effect: Effect,
    /// Where it comes from, as people read it.
    pub source: &'static str,
    /// How sure that is.
    pub confidence: Confidence,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident: $code:literal, $effect:ident, $confidence:ident, $source:expr;)*) => {
        /// One rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            /// All of them, in the order in which a summary lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What is fixed about it.
            pub const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => Facts { code: $code, effect: $effect, source: $source, confidence: $confidence },)*
                }
            }
        }
    };
}

const ARTICLE_12_1: &str = n("Règlement (CE) n°\u{a0}883/2004, article 12, paragraphe 1");
const ARTICLE_12_2: &str = n("Règlement (CE) n°\u{a0}883/2004, article 12, paragraphe 2");
const ARTICLE_13: &str = n("Règlement (CE) n°\u{a0}883/2004, article 13");
const DECISION_A2: &str =
    n("Décision n°\u{a0}A2 de la commission administrative de coordination, du 12 juin 2009");
const ARTICLE_14: &str = n("Règlement (CE) n°\u{a0}987/2009, article 14");
const UK: &str =
    n("Accord de commerce et de coopération UE–Royaume-Uni, protocole de sécurité sociale");
const AGREEMENT: &str = n("Accord bilatéral de sécurité sociale");
const MAINTENANCE: &str = n("Demande de mobilité de l’Urssaf, pays sans accord");
const SERVICE: &str = n("Demande de mobilité de l’Urssaf");
const PORTAL: &str = n("Choix du portail, à confirmer par l’organisme");
const FRAMEWORK: &str =
    n("Accord-cadre du 1er\u{a0}juillet 2023 sur le télétravail transfrontalier (article 16)");

rules! {
    /// The place is not abroad.
    NotAbroad: "lieu-en-france", Refusal, Confirmed, SERVICE;
    /// The last day is before the first.
    EndBeforeStart: "fin-avant-debut", Refusal, Confirmed, SERVICE;
    /// Another request of the person covers some of these days.
    AlreadyAbroad: "deja-en-mission", Refusal, Confirmed, "Règlement (CE) n°\u{a0}883/2004, article 11 (une seule législation à la fois)";
    /// Sent to replace somebody who was posted.
    Replacement: "remplacement", Refusal, Confirmed, ARTICLE_12_1;
    /// A self-employed person whose case is not a posting in Europe.
    NotPosting: "pluriactivite-requise", Refusal, Confirmed, ARTICLE_12_2;
    /// Longer than an agreement allows, extension included.
    AgreementLimit: "duree-accord-depassee", Refusal, Confirmed, AGREEMENT;
    /// Longer than one « certificat de maintien ».
    MaintenanceLimit: "duree-maintien-depassee", Refusal, Confirmed, MAINTENANCE;
    /// Longer than two of them.
    MaintenanceTwice: "maintien-deja-renouvele", Refusal, Confirmed, MAINTENANCE;
    /// Work in several States, one of them outside European coordination.
    SeveralOutsideEurope: "pluriactivite-hors-europe", Refusal, Confirmed, SERVICE;
    /// One State named twice.
    CountryTwice: "pays-en-double", Refusal, Confirmed, SERVICE;
    /// More than four other States.
    TooManyPlaces: "trop-de-pays", Refusal, Confirmed, SERVICE;
    /// Shares that do not make a whole.
    SharesTotal: "total-des-parts", Refusal, Confirmed, SERVICE;
    /// The first day is more than three months ahead.
    StartsTooLate: "debut-trop-lointain", Refusal, Confirmed, SERVICE;
    /// The State of residence has the say.
    ResidenceCompetent: "residence-competente", Refusal, Confirmed, ARTICLE_13;
    /// The State of the employer's seat has the say.
    SeatAbroad: "siege-a-l-etranger", Refusal, Confirmed, ARTICLE_13;
    /// The State of the business's centre has the say.
    CentreAbroad: "centre-d-interet-a-l-etranger", Refusal, Confirmed, ARTICLE_13;

    /// What binds the territory was not checked.
    ZoneUnsure: "territoire-a-verifier", Doubt, Likely, PORTAL;
    /// Longer than 24 months.
    Article16: "derogation-article-16", Doubt, Confirmed, "Règlement (CE) n°\u{a0}883/2004, article 16";
    /// Longer than 24 months in the United Kingdom.
    BeyondUk: "royaume-uni-plus-de-24-mois", Doubt, Likely, UK;
    /// In the United Kingdom since before 2021.
    BeforeUk: "royaume-uni-avant-2021", Doubt, Confirmed, "Accord de retrait du Royaume-Uni de l’Union européenne";
    /// Longer than the first certificate of the agreement.
    Extension: "prolongation-accord", Doubt, Confirmed, AGREEMENT;
    /// The agreement's limit is not sure.
    LimitLikely: "duree-accord-a-verifier", Doubt, Likely, AGREEMENT;
    /// The agreement's limit was not found.
    LimitUnknown: "duree-accord-inconnue", Doubt, Likely, AGREEMENT;
    /// A second « certificat de maintien ».
    MaintenanceRenewal: "renouvellement-maintien", Doubt, Confirmed, MAINTENANCE;
    /// Too soon after another stay in the same country.
    GapTooShort: "delai-entre-detachements", Doubt, Likely, DECISION_A2;
    /// Too soon, by the agreement itself.
    GapOfAgreement: "delai-de-l-accord", Doubt, Confirmed, AGREEMENT;
    /// Not under French social security for a month.
    NotAffiliated: "affiliation-prealable", Doubt, Confirmed, DECISION_A2;
    /// Less than a quarter of the company's business in France.
    NotSubstantial: "activite-substantielle", Doubt, Confirmed, DECISION_A2;
    /// The company abroad acts like an employer.
    LinkToEmployer: "lien-organique", Doubt, Confirmed, DECISION_A2;
    /// Public service.
    PublicService: "agent-public", Doubt, Likely, "Règlement (CE) n°\u{a0}883/2004, articles 11 et 13";
    /// A status that no rule here is about.
    OtherStatus: "autre-statut", Doubt, Likely, PORTAL;
    /// Not the same status abroad as in France.
    StatusChanges: "statut-different", Doubt, Likely, "Règlement (CE) n°\u{a0}883/2004, article 12";
    /// The agreement is for employees only.
    EmployeesOnly: "accord-salaries-seulement", Doubt, Confirmed, AGREEMENT;
    /// Our sources do not say whether the agreement is for the self-employed.
    SelfEmployedUnsaid: "accord-independants-a-verifier", Doubt, Likely, AGREEMENT;
    /// Self-employed where there is no agreement.
    SelfEmployedElsewhere: "independant-sans-accord", Doubt, Likely, MAINTENANCE;
    /// A self-employed person whose case may not be a posting.
    SelfEmployedConditions: "conditions-independant", Doubt, Likely, AGREEMENT;
    /// At work for less than two months.
    ActiveTooShort: "deux-mois-d-activite", Doubt, Likely, DECISION_A2;
    /// A nationality that European coordination with this State may not protect.
    ThirdCountryRestricted: "ressortissant-tiers-restreint", Doubt, Likely, "Règlement (UE) n°\u{a0}1231/2010";
    /// A nationality that the agreement may not protect.
    NationalityOfAgreement: "nationalite-accord", Doubt, Confirmed, AGREEMENT;
    /// Begun more than a year ago.
    LongPast: "debut-ancien", Doubt, Likely, PORTAL;
    /// Begins in more than a year.
    FarAhead: "debut-eloigne", Doubt, Likely, PORTAL;
    /// Employed and self-employed.
    Mixed: "salarie-et-independant", Doubt, Likely, "Règlement (CE) n°\u{a0}883/2004, article 13, paragraphe 3";
    /// Employers in several States.
    SeveralEmployers: "employeurs-de-plusieurs-etats", Doubt, Confirmed, ARTICLE_13;
    /// Living outside France.
    ResidenceAbroad: "residence-hors-de-france", Doubt, Confirmed, "Règlement (CE) n°\u{a0}987/2009, article 16";
    /// Which State the centre of the business is in.
    CentreOfInterest: "centre-d-interet", Doubt, Confirmed, ARTICLE_13;
    /// Telework across a border.
    TeleworkFramework: "teletravail-accord-cadre", Doubt, Likely, FRAMEWORK;
    /// All the work abroad is marginal.
    OnlyMarginal: "activites-marginales", Doubt, Likely, ARTICLE_14;
    /// The work in France is marginal.
    FranceMarginal: "activite-marginale-en-france", Doubt, Likely, ARTICLE_14;
    /// States that no one text binds together.
    MixedTexts: "textes-differents", Doubt, Likely, UK;
    /// Another State pays an unemployment benefit.
    ForeignBenefit: "allocation-etrangere", Doubt, Likely, SERVICE;

    /// An employee posted in Europe.
    PostedEmployee: "detachement-salarie", Ground, Confirmed, ARTICLE_12_1;
    /// A self-employed person posted in Europe.
    PostedSelfEmployed: "detachement-independant", Ground, Confirmed, ARTICLE_12_2;
    /// Somebody posted in the United Kingdom.
    PostedUk: "detachement-royaume-uni", Ground, Confirmed, "Accord de commerce et de coopération UE–Royaume-Uni, protocole de sécurité sociale, article SSC.11";
    /// Work in the United Kingdom too.
    SeveralUk: "pluriactivite-royaume-uni", Ground, Confirmed, "Accord de commerce et de coopération UE–Royaume-Uni, protocole de sécurité sociale, article SSC.12";
    /// In Iceland, Liechtenstein or Norway.
    EeaAgreement: "accord-eee", Ground, Confirmed, "Accord sur l’Espace économique européen, annexe VI";
    /// In Switzerland.
    SwissAgreement: "accord-suisse", Ground, Confirmed, "Accord UE–Suisse sur la libre circulation des personnes, annexe II";
    /// A national of a third country.
    ThirdCountryNational: "ressortissant-tiers", Ground, Likely, "Règlement (UE) n°\u{a0}1231/2010";
    /// A bilateral agreement.
    Agreement: "accord-bilateral", Ground, Confirmed, AGREEMENT;
    /// A decree of coordination with a territory.
    Decree: "decret-de-coordination", Ground, Confirmed, "Décret de coordination avec le territoire";
    /// No agreement.
    Maintenance: "maintien", Ground, Confirmed, MAINTENANCE;
    /// Less than three months.
    ShortStay: "moins-de-3-mois", Ground, Likely, SERVICE;
    /// Counted together with the stay before.
    Continuation: "duree-cumulee", Ground, Likely, DECISION_A2;
    /// Employee: a quarter or more where the person lives, in France.
    SubstantialAtHome: "pluriactivite-residence", Ground, Confirmed, "Règlement (CE) n°\u{a0}883/2004, article 13, paragraphe 1, point a";
    /// Employee: the seat is in France.
    SeatInFrance: "pluriactivite-siege", Ground, Confirmed, "Règlement (CE) n°\u{a0}883/2004, article 13, paragraphe 1, point b";
    /// Self-employed: a quarter or more where the person lives, in France.
    SelfEmployedAtHome: "pluriactivite-independant", Ground, Confirmed, "Règlement (CE) n°\u{a0}883/2004, article 13, paragraphe 2, point a";

    /// The country may want its own contributions too.
    LocalContributions: "cotisations-locales", Warning, Confirmed, MAINTENANCE;
    /// Only the risks that the agreement names are exempt.
    CoveredRisks: "risques-de-l-accord", Warning, Confirmed, SERVICE;
    /// Care is paid back at French rates.
    FrenchRates: "tarifs-francais", Warning, Confirmed, MAINTENANCE;
    /// Leave is counted in.
    LeaveCounts: "conges-compris", Warning, Confirmed, AGREEMENT;
    /// An extension has to be asked for early.
    ExtensionAskedBefore: "prolongation-a-demander-avant", Warning, Confirmed, AGREEMENT;
    /// The number of the form was inferred.
    PaperUnsure: "formulaire-a-verifier", Warning, Likely, AGREEMENT;
    /// There is no number to name.
    PaperMissing: "formulaire-non-retrouve", Warning, Likely, AGREEMENT;
    /// Begun already.
    Retroactive: "deja-commencee", Warning, Confirmed, SERVICE;
    /// Third-country nationals must live lawfully in a Member State.
    LegalResidence: "residence-legale", Warning, Likely, "Règlement (UE) n°\u{a0}1231/2010";
    /// Too little work to count.
    Marginal: "activite-marginale", Warning, Likely, ARTICLE_14;
    /// The certificate ends before the work, or the work's end is not known.
    CertificateLength: "duree-du-certificat", Warning, Confirmed, SERVICE;
    /// Half of the work or more is telework.
    TeleworkTooMuch: "teletravail-50", Warning, Confirmed, FRAMEWORK;
}

impl Rule {
    /// The rule of a stored name.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.facts().code == code)
    }

    /// What it does.
    pub const fn effect(self) -> Effect {
        self.facts().effect
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.facts().code)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::of(&code).ok_or_else(|| serde::de::Error::custom("no such rule"))
    }
}

/// A rule, as it applies to one request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// The country that it is about, when one is.
    pub country: Option<Country>,
    /// The months that it speaks of.
    pub months: Option<u32>,
    /// The days that it speaks of.
    pub period: Option<Period>,
}

impl From<Rule> for Reason {
    fn from(rule: Rule) -> Self {
        Self {
            rule,
            country: None,
            months: None,
            period: None,
        }
    }
}

impl Reason {
    /// About this country.
    pub(super) fn about(rule: Rule, country: Country) -> Self {
        Self {
            country: Some(country),
            ..rule.into()
        }
    }

    /// Speaking of so many months.
    #[must_use]
    pub(super) fn months(self, months: u32) -> Self {
        Self {
            months: Some(months),
            ..self
        }
    }

    /// Speaking of these days.
    #[must_use]
    pub(super) fn during(self, period: Period) -> Self {
        Self {
            period: Some(period),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Fear: two rules are stored under one name, or one reads back as another.
    #[test]
    fn names() {
        let codes: BTreeSet<_> = Rule::ALL.iter().map(|rule| rule.facts().code).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
        for rule in Rule::ALL {
            let code = rule.facts().code;
            assert_eq!(Rule::of(code), Some(*rule));
            assert!(
                code.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{code}"
            );
        }
    }

    /// Fear: somebody is refused by a rule that nobody is sure of.
    #[test]
    fn only_what_is_sure_refuses() {
        for rule in Rule::ALL {
            let facts = rule.facts();
            assert!(
                facts.effect != Refusal || facts.confidence == Confirmed,
                "{}",
                facts.code
            );
            assert!(!facts.source.is_empty() && !facts.source.contains('\''));
        }
    }
}
