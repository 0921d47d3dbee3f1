//! The catalogue of services that an accountant may tick for a client (domain note, section 5).
//!
//! The tick-box list of the bodies is not public. This one is rebuilt from features that official pages attest
//! ([`Confidence::Confirmed`]) and completed where a sister service makes them likely ([`Confidence::Likely`]); each row's comment
//! names its source. A body that hosts the portal checks the likely rows before going live.

use crate::holder::Kind;
use crate::language::{n, t};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The two lists of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// « Services en ligne ».
    Online,
    /// « Services de communication par courriel »: each sends e-mail, so none is ever ticked beforehand.
    Email,
}

impl Channel {
    /// Both lists, in the page's order.
    pub const ALL: [Self; 2] = [Self::Online, Self::Email];

    /// The card's words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Online => t("Services en ligne"),
            Self::Email => t("Services de communication par courriel"),
        }
    }

    /// The word that buttons send for this list.
    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "en-ligne",
            Self::Email => "courriel",
        }
    }

    /// Its themes, in the page's order.
    pub fn themes(self) -> &'static [Theme] {
        match self {
            Self::Online => &[
                Theme::Abroad,
                Theme::Account,
                Theme::Declarations,
                Theme::Payments,
                Theme::Attestations,
            ],
            Self::Email => &[Theme::Notices],
        }
    }
}

/// What a service is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// Working abroad.
    Abroad,
    /// The account and what is exchanged about it.
    Account,
    /// Declarations.
    Declarations,
    /// Payments.
    Payments,
    /// Certificates of being in order.
    Attestations,
    /// Notices by e-mail.
    Notices,
}

impl Theme {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Abroad => t("International"),
            Self::Account => t("Compte et échanges"),
            Self::Declarations => t("Déclarations"),
            Self::Payments => t("Paiements"),
            Self::Attestations => t("Attestations"),
            Self::Notices => t("Avis par courriel"),
        }
    }
}

/// How sure it is that the bodies offer the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// A source was read.
    Confirmed,
    /// Well known or inferred; to be checked by the body.
    Likely,
}

/// One service of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// Its stored code.
    pub code: &'static str,
    /// What it is about, which tells its list too.
    pub theme: Theme,
    label: &'static str,
    description: &'static str,
    /// The kinds of account that may have it.
    pub kinds: &'static [Kind],
    /// How sure it is.
    pub confidence: Confidence,
}

impl Service {
    /// What people read.
    pub fn label(&self) -> &'static str {
        t(self.label)
    }

    /// The same in French, as files hold it.
    pub const fn french_label(&self) -> &'static str {
        self.label
    }

    /// One line more.
    pub fn description(&self) -> &'static str {
        t(self.description)
    }

    /// The list that it stands in.
    pub const fn channel(&self) -> Channel {
        match self.theme {
            Theme::Notices => Channel::Email,
            _ => Channel::Online,
        }
    }

    /// Why a service of messages sends none: the portal does not hold what would cause one. None where it does.
    pub fn silent(&self) -> Option<&'static str> {
        match self.code {
            "MAIL_APPEL" => Some(t("les appels de cotisations ne passent pas par le portail")),
            "MAIL_DSN" => Some(t("le portail ne reçoit pas les DSN")),
            "MAIL_INCIDENT" => Some(t("le portail ne connaît ni les paiements ni les rejets")),
            "MAIL_DELAI" => Some(t(
                "les demandes de délai ne passent pas encore par le portail",
            )),
            _ => None,
        }
    }

    /// Whether the page marks it as new (card: « Travailler à l'étranger » is the new service).
    pub const fn is_new(&self) -> bool {
        matches!(self.theme, Theme::Abroad)
    }
}

const EVERY: &[Kind] = &[Kind::Emp, Kind::Ti, Kind::Ae, Kind::Gm];

const fn service(
    code: &'static str,
    theme: Theme,
    label: &'static str,
    description: &'static str,
    kinds: &'static [Kind],
    confidence: Confidence,
) -> Service {
    Service {
        code,
        theme,
        label,
        description,
        kinds,
        confidence,
    }
}

/// The whole catalogue, in the page's order.
pub const SERVICES: [Service; 35] = [
    // CONFIRMED: how-to card, urssaf.fr, ameli (ILASS)
    service(
        "MOBILITE_INTERNATIONALE",
        Theme::Abroad,
        n("Travailler à l'étranger"),
        n(
            "Demandes de détachement (moins ou plus de 3 mois) et de pluriactivité ; certificats A1, bilatéral ou de maintien.",
        ),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: DCL regulatory act 2004 (administrative and accounting data), Urssaf account descriptions
    service(
        "COMPTE_SITUATION",
        Theme::Account,
        n("Consulter la situation du compte"),
        n("Solde, déclarations reçues, versements, sommes restant dues."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: DCL regulatory act 2004
    service(
        "COMPTE_INFOS",
        Theme::Account,
        n("Consulter les informations administratives"),
        n("Identité, établissements, adresse, état du compte, organisme gestionnaire."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: public description of the accountant space (messagerie with PDF documents)
    service(
        "DOCUMENTS",
        Theme::Account,
        n("Consulter les documents et courriers"),
        n("Appels de cotisations, avis, notifications et courriers au format PDF."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: DCL act, Urssaf FAQ
    service(
        "MESSAGERIE",
        Theme::Account,
        n("Échanger par la messagerie sécurisée"),
        n("Envoyer une demande à l’Urssaf et suivre les réponses."),
        EVERY,
        Confidence::Confirmed,
    ),
    // LIKELY
    service(
        "MODIF_COORD",
        Theme::Account,
        n("Modifier les coordonnées"),
        n("Adresse de correspondance, courriel, téléphone."),
        EVERY,
        Confidence::Likely,
    ),
    // LIKELY
    service(
        "CESSATION",
        Theme::Account,
        n("Signaler un changement de situation"),
        n("Suspension, reprise, cessation, plus de salarié."),
        EVERY,
        Confidence::Likely,
    ),
    // CONFIRMED: mon-nouvel-espace.urssaf.fr (indicator of DSN anomalies)
    service(
        "DSN_SUIVI",
        Theme::Declarations,
        n("Suivre les déclarations et anomalies DSN"),
        n("Liste des DSN reçues, montants déclarés, anomalies à corriger."),
        &[Kind::Emp],
        Confidence::Confirmed,
    ),
    // CONFIRMED: mon-nouvel-espace.urssaf.fr (incidents à traiter)
    service(
        "INCIDENTS",
        Theme::Declarations,
        n("Traiter les incidents"),
        n("Retards, absences de déclaration ou de paiement, sommes contestées."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: account description (DPAE)
    service(
        "DPAE",
        Theme::Declarations,
        n("Déclarer une embauche (DPAE)"),
        n("Déclaration préalable à l’embauche et accusés de réception."),
        &[Kind::Emp],
        Confidence::Confirmed,
    ),
    // CONFIRMED: secu-independants.fr (Mes cotisations > Revenus)
    service(
        "REVENU_ESTIME",
        Theme::Declarations,
        n("Ajuster les cotisations sur un revenu estimé"),
        n("Recalcul des cotisations provisionnelles à partir d’une estimation de revenu."),
        &[Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: Urssaf auto-entrepreneur descriptions
    service(
        "DECL_CA",
        Theme::Declarations,
        n("Déclarer le chiffre d’affaires"),
        n("Déclaration mensuelle ou trimestrielle et paiement ; obligatoire même à zéro."),
        &[Kind::Ae],
        Confidence::Confirmed,
    ),
    // CONFIRMED: CGSS Martinique / RSI letter 2016
    service(
        "TELEPAIEMENT",
        Theme::Payments,
        n("Payer par télépaiement"),
        n("Ordre de paiement en ligne, modifiable jusqu’à l’échéance."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: CGSS Martinique (mandat SEPA + RIB)
    service(
        "MANDAT_SEPA",
        Theme::Payments,
        n("Gérer les mandats SEPA et les coordonnées bancaires"),
        n("Ajouter, modifier ou supprimer un compte bancaire et son mandat de prélèvement."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: urssaf.fr prélèvement mensuel, CSS
    service(
        "PRELEVEMENT",
        Theme::Payments,
        n("Choisir la périodicité et la date de prélèvement"),
        n("Mensuel (5 ou 20) ou trimestriel ; une modification par année civile."),
        &[Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: urssaf.fr calendrier; echeances API (ECHEANCIER_ANNUEL)
    service(
        "ECHEANCIER",
        Theme::Payments,
        n("Consulter l’échéancier"),
        n("Montants et dates des cotisations provisionnelles et régularisations."),
        &[Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: urssaf.fr (29/03/2024) for TI; LIKELY for AE
    service(
        "DELAI_PAIEMENT",
        Theme::Payments,
        n("Demander un délai de paiement"),
        n(
            "Nombre d’échéances, coordonnées bancaires, première échéance, motif ; aussi par anticipation.",
        ),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: urssaf.fr news 06/2021 (employers)
    service(
        "DELAI_SUIVI",
        Theme::Payments,
        n("Suivre et valider un délai accordé"),
        n("Valider ou modifier le montant de chaque échéance jusqu’à la veille."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Confirmed,
    ),
    // LIKELY
    service(
        "REMBOURSEMENT",
        Theme::Payments,
        n("Demander un remboursement"),
        n("Restitution d’un trop-versé ou imputation sur une échéance à venir."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Likely,
    ),
    // LIKELY
    service(
        "REMISE_MAJORATIONS",
        Theme::Payments,
        n("Demander une remise de majorations et pénalités"),
        n("Demande de remise gracieuse après paiement du principal."),
        EVERY,
        Confidence::Likely,
    ),
    // CONFIRMED: L.243-15 CSS, how-to card
    service(
        "ATT_VIGILANCE",
        Theme::Attestations,
        n("Télécharger une attestation de vigilance"),
        n("Attestation de fourniture des déclarations et de paiement, avec code de sécurité."),
        EVERY,
        Confidence::Confirmed,
    ),
    // LIKELY (RSI letter 2016: attestation CSG/CRDS)
    service(
        "ATT_FISCALE",
        Theme::Attestations,
        n("Télécharger une attestation fiscale"),
        n("Montants de cotisations, CSG-CRDS déductible ou chiffre d’affaires déclaré."),
        &[Kind::Ti, Kind::Ae, Kind::Gm],
        Confidence::Likely,
    ),
    // CONFIRMED: RSI letter 2016
    service(
        "ATT_AFFILIATION",
        Theme::Attestations,
        n("Télécharger une attestation d’affiliation ou de radiation"),
        n("Preuve d’affiliation, dates de début et de fin."),
        &[Kind::Ti, Kind::Ae, Kind::Gm],
        Confidence::Confirmed,
    ),
    // CONFIRMED: RSI letter 2016
    service(
        "ATT_CFP",
        Theme::Attestations,
        n("Télécharger une attestation de formation professionnelle"),
        n("Contribution à la formation professionnelle (CFP) acquittée."),
        &[Kind::Ti, Kind::Ae, Kind::Gm],
        Confidence::Confirmed,
    ),
    // LIKELY (RSI letter 2016: marché public)
    service(
        "ATT_MARCHES",
        Theme::Attestations,
        n("Télécharger une attestation de marchés publics"),
        n("Attestation sociale pour candidater à un marché public."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Likely,
    ),
    // LIKELY (document type CONFIRMED)
    service(
        "MAIL_APPEL",
        Theme::Notices,
        n("Appel de cotisations dématérialisé"),
        n("Avis de mise à disposition de l’appel ou de l’échéancier."),
        &[Kind::Ti, Kind::Gm],
        Confidence::Likely,
    ),
    // LIKELY
    service(
        "MAIL_ECHEANCE",
        Theme::Notices,
        n("Rappel d’échéance"),
        n("Rappel quelques jours avant la date de déclaration ou de paiement."),
        EVERY,
        Confidence::Likely,
    ),
    // LIKELY (indicator CONFIRMED)
    service(
        "MAIL_DSN",
        Theme::Notices,
        n("Alerte anomalie DSN"),
        n("Avis d’anomalie détectée sur une déclaration."),
        &[Kind::Emp],
        Confidence::Likely,
    ),
    // LIKELY (indicator CONFIRMED)
    service(
        "MAIL_INCIDENT",
        Theme::Notices,
        n("Alerte incident de déclaration ou de paiement"),
        n("Avis d’absence de déclaration, de rejet de prélèvement ou de somme due."),
        &[Kind::Emp, Kind::Ti, Kind::Gm],
        Confidence::Likely,
    ),
    // CONFIRMED: DCL act 2004 (optional electronic notifications)
    service(
        "MAIL_MESSAGE",
        Theme::Notices,
        n("Nouveau message ou document"),
        n("Avis qu’un message ou un document est disponible dans l’espace."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: urssaf.fr (29/03/2024)
    service(
        "MAIL_DELAI",
        Theme::Notices,
        n("Suite donnée à une demande de délai"),
        n("Avis d’accord ou de refus disponible sous 15 jours."),
        EVERY,
        Confidence::Confirmed,
    ),
    // CONFIRMED: ILASS presentation (mail notifications)
    service(
        "MAIL_MOBILITE",
        Theme::Notices,
        n("Suivi des demandes de mobilité internationale"),
        n("Avis d’avancement et de mise à disposition du certificat."),
        EVERY,
        Confidence::Confirmed,
    ),
    // LIKELY
    service(
        "MAIL_ATTESTATION",
        Theme::Notices,
        n("Attestation disponible ou proche de son terme"),
        n("Avis de délivrance et rappel avant la fin des 6 mois."),
        EVERY,
        Confidence::Likely,
    ),
    // CONFIRMED: how-to card (Lettre d'information)
    service(
        "MAIL_LETTRE",
        Theme::Notices,
        n("Lettre d’information"),
        n("Actualités générales des Urssaf."),
        EVERY,
        Confidence::Confirmed,
    ),
    // LIKELY
    service(
        "MAIL_REGLEMENTAIRE",
        Theme::Notices,
        n("Actualité réglementaire"),
        n("Taux, plafonds, nouvelles obligations."),
        EVERY,
        Confidence::Likely,
    ),
];

/// The bit of each service in what a database holds of a client: its place here. A new service comes last, and none ever moves, so
/// that what is stored keeps its meaning.
const BITS: [&str; SERVICES.len()] = [
    "MOBILITE_INTERNATIONALE",
    "COMPTE_SITUATION",
    "COMPTE_INFOS",
    "DOCUMENTS",
    "MESSAGERIE",
    "MODIF_COORD",
    "CESSATION",
    "DSN_SUIVI",
    "INCIDENTS",
    "DPAE",
    "REVENU_ESTIME",
    "DECL_CA",
    "TELEPAIEMENT",
    "MANDAT_SEPA",
    "PRELEVEMENT",
    "ECHEANCIER",
    "DELAI_PAIEMENT",
    "DELAI_SUIVI",
    "REMBOURSEMENT",
    "REMISE_MAJORATIONS",
    "ATT_VIGILANCE",
    "ATT_FISCALE",
    "ATT_AFFILIATION",
    "ATT_CFP",
    "ATT_MARCHES",
    "MAIL_APPEL",
    "MAIL_ECHEANCE",
    "MAIL_DSN",
    "MAIL_INCIDENT",
    "MAIL_MESSAGE",
    "MAIL_DELAI",
    "MAIL_MOBILITE",
    "MAIL_ATTESTATION",
    "MAIL_LETTRE",
    "MAIL_REGLEMENTAIRE",
];

/// A code of the catalogue: a value of this type names a service that exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServiceCode(usize);

impl ServiceCode {
    /// The service of a code.
    pub fn find(code: &str) -> Option<Self> {
        SERVICES
            .iter()
            .position(|service| service.code == code)
            .map(Self)
    }

    /// The row of the catalogue.
    pub fn service(self) -> &'static Service {
        &SERVICES[self.0]
    }

    /// The stored code.
    pub fn as_str(self) -> &'static str {
        self.service().code
    }

    /// Every service, in the page's order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..SERVICES.len()).map(Self)
    }

    /// Its bit among all services of a client: the same for ever.
    pub fn bit(self) -> i64 {
        let place = BITS.iter().position(|code| *code == self.as_str());
        place.map_or(0, |place| 1 << place)
    }

    /// Every service that an account of this kind may have, in the page's order.
    pub fn for_kind(kind: Kind) -> impl Iterator<Item = Self> {
        Self::all().filter(move |code| code.service().kinds.contains(&kind))
    }
}

impl fmt::Debug for ServiceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for ServiceCode {
    type Error = &'static str;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::find(&code).ok_or("no such service")
    }
}

impl From<ServiceCode> for String {
    fn from(code: ServiceCode) -> Self {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a service of messages is ticked, sends none, and nobody says so; or one is called silent that sends some.
    #[test]
    fn each_message_is_sent_or_said_not_to_be() {
        for service in &SERVICES {
            let sends = crate::letter::Notice::of_service(service.code).is_some();
            let email = service.channel() == Channel::Email;
            assert_eq!(
                sends || service.silent().is_some(),
                email,
                "{}",
                service.code
            );
            assert!(!sends || service.silent().is_none(), "{}", service.code);
        }
    }
    use std::collections::HashSet;

    /// Fear: two rows share a code, so that ticking one ticks the other.
    #[test]
    fn codes_are_unique_and_found() {
        let codes: HashSet<_> = SERVICES.iter().map(|service| service.code).collect();
        assert_eq!(codes.len(), SERVICES.len());
        for service in &SERVICES {
            assert_eq!(ServiceCode::find(service.code).unwrap().service(), service);
        }
        assert_eq!(ServiceCode::find("NOPE"), None);
    }

    /// Fear: a service has no bit or shares one, or one moves, so that a filter on stored clients means another service.
    #[test]
    fn bits_stay() {
        let all = ServiceCode::all().fold(0, |all, code| all | code.bit());
        assert_eq!(all.count_ones() as usize, SERVICES.len());
        let bit = |code| ServiceCode::find(code).unwrap().bit();
        assert_eq!(bit("MOBILITE_INTERNATIONALE"), 1);
        assert_eq!(bit("DPAE"), 1 << 9);
        assert_eq!(bit("MAIL_REGLEMENTAIRE"), 1 << 34);
        assert!(SERVICES.len() < 63, "they no longer fit one number");
    }

    /// Fear: the card's new service is missing for some kind, or misspelt.
    #[test]
    fn working_abroad_is_for_everybody() {
        for kind in Kind::ALL {
            let new: Vec<_> = ServiceCode::for_kind(kind)
                .filter(|code| code.service().is_new())
                .collect();
            assert_eq!(new.len(), 1);
            assert_eq!(new[0].service().label(), "Travailler à l'étranger");
        }
    }

    /// Fear: a service is shown in no list, since its theme belongs to neither.
    #[test]
    fn every_theme_is_in_its_list() {
        for service in &SERVICES {
            assert!(
                service.channel().themes().contains(&service.theme),
                "{}",
                service.code
            );
        }
        assert_eq!(
            SERVICES
                .iter()
                .filter(|s| s.channel() == Channel::Email)
                .count(),
            10
        );
    }
}
