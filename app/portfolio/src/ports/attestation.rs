//! Attestations de vigilance: issued, fetched again, checked by whoever holds their code.

use super::Outage;
use crate::{
    attestation::{Content, Overview, Refused, SecurityCode, last_day},
    holder::HolderScheme,
    ids::{AttestationId, EnrolmentId, Scope},
    mobility::day::Day,
    origin::Origin,
    permission::{Client, Fresh},
    time::Timestamp,
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Who asks, and about whose accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A firm, about a client of its own.
    Firm(Scope, EnrolmentId),
    /// Whom they belong to, about this scheme of its own.
    Holder(Client, HolderScheme),
}

/// Attestations of whoever may have them, and their check by anybody.
#[async_trait]
pub trait Attestations: Send + Sync {
    /// Whether there would be one today, and those that were issued.
    async fn attestations(&self, asker: &Asker, now: Timestamp)
    -> Result<Option<Overview>, Outage>;

    /// Issues one. What it says is frozen; one of the same day that says the same is taken again.
    async fn issue(&self, asker: &Asker, now: Timestamp) -> Result<Option<Issued>, Outage>;

    /// What one says that was issued for accounts that the asker may see.
    async fn attested(&self, asker: &Asker, id: AttestationId) -> Result<Option<Attested>, Outage>;

    /// What one says that was issued for accounts that are the client's own.
    async fn own_attested(
        &self,
        client: &Client,
        id: AttestationId,
    ) -> Result<Option<Attested>, Outage>;

    /// Issues one for each client that the member has selected, in the order of names. The answer is written down before anything of
    /// it is read; each piece is a transaction of its own.
    async fn issue_selected(
        &self,
        scope: &Fresh<Scope>,
        now: Timestamp,
    ) -> Result<Gathered, Outage>;

    /// Looks a code up. Codes that are none are counted by network, with those of certificates; every code is looked up alike.
    async fn check(
        &self,
        code: &SecurityCode,
        from: Origin,
        now: Timestamp,
    ) -> Result<Checked, Outage>;
}

/// What [`Attestations::issue`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issued {
    /// There it is.
    Done(AttestationId),
    /// There is none, and why.
    Refused(Refused),
    /// The firm does not have the service for this client, or no longer manages it.
    NoService,
}

/// An attestation as its paper says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attested {
    /// Which.
    pub id: AttestationId,
    /// What anybody checks it by.
    pub code: SecurityCode,
    /// The day of issue.
    pub issued: Day,
    /// What it says.
    pub content: Content,
}

/// What [`Attestations::issue_selected`] answers.
pub enum Gathered {
    /// Some at a time.
    Pieces(Box<dyn AttestationPieces>),
    /// Nobody is selected.
    Nobody,
    /// More clients than [`crate::attestation::MOST_AT_ONCE`] are selected.
    TooMany,
}

/// Attestations of many clients, issued while they are read.
#[async_trait]
pub trait AttestationPieces: Send {
    /// The next clients; none at the end.
    async fn next(&mut self) -> Result<Vec<Dealt>, Outage>;
}

/// What became of one client of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dealt {
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The attestation, or why there is none.
    pub outcome: Result<Box<Attested>, Left>,
}

/// Why a client of many has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The rules refuse it.
    Refused(Refused),
    /// The firm does not have the service for this client.
    NoService,
}

/// What [`Attestations::check`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// There is such an attestation, good or over.
    Known(Box<Vouched>),
    /// There is none.
    Unknown,
    /// Too many codes from this network were none: nothing was looked up.
    Paused {
        /// When the next one is.
        until: Timestamp,
    },
}

/// What a code confirms: what the paper says, and no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouched {
    /// The day of issue.
    pub issued: Day,
    /// What it says.
    pub content: Content,
}

impl Vouched {
    /// The last day on which it is good.
    pub fn until(&self) -> Day {
        last_day(self.issued)
    }
}
