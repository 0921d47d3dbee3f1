//! The portal's settings, read from the environment: one table of variables, judged all at once, each error with its remedy.
//!
//! Knows the names, defaults and shapes of the settings. Refuses to know the process: the environment is a function handed in, so
//! tests need none. It opens no file and resolves no path; whoever uses a setting does. Values that may hold a secret (key,
//! database address) are shown by no error and no `{:?}`.

mod address;
mod mail;
mod variable;

pub use mail::{Mail, Sender, Smtp};
pub use variable::{VARIABLES, Variable, help};

use crate::{connections::Limits, proxies::Proxies};
use std::{fmt, net::SocketAddr, path::PathBuf};
use thiserror::Error;
use tracing_subscriber::EnvFilter;

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen.
    pub address: SocketAddr,
    /// Where those who run the portal ask for its health and metrics; `None` for nowhere.
    pub operations: Option<SocketAddr>,
    /// Whose word on a request's origin is taken.
    pub proxies: Proxies,
    /// How many connections there may be, and how long each may take.
    pub limits: Limits,
    /// The database.
    pub database: DatabaseUrl,
    /// Where the key of the digests comes from.
    pub key: KeySource,
    /// Whether people reach the portal over https, so that its cookies may be `Secure` and `__Host-`.
    pub https: bool,
    /// Whether everybody is asked for a second factor, whatever their firm decides.
    pub second_factor: bool,
    /// The address by which people reach the portal, without a slash at its end: what links in messages begin with. It is set, and
    /// never taken from a request, whose `Host` is whatever somebody wrote there.
    pub url: String,
    /// The folder of style sheet, JavaScript and WebAssembly.
    pub site: PathBuf,
    /// Where messages go.
    pub mail: Mail,
    /// Who they come from.
    pub mail_from: Sender,
    /// Whether a page shows them: in the demonstration alone.
    pub mail_shown: bool,
    /// What is logged.
    pub log: Log,
    /// How accountants reach the people behind the portal.
    pub contact: Contact,
}

/// The address of the database; it may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address, for opening the database alone.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// Logs see which kind of database, never its password.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.split_once(':').map_or("?", |(scheme, _)| scheme);
        write!(f, "DatabaseUrl({scheme}:…)")
    }
}

/// Where the key of the digests comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum KeySource {
    /// Given outright, 64 hexadecimal digits.
    Hex(String),
    /// In a file, made on first run.
    File(PathBuf),
}

/// Logs never see the key.
impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hex(_) => f.write_str("Hex(…)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
        }
    }
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// A filter that [`EnvFilter`] reads.
    pub filter: String,
    /// The shape of a line.
    pub format: LogFormat,
}

/// The shape of a line of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How accountants reach the people behind the portal; what is `None` is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// A telephone number, as it is to be read.
    pub phone: Option<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// Where the newsletter is: an https address or a path of this site.
    pub newsletter: Option<String>,
    /// Whether telephone or e-mail is the made-up default, which nobody answers.
    pub made_up: bool,
}

/// One variable that cannot be used. What it holds is not told: it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{name} {remedy}")]
pub struct Unusable {
    /// The variable.
    pub name: &'static str,
    /// How to put it right.
    pub remedy: &'static str,
}

/// Everything that is wrong with the environment, one line each.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct SettingsError(pub Vec<Unusable>);

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Unusable::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// Reads variables and remembers what was wrong with them.
struct Reader<L> {
    lookup: L,
    unusable: Vec<Unusable>,
}

impl<L: Fn(&str) -> Option<String>> Reader<L> {
    /// What was set, spaces around it off; an empty variable is an unset one.
    fn set(&self, variable: &'static Variable) -> Option<String> {
        (self.lookup)(variable.name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// What was set, or the default, read by `parse`; a refusal is remembered.
    fn read<T>(
        &mut self,
        variable: &'static Variable,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = self
            .set(variable)
            .unwrap_or_else(|| variable.default.to_owned());
        let parsed = parse(&value);
        if parsed.is_none() {
            self.refuse(variable);
        }
        parsed
    }

    /// Like [`Self::read`], but a variable set to nothing means that nothing is shown.
    fn shown(
        &mut self,
        variable: &'static Variable,
        fits: impl FnOnce(&str) -> bool,
    ) -> Option<String> {
        let value = (self.lookup)(variable.name)
            .map_or_else(|| variable.default.to_owned(), |set| set.trim().to_owned());
        if value.is_empty() {
            return None;
        }
        if !fits(&value) {
            self.refuse(variable);
        }
        Some(value)
    }

    fn refuse(&mut self, variable: &'static Variable) {
        self.unusable.push(Unusable {
            name: variable.name,
            remedy: variable.remedy,
        });
    }
}

impl Settings {
    /// Reads the settings from an environment.
    ///
    /// # Errors
    /// Every variable that cannot be used, in the order of the table.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let mut reader = Reader {
            lookup,
            unusable: Vec::new(),
        };
        let address = reader.read(&variable::ADDRESS, |text| text.parse().ok());
        let operations = reader.shown(&variable::OPERATIONS, |text| {
            text.parse::<SocketAddr>().is_ok()
        });
        let proxies = reader.read(&variable::PROXIES, Proxies::read);
        let connections = reader.read(&variable::CONNECTIONS, at_least_one);
        let each = reader.read(&variable::CONNECTIONS_EACH, at_least_one);
        let database = reader.read(&variable::DATABASE, database);
        let tls = reader.read(&variable::DATABASE_TLS, flag);
        if tls == Some(true)
            && let Some(DatabaseUrl(url)) = &database
            && store::crosses_unverified(url)
        {
            reader.refuse(&variable::DATABASE_TLS);
        }
        let key = key(&mut reader);
        let https = reader.read(&variable::HTTPS, flag);
        let url = address::url(&mut reader, address, https);
        let second_factor = reader.read(&variable::SECOND_FACTOR, flag);
        let site = reader.read(&variable::SITE, |text| Some(PathBuf::from(text)));
        let (mail, mail_from) = mail::read(&mut reader);
        let mail_shown = mail::shown(&mut reader, mail.as_ref(), https, address);
        let filter = reader.read(&variable::LOG, |text| {
            EnvFilter::try_new(text).ok().map(|_| text.to_owned())
        });
        let format = reader.read(&variable::LOG_FORMAT, |text| match text {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        });
        let made_up = [&variable::CONTACT_PHONE, &variable::CONTACT_EMAIL]
            .iter()
            .any(|variable| (reader.lookup)(variable.name).is_none());
        let contact = Contact {
            phone: reader.shown(&variable::CONTACT_PHONE, is_phone),
            email: reader.shown(&variable::CONTACT_EMAIL, is_email),
            newsletter: reader.shown(&variable::NEWSLETTER, is_address),
            made_up,
        };
        let network = proxies.zip(connections).zip(each);
        let mail = mail.zip(mail_from);
        let https = https.zip(second_factor);
        match (
            address, network, database, key, https, url, site, mail, filter, format,
        ) {
            (
                Some(address),
                Some(((proxies, connections), each)),
                Some(database),
                Some(key),
                Some((https, second_factor)),
                Some(url),
                Some(site),
                Some((mail, mail_from)),
                Some(filter),
                Some(format),
            ) if reader.unusable.is_empty() => Ok(Self {
                address,
                operations: operations.and_then(|text| text.parse().ok()),
                proxies,
                limits: Limits {
                    connections,
                    each,
                    ..Limits::default()
                },
                database,
                key,
                https,
                second_factor,
                url,
                site,
                mail,
                mail_from,
                mail_shown,
                log: Log { filter, format },
                contact,
            }),
            _ => Err(SettingsError(reader.unusable)),
        }
    }
}

fn flag(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

fn at_least_one(text: &str) -> Option<usize> {
    text.parse().ok().filter(|number| *number > 0)
}

fn database(text: &str) -> Option<DatabaseUrl> {
    ["sqlite:", "postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.len() > scheme.len() && text.starts_with(scheme))
        .then(|| DatabaseUrl(text.to_owned()))
}

/// The key itself or its file, never both: which of them is meant must not be a guess.
fn key(reader: &mut Reader<impl Fn(&str) -> Option<String>>) -> Option<KeySource> {
    let Some(hex) = reader.set(&variable::KEY) else {
        return reader.read(&variable::KEY_FILE, |path| {
            Some(KeySource::File(PathBuf::from(path)))
        });
    };
    if reader.set(&variable::KEY_FILE).is_some() {
        reader.unusable.push(Unusable {
            name: variable::KEY.name,
            remedy: "and PORTAIL_KEY_FILE are both set: unset one of them",
        });
        return None;
    }
    reader.read(&variable::KEY, |_| {
        (hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .then(|| KeySource::Hex(hex.clone()))
    })
}

fn is_phone(text: &str) -> bool {
    text.chars().filter(char::is_ascii_digit).count() >= 4
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '+' | '.' | '(' | ')'))
}

fn is_email(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@')
        })
}

/// An https address, or a path of this site: nothing that a page could be made to run.
fn is_address(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let elsewhere = text
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty());
    plain && (elsewhere || portfolio::form::local_path(text).is_some_and(|path| !path.is_empty()))
}

#[cfg(test)]
mod tests;
