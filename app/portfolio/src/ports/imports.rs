//! Files of clients: sent, tried, added line by line by a worker that may be killed at any moment.

use super::Outage;
use crate::{
    catalogue::ServiceCode,
    ids::ImportId,
    import::{Cell, ImportRow, ImportView, Mapping, Progress, Reason, Shown},
    permission::{Editor, Fresh},
    sheet::Format,
    time::{MINUTE, Timestamp},
};
use async_trait::async_trait;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How long a worker may be silent before another takes its work up, in seconds.
pub const WORK_CLAIM: i64 = MINUTE;
/// Files of a firm that may wait to be gone on with at a time.
pub const MOST_WAITING: u64 = 20;
/// Lines that wait together in one sealed box.
pub const BOX: usize = 250;

/// Some lines of a file, as they wait: sealed.
pub struct Piece {
    /// The number of its first line.
    pub first: u32,
    /// The number of its last line.
    pub last: u32,
    /// How many there are.
    pub lines: u32,
    /// The lines with their numbers, as JSON.
    pub text: Vec<u8>,
}

/// A file that was read.
pub struct Upload {
    /// Its name, as it is kept.
    pub name: String,
    /// How it was written.
    pub format: Format,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its lines, at most [`BOX`] in a piece.
    pub pieces: Vec<Piece>,
}

/// A line as it waits: its number and its cells.
pub type Waiting = (u32, Vec<Cell>);

/// What [`Imports::upload`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// It waits for its columns to be confirmed.
    Waits(ImportId),
    /// [`MOST_WAITING`] of the firm's do already.
    TooMany,
}

/// What somebody does to an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportAct {
    /// Confirms the columns: the dry run begins.
    Check(Mapping),
    /// Has what was proved added, lines without services of their own with these.
    Add(BTreeSet<ServiceCode>),
    /// Ends it.
    Cancel,
}

/// A refused line, as it was sent, and why it was refused.
pub type Refused = (Reason, Vec<Cell>);

/// The refused lines of an import.
pub struct ToMend {
    /// How the file was written.
    pub format: Format,
    /// Its heads.
    pub heads: Vec<String>,
    /// The lines, some at a time.
    pub pages: Box<dyn RefusedPages>,
}

/// Refused lines being read. Dropped, it ends.
#[async_trait]
pub trait RefusedPages: Send {
    /// The next ones, all of them from the moment at which reading began; none once there are no more.
    async fn next(&mut self) -> Result<Vec<Refused>, Outage>;
}

/// What accountants do with files of clients.
#[async_trait]
pub trait Imports: Send + Sync {
    /// Keeps a file, sealed, until its columns are confirmed.
    async fn upload(
        &self,
        editor: &Editor,
        upload: Upload,
        now: Timestamp,
    ) -> Result<Uploaded, Outage>;

    /// The firm's imports, latest first.
    async fn imports(&self, editor: &Editor, now: Timestamp) -> Result<Vec<ImportRow>, Outage>;

    /// One import.
    async fn import(
        &self,
        editor: &Editor,
        id: ImportId,
        shown: Shown,
        now: Timestamp,
    ) -> Result<Option<ImportView>, Outage>;

    /// How far one is.
    async fn progress(&self, editor: &Editor, id: ImportId) -> Result<Option<Progress>, Outage>;

    /// Does something to one; whether it was as far as that asks for. Proofs that are too old to be added are tried once more.
    async fn act_on_import(
        &self,
        editor: &Editor,
        id: ImportId,
        act: &ImportAct,
        now: Timestamp,
    ) -> Result<Option<bool>, Outage>;

    /// The refused lines of one, for who sent it and nobody else; that they were fetched is in the journal before the first is read.
    async fn to_mend(
        &self,
        editor: &Fresh<Editor>,
        id: ImportId,
        now: Timestamp,
    ) -> Result<Option<ToMend>, Outage>;
}

/// An import that this server alone works on, until `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportClaim {
    /// Which.
    pub id: Uuid,
    /// Until when no other server takes it up.
    pub until: Timestamp,
}

/// The worker's side of it.
#[async_trait]
pub trait ImportWork: Send + Sync {
    /// Claims the import that has waited longest. One whose claim has run out is claimed again.
    async fn claim_import(&self, now: Timestamp) -> Result<Option<ImportClaim>, Outage>;

    /// Does the next few hundred lines, all of them or none; `None` when there is nothing left to do with it, or the claim is lost.
    async fn step(&self, claim: ImportClaim, now: Timestamp)
    -> Result<Option<ImportClaim>, Outage>;

    /// Forgets what is kept no longer.
    async fn sweep_imports(&self, now: Timestamp) -> Result<(), Outage>;

    /// Ends soon after work was asked for here. Other servers' is found by [`ImportWork::claim_import`].
    async fn asked(&self);
}
