//! What is done after the answer, and now and then: links that were asked for, invitations that end soon, and what nobody may read any
//! longer.
//!
//! Everything there is to do stands in the database. A server that is stopped or killed leaves it to the next one.

use crate::desk::Desk;
use portfolio::time::Timestamp;
use std::{future::Future, pin::pin, time::Duration};
use store::Store;
use tokio::time::sleep;

/// How often it is looked at least: other servers are asked too.
const LOOK: Duration = Duration::from_secs(30);

/// Who runs the errands.
pub struct Errands {
    store: Store,
    desk: Desk,
    now: fn() -> Timestamp,
}

impl Errands {
    /// Errands of a store; nothing is done yet.
    pub const fn new(store: Store, desk: Desk, now: fn() -> Timestamp) -> Self {
        Self { store, desk, now }
    }

    /// Runs until `stop`. What is in hand is finished: it is one transaction at a time.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let mut stop = pin!(stop);
        loop {
            let mut round = pin!(self.round());
            let done = tokio::select! {
                done = &mut round => done,
                () = &mut stop => {
                    round.await;
                    return;
                }
            };
            // What cannot be done now is not tried again every second.
            let pause = if done { self.pause().await } else { LOOK };
            tokio::select! {
                () = &mut stop => return,
                () = self.store.reset_asked() => {}
                () = sleep(pause) => {}
            }
        }
    }

    /// Everything that is due; false when it could not be done.
    async fn round(&self) -> bool {
        loop {
            match self.desk.answer_reset((self.now)()).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "links that were asked for wait");
                    return false;
                }
            }
        }
        loop {
            match self.desk.remind_of_invitations((self.now)()).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    tracing::warn!(%error, "reminders of invitations wait");
                    return false;
                }
            }
        }
        if let Err(error) = self.store.sweep((self.now)()).await {
            tracing::warn!(%error, "sealed texts whose time is over are still there");
            return false;
        }
        true
    }

    async fn pause(&self) -> Duration {
        let Ok(Some(due)) = self.store.next_reset().await else {
            return LOOK;
        };
        let seconds = u64::try_from(due.0 - (self.now)().0).unwrap_or_default();
        Duration::from_secs(seconds.max(1)).min(LOOK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{hasher::Hasher, trial::Trial};
    use portfolio::{
        origin::Origin,
        permission::Role,
        ports::{Links as _, Outbox as _},
    };
    use tokio::sync::oneshot;

    const NOW: Timestamp = Timestamp(1_795_500_000);

    /// Fear: nobody sees to what was asked for before a start, or after one; or the server cannot be stopped for it.
    #[tokio::test]
    async fn before_and_after_a_start() {
        let trial = Trial::new().await;
        let store = trial.store.clone();
        let firm = store.add_firm("Dupont", NOW).await.unwrap();
        for to in ["zoe@cabinet.fr", "bob@cabinet.fr"] {
            store
                .add_member(firm, to, "Zoé", "$x", Role::Reader, NOW)
                .await
                .unwrap();
        }
        let desk = Desk::new(store.clone(), Hasher::light(), "https://p.example".into());
        let from = Origin::default();
        desk.ask_reset("zoe@cabinet.fr", from, NOW).await.unwrap();
        // Chance has had its time by then.
        let errands = Errands::new(store.clone(), desk.clone(), || NOW.plus(10));
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(errands.run(async move {
            let _ = stopped.await;
        }));
        let sent = async || {
            loop {
                if let Some(claimed) = store.claim(NOW.plus(10)).await.unwrap() {
                    return claimed.message.to.to_string();
                }
                store.written().await;
            }
        };
        assert_eq!(sent().await, "zoe@cabinet.fr");
        desk.ask_reset("bob@cabinet.fr", from, NOW).await.unwrap();
        assert_eq!(sent().await, "bob@cabinet.fr");
        stop.send(()).unwrap();
        running.await.unwrap();
    }
}
