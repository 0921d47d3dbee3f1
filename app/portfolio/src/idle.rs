//! When a page warns that the session is about to end.
//!
//! Knows how long after the last request a page may still count on the session. Refuses to know clocks and pages.

use crate::{ports::SESSION_IDLE, time::MINUTE};

/// Storage notes at most once in this many seconds that a session was used; a page cannot count on more than what is noted.
pub const NOTED_EVERY: i64 = MINUTE;
/// How long before its end the warning comes, in seconds.
pub const WARNED: i64 = 2 * MINUTE;
/// Seconds after the last request at which a page takes the session for ended.
pub const ENDS_AFTER: i64 = SESSION_IDLE - NOTED_EVERY;
/// Seconds after the last request at which the warning comes.
pub const WARNS_AFTER: i64 = ENDS_AFTER - WARNED;

/// What a page shows of its session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Nothing: it was used a short while ago.
    Active,
    /// It ends soon.
    Ending,
    /// It has ended.
    Ended,
}

/// What is shown this many seconds after the last request of any tab.
pub const fn after(seconds: i64) -> Idle {
    if seconds >= ENDS_AFTER {
        Idle::Ended
    } else if seconds >= WARNS_AFTER {
        Idle::Ending
    } else {
        Idle::Active
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the warning comes once the session has ended already, or a page counts on a session that the server has ended.
    #[test]
    fn warned_before_the_end() {
        assert_eq!(after(0), Idle::Active);
        assert_eq!(after(WARNS_AFTER - 1), Idle::Active);
        assert_eq!(after(WARNS_AFTER), Idle::Ending);
        assert_eq!(after(WARNS_AFTER + WARNED), Idle::Ended);
        assert_eq!(after(SESSION_IDLE - NOTED_EVERY), Idle::Ended);
    }
}
