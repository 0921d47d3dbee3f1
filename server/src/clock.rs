//! The only place that looks at the clocks: everywhere else « now » is an argument, so that tests choose it.

use portfolio::time::Timestamp;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the time of day"
)]
pub fn now() -> Timestamp {
    // Before 1970 or after the year 292 billion the machine's clock is broken: the epoch is as good an answer as any.
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since.as_secs()).unwrap_or_default())
}

/// Time spent, for progress and rates; it never goes backwards.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the monotonic clock"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Since it was started.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
