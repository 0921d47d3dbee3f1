//! « Services de communication par courriel »: the messages that somebody has ticked for a client, and may have done with.

use super::{Letter, Message, PRODUCT};
use crate::{
    calendar::Due, catalogue::ServiceCode, email::Email, french, language::t,
    mobility::life::State, say,
};
use serde::{Deserialize, Serialize};

/// A kind of message that is not obligatory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Notice {
    /// Dates that come near.
    DueDates,
    /// What became of requests to work abroad.
    Mobility,
    /// A certificate of being in order that is there, or ends soon.
    Attestation,
    /// A message in the portal.
    Messages,
    /// The newsletter.
    Newsletter,
    /// New rules.
    Rules,
}

impl Notice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::DueDates,
        Self::Mobility,
        Self::Attestation,
        Self::Messages,
        Self::Newsletter,
        Self::Rules,
    ];

    /// As tables, addresses and forms hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::DueDates => "echeances",
            Self::Mobility => "mobilite",
            Self::Attestation => "attestations",
            Self::Messages => "messages",
            Self::Newsletter => "lettre",
            Self::Rules => "reglementaire",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.code() == code)
    }

    /// The code of the service that asks for it.
    fn service_code(self) -> &'static str {
        match self {
            Self::DueDates => "MAIL_ECHEANCE",
            Self::Mobility => "MAIL_MOBILITE",
            Self::Attestation => "MAIL_ATTESTATION",
            Self::Messages => "MAIL_MESSAGE",
            Self::Newsletter => "MAIL_LETTRE",
            Self::Rules => "MAIL_REGLEMENTAIRE",
        }
    }

    /// The service that asks for it.
    ///
    /// # Panics
    /// Never: a test finds each in the catalogue.
    pub fn service(self) -> ServiceCode {
        ServiceCode::find(self.service_code()).expect("each kind is a service of the catalogue")
    }

    /// The kind that a service asks for, if one does.
    pub fn of_service(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|notice| notice.service_code() == code)
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::DueDates => t("Rappels d’échéances"),
            Self::Mobility => t("Suivi des demandes de travail à l’étranger"),
            Self::Attestation => t("Attestations disponibles ou proches de leur terme"),
            Self::Messages => t("Nouveaux messages et documents"),
            Self::Newsletter => t("Lettre d’information"),
            Self::Rules => t("Actualité réglementaire"),
        }
    }
}

/// The addresses that notices lead to, after the portal's own. The pages stand there.
pub mod path {
    use crate::ids::MobilityId;

    /// The calendar of one's own clients.
    pub const MINE: &str = "/echeances?charge=moi";
    /// What the addresses begin with by which a kind of message is stopped.
    pub const LEAVE: &str = "/desabonnement/";

    /// A request to work abroad.
    pub fn mobility(id: MobilityId) -> String {
        format!("/mobilite/demandes/{id}")
    }
}

/// To whom a notice goes, and how it is done with.
#[derive(Clone, Debug)]
pub struct Addressed<'a> {
    /// The address.
    pub to: &'a Email,
    /// The person's name.
    pub name: &'a str,
    /// The address by which this kind is stopped.
    pub leave: String,
}

impl Addressed<'_> {
    fn letter(
        &self,
        subject: String,
        before: Vec<String>,
        items: Vec<String>,
        link: (&'static str, String),
    ) -> Message {
        Letter {
            to: self.to,
            subject,
            name: self.name,
            before,
            items,
            link,
            after: Vec::new(),
            leave: Some(self.leave.clone()),
        }
        .written()
    }
}

/// Dates that come near: so many clients for each, and nobody's name. One message for a day's reminders.
pub fn due_dates(to: &Addressed<'_>, dues: &[(Due, u64)], link: String) -> Message {
    let items = dues
        .iter()
        .map(|(due, clients)| {
            format!(
                "{}\u{a0}: {}, {}",
                due.day.long(),
                due.told(),
                french::count(*clients, "client", "clients")
            )
        })
        .collect();
    let first = dues.iter().map(|(due, _)| due.day).min();
    let subject = match first {
        Some(day) => say!("Échéances à partir du {long}", long = day.long()),
        None => t("Échéances").to_owned(),
    };
    let before = vec![say!(
        "Des déclarations ou des paiements de clients dont vous vous occupez arrivent à échéance. Le portail {product} ne sait pas \
         lesquels sont déjà faits.",
        product = PRODUCT
    )];
    to.letter(
        subject,
        before,
        items,
        (t("Voir les clients concernés"), link),
    )
}

/// What became of a request to work abroad: nobody's name, no country, no reason.
pub fn mobility(to: &Addressed<'_>, state: State, link: String) -> Option<Message> {
    let (subject, words) = match state {
        State::Granted => (
            t("Demande de travail à l’étranger accordée"),
            t(
                "Une demande de certificat pour travailler à l’étranger est accordée. Son certificat vous attend sur le portail.",
            ),
        ),
        State::Refused => (
            t("Demande de travail à l’étranger refusée"),
            t(
                "Une demande de certificat pour travailler à l’étranger est refusée. Le motif est sur le portail.",
            ),
        ),
        State::Asked => (
            t("Demande de travail à l’étranger à compléter"),
            t(
                "L’organisme attend un complément pour une demande de certificat pour travailler à l’étranger.",
            ),
        ),
        _ => return None,
    };
    let before = vec![words.to_owned()];
    Some(to.letter(
        subject.to_owned(),
        before,
        Vec::new(),
        (t("Ouvrir la demande"), link),
    ))
}

/// What the body writes to those who ticked it: its own words, as paragraphs.
pub fn bulletin(to: &Addressed<'_>, subject: &str, paragraphs: &[String], link: String) -> Message {
    to.letter(
        subject.to_owned(),
        paragraphs.to_vec(),
        Vec::new(),
        (t("Ouvrir le portail"), link),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{calendar::Rhythm, calendar::next, catalogue::Channel, mobility::day::Day};

    /// Fear: a kind names no service, two name the same, or one that sends no messages.
    #[test]
    fn each_is_a_service() {
        for notice in Notice::ALL {
            let service = notice.service();
            assert_eq!(service.service().channel(), Channel::Email);
            assert_eq!(Notice::of_service(service.as_str()), Some(notice));
            assert_eq!(Notice::from_code(notice.code()), Some(notice));
        }
    }

    /// Fear: a reminder cannot be stopped, names a client, or its two parts say different things.
    #[test]
    fn reminders() {
        let to = Email::parse("claire@cabinet.fr").unwrap();
        let leave = "https://p.example/desabonnement/x".to_owned();
        let to = Addressed {
            to: &to,
            name: "Claire",
            leave: leave.clone(),
        };
        let today = Day::parse("24/11/2026").unwrap();
        let due = next(Rhythm::DsnFifteenth, today, 1)[0];
        let link = "https://p.example/echeances?charge=moi".to_owned();
        let message = due_dates(&to, &[(due, 1_200)], link.clone());
        assert_eq!(message.leave.as_deref(), Some(&*leave));
        assert_eq!(
            message.subject,
            "Échéances à partir du 15\u{a0}décembre\u{a0}2026"
        );
        let said = "15\u{a0}décembre\u{a0}2026\u{a0}: DSN et paiement, novembre\u{a0}2026, 1\u{202f}200\u{a0}clients";
        for part in [&message.text, &message.html] {
            for words in [said, &link, &leave] {
                assert!(part.contains(words), "{words}: {part}");
            }
        }
        assert!(message.html.contains("<li>"));
        for state in [State::Granted, State::Refused, State::Asked] {
            assert!(mobility(&to, state, link.clone()).is_some());
        }
        assert!(mobility(&to, State::Draft, link).is_none());
    }
}
