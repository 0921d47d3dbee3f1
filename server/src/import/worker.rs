//! Who works on the files: takes one up, does it step by step, and lets others write in between.

use portfolio::{
    ports::{ImportWork, Outage},
    time::{HOUR, Timestamp},
};
use std::{future::Future, pin::pin, sync::Arc, time::Duration};
use tokio::time::sleep;

/// How often work is looked for at least: other servers are asked for some too, and may be killed with some in hand.
const LOOK: Duration = Duration::from_secs(5);
/// How long others may write between two steps.
const BREATH: Duration = Duration::from_millis(5);

/// Works on the files of a store.
pub struct Importer {
    work: Arc<dyn ImportWork>,
    now: fn() -> Timestamp,
}

impl Importer {
    /// A worker; it does nothing yet.
    pub fn new(work: Arc<dyn ImportWork>, now: fn() -> Timestamp) -> Self {
        Self { work, now }
    }

    /// Works until `stop`. Told to stop, it ends with the step that it is at; what is left is taken up by whoever is there next.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        let mut swept = None;
        loop {
            let work = async {
                if let Err(error) = self.sweep(&mut swept).await {
                    tracing::warn!(%error, "old imports are kept for now");
                }
                if let Err(error) = self.work_off().await {
                    tracing::warn!(%error, "an import waits");
                }
            };
            tokio::select! {
                // A step is a transaction: cut off, it never was.
                () = &mut stop => return,
                () = work => {}
            }
            tokio::select! {
                () = &mut stop => return,
                () = self.work.asked() => {}
                () = sleep(LOOK) => {}
            }
        }
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

    async fn sweep(&self, swept: &mut Option<Timestamp>) -> Result<(), Outage> {
        let now = (self.now)();
        if swept.is_none_or(|at| at.plus(HOUR) <= now) {
            self.work.sweep_imports(now).await?;
            *swept = Some(now);
        }
        Ok(())
    }
}
