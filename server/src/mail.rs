//! Messages, from the outbox to where they are read.
//!
//! Knows how a message is written down for the post (RFC 5322), the two ways that it goes (a folder, a mail server), and when it is
//! tried again. Refuses to know what messages say and why. No error of it names an address or a word of a message.

mod folder;
mod sender;
mod smtp;

pub use folder::Folder;
pub use sender::Sender;
pub use smtp::Smtp;

use crate::settings::{self, Settings};
use async_trait::async_trait;
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use portfolio::ports::Claimed;
use std::{
    error::Error as StdError,
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};
use thiserror::Error;

/// A message as it travels.
pub struct Letter {
    /// A name for it, the same at every try.
    pub name: String,
    /// Headers and body.
    pub message: Message,
}

/// Why a message did not go.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{why}")]
pub struct Undelivered {
    /// What happened: no address, nothing of the message.
    pub why: String,
    /// Whether another try would be in vain.
    pub last: bool,
    /// Whether the mail server says that there is no such address.
    pub no_such_address: bool,
}

impl Undelivered {
    fn later(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            last: false,
            no_such_address: false,
        }
    }
}

/// A way for messages to go.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Takes a message along.
    ///
    /// # Errors
    /// See [`Undelivered`].
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered>;
}

/// Why messages cannot be sent at all.
#[derive(Debug, Error)]
pub enum MailError {
    /// The mail server's name is none that TLS can be asked of.
    #[error("PORTAIL_MAIL: the connection to the mail server cannot be prepared")]
    Server,
    /// The sender's address is refused by what writes messages.
    #[error("PORTAIL_MAIL_FROM cannot be written into a message")]
    From,
}

/// The way that the settings name.
///
/// # Errors
/// See [`MailError`].
pub fn transport(settings: &Settings) -> Result<Arc<dyn Transport>, MailError> {
    Ok(match &settings.mail {
        settings::Mail::Folder(path) => Arc::new(Folder::new(path.clone())),
        settings::Mail::Smtp(server) => {
            Arc::new(Smtp::new(server, &host(&settings.url)).map_err(|_| MailError::Server)?)
        }
    })
}

/// What messages carry besides what they say: who they come from, and the portal's name.
#[derive(Clone, Debug)]
pub struct Stamp {
    from: Mailbox,
    host: String,
}

impl Stamp {
    /// The stamp of these settings.
    ///
    /// # Errors
    /// [`MailError::From`].
    pub fn new(settings: &Settings) -> Result<Self, MailError> {
        let from = &settings.mail_from;
        let address = from.email.as_str().parse().map_err(|_| MailError::From)?;
        Ok(Self {
            from: Mailbox::new(from.name.clone(), address),
            host: host(&settings.url),
        })
    }

    /// Writes a message down.
    fn letter(&self, claimed: &Claimed) -> Result<Letter, Undelivered> {
        // Told to no log: it could name the address.
        let unwritten = || Undelivered {
            why: "the message cannot be written down".to_owned(),
            last: true,
            no_such_address: false,
        };
        let said = &claimed.message;
        let to = said.to.as_str().parse().map_err(|_| unwritten())?;
        let seconds = u64::try_from(claimed.written_at.0).unwrap_or_default();
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&said.subject)
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .message_id(Some(format!("<{}@{}>", claimed.id, self.host)))
            .header(Automatic);
        if let Some(leave) = &said.leave {
            message = message
                .header(ListUnsubscribe(leave.clone()))
                .header(OneClick);
        }
        let message = message
            .multipart(MultiPart::alternative_plain_html(
                said.text.clone(),
                said.html.clone(),
            ))
            .map_err(|_| unwritten())?;
        Ok(Letter {
            name: format!("{seconds}-{}", claimed.id),
            message,
        })
    }
}

/// The host of an address that was checked.
pub(crate) fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => host,
        _ => rest,
    };
    host.to_owned()
}

/// « Nobody wrote this »: automatic answers stay away (RFC 3834).
#[derive(Clone)]
struct Automatic;

impl Header for Automatic {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The address by which a kind of message is stopped (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self(text.trim_matches(['<', '>']).to_owned()))
    }
    fn display(&self) -> HeaderValue {
        // Whole: an address that is folded or encoded is none.
        let text = format!("<{}>", self.0);
        HeaderValue::dangerous_new_pre_encoded(Self::name(), text.clone(), text)
    }
}

/// « Posting there stops it » (RFC 8058).
#[derive(Clone)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn StdError + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[cfg(test)]
mod tests;
