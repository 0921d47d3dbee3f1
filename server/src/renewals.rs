//! Reminders of attestations de vigilance that come to their end.
//!
//! What was reminded of stands in the database: a server that is stopped or killed leaves the rest to the next one, and several look
//! without anybody being reminded twice.

use app::routes;
use portfolio::{ids::EnrolmentId, time::Timestamp};
use std::{future::Future, pin::pin, time::Duration};
use store::Store;
use tokio::time::sleep;

/// How often it is looked.
const LOOK: Duration = Duration::from_hours(1);
/// How long others may write between two transactions.
const BREATH: Duration = Duration::from_millis(50);

/// Who reminds of attestations that end.
pub struct Renewals {
    store: Store,
    url: String,
    now: fn() -> Timestamp,
}

impl Renewals {
    /// Of a store; nothing is done yet. `url` is the address by which people reach the portal.
    pub const fn new(store: Store, url: String, now: fn() -> Timestamp) -> Self {
        Self { store, url, now }
    }

    /// Looks again and again until `stop`. What is cut off is a transaction, and never was.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        loop {
            let pause = match self.some().await {
                Ok(0) => LOOK,
                Ok(_) => BREATH,
                Err(error) => {
                    tracing::warn!(%error, "reminders wait");
                    LOOK
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = sleep(pause) => {}
            }
        }
    }

    async fn some(&self) -> Result<u64, portfolio::ports::Outage> {
        let link = |client: Option<EnrolmentId>| {
            let page = client.map_or_else(|| routes::EVERYBODY.to_owned(), routes::attestations);
            format!("{}{page}", self.url)
        };
        self.store.remind_of_attestations(link, (self.now)()).await
    }
}
