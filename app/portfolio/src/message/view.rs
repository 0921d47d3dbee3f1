//! What pages show of conversations.

use super::{
    file::FileKind,
    search::Place,
    side::{Bar, Side, Sides, To},
};
use crate::{
    holder::HolderScheme,
    ids::{AttachmentId, EnrolmentId, ThreadId},
    language::t,
    say,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whose account a conversation is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The name.
    pub name: String,
    /// Whose, under which scheme.
    pub held: HolderScheme,
    /// The firm's way to the client; none for the others.
    pub client: Option<EnrolmentId>,
}

/// Where a conversation stands, as people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The body's answer is waited for.
    Waiting,
    /// The body has answered.
    Answered,
    /// The body has closed it.
    Closed,
    /// The firm no longer manages the account.
    Ended,
    /// The body is no side of it.
    Private,
}

impl State {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => t("Sans réponse"),
            Self::Answered => t("Répondue"),
            Self::Closed => t("Close"),
            Self::Ended => t("Mandat terminé"),
            Self::Private => t("Entre cabinet et client"),
        }
    }
}

/// One conversation of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadRow {
    /// Which.
    pub id: ThreadId,
    /// What it is about, in a line.
    pub subject: String,
    /// Whose account it is about.
    pub about: Account,
    /// Its sides.
    pub with: Sides,
    /// The firm that is one; none for those who are of it, and where none is.
    pub firm: Option<String>,
    /// Who wrote last.
    pub last: Side,
    /// When.
    pub at: Timestamp,
    /// How many messages it holds.
    pub messages: u32,
    /// Whether whoever asks has not read all of them.
    pub unread: bool,
    /// Where it stands.
    pub state: State,
}

/// One page of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadList {
    /// The conversations.
    pub rows: Vec<ThreadRow>,
    /// Where the next page begins; none for the last.
    pub next: Option<Place>,
    /// The name of the client that it is narrowed to.
    pub client: Option<String>,
    /// How many wait for the body's answer: for its officers.
    pub waiting: u64,
}

/// An attachment, as it is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Which.
    pub id: AttachmentId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its size.
    pub bytes: u64,
}

impl Attached {
    /// « PDF, 1,2 Mo ».
    pub fn told(&self) -> String {
        format!("{}, {}", self.kind.label(), size(self.bytes))
    }
}

/// « 1,2 Mo », « 34 Ko », « 12 octets ».
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => crate::french::count(bytes, "octet", "octets"),
        1_000..1_000_000 => say!("{size}\u{a0}Ko", size = bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            say!(
                "{whole},{tenths}\u{a0}Mo",
                whole = tenths / 10,
                tenths = tenths % 10
            )
        }
    }
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Its number in the conversation, from 1.
    pub n: u32,
    /// For whom it was written.
    pub side: Side,
    /// Who wrote it, as whoever asks may know them.
    pub by: String,
    /// Whether whoever asks did.
    pub mine: bool,
    /// When.
    pub at: Timestamp,
    /// The words.
    pub text: String,
    /// The attachments.
    pub files: Vec<Attached>,
    /// Whether whoever asks had not read it before.
    pub new: bool,
}

/// What somebody had begun to write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Begun {
    /// To whom, of a conversation that begins.
    pub to: String,
    /// « Objet », of a conversation that begins.
    pub subject: String,
    /// « Message ».
    pub text: String,
}

impl Begun {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.subject.trim().is_empty() && self.text.trim().is_empty()
    }

    /// The same, cut to what is kept: what is typed is longer than what is sent, sometimes.
    #[must_use]
    pub fn cut(&self) -> Self {
        let cut = |text: &str, most: usize| text.chars().take(most).collect();
        Self {
            to: cut(&self.to, 20),
            subject: cut(&self.subject, 2 * super::text::LONGEST_SUBJECT),
            text: cut(&self.text, 2 * super::text::LONGEST_TEXT),
        }
    }
}

/// One conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Its facts.
    pub row: ThreadRow,
    /// Its messages, the first one first.
    pub messages: Vec<Shown>,
    /// What keeps whoever asks from writing in it.
    pub barred: Option<Bar>,
    /// What whoever asks had begun to write.
    pub begun: Begun,
    /// The id of the message that may be written on this page.
    pub once: Uuid,
}

/// What a page needs on which a conversation begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Whose account it is about.
    pub about: Account,
    /// To whom it may be begun; what keeps from it otherwise.
    pub to: Vec<(To, Option<Bar>)>,
    /// The names of the accounts that a client may write about, when there are several; this one among them.
    pub accounts: Vec<String>,
    /// What whoever asks had begun to write.
    pub begun: Begun,
    /// The id of the message that may be written on this page.
    pub once: Uuid,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a size reads as another one.
    #[test]
    fn sizes() {
        for (bytes, told) in [
            (1, "1\u{a0}octet"),
            (999, "999\u{a0}octets"),
            (1_000, "1\u{a0}Ko"),
            (34_001, "35\u{a0}Ko"),
            (1_150_000, "1,2\u{a0}Mo"),
            (5_000_000, "5,0\u{a0}Mo"),
        ] {
            assert_eq!(size(bytes), told);
        }
    }
}
