//! What clients do with their own accounts.

use super::Outage;
use crate::{
    form::{EmailDraft, WithdrawDraft},
    holding::{Holding, OwnAccount},
    permission::{Client, Fresh},
    time::Timestamp,
};
use async_trait::async_trait;

/// A client's own accounts. Every method starts from the house of whoever asks: what it may see is looked up at each question.
#[async_trait]
pub trait ClientAccounts: Send + Sync {
    /// What the house may see, by name.
    async fn holdings(&self, client: &Client) -> Result<Vec<Holding>, Outage>;

    /// The same, with who manages it, and what was done.
    async fn account(&self, client: &Client, now: Timestamp) -> Result<OwnAccount, Outage>;

    /// Takes back a service of a firm, or the whole mandate: true for the firm's next question.
    async fn withdraw(
        &self,
        client: &Fresh<Client>,
        draft: &WithdrawDraft,
        now: Timestamp,
    ) -> Result<Option<Withdrawn>, Outage>;

    /// Asks for another e-mail address: a link goes to it, and a notice to the one of before.
    async fn ask_email(
        &self,
        client: &Fresh<Client>,
        draft: &EmailDraft,
        now: Timestamp,
    ) -> Result<EmailAsked, Outage>;
}

/// What [`ClientAccounts::withdraw`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// Done now.
    Done,
    /// It was so already.
    Already,
}

/// What [`ClientAccounts::ask_email`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailAsked {
    /// A link is on its way.
    Sent,
    /// Too many messages.
    Paused {
        /// When the next one is taken.
        until: Timestamp,
    },
}
