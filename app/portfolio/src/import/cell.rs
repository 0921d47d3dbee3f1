//! One cell, as the file holds it: a workbook knows numbers and dates from text, and the difference tells what it did to them.

use crate::time::{DAY, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One cell.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// Text; everything in a CSV file is.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A date of a workbook: days since 30 December 1899.
    Date {
        /// The number behind it.
        date: f64,
    },
}

impl Default for Cell {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// Days from 30 December 1899 to 1 January 1970.
const EPOCH: f64 = 25_569.0;

impl Cell {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// As the spreadsheet shows it, in full: never with an exponent.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Date { date } => day(*date),
        }
    }
}

fn day(date: f64) -> String {
    if !(-100_000.0..3_000_000.0).contains(&date) {
        return String::new();
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole days, held to a few thousand years above"
    )]
    let days = (date - EPOCH).floor() as i64;
    Timestamp(days * DAY).short_date()
}

/// It may be a secret: logs never see it.
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::Date { .. } => "Date(…)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a cell that waits sealed is read back as another, or a long number is shown with an exponent.
    #[test]
    fn kept_and_shown() {
        let cells = [
            (Cell::Text("0612".into()), "0612"),
            (Cell::Number(1234.5), "1234,5"),
            (
                Cell::Number(117_000_001_567_462_000.0),
                "117000001567462000",
            ),
            (Cell::Date { date: 46_350.0 }, "24/11/2026"),
        ];
        for (cell, shown) in cells {
            let kept = serde_json::to_string(&cell).unwrap();
            assert_eq!(serde_json::from_str::<Cell>(&kept).unwrap(), cell, "{kept}");
            assert_eq!(cell.shown(), shown);
            assert!(!format!("{cell:?}").contains('1'));
        }
        assert_eq!(Cell::Date { date: f64::NAN }.shown(), "");
    }
}
