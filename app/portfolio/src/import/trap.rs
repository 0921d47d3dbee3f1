//! What spreadsheets do to numbers: looked for before anything is read out of a cell.

use super::{Cell, Flaw};
use crate::{siren::Siren, tidy};

/// Digits that spreadsheets keep of a number.
const KEPT_DIGITS: f64 = 1e15;

/// A number of a workbook with its two decimals; none where it has more. Its binary form is not the decimal one that was typed.
pub(super) fn in_cents(number: f64) -> Option<String> {
    let rounded = format!("{number:.2}");
    let back: f64 = rounded.parse().ok()?;
    ((back - number).abs() <= number.abs() * 1e-12).then_some(rounded)
}

/// The text of a cell where digits are meant, once no trap was found in it.
pub(crate) fn digits(cell: &Cell) -> Result<String, Flaw> {
    match cell {
        Cell::Text(text) => plain(text).map(str::to_owned),
        Cell::Date { .. } => Err(Flaw::Date),
        Cell::Number(number) if number.abs() >= KEPT_DIGITS => Err(Flaw::Rounded),
        Cell::Number(number) if number.fract() != 0.0 => Err(Flaw::Fraction),
        Cell::Number(number) => Ok(format!("{number:.0}")),
    }
}

/// A text without what spreadsheets put around it to keep its noughts (`'012`, `="012"`), once no trap was found in it.
pub(super) fn plain(text: &str) -> Result<&str, Flaw> {
    let text = text.trim();
    let text = text.strip_prefix('\'').unwrap_or(text);
    let text = text
        .strip_prefix("=\"")
        .and_then(|text| text.strip_suffix('"'))
        .unwrap_or(text);
    if text.starts_with('#') {
        return Err(Flaw::Formula);
    }
    if is_scientific(text) {
        return Err(Flaw::Scientific);
    }
    if is_date(text) {
        return Err(Flaw::Date);
    }
    Ok(text)
}

/// `1,23E+13`, `1.23e13`, `1E+13`; an account number that has an E between digits is none of them.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once([',', '.']).unwrap_or((mantissa, ""));
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let marked = power.len() < exponent.len() || mantissa.contains([',', '.']);
    let fits = whole.len() == 1 && (1..=3).contains(&power.len()) && marked;
    fits && [whole, fraction, power].into_iter().all(tidy::all_digits)
}

/// `24/11/2026`, `2026-11-24`, with or without a time after it.
fn is_date(text: &str) -> bool {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let lengths: Vec<_> = day
        .split(['/', '-'])
        .map(|part| {
            if tidy::all_digits(part) {
                part.len()
            } else {
                0
            }
        })
        .collect();
    matches!(*lengths, [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2])
}

/// Whether one or two noughts before it would make a number of digits whole.
pub(crate) fn lost_zero(text: &str, want: usize, whole: fn(&str) -> bool) -> Result<(), Flaw> {
    let bare = tidy::compact(text);
    let missing = want.saturating_sub(bare.len());
    // Of long numbers two missing digits are another's length.
    let most = if want == Siren::LENGTH { 2 } else { 1 };
    let lost = (1..=most).contains(&missing)
        && !bare.is_empty()
        && tidy::all_digits(&bare)
        && whole(&format!("{}{bare}", "0".repeat(missing)));
    if lost {
        let got = bare.len();
        return Err(Flaw::LostZero { got, want });
    }
    Ok(())
}
