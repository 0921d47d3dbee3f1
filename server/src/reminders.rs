//! Reminders of what falls due: looked for every few minutes in the day's working hours, sent by the outbox.
//!
//! Whether somebody was reminded stands in the database (`store::remind`): a server that is killed leaves the rest to the next one, and
//! two servers do nothing twice.

use portfolio::time::{HOUR, Timestamp};
use std::{future::Future, pin::pin, time::Duration};
use store::Store;
use tokio::time::sleep;

/// How often it is looked.
const LOOK: Duration = Duration::from_mins(5);
/// The hours of Paris, in seconds of the day, from which and until which reminders are written: nobody's telephone rings at night.
const HOURS: std::ops::Range<i64> = 6 * HOUR..21 * HOUR;

/// Who reminds.
pub struct Reminders {
    store: Store,
    now: fn() -> Timestamp,
}

impl Reminders {
    /// Reminders of a store; nothing is done yet.
    pub const fn new(store: Store, now: fn() -> Timestamp) -> Self {
        Self { store, now }
    }

    /// Runs until `stop`. A round that is cut off is taken up later: each reminder is one transaction.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = self.round() => {}
            }
            tokio::select! {
                () = &mut stop => return,
                () = sleep(LOOK) => {}
            }
        }
    }

    async fn round(&self) {
        if !HOURS.contains(&(self.now)().seconds_of_day()) {
            return;
        }
        loop {
            match self.store.remind((self.now)()).await {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(%error, "reminders wait");
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;
    use tokio::sync::oneshot;

    /// Fear: reminders keep a server from ending, or are written at night.
    #[tokio::test]
    async fn until_it_is_told_to_stop() {
        // 24 November 2026, 09:00 and 23:00 in Paris.
        let (day, night) = (Timestamp(1_795_507_200), Timestamp(1_795_557_600));
        assert!(HOURS.contains(&day.seconds_of_day()));
        assert!(!HOURS.contains(&night.seconds_of_day()));
        let trial = Trial::new().await;
        let reminders = Reminders::new(trial.store.clone(), || Timestamp(1_795_507_200));
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(reminders.run(async move {
            let _ = stopped.await;
        }));
        stop.send(()).unwrap();
        running.await.unwrap();
    }
}
