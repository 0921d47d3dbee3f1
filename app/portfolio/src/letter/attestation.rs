//! « An attestation comes to its end »: the reminder of the e-mail service.

use super::{Addressed, Letter, Message};
use crate::{french, ids::EnrolmentId, language::t, mobility::day::Day, say};

/// A client whose attestation comes to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperEnding {
    /// Whose.
    pub client: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// The last day on which it is good.
    pub until: Day,
}

/// How many clients a message names.
const NAMED: usize = 20;

/// The reminder of attestations that come to their end; `link` leads to the client's page where there is one, else to the list.
pub fn attestation_ends(to: &Addressed<'_>, ends: &[PaperEnding], link: String) -> Message {
    let before = vec![match ends {
        [end] => say!(
            "L’attestation de vigilance de {end} est valable jusqu’au {long}.",
            end = end.name,
            long = end.until.long()
        ),
        _ => say!(
            "Les attestations de vigilance de {ends} arrivent à leur terme\u{a0}:",
            ends = french::count(ends.len() as u64, "client", "clients")
        ),
    }];
    let mut items = Vec::new();
    if ends.len() > 1 {
        let named = ends.iter().take(NAMED);
        items.extend(named.map(|end| {
            say!(
                "{client}, le {day}",
                client = end.name,
                day = end.until.long()
            )
        }));
        let more = ends.len().saturating_sub(NAMED) as u64;
        if more > 0 {
            items.push(say!(
                "et {others}",
                others = french::count(more, "autre", "autres")
            ));
        }
    }
    let duty =
        t("Leurs donneurs d’ordre doivent en vérifier une tous les six mois, jusqu’à la fin des contrats de 5\u{202f}000\u{a0}€ et plus.")
            .to_owned();
    let label = if ends.len() == 1 {
        t("Obtenir la nouvelle attestation")
    } else {
        t("Ouvrir le portefeuille")
    };
    Letter {
        to: to.to,
        subject: t("Attestation de vigilance bientôt à son terme").to_owned(),
        name: to.name,
        before,
        items,
        leave: Some(to.leave.clone()),
        link: (label, link),
        after: vec![
            duty,
            t("Vous recevez ce rappel parce que le service «\u{a0}Attestation disponible ou proche de son terme\u{a0}» est coché pour ce client. Décochez-le \
             sur sa page pour ne plus le recevoir.")
                .to_owned(),
        ],
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::Email;
    use uuid::Uuid;

    fn ends(count: usize) -> Vec<PaperEnding> {
        let end = |nth: usize| PaperEnding {
            client: EnrolmentId(Uuid::nil()),
            name: format!("Client {nth}"),
            until: Day::parse("23/05/2027").unwrap(),
        };
        (0..count).map(end).collect()
    }

    /// Fear: a firm with many clients gets a message without end, or one that names none; or the link is lost.
    #[test]
    fn one_and_many() {
        let to = Email::parse("claire@cabinet.fr").unwrap();
        let link = "https://portail.example/etablissements".to_owned();
        let to = Addressed {
            to: &to,
            name: "Claire",
            leave: "https://portail.example/desabonnement/x".to_owned(),
        };
        let message = |count| attestation_ends(&to, &ends(count), link.clone());
        let one = message(1);
        assert!(
            one.text
                .contains("de Client 0 est valable jusqu’au 23\u{a0}mai\u{a0}2027")
        );
        assert!(one.text.contains(&link) && one.html.contains(&link));
        let many = message(25);
        assert!(many.text.contains("25\u{a0}clients") && many.text.contains("5\u{a0}autres"));
        assert!(many.text.contains("Client 19") && !many.text.contains("Client 20"));
    }
}
