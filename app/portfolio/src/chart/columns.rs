//! What came, above a line, and what went, below it: a column of each for every month.

use super::{Frame, TICKS, Tick, rounded, ticks};

/// The height of the smallest column: however few came, they are seen.
const LEAST: i64 = 2;

/// One rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its left edge.
    pub x: i64,
    /// Its upper edge.
    pub y: i64,
    /// Its width.
    pub width: i64,
    /// Its height; nought where nothing came or went.
    pub height: i64,
}

/// A chart of what came and went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// What came, above the line.
    pub up: Vec<Column>,
    /// What went, below it.
    pub down: Vec<Column>,
    /// The middle of each column.
    pub middles: Vec<i64>,
    /// The figures of the axis; below the line they are negative.
    pub ticks: Vec<Tick>,
    /// The height of the line.
    pub base: i64,
}

impl Columns {
    /// Of these moves, what came and what went, in their order.
    pub fn of(moves: &[(u64, u64)], frame: Frame) -> Self {
        let came = moves.iter().map(|(came, _)| *came).max().unwrap_or(0);
        let went = moves.iter().map(|(_, went)| *went).max().unwrap_or(0);
        // The columns take all the room: the side of a few is no higher than they are.
        let (low, high) = (-whole(went), whole(came).max(i64::from(went == 0)));
        let scale = frame.upwards(low, high);
        let mut axis = rounded(low, high, TICKS);
        axis.retain(|value| (low..=high).contains(value));
        let base = scale.at(0);
        let mut columns = Self {
            up: Vec::new(),
            down: Vec::new(),
            middles: Vec::new(),
            ticks: ticks(scale, &axis),
            base,
        };
        for (n, (came, went)) in moves.iter().enumerate() {
            let (left, room) = frame.place(n, moves.len());
            let (x, width) = (left + room / 6, room - room / 3);
            let column = |y, height| Column {
                x,
                y,
                width,
                height,
            };
            let (up, down) = (
                height(*came, base - scale.at(whole(*came))),
                height(*went, scale.at(-whole(*went)) - base),
            );
            columns.up.push(column(base - up, up));
            columns.down.push(column(base, down));
            columns.middles.push(left + room / 2);
        }
        columns
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn height(count: u64, height: i64) -> i64 {
    if count == 0 { 0 } else { height.max(LEAST) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: one client in a month of thousands leaves no trace, or a month without any shows one.
    #[test]
    fn few_are_seen() {
        let chart = Columns::of(&[(30_000, 0), (1, 1), (0, 0)], Frame::WIDE);
        assert_eq!(chart.up[1].height, 2);
        assert_eq!(chart.down[1].height, 2);
        assert_eq!((chart.up[2].height, chart.down[0].height), (0, 0));
        assert!(chart.up[0].height > 180);
    }

    proptest! {
        /// Fear: columns cross, leave the drawing, or stand in another order than their figures.
        #[test]
        fn within_the_frame(moves in proptest::collection::vec((0u64..1_000_000, 0u64..1_000_000), 1..24)) {
            for frame in [Frame::WIDE, Frame::NARROW] {
                let chart = Columns::of(&moves, frame);
                for (column, side) in chart.up.iter().zip(moves.iter().map(|two| two.0)).chain(chart.down.iter().zip(moves.iter().map(|two| two.1))) {
                    prop_assert!(column.x >= frame.left && column.x + column.width <= frame.right() && column.width > 0);
                    prop_assert!(column.y >= 0 && column.y + column.height <= frame.height - frame.bottom + LEAST);
                    prop_assert_eq!(column.height == 0, side == 0);
                }
                prop_assert!(chart.up.windows(2).all(|two| two[0].x + two[0].width <= two[1].x));
                for (one, other) in moves.iter().zip(&moves[1..]).zip(chart.up.windows(2)).map(|(two, columns)| ((two.0.0, columns[0].height), (two.1.0, columns[1].height))) {
                    prop_assert!(one.0 < other.0 || one.1 >= other.1);
                }
                prop_assert!(chart.ticks.iter().any(|tick| (tick.value, tick.y) == (0, chart.base)));
            }
        }
    }
}
