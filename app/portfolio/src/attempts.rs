//! How often a mandate may be proved wrongly: per firm and holder, 5 failures pause for 15 minutes, 10 within 24 hours for
//! 24 hours, over both schemes and successes in between. Otherwise the two secrets could be found by trying.

use crate::time::{DAY, MINUTE, Timestamp};

/// Failures before the short pause.
pub const SHORT_AFTER: usize = 5;
/// Failures within [`WINDOW`] before the long pause, which is also how many need be remembered.
pub const LONG_AFTER: usize = 10;
/// The short pause, in seconds.
pub const SHORT_PAUSE: i64 = 15 * MINUTE;
/// The long pause, in seconds.
pub const LONG_PAUSE: i64 = DAY;
/// How long a failure counts, in seconds.
pub const WINDOW: i64 = DAY;
/// From this many tries left on, the page tells how many.
const TELL_FROM: usize = 2;

/// The failures of one firm for one holder, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failures(Vec<Timestamp>);

impl Failures {
    /// The failures that still count at `now`: those of the last day, and all of them while the long pause that they brought about
    /// goes on.
    pub fn remembered(mut at: Vec<Timestamp>, now: Timestamp) -> Self {
        at.sort_unstable();
        let long_pause = at.len().checked_sub(LONG_AFTER).is_some_and(|first| {
            let last = at[at.len() - 1];
            at[first].plus(WINDOW) > last && last.plus(LONG_PAUSE) > now
        });
        if !long_pause {
            at.retain(|failure| failure.plus(WINDOW) > now);
        }
        Self(at)
    }

    /// When the next try is taken, if there is a pause now.
    pub fn paused_until(&self, now: Timestamp) -> Option<Timestamp> {
        let last = *self.0.last()?;
        let until = match self.0.len() {
            count if count >= LONG_AFTER => last.plus(LONG_PAUSE),
            SHORT_AFTER => last.plus(SHORT_PAUSE),
            _ => return None,
        };
        (until > now).then_some(until)
    }

    /// One more failure.
    pub fn fail(&mut self, now: Timestamp) {
        self.0.push(now);
    }

    /// Tries left before the next pause, told only once few remain.
    pub fn left(&self) -> Option<u8> {
        let next = if self.0.len() < SHORT_AFTER {
            SHORT_AFTER
        } else {
            LONG_AFTER
        };
        let left = next.saturating_sub(self.0.len());
        (left <= TELL_FROM).then(|| u8::try_from(left).unwrap_or(u8::MAX))
    }

    /// The moments, oldest first, for storing.
    pub fn moments(&self) -> &[Timestamp] {
        &self.0
    }
}

/// Whole minutes from `now` to `until`, rounded up: « dans 1 minute » is never nought.
pub fn minutes_until(until: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(
        (until.0 - now.0)
            .max(1)
            .unsigned_abs()
            .div_ceil(MINUTE.unsigned_abs()),
    )
    .unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(failures: usize, apart: i64) -> (Failures, Timestamp) {
        let mut all = Failures::default();
        let mut now = Timestamp(1_000_000);
        for _ in 0..failures {
            now = now.plus(apart);
            all.fail(now);
        }
        (all, now)
    }

    /// Fear: somebody who keeps trying is never stopped, or somebody who mistypes once is.
    #[test]
    fn pauses() {
        for count in 0..5 {
            let (failures, now) = after(count, 1);
            assert_eq!(failures.paused_until(now), None, "{count}");
        }
        let (failures, now) = after(5, 1);
        assert_eq!(failures.paused_until(now), Some(now.plus(SHORT_PAUSE)));
        assert_eq!(failures.paused_until(now.plus(SHORT_PAUSE)), None);
        let (failures, now) = after(6, 1);
        assert_eq!(failures.paused_until(now), None);
        let (failures, now) = after(10, 1);
        assert_eq!(failures.paused_until(now), Some(now.plus(LONG_PAUSE)));
    }

    /// Fear: a failure of yesterday still counts, or one of this morning no longer does.
    #[test]
    fn a_day_is_remembered() {
        let at = |n: i64| Timestamp(n);
        let failures = Failures::remembered(vec![at(10), at(0)], at(WINDOW));
        assert_eq!(failures.moments(), [at(10)]);
    }

    /// Fear: the long pause ends with the day of its first failure, before it is over.
    #[test]
    fn the_long_pause_is_held_to_its_end() {
        let morning = Timestamp(1_000_000);
        let noon = morning.plus(3 * crate::time::HOUR);
        let failures = [vec![morning; 5], vec![noon; 5]].concat();
        let at = |now: Timestamp| Failures::remembered(failures.clone(), now).paused_until(now);
        assert_eq!(at(morning.plus(DAY + 1)), Some(noon.plus(LONG_PAUSE)));
        assert_eq!(at(noon.plus(LONG_PAUSE)), None);
    }

    /// Fear: the page counts down wrongly, or tells a stranger how many tries there are from the first.
    #[test]
    fn tries_left() {
        let told: Vec<_> = (0..=9).map(|count| after(count, 1).0.left()).collect();
        assert_eq!(
            told,
            [
                None,
                None,
                None,
                Some(2),
                Some(1),
                None,
                None,
                None,
                Some(2),
                Some(1)
            ]
        );
    }

    /// Fear: « dans 0 minute ».
    #[test]
    fn minutes_round_up() {
        assert_eq!(minutes_until(Timestamp(61), Timestamp(0)), 2);
        assert_eq!(minutes_until(Timestamp(60), Timestamp(0)), 1);
        assert_eq!(minutes_until(Timestamp(0), Timestamp(0)), 1);
    }
}
