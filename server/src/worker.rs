//! What works beside the requests: it is woken when something is asked for here, and looks now and then for what other servers were
//! asked for, or have left.

use std::{future::Future, pin::pin, time::Duration};
use tokio::time::sleep;

/// How often work is looked for at least: other servers are asked for some too, and may be killed with some in hand.
const LOOK: Duration = Duration::from_secs(5);
/// How long others may write between two transactions.
pub const BREATH: Duration = Duration::from_millis(5);

/// Does all the work that there is, again and again, until `stop`. What is at work is cut off then: it is a transaction, and never was.
/// What is left is taken up by whoever is there next.
pub async fn run<W, A>(stop: impl Future<Output = ()>, work: impl Fn() -> W, asked: impl Fn() -> A)
where
    W: Future<Output = ()>,
    A: Future<Output = ()>,
{
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => return,
            () = work() => {}
        }
        tokio::select! {
            () = &mut stop => return,
            () = asked() => {}
            () = sleep(LOOK) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::{sync::Notify, time::timeout};

    /// Fear: what is asked for waits for the next look, what another server left is never looked for, or a server does not end.
    #[tokio::test]
    async fn woken_and_stopped() {
        let (asked, rounds) = (Notify::new(), AtomicU32::new(0));
        let stop = async {
            let reached = async |count| {
                while rounds.load(Ordering::Relaxed) < count {
                    sleep(Duration::from_millis(1)).await;
                }
            };
            timeout(LOOK / 2, reached(1)).await.expect("at once");
            asked.notify_one();
            timeout(LOOK / 2, reached(2)).await.expect("when asked");
            timeout(LOOK * 2, reached(3)).await.expect("now and then");
        };
        let work = || async {
            rounds.fetch_add(1, Ordering::Relaxed);
        };
        run(stop, work, || asked.notified()).await;
        assert_eq!(rounds.load(Ordering::Relaxed), 3);
    }
}
