//! Who carries changes of many clients out: batch after batch, letting others write in between.

use portfolio::{
    ports::{BulkWork, Outage},
    time::Timestamp,
};
use std::{future::Future, pin::pin, sync::Arc, time::Duration};
use tokio::time::sleep;

/// How often work is looked for at least: other servers are asked for some too, and may be killed with some in hand.
const LOOK: Duration = Duration::from_secs(5);
/// How long others may write between two batches.
const BREATH: Duration = Duration::from_millis(5);

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

    /// Works until `stop`. What is left is taken up by whoever is there next.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        loop {
            let work = async {
                if let Err(error) = self.work_off().await {
                    tracing::warn!(%error, "a change of many clients waits");
                }
            };
            tokio::select! {
                // A batch is a transaction: cut off, it never was.
                () = &mut stop => return,
                () = work => {}
            }
            tokio::select! {
                () = &mut stop => return,
                () = self.work.bulk_asked() => {}
                () = sleep(LOOK) => {}
            }
        }
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
