//! Who sends: claims what is due, hands it to the transport, and writes down what became of it.

use super::{Stamp, Transport, Undelivered};
use portfolio::{
    ports::{Claimed, Outage, Outbox},
    time::Timestamp,
};
use std::{future::Future, pin::pin, sync::Arc, time::Duration};
use tokio::time::{sleep, timeout};

/// How long one try may take: less than a claim is good for.
const TRY: Duration = Duration::from_secs(100);
/// How often the outbox is looked into at least: other servers write there too.
const LOOK: Duration = Duration::from_secs(30);

/// Sends what waits in an outbox.
pub struct Sender {
    outbox: Arc<dyn Outbox>,
    transport: Arc<dyn Transport>,
    stamp: Stamp,
    now: fn() -> Timestamp,
}

impl Sender {
    /// A sender; it does nothing yet.
    pub fn new(
        outbox: Arc<dyn Outbox>,
        transport: Arc<dyn Transport>,
        stamp: Stamp,
        now: fn() -> Timestamp,
    ) -> Self {
        Self {
            outbox,
            transport,
            stamp,
            now,
        }
    }

    /// Sends until `stop`: what is written here at once, what failed when its pause is over. Told to stop, it ends with the message
    /// that it has in hand.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        let mut stopped = false;
        while !stopped {
            let work = async {
                match self.deliver_one((self.now)()).await {
                    Ok(more) => more,
                    Err(error) => {
                        tracing::warn!(%error, "messages wait");
                        false
                    }
                }
            };
            let mut work = pin!(work);
            // What is in hand is finished, whatever is said meanwhile.
            let more = tokio::select! {
                more = &mut work => more,
                () = &mut stop => {
                    stopped = true;
                    work.await
                }
            };
            if stopped || more {
                continue;
            }
            tokio::select! {
                () = &mut stop => stopped = true,
                () = self.outbox.written() => {}
                () = sleep(self.pause().await) => {}
            }
        }
    }

    /// Sends the message that is due, and tells whether there was one.
    ///
    /// # Errors
    /// When the outbox does not answer.
    pub async fn deliver_one(&self, now: Timestamp) -> Result<bool, Outage> {
        let Some(claimed) = self.outbox.claim(now).await? else {
            return Ok(false);
        };
        match self.try_once(&claimed).await {
            Ok(()) => self.outbox.sent(&claimed, (self.now)()).await?,
            Err(Undelivered {
                why,
                last,
                no_such_address,
            }) => {
                tracing::warn!(message = %claimed.id, why, last, "a message was not sent");
                let now = (self.now)();
                if no_such_address {
                    self.outbox.no_such_address(&claimed, &why, now).await?;
                } else {
                    self.outbox.not_sent(&claimed, &why, last, now).await?;
                }
            }
        }
        Ok(true)
    }

    async fn try_once(&self, claimed: &Claimed) -> Result<(), Undelivered> {
        let letter = self.stamp.letter(claimed)?;
        timeout(TRY, self.transport.send(&letter))
            .await
            .unwrap_or_else(|_| Err(Undelivered::later("it took too long")))
    }

    async fn pause(&self) -> Duration {
        let Ok(Some(due)) = self.outbox.next_due().await else {
            return LOOK;
        };
        let seconds = u64::try_from(due.0 - (self.now)().0).unwrap_or_default();
        Duration::from_secs(seconds.max(1)).min(LOOK)
    }
}
