//! How a number went: a line through the end of every month.

use super::{Frame, TICKS, Tick, rounded, ticks};
use std::fmt::Write as _;

/// A chart of a number over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// Where it stood, in the order of time.
    pub points: Vec<(i64, i64)>,
    /// The figures of the axis, which need not begin at nought.
    pub ticks: Vec<Tick>,
    /// The line, as the path of an SVG.
    pub line: String,
    /// What lies under it.
    pub area: String,
}

impl Course {
    /// Of these numbers, in the order of time.
    pub fn of(numbers: &[u64], frame: Frame) -> Self {
        let whole = |number: &u64| i64::try_from(*number).unwrap_or(i64::MAX);
        let low = numbers.iter().map(whole).min().unwrap_or(0);
        let high = numbers.iter().map(whole).max().unwrap_or(0);
        let axis = rounded(low, high, TICKS);
        let ends = (axis.first().copied(), axis.last().copied());
        let scale = frame.upwards(ends.0.unwrap_or(low), ends.1.unwrap_or(high));
        let points: Vec<(i64, i64)> = numbers
            .iter()
            .enumerate()
            .map(|(n, number)| {
                let (left, room) = frame.place(n, numbers.len());
                (left + room / 2, scale.at(whole(number)))
            })
            .collect();
        let line = path(&points);
        let area = points
            .first()
            .map(|(first, _)| format!("{line}V{}H{first}Z", scale.from))
            .unwrap_or_default();
        Self {
            points,
            ticks: ticks(scale, &axis),
            line,
            area,
        }
    }
}

fn path(points: &[(i64, i64)]) -> String {
    points
        .iter()
        .enumerate()
        .fold(String::new(), |mut path, (n, (x, y))| {
            let letter = if n == 0 { 'M' } else { 'L' };
            // Writing to a string never fails.
            let _ = write!(path, "{letter}{x} {y}");
            path
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: the line runs backwards in time, or a growing portfolio is drawn as a shrinking one.
    #[test]
    fn a_growing_one_rises() {
        let chart = Course::of(&[100, 150, 200], Frame::WIDE);
        assert_eq!(chart.line, "M138 200L286 106L434 12");
        assert_eq!(chart.area, "M138 200L286 106L434 12V200H138Z");
        assert_eq!(Course::of(&[], Frame::WIDE).area, "");
    }

    proptest! {
        /// Fear: a point leaves the drawing.
        #[test]
        fn within_the_frame(numbers in proptest::collection::vec(0u64..2_000_000, 1..24)) {
            for frame in [Frame::WIDE, Frame::NARROW] {
                let chart = Course::of(&numbers, frame);
                prop_assert_eq!(chart.points.len(), numbers.len());
                for (x, y) in &chart.points {
                    prop_assert!((frame.left..=frame.right()).contains(x) && (0..=frame.height - frame.bottom).contains(y));
                }
                prop_assert!(chart.points.windows(2).all(|two| two[0].0 < two[1].0));
            }
        }
    }
}
