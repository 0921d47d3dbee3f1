//! Secure messages about an account, for whoever is a side of them.

use super::Outage;
use crate::{
    holder::HolderScheme,
    ids::{AttachmentId, EnrolmentId, Scope, ThreadId},
    message::{
        file::Attachment,
        form::{AnswerDraft, BeginThreadDraft},
        search::ThreadSearch,
        side::{Bar, Side},
        view::{Begun, Opening, Shown, Thread, ThreadList},
    },
    permission::{Client, Editor, Officer},
    time::Timestamp,
};
use async_trait::async_trait;
use std::fmt;

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Somebody of a firm.
    Firm(Scope),
    /// Somebody of the body.
    Body(Officer),
    /// A client.
    Client(Client),
}

impl Reader {
    /// Their side.
    pub const fn side(&self) -> Side {
        match self {
            Self::Firm(_) => Side::Firm,
            Self::Body(_) => Side::Body,
            Self::Client(_) => Side::Client,
        }
    }
}

/// Who writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Writer {
    /// Somebody of a firm who may change its portfolio.
    Firm(Editor),
    /// Somebody of the body.
    Body(Officer),
    /// A client.
    Client(Client),
}

impl Writer {
    /// The same, reading.
    pub fn reader(&self) -> Reader {
        match self {
            Self::Firm(editor) => Reader::Firm((**editor).clone()),
            Self::Body(officer) => Reader::Body(officer.clone()),
            Self::Client(client) => Reader::Client(client.clone()),
        }
    }
}

/// About whose account a conversation begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AboutWhom {
    /// A firm's enrolment.
    Client(EnrolmentId),
    /// An account that a client may see.
    Own(HolderScheme),
    /// The one of this place, from nought, among those that a client may see, by name: so that no number stands in an address.
    Nth(u32),
}

/// Where something is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenIn {
    /// In this conversation.
    Thread(ThreadId),
    /// In one that begins.
    New(AboutWhom),
}

/// The pages that notices lead to: the address of the portal with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeLinks {
    /// The firms' conversations.
    pub firm: String,
    /// The clients' conversations.
    pub client: String,
}

/// What became of what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is in this conversation, now or before.
    Done(ThreadId),
    /// Something keeps from it.
    Barred(Bar),
}

/// An attachment, fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetched(pub Attachment);

/// Logs never see it.
impl fmt::Debug for Fetched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fetched(…)")
    }
}

/// Conversations. Whoever is no side of one is told what they are told of one that does not exist.
#[async_trait]
pub trait Messages: Send + Sync {
    /// How many conversations are not read by whoever asks; how many wait for the body's answer, of an officer. At most [`MOST_COUNTED`].
    async fn waiting_messages(&self, reader: &Reader) -> Result<u64, Outage>;

    /// One page of conversations; `None` when it is narrowed to a client who is not the firm's.
    async fn threads(
        &self,
        reader: &Reader,
        search: &ThreadSearch,
    ) -> Result<Option<ThreadList>, Outage>;

    /// One conversation, which is read by that.
    async fn thread(
        &self,
        reader: &Reader,
        id: ThreadId,
        now: Timestamp,
    ) -> Result<Option<Thread>, Outage>;

    /// What was written in a conversation after the message of a number; it is not read by that.
    async fn messages_after(
        &self,
        reader: &Reader,
        id: ThreadId,
        n: u32,
    ) -> Result<Option<Vec<Shown>>, Outage>;

    /// The page on which a conversation begins.
    async fn opening(
        &self,
        reader: &Reader,
        about: &AboutWhom,
        now: Timestamp,
    ) -> Result<Option<Opening>, Outage>;

    /// Begins a conversation. Said twice of one message, it answers the same conversation twice.
    async fn begin_thread(
        &self,
        writer: &Writer,
        about: &AboutWhom,
        draft: &BeginThreadDraft,
        files: &[Attachment],
        links: &NoticeLinks,
        now: Timestamp,
    ) -> Result<Option<Written>, Outage>;

    /// Writes in a conversation, closes it or opens it again, which the body alone does.
    async fn answer(
        &self,
        writer: &Writer,
        draft: &AnswerDraft,
        files: &[Attachment],
        links: &NoticeLinks,
        now: Timestamp,
    ) -> Result<Option<Written>, Outage>;

    /// An attachment; that it was fetched is written down.
    async fn attachment(
        &self,
        reader: &Reader,
        id: AttachmentId,
        now: Timestamp,
    ) -> Result<Option<Fetched>, Outage>;

    /// Keeps what somebody has begun to write, sealed, until it is sent.
    async fn keep_begun(
        &self,
        writer: &Writer,
        place: &WrittenIn,
        begun: &Begun,
        now: Timestamp,
    ) -> Result<(), Outage>;
}

/// As far as conversations that wait are counted.
pub const MOST_COUNTED: u64 = 100;
