//! The messages that the portal sends: each as plain text and as HTML, in the same words. A message holds one link, written
//! out, and a second one where it may be stopped, and no picture, no style and nothing that is fetched: it reads alike everywhere, aloud too, and tells nobody that it was read.

mod access;
mod attestation;
mod client;
mod message;
mod notice;

pub use access::{invitation, password_changed, reset};
pub use attestation::{PaperEnding, attestation_ends};
pub use client::{
    Ending, client_invitation, client_known, client_link, email_asked, email_changed,
    email_confirm, invitations_ending, withdrawn,
};
pub use message::new_message;
pub use notice::{Addressed, Notice, bulletin, due_dates, mobility, path as notice_path};

use crate::email::Email;
use crate::language::{current, n, t};
use crate::say;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The product's name, as messages give it.
const PRODUCT: &str = "Portefeuille";

/// What the link says by which a kind of message is stopped.
const LEAVE: &str = n("Ne plus recevoir ces courriels");

/// A message to be sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// To whom.
    pub to: Email,
    /// What it is about: our own words alone, since lists of messages show it to passers-by.
    pub subject: String,
    /// The words, as plain text.
    pub text: String,
    /// The same words, as HTML.
    pub html: String,
    /// The address by which messages of this kind are stopped, without signing in; none for one that is obligatory.
    #[serde(default)]
    pub leave: Option<String>,
}

/// Logs never see it: it holds a link that opens.
impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Message(…)")
    }
}

/// One message in the making.
struct Letter<'a> {
    to: &'a Email,
    subject: String,
    name: &'a str,
    before: Vec<String>,
    items: Vec<String>,
    link: (&'static str, String),
    after: Vec<String>,
    leave: Option<String>,
}

impl Letter<'_> {
    fn written(self) -> Message {
        let Self {
            to,
            subject,
            name,
            before,
            items,
            link: (label, address),
            after,
            leave,
        } = self;
        let greeting = say!("Bonjour {name},", name);
        let foot = say!(
            "{product} – message automatique, auquel personne ne répond.",
            product = PRODUCT
        );
        let mut text = String::new();
        for words in std::iter::once(&greeting).chain(&before) {
            text.push_str(words);
            text.push_str("\n\n");
        }
        for item in &items {
            text.extend(["– ", item, "\n"]);
        }
        if !items.is_empty() {
            text.push('\n');
        }
        text.extend([label, t("\u{a0}:"), "\n", &*address, "\n\n"]);
        for words in after.iter().chain(std::iter::once(&foot)) {
            text.push_str(words);
            text.push_str("\n\n");
        }
        if let Some(leave) = &leave {
            text.extend([t(LEAVE), t("\u{a0}:"), "\n", leave, "\n"]);
        }
        let paragraph = |words: &String| format!("<p>{}</p>\n", escaped(words));
        let linked = |label: &str, address: &str| {
            let (label, address) = (escaped(label), escaped(address));
            let colon = t("\u{a0}:");
            format!("<p>{label}{colon}<br><a href=\"{address}\">{address}</a></p>\n")
        };
        let listed = if items.is_empty() {
            String::new()
        } else {
            let items: Vec<_> = items
                .iter()
                .map(|item| format!("<li>{}</li>\n", escaped(item)))
                .collect();
            let items = items.concat();
            format!("<ul>\n{items}</ul>\n")
        };
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n<h1>{}</h1>\n{}{}\
             {listed}{}{}{}{}</body></html>\n",
            current().code(),
            escaped(&subject),
            escaped(&subject),
            paragraph(&greeting),
            before.iter().map(paragraph).collect::<String>(),
            linked(label, &address),
            after.iter().map(paragraph).collect::<String>(),
            paragraph(&foot),
            leave
                .as_deref()
                .map_or_else(String::new, |leave| linked(t(LEAVE), leave)),
        );
        Message {
            to: to.clone(),
            subject,
            text,
            html,
            leave,
        }
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{permission::Role, time::Timestamp};

    /// Fear: a name or a firm puts its own HTML into a message, the two parts say different things, or the link is not in both.
    #[test]
    fn both_parts_say_the_same() {
        let to = Email::parse("claire@cabinet.fr").unwrap();
        let link = "https://portail.example/invitation/0123".to_owned();
        let by = "<img src=x onerror='a'>";
        let message = invitation(
            &to,
            "Zoé & \"Cie\"",
            "Cabinet <b>",
            by,
            Role::Reader,
            link.clone(),
            Timestamp(0),
        );
        assert!(message.text.contains(&link) && message.text.contains("rôle\u{a0}: lecteur"));
        assert!(message.html.contains(&format!("href=\"{link}\"")));
        assert!(!message.html.contains("<img") && !message.html.contains("<b>"));
        assert!(message.html.contains("Zoé &amp; &quot;Cie&quot;"));
        let shown = message.html.split_once("<body>").unwrap().1;
        for words in message.text.lines().filter(|line| !line.is_empty()) {
            assert!(shown.contains(&escaped(words)), "{words}");
        }
        assert!(!format!("{message:?}").contains("0123"));
        for message in [
            reset(&to, "Zoé", link.clone(), Timestamp(0)),
            password_changed(&to, "Zoé", Timestamp(0), link.clone()),
        ] {
            assert!(message.text.contains(&link) && message.html.contains("<html lang=\"fr\">"));
        }
    }
}
