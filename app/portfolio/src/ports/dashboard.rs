//! The dashboard, and the walk through stale mandates.

use super::Outage;
use crate::{
    dashboard::Overview,
    ids::{BulkId, ImportId, Scope},
    review::{Step, Walk},
    time::Timestamp,
};
use async_trait::async_trait;
use std::collections::BTreeSet;

/// A firm's portfolio as a whole.
#[async_trait]
pub trait Dashboard: Send + Sync {
    /// What needs attention, how the portfolio is made up, how it moved: of one moment, so that its figures go together.
    async fn overview(&self, scope: &Scope, now: Timestamp) -> Result<Overview, Outage>;

    /// The firm's changes of many clients that go on, or ended so short a time ago that they may still be taken back, latest first.
    async fn changes(&self, scope: &Scope, now: Timestamp) -> Result<Vec<BulkId>, Outage>;

    /// The files of clients that whoever asks has sent.
    async fn sent(&self, scope: &Scope) -> Result<BTreeSet<ImportId>, Outage>;

    /// The stale mandate that a walk has come to: the one looked through longest ago, after the one put off last.
    async fn stale(&self, scope: &Scope, walk: &Walk, now: Timestamp) -> Result<Step, Outage>;
}
