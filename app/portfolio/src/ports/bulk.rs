//! Many clients at once: which are selected, one change of them all, taking it back, models of services, and the portfolio as a file.

use super::Outage;
use crate::{
    bulk::{Change, Job, JobRow, Shown},
    form::ModelDraft,
    ids::{BulkId, EnrolmentId, ModelId, Scope},
    model::Model,
    permission::{Editor, Fresh},
    search::Search,
    selection::{Pick, Selection},
    sheet::{Format, SheetRow},
    time::Timestamp,
};
use async_trait::async_trait;
use std::collections::BTreeSet;

/// The selection of a member.
#[async_trait]
pub trait Selecting: Send + Sync {
    /// What is selected; which of `among` are.
    async fn selection(
        &self,
        scope: &Scope,
        among: &BTreeSet<EnrolmentId>,
    ) -> Result<Selection, Outage>;

    /// Changes the selection, all of it or nothing. Clients that are not the firm's, or have ended, are not there.
    async fn pick(&self, scope: &Scope, picks: &[Pick], now: Timestamp) -> Result<(), Outage>;
}

/// Changes of many clients.
#[async_trait]
pub trait Bulk: Send + Sync {
    /// Fixes the clients of a change: those that are selected at this moment, each at its version; and foresees what becomes of them.
    /// A change that was prepared by the member before and not confirmed is forgotten.
    async fn prepare(
        &self,
        editor: &Editor,
        change: &Change,
        now: Timestamp,
    ) -> Result<Prepared, Outage>;

    /// The firm's changes, latest first.
    async fn jobs(&self, scope: &Scope) -> Result<Vec<JobRow>, Outage>;

    /// One change, with some of its lines.
    async fn job(
        &self,
        scope: &Scope,
        id: BulkId,
        shown: Shown,
        now: Timestamp,
    ) -> Result<Option<Job>, Outage>;

    /// Has a prepared change carried out; a small one is at its end afterwards. `fresh` is asked for where [`Change::sensitive`]. Said
    /// twice, it is done once.
    async fn confirm(
        &self,
        editor: &Editor,
        fresh: Option<&Fresh<Editor>>,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<Confirmed>, Outage>;

    /// Forgets a change of the member that was prepared and not confirmed.
    async fn abandon(&self, editor: &Editor, id: BulkId) -> Result<Option<()>, Outage>;

    /// Ends a change that is under way; what is done stays done.
    async fn stop(&self, editor: &Editor, id: BulkId, now: Timestamp)
    -> Result<Option<()>, Outage>;

    /// Takes a change back, as a change of its own: each client that is still as the change left it becomes what it was.
    async fn undo(
        &self,
        editor: &Editor,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<Undone>, Outage>;
}

/// What [`Bulk::prepare`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prepared {
    /// It waits to be confirmed.
    Ready(BulkId),
    /// Nobody is selected.
    Nobody,
    /// More are than one change may name: [`crate::bulk::MOST_CLIENTS`].
    TooMany,
    /// The label or the member that was chosen is no longer there.
    Gone,
}

/// What [`Bulk::confirm`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// It is under way, or over.
    Done,
    /// Whoever asks must show again who they are.
    Unconfirmed,
    /// It is somebody else's.
    NotTheirs,
}

/// What [`Bulk::undo`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// This change takes it back.
    By(BulkId),
    /// It cannot be taken back, or no longer.
    TooLate,
}

/// The worker's side of [`Bulk`].
#[async_trait]
pub trait BulkWork: Send + Sync {
    /// Carries the next batch of a change out, and tells whether there was one. Several servers may ask at the same moment.
    async fn work(&self, now: Timestamp) -> Result<bool, Outage>;

    /// Returns when a change was confirmed here; other servers' is found by looking.
    async fn bulk_asked(&self);
}

/// Models of services.
#[async_trait]
pub trait Models: Send + Sync {
    /// The firm's models, in French order.
    async fn models(&self, scope: &Scope) -> Result<Vec<Model>, Outage>;

    /// Makes, changes or deletes one.
    async fn act_on_model(
        &self,
        editor: &Editor,
        draft: &ModelDraft,
        now: Timestamp,
    ) -> Result<Option<ModelKept>, Outage>;
}

/// What [`Models::act_on_model`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKept {
    /// Done.
    Done(ModelId),
    /// Another model has this name, accents and case ignored.
    NameTaken,
    /// There are as many as there may be: [`crate::model::MOST_MODELS`].
    TooMany,
    /// Somebody changed it meanwhile.
    Stale {
        /// The version in force.
        version: i32,
    },
}

/// Which clients a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// Those that are selected.
    Selection,
    /// Those that a search finds.
    Found(Box<Search>),
}

/// The portfolio as a file.
#[async_trait]
pub trait Exports: Send + Sync {
    /// The clients, as they are at one moment; that they were exported is written down before the first of them is handed out.
    async fn export_clients(
        &self,
        scope: &Fresh<Scope>,
        what: &Exported,
        format: Format,
        now: Timestamp,
    ) -> Result<Box<dyn SheetPages>, Outage>;

    /// Writes down that the clients that a change left alone are exported, and tells how many they are: none where there is no such
    /// change. They are read by [`Bulk::job`].
    async fn export_left(
        &self,
        scope: &Fresh<Scope>,
        id: BulkId,
        now: Timestamp,
    ) -> Result<Option<u64>, Outage>;
}

/// Clients that are read some at a time, so that no number of them fills the memory.
#[async_trait]
pub trait SheetPages: Send {
    /// The next ones; none at the end.
    async fn next(&mut self) -> Result<Vec<SheetRow>, Outage>;
}
