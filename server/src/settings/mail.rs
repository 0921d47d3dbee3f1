//! Where messages go, and who they come from.

use super::{Reader, Unusable, address::is_host, variable};
use portfolio::email::Email;
use std::{fmt, net::SocketAddr, path::PathBuf};

/// Where messages go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Files of a folder: for trying the portal out, and for tests.
    Folder(PathBuf),
    /// A mail server.
    Smtp(Smtp),
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the connection begins with TLS, rather than turning to it by STARTTLS.
    pub implicit_tls: bool,
    /// What it knows the portal by, if it asks.
    pub login: Option<(String, String)>,
}

/// Logs see the server, never the password.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{})", self.host, self.port)
    }
}

/// Who messages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name, if any.
    pub name: Option<String>,
    /// The address.
    pub email: Email,
}

/// The port of a mail server that takes messages from programs and turns to TLS (RFC 6409).
const SUBMISSION: u16 = 587;
/// The port of one that begins with TLS (RFC 8314).
const SUBMISSIONS: u16 = 465;

/// `PORTAIL_MAIL` and `PORTAIL_MAIL_FROM`: a mail server is never told the made-up sender.
pub(super) fn read(
    reader: &mut Reader<impl Fn(&str) -> Option<String>>,
) -> (Option<Mail>, Option<Sender>) {
    let mail = reader.read(&variable::MAIL, mail);
    let said = reader.set(&variable::MAIL_FROM).is_some();
    if matches!(mail, Some(Mail::Smtp(_))) && !said {
        reader.unusable.push(Unusable {
            name: variable::MAIL_FROM.name,
            remedy: "must be set for smtp: the address that messages come from",
        });
        return (mail, None);
    }
    let from = reader.read(&variable::MAIL_FROM, sender);
    (mail, from)
}

/// `PORTAIL_MAIL_SHOWN`: links that open are shown to everybody who reaches the portal, which is nobody but whoever tries it out on this
/// machine.
pub(super) fn shown(
    reader: &mut Reader<impl Fn(&str) -> Option<String>>,
    mail: Option<&Mail>,
    https: Option<bool>,
    address: Option<SocketAddr>,
) -> bool {
    let shown = reader.read(&variable::MAIL_SHOWN, super::flag) == Some(true);
    let safe = matches!(mail, Some(Mail::Folder(_)))
        && https == Some(false)
        && address.is_some_and(|address| address.ip().is_loopback());
    if shown && !safe {
        reader.refuse(&variable::MAIL_SHOWN);
    }
    shown && safe
}

fn mail(text: &str) -> Option<Mail> {
    if let Some(folder) = text.strip_prefix("folder:") {
        return (!folder.is_empty()).then(|| Mail::Folder(PathBuf::from(folder)));
    }
    let (implicit_tls, rest) = match text.split_once("://")? {
        ("smtps", rest) => (true, rest),
        ("smtp", rest) => (false, rest),
        _ => return None,
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (login, server) = match rest.rsplit_once('@') {
        Some((login, server)) => {
            let (user, password) = login.split_once(':')?;
            let (user, password) = (decoded(user)?, decoded(password)?);
            if user.is_empty() || password.is_empty() {
                return None;
            }
            (Some((user, password)), server)
        }
        None => (None, rest),
    };
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port.parse().ok()?),
        _ if implicit_tls => (server, SUBMISSIONS),
        _ => (server, SUBMISSION),
    };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    (is_host(host) && port > 0).then(|| {
        Mail::Smtp(Smtp {
            host: bare.to_owned(),
            port,
            implicit_tls,
            login,
        })
    })
}

/// `Name <address>`, or an address alone.
fn sender(text: &str) -> Option<Sender> {
    let (name, address) = match text.strip_suffix('>') {
        Some(rest) => {
            let (name, address) = rest.split_once('<')?;
            (Some(name.trim()), address)
        }
        None => (None, text),
    };
    let name = name.filter(|name| !name.is_empty());
    if name.is_some_and(|name| name.contains(|c: char| c.is_control() || "<>\"".contains(c))) {
        return None;
    }
    Some(Sender {
        name: name.map(str::to_owned),
        email: Email::parse(address).ok()?,
    })
}

/// Percent signs read: passwords hold what an address may not.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        if first == b'%' {
            let pair = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(pair, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(text: &str) -> (String, u16, bool, Option<(String, String)>) {
        match mail(text) {
            Some(Mail::Smtp(smtp)) => (smtp.host, smtp.port, smtp.implicit_tls, smtp.login),
            other => panic!("{text}: {other:?}"),
        }
    }

    /// Fear: a password with an @ is cut, or half an address is taken and messages go nowhere.
    #[test]
    fn mail_servers() {
        let login = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(
            smtp("smtps://portail:p%40ss:w%25d@mail.example"),
            (
                "mail.example".to_owned(),
                465,
                true,
                login("portail", "p@ss:w%d")
            )
        );
        assert_eq!(
            smtp("smtp://a@b.fr:p@mail.example:2525"),
            ("mail.example".to_owned(), 2525, false, login("a@b.fr", "p"))
        );
        assert_eq!(smtp("smtp://[::1]:25"), ("::1".to_owned(), 25, false, None));
        assert_eq!(
            smtp("smtp://localhost"),
            ("localhost".to_owned(), 587, false, None)
        );
        for bad in [
            "mail.example",
            "folder:",
            "smtp://",
            "smtp://user@mail.example",
            "smtp://user:@mail.example",
            "smtp://u:%zz@mail.example",
            "smtp://u:%0d@mail.example",
            "smtp://mail.example:0",
            "smtp://mail.example/x",
            "imap://mail.example",
        ] {
            assert_eq!(mail(bad), None, "{bad}");
        }
        assert_eq!(mail("folder:data/x"), Some(Mail::Folder("data/x".into())));
    }

    /// Fear: a password of the mail server is read in a log, or a name breaks out of its header.
    #[test]
    fn nothing_is_told() {
        let told = format!("{:?}", mail("smtps://portail:hunter2@mail.example"));
        assert!(
            told.contains("mail.example") && !told.contains("hunter2") && !told.contains("portail")
        );
        let from = sender("Portail Démo <a@b.fr>").unwrap();
        assert_eq!(
            (from.name.as_deref(), from.email.as_str()),
            (Some("Portail Démo"), "a@b.fr")
        );
        assert_eq!(sender("a@b.fr").unwrap().name, None);
        for bad in [
            "a",
            "x <a>",
            "x\r\ny <a@b.fr>",
            "<a@b.fr> x",
            "\"x\" <a@b.fr>",
        ] {
            assert_eq!(sender(bad), None, "{bad:?}");
        }
    }
}
