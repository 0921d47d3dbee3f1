//! Who works on the files: takes one up, does it step by step, and lets others write in between.

use crate::worker::{self, BREATH};
use portfolio::{
    ports::{ImportWork, Outage},
    time::{HOUR, Timestamp},
};
use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::time::sleep;

/// Works on the files of a store.
pub struct Importer {
    work: Arc<dyn ImportWork>,
    now: fn() -> Timestamp,
    /// When old imports are to be forgotten next.
    sweep_at: AtomicI64,
}

impl Importer {
    /// A worker; it does nothing yet.
    pub fn new(work: Arc<dyn ImportWork>, now: fn() -> Timestamp) -> Self {
        Self {
            work,
            now,
            sweep_at: AtomicI64::new(i64::MIN),
        }
    }

    /// Works until `stop`: see [`worker::run`].
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let round = async || {
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "old imports are kept for now");
            }
            if let Err(error) = self.work_off().await {
                tracing::warn!(%error, "an import waits");
            }
        };
        worker::run(stop, round, || self.work.asked()).await;
    }

    /// Does all the work that there is.
    ///
    /// # Errors
    /// When storage does not answer.
    pub async fn work_off(&self) -> Result<(), Outage> {
        while let Some(claim) = self.work.claim_import((self.now)()).await? {
            let mut held = Some(claim);
            while let Some(claim) = held {
                held = self.work.step(claim, (self.now)()).await?;
                sleep(BREATH).await;
            }
        }
        Ok(())
    }

    async fn sweep(&self) -> Result<(), Outage> {
        let now = (self.now)();
        if self.sweep_at.load(Ordering::Relaxed) <= now.0 {
            self.work.sweep_imports(now).await?;
            self.sweep_at.store(now.plus(HOUR).0, Ordering::Relaxed);
        }
        Ok(())
    }
}
