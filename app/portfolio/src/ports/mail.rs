//! Messages on their way: written with the change that causes them, sent afterwards, once.

use super::Outage;
use crate::{
    letter::Message,
    time::{HOUR, MINUTE, Timestamp},
};
use async_trait::async_trait;
use uuid::Uuid;

/// How long one try to send may take, in seconds. Whoever claimed a message and is gone has no longer to send it.
pub const CLAIM: i64 = 2 * MINUTE;
/// After this long in vain a message is given up, in seconds: what it says is of no use any more.
pub const PATIENCE: i64 = 6 * HOUR;

/// How long after a failed try the next one is made, in seconds: 1, 2, 4 … 32 minutes, then an hour. `tries` counts those made.
pub const fn pause(tries: u32) -> i64 {
    let doublings = if tries == 0 { 0 } else { tries - 1 };
    if doublings > 5 {
        HOUR
    } else {
        MINUTE << doublings
    }
}

/// A message that this server alone may send, until `until`.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its id, the same at every try.
    pub id: Uuid,
    /// Until when no other server takes it up.
    pub until: Timestamp,
    /// When it was written.
    pub written_at: Timestamp,
    /// The message.
    pub message: Message,
}

/// Where messages wait to be sent.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Claims the message that has waited longest and is due. Several servers never claim the same one; one whose claim has run out
    /// is claimed again, since nobody knows whether it was sent.
    async fn claim(&self, now: Timestamp) -> Result<Option<Claimed>, Outage>;

    /// It was sent: what it said is forgotten.
    async fn sent(&self, claimed: &Claimed, now: Timestamp) -> Result<(), Outage>;

    /// It was not sent. It is tried again after a [`pause`], or given up and forgotten when it is `last` or after [`PATIENCE`].
    /// `why` names no address and nothing of the message.
    async fn not_sent(
        &self,
        claimed: &Claimed,
        why: &str,
        last: bool,
        now: Timestamp,
    ) -> Result<(), Outage>;

    /// It was not sent, and never will be: the mail server says that there is no such address. It is forgotten, and those who are written
    /// to there are noted as out of reach, until a message arrives or they say that the address is good.
    async fn no_such_address(
        &self,
        claimed: &Claimed,
        why: &str,
        now: Timestamp,
    ) -> Result<(), Outage>;

    /// When the next message is due, if one waits.
    async fn next_due(&self) -> Result<Option<Timestamp>, Outage>;

    /// Ends soon after a message was written here. Other servers' messages are found by [`Outbox::next_due`].
    async fn written(&self);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a server that is down is asked every second, or a message is sent days too late.
    #[test]
    fn pauses_grow() {
        let minutes: Vec<_> = (1..9).map(|tries| pause(tries) / MINUTE).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(pause(u32::MAX), HOUR);
    }
}
