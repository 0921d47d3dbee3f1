//! About how somebody gets in: an invitation, a new password.

use super::{Letter, Message, PRODUCT};
use crate::{email::Email, language::t, permission::Role, say, time::Timestamp};

/// « You are invited », with the link to choose a password by.
pub fn invitation(
    to: &Email,
    name: &str,
    firm: &str,
    by: &str,
    role: Role,
    link: String,
    until: Timestamp,
) -> Message {
    Letter {
        to,
        subject: t("Votre accès au portail Portefeuille").to_owned(),
        name,
        before: vec![
            say!("{by} vous invite à rejoindre {firm} sur le portail {product}, où le cabinet gère les comptes de ses clients. \
                 Votre rôle\u{a0}: {to_lowercase}.", by, firm, product = PRODUCT, to_lowercase = role.label().to_lowercase()),
            say!("Votre identifiant sera cette adresse\u{a0}: {to}", to),
        ],
        items: Vec::new(),
        leave: None,
        link: (t("Choisir votre mot de passe"), link),
        after: vec![
            say!("Ce lien sert une fois, jusqu’au {short_moment}.", short_moment = until.short_moment()),
            t("Vous n’attendiez pas cette invitation\u{202f}? Ne faites rien\u{a0}: sans mot de passe, l’accès reste fermé.").to_owned(),
        ],
    }
    .written()
}

/// « Choose a new password », with the link to do it by.
pub fn reset(to: &Email, name: &str, link: String, until: Timestamp) -> Message {
    Letter {
        to,
        subject: t("Choisir un nouveau mot de passe").to_owned(),
        name,
        before: vec![say!("Un nouveau mot de passe a été demandé pour votre accès au portail {product}.", product = PRODUCT)],
        items: Vec::new(),
        leave: None,
        link: (t("Choisir un nouveau mot de passe"), link),
        after: vec![
            say!("Ce lien sert une fois, jusqu’au {short_moment}.", short_moment = until.short_moment()),
            t("Vous n’avez rien demandé\u{202f}? Ne faites rien\u{a0}: votre mot de passe ne change pas. \
             Si cela se répète, contactez-nous depuis la page d’aide.")
                .to_owned(),
        ],
    }
    .written()
}

/// « Your password was changed », afterwards; `link` leads to where a new one is asked for.
pub fn password_changed(to: &Email, name: &str, at: Timestamp, link: String) -> Message {
    Letter {
        to,
        subject: t("Votre mot de passe a été changé").to_owned(),
        name,
        before: vec![say!("Le mot de passe de votre accès au portail {product} a été changé le {short_moment}. Toutes les connexions en cours ont été fermées.", product = PRODUCT, short_moment = at.short_moment())],
        items: Vec::new(),
        leave: None,
        link: (t("Ce n’était pas vous\u{202f}? Demandez aussitôt un nouveau mot de passe"), link),
        after: vec![t("C’était vous\u{a0}: vous n’avez rien à faire.").to_owned()],
    }
    .written()
}
