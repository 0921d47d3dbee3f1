//! From values to places.

/// Values from `low` to `high` laid evenly between two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The value that stands at `from`.
    pub low: i64,
    /// The value that stands at `to`.
    pub high: i64,
    /// Where the lowest value stands.
    pub from: i64,
    /// Where the highest value stands.
    pub to: i64,
}

impl Scale {
    /// Where a value stands, to the nearest unit; one outside stands at the nearer end. With one value alone, it stands at `from`.
    pub fn at(self, value: i64) -> i64 {
        let value = i128::from(value.clamp(self.low, self.high.max(self.low)));
        let (low, high) = (i128::from(self.low), i128::from(self.high));
        if high <= low {
            return self.from;
        }
        let room = i128::from(self.to) - i128::from(self.from);
        let along = (2 * (value - low) * room + (high - low) * room.signum()) / (2 * (high - low));
        self.from + i64::try_from(along).unwrap_or_default()
    }
}

/// At most `most` round values (1, 2 or 5 of some power of ten apart) that take in all from `low` to `high`, in their order; at least
/// two, so that an axis has a beginning and an end.
pub fn rounded(low: i64, high: i64, most: usize) -> Vec<i64> {
    let (low, high) = (low.min(high), high.max(low));
    let most = i64::try_from(most.max(3)).unwrap_or(i64::MAX);
    let steps = (0..18).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)));
    let mut first = low;
    let mut last = high;
    let mut step = 1;
    for wide in steps {
        step = wide;
        first = low.div_euclid(step).saturating_mul(step);
        last = high
            .saturating_add(step - 1)
            .div_euclid(step)
            .saturating_mul(step);
        if first == last {
            last += step;
        }
        if (last - first) / step < most {
            break;
        }
    }
    (0..=(last - first) / step)
        .map(|n| first + n * step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fear: axes with figures that nobody can read off, or with one alone.
    #[test]
    fn round_figures() {
        assert_eq!(rounded(0, 0, 5), [0, 1]);
        assert_eq!(rounded(0, 7, 5), [0, 2, 4, 6, 8]);
        assert_eq!(rounded(-3, 12, 5), [-5, 0, 5, 10, 15]);
        assert_eq!(
            rounded(299_100, 300_020, 5),
            [299_000, 299_500, 300_000, 300_500]
        );
        assert_eq!(rounded(5, 5, 5), [5, 6]);
    }

    /// Fear: the highest value stands at the bottom.
    #[test]
    fn ends() {
        let scale = Scale {
            low: 0,
            high: 10,
            from: 200,
            to: 12,
        };
        assert_eq!((scale.at(0), scale.at(10), scale.at(5)), (200, 12, 106));
        assert_eq!((scale.at(-9), scale.at(99)), (200, 12));
    }

    proptest! {
        /// Fear: marks beyond the axis, too many figures, or an axis that runs backwards.
        #[test]
        fn hold_all(low in -1_000_000_000_000i64..1_000_000_000_000, span in 0i64..1_000_000_000_000, most in 3usize..9) {
            let values = rounded(low, low + span, most);
            prop_assert!((2..=most).contains(&values.len()), "{:?}", values);
            prop_assert!(values[0] <= low && low + span <= values[values.len() - 1]);
            prop_assert!(values.windows(2).all(|two| two[1] - two[0] == values[1] - values[0] && two[1] > two[0]));
            let scale = Scale { low: values[0], high: values[values.len() - 1], from: 200, to: 10 };
            let places: Vec<_> = values.iter().map(|value| scale.at(*value)).collect();
            prop_assert!(places.windows(2).all(|two| two[0] > two[1]));
            prop_assert_eq!((places[0], places[places.len() - 1]), (200, 10));
        }
    }
}
