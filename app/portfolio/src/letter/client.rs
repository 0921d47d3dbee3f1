//! Messages about clients' own accounts: to clients, and to the firms that manage them.

use super::{Letter, Message, PRODUCT};
use crate::{
    catalogue::ServiceCode,
    email::Email,
    french,
    holder::{Holder, HolderScheme},
    language::t,
    say,
    time::Timestamp,
};

/// An account as messages name it: « Boulangerie Martin (Siren 999 100 019, Régime Général) ». An account number is half of a proof, and
/// an address may be wrong: no more than its end is told.
fn named(client: &str, held: &HolderScheme) -> String {
    let number = match &held.holder {
        Holder::Siren(siren) => siren.to_string(),
        Holder::Account(number) => number.masked(),
    };
    format!(
        "{client} ({} {number}, {})",
        held.holder.noun(),
        held.scheme.label()
    )
}

/// A firm invites its client, with the link by which the account is made, or the invitation refused.
pub fn client_invitation(
    to: &Email,
    client: &str,
    held: &HolderScheme,
    firm: &str,
    link: String,
    until: Timestamp,
) -> Message {
    Letter {
        to,
        subject: t("Votre expert-comptable vous invite à créer votre compte en ligne").to_owned(),
        items: Vec::new(),
        leave: None,
        name: client,
        before: vec![
            say!("{firm} gère le compte de cotisations de {held} et vous invite à créer votre propre compte sur le portail {product}.", firm, held = named(client, held), product = PRODUCT),
            t("Vous y verrez qui gère votre compte, depuis quand et avec quels services, et vous pourrez retirer un service ou tout le mandat.").to_owned(),
            say!("Votre identifiant sera cette adresse\u{a0}: {to}", to),
        ],
        link: (t("Créer mon compte, ou refuser l’invitation"), link),
        after: vec![
            say!("Ce lien sert une fois, jusqu’au {short_moment}.", short_moment = until.short_moment()),
            t("Vous n’êtes pas concerné\u{202f}? Ne faites rien, ou refusez l’invitation sur la page de ce lien\u{a0}: aucun compte n’est créé sans vous.").to_owned(),
        ],
    }
    .written()
}

/// Somebody has proved whose account it is: the link by which the client's own account is made.
pub fn client_link(
    to: &Email,
    client: &str,
    held: &HolderScheme,
    link: String,
    until: Timestamp,
) -> Message {
    Letter {
        to,
        subject: t("Créer votre compte en ligne").to_owned(),
        items: Vec::new(),
        leave: None,
        name: client,
        before: vec![
            say!("Un compte sur le portail {product} a été demandé pour {held}, avec les justificatifs de ce compte de cotisations.", product = PRODUCT, held = named(client, held)),
            say!("Votre identifiant sera cette adresse\u{a0}: {to}", to),
        ],
        link: (t("Choisir votre mot de passe"), link),
        after: vec![
            say!("Ce lien sert une fois, jusqu’au {short_moment}.", short_moment = until.short_moment()),
            t("Vous n’avez rien demandé\u{202f}? Ne faites rien\u{a0}: sans mot de passe, aucun compte n’est créé.").to_owned(),
        ],
    }
    .written()
}

/// To somebody who has an account: another one was asked for, with the right proof.
pub fn client_known(to: &Email, name: &str, client: &str, at: Timestamp, link: String) -> Message {
    Letter {
        to,
        subject: t("Un second compte en ligne a été demandé").to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before: vec![say!("Le {short_moment}, quelqu’un a demandé un compte sur le portail {product} pour {client}, avec les bons justificatifs. \
             Vous avez déjà ce compte\u{a0}: rien n’a été créé.", short_moment = at.short_moment(), product = PRODUCT, client)],
        link: (t("C’était vous\u{202f}? Connectez-vous, ou demandez un nouveau mot de passe"), link),
        after: vec![
            t("Ce n’était pas vous, ni votre expert-comptable\u{202f}? Vos justificatifs sont connus de quelqu’un d’autre\u{a0}: contactez-nous.").to_owned(),
        ],
    }
    .written()
}

/// An invitation that ends soon, as the reminder lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The client's name.
    pub client: String,
    /// Until when the link is good.
    pub until: Timestamp,
}

/// To somebody of a firm: the invitations of theirs that end soon.
pub fn invitations_ending(to: &Email, name: &str, ending: &[Ending], link: String) -> Message {
    let count = french::count(
        ending.len() as u64,
        "invitation que vous avez envoyée reste sans réponse et prendra",
        "invitations que vous avez envoyées restent sans réponse et prendront",
    );
    let mut before = vec![say!("{count} bientôt fin\u{a0}:", count)];
    before.extend(ending.iter().map(|one| {
        say!(
            "– {client}, jusqu’au {short_moment}",
            client = one.client,
            short_moment = one.until.short_moment()
        )
    }));
    Letter {
        to,
        subject: t("Des invitations de clients prennent bientôt fin").to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before,
        link: (t("Voir les invitations"), link),
        after: vec![
            t("Une invitation renvoyée est valable 21\u{a0}jours de plus\u{202f}; le lien précédent ne s’ouvre plus.")
                .to_owned(),
        ],
    }
    .written()
}

/// To somebody of a firm: a client took services back, or the whole mandate where none is named.
pub fn withdrawn(
    to: &Email,
    name: &str,
    client: (&str, &HolderScheme),
    services: &[ServiceCode],
    at: Timestamp,
    link: String,
) -> Message {
    let (client, held) = client;
    let client = named(client, held);
    let at = at.short_moment();
    let (subject, told) = if services.is_empty() {
        (
            t("Un client a retiré son mandat"),
            say!(
                "{client} a retiré son mandat le {at}. Vous ne gérez plus ce compte\u{202f}; l’historique est conservé.",
                client,
                at
            ),
        )
    } else {
        let labels: Vec<_> = services.iter().map(|code| code.service().label()).collect();
        (
            t("Un client a retiré un service"),
            say!(
                "{client} a retiré le {at}\u{a0}: {join}. Le reste du mandat est inchangé.",
                client,
                at,
                join = labels.join(", ")
            ),
        )
    };
    Letter {
        to,
        subject: subject.to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before: vec![told],
        link: (t("Ouvrir ce client"), link),
        after: Vec::new(),
    }
    .written()
}

/// To a new address: the link that confirms it.
pub fn email_confirm(to: &Email, name: &str, link: String, until: Timestamp) -> Message {
    Letter {
        to,
        subject: t("Confirmer votre nouvelle adresse").to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before: vec![say!("Cette adresse a été demandée pour votre compte sur le portail {product}. Elle ne sert qu’une fois confirmée\u{202f}; \
             vous vous connecterez alors avec elle.", product = PRODUCT)],
        link: (t("Confirmer cette adresse"), link),
        after: vec![
            say!("Ce lien sert une fois, jusqu’au {short_moment}.", short_moment = until.short_moment()),
            t("Vous n’avez rien demandé\u{202f}? Ne faites rien\u{a0}: rien ne change.").to_owned(),
        ],
    }
    .written()
}

/// To the address of before: another one was asked for.
pub fn email_asked(to: &Email, name: &str, at: Timestamp, link: String) -> Message {
    Letter {
        to,
        subject: t("Un changement d’adresse a été demandé").to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before: vec![say!("Le {short_moment}, une autre adresse électronique a été demandée pour votre compte sur le portail {product}. \
             Elle remplacera celle-ci une fois confirmée.", short_moment = at.short_moment(), product = PRODUCT)],
        link: (t("Ce n’était pas vous\u{202f}? Changez aussitôt de mot de passe"), link),
        after: vec![t("C’était vous\u{a0}: vous n’avez rien à faire ici.").to_owned()],
    }
    .written()
}

/// To the address of before: it is no longer the account's.
pub fn email_changed(to: &Email, name: &str, at: Timestamp, link: String) -> Message {
    Letter {
        to,
        subject: t("Votre adresse électronique a été changée").to_owned(),
        items: Vec::new(),
        leave: None,
        name,
        before: vec![say!("Depuis le {short_moment}, votre compte sur le portail {product} a une autre adresse électronique. Celle-ci ne sert plus à se connecter.", short_moment = at.short_moment(), product = PRODUCT)],
        link: (t("Ce n’était pas vous\u{202f}? Contactez-nous"), link),
        after: vec![t("C’était vous\u{a0}: vous n’avez rien à faire.").to_owned()],
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a name of the registry or of a firm puts its own HTML into a message, the link is not in both parts, or a message of one
    /// invitation speaks of several.
    #[test]
    fn escaped_and_whole() {
        let to = Email::parse("toni@x.fr").unwrap();
        let held: HolderScheme = "RG:732829320".parse().unwrap();
        let link = "https://portail.example/acces/0123".to_owned();
        let client = "<b>Émile</b>";
        let ending = |count| {
            let one = Ending {
                client: client.to_owned(),
                until: Timestamp(0),
            };
            vec![one; count]
        };
        let of_many = |count| invitations_ending(&to, client, &ending(count), link.clone());
        let now = Timestamp(0);
        for message in [
            client_invitation(&to, client, &held, client, link.clone(), now),
            client_link(&to, client, &held, link.clone(), now),
            client_known(&to, client, client, now, link.clone()),
            of_many(1),
            withdrawn(&to, client, (client, &held), &[], now, link.clone()),
            email_confirm(&to, client, link.clone(), now),
            email_asked(&to, client, now, link.clone()),
            email_changed(&to, client, now, link.clone()),
        ] {
            assert!(message.text.contains(&link) && message.html.contains(&link));
            assert!(!message.html.contains("<b>"), "{}", message.subject);
            assert!(!message.subject.contains("mile"), "{}", message.subject);
        }
        assert!(
            of_many(1)
                .text
                .contains("1\u{a0}invitation que vous avez envoyée reste sans réponse et prendra")
        );
        assert!(of_many(2).text.contains(
            "2\u{a0}invitations que vous avez envoyées restent sans réponse et prendront"
        ));
    }
}
