//! « You have a new message »: that there is one, and nothing of it. Whoever reads the mail learns neither about whom nor what.

use super::{Addressed, Letter, Message, PRODUCT};
use crate::language::t;
use crate::say;

/// To somebody who has something to read; `link` leads to their messages, behind the sign-in.
pub fn new_message(to: &Addressed<'_>, link: String) -> Message {
    Letter {
        to: to.to,
        subject: t("Vous avez un nouveau message").to_owned(),
        name: to.name,
        items: Vec::new(),
        leave: Some(to.leave.clone()),
        before: vec![say!("Un message vous attend dans la messagerie sécurisée du portail {product}. Pour votre sécurité, il ne se lit que sur le portail.", product = PRODUCT)],
        link: (t("Lire le message"), link),
        after: vec![
            t("Tant que vous ne l’aurez pas lu, aucun autre avis ne vous sera envoyé pour cette conversation.").to_owned(),
        ],
    }
    .written()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::Email;

    /// Fear: a notice says what the message says, or leads nowhere.
    #[test]
    fn nothing_of_it() {
        let to = Email::parse("claire@cabinet.fr").unwrap();
        let link = "https://portail.example/messagerie";
        let to = Addressed {
            to: &to,
            name: "Claire",
            leave: "https://portail.example/desabonnement/x".to_owned(),
        };
        let message = new_message(&to, link.to_owned());
        assert!(message.text.contains(link) && message.html.contains(link));
        assert_eq!(message.subject, "Vous avez un nouveau message");
    }
}
