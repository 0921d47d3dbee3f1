//! The dashboard's port.

use crate::{Store, dashboard, review, store::commit};
use portfolio::{
    dashboard::Overview,
    ids::{BulkId, ImportId, Scope},
    ports::{Dashboard, Outage},
    review::{Step, Walk},
    time::Timestamp,
};
use std::collections::BTreeSet;

#[async_trait::async_trait]
impl Dashboard for Store {
    async fn overview(&self, scope: &Scope, now: Timestamp) -> Result<Overview, Outage> {
        let tx = self.read().await?;
        let answer = dashboard::overview(&tx, scope, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn changes(&self, scope: &Scope, now: Timestamp) -> Result<Vec<BulkId>, Outage> {
        let tx = self.read().await?;
        let answer = dashboard::changes(&tx, scope, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn sent(&self, scope: &Scope) -> Result<BTreeSet<ImportId>, Outage> {
        Ok(dashboard::sent(self.reader(), scope).await?)
    }

    async fn stale(&self, scope: &Scope, walk: &Walk, now: Timestamp) -> Result<Step, Outage> {
        let tx = self.read().await?;
        let answer = review::step(&tx, scope, walk, now).await?;
        commit(tx).await?;
        Ok(answer)
    }
}
