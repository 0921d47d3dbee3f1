//! Charts, worked out in whole units of a drawing: where its marks stand, what its axes say. No colours, no words, no page.
//!
//! Numbers are whole, so that the server and the browser draw the same. `y` grows downwards, as it does in SVG.

mod columns;
mod course;
mod scale;

pub use columns::{Column, Columns};
pub use course::Course;
pub use scale::{Scale, rounded};

/// The room of a drawing, in units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// From left to right.
    pub width: i64,
    /// From top to bottom.
    pub height: i64,
    /// What the figures of the value axis take at the left.
    pub left: i64,
    /// What the names of the columns take at the bottom.
    pub bottom: i64,
}

/// What stays free above the highest mark and after the last one.
const MARGIN: i64 = 12;

impl Frame {
    /// Beside another chart, or as wide as a tablet.
    pub const WIDE: Self = Self {
        width: 520,
        height: 230,
        left: 64,
        bottom: 30,
    };
    /// On a phone.
    pub const NARROW: Self = Self {
        width: 330,
        height: 210,
        left: 60,
        bottom: 28,
    };

    /// Where the value axis ends at the right.
    pub const fn right(self) -> i64 {
        self.width - MARGIN
    }

    /// The scale of values from `low` to `high`: upwards.
    const fn upwards(self, low: i64, high: i64) -> Scale {
        Scale {
            low,
            high,
            from: self.height - self.bottom,
            to: MARGIN,
        }
    }

    /// The left edge of the nth of `many` equal places, and their width.
    fn place(self, n: usize, many: usize) -> (i64, i64) {
        let many = i64::try_from(many).unwrap_or(i64::MAX).max(1);
        let n = i64::try_from(n).unwrap_or(i64::MAX).min(many);
        let room = self.right() - self.left;
        let edge = |n: i64| self.left + room * n / many;
        (edge(n), edge(n + 1) - edge(n))
    }
}

/// A figure of the value axis, and the height of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The figure.
    pub value: i64,
    /// The height.
    pub y: i64,
}

/// How many figures a value axis has at most.
const TICKS: usize = 5;

fn ticks(scale: Scale, axis: &[i64]) -> Vec<Tick> {
    axis.iter()
        .map(|value| Tick {
            value: *value,
            y: scale.at(*value),
        })
        .collect()
}
