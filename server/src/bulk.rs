//! Who carries changes of many clients out: batch after batch, letting others write in between.

use crate::worker::{self, BREATH};
use portfolio::{
    ports::{BulkWork, Outage},
    time::Timestamp,
};
use std::{future::Future, sync::Arc};
use tokio::time::sleep;

/// Carries out what was confirmed.
pub struct Changer {
    work: Arc<dyn BulkWork>,
    now: fn() -> Timestamp,
}

impl Changer {
    /// A worker; it does nothing yet.
    pub fn new(work: Arc<dyn BulkWork>, now: fn() -> Timestamp) -> Self {
        Self { work, now }
    }

    /// Works until `stop`: see [`worker::run`].
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let round = async || {
            if let Err(error) = self.work_off().await {
                tracing::warn!(%error, "a change of many clients waits");
            }
        };
        worker::run(stop, round, || self.work.bulk_asked()).await;
    }

    /// Does all the work that there is.
    ///
    /// # Errors
    /// When storage does not answer.
    pub async fn work_off(&self) -> Result<(), Outage> {
        while self.work.work((self.now)()).await? {
            sleep(BREATH).await;
        }
        Ok(())
    }
}
