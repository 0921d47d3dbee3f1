//! Reading what the steps have in common.

use crate::{
    mobility::{country, country::Country, situation::Nationality},
    problem::Problem,
    tidy,
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of the longest name, street or short answer.
pub(super) const SHORT: usize = 200;
/// Characters of the longest comment.
pub(super) const LONG: usize = 2000;

/// The word that stands for nobody's national, and for a refugee.
pub(super) const STATELESS: &str = "apatride";

/// One line of text.
pub(super) fn line(typed: &str) -> Result<String, Problem> {
    let text = tidy::one_line(typed);
    match text.chars().count() {
        0 => Err(Problem::Missing),
        got if got > SHORT => Err(Problem::TooLong { got, want: SHORT }),
        _ => Ok(text),
    }
}

/// The same, where nothing may be typed.
pub(super) fn maybe<T>(judged: Result<T, Problem>) -> Result<Option<T>, Problem> {
    match judged {
        Err(Problem::Missing) => Ok(None),
        judged => judged.map(Some),
    }
}

/// A comment of several lines; nothing may be typed.
pub(super) fn comment(typed: &str) -> Result<String, Problem> {
    let lines = typed.replace("\r\n", "\n");
    let plain = lines.replace(|c: char| c.is_control() && c != '\n', " ");
    let kept = plain.trim().to_owned();
    match kept.chars().count() {
        got if got > LONG => Err(Problem::TooLong { got, want: LONG }),
        _ => Ok(kept),
    }
}

/// A name or first names of a person, in the composed form that most keyboards send.
pub(super) fn name(typed: &str) -> Result<String, Problem> {
    let name: String = line(typed)?.nfc().collect();
    let belongs = |c: char| {
        c.is_alphabetic() || is_combining_mark(c) || matches!(c, ' ' | '-' | '\'' | '’' | '.')
    };
    let plain = name.chars().all(belongs) && name.chars().any(char::is_alphabetic);
    plain.then_some(name).ok_or(Problem::NotPersonName)
}

/// « oui » or « non ».
pub(super) fn answer(typed: &str) -> Result<bool, Problem> {
    match typed {
        "" => Err(Problem::Missing),
        "oui" => Ok(true),
        "non" => Ok(false),
        _ => Err(Problem::NotOffered),
    }
}

/// One of `all`, by the word that forms send for it.
pub(super) fn choice<T: Copy>(
    typed: &str,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Result<T, Problem> {
    if typed.is_empty() {
        return Err(Problem::Missing);
    }
    all.iter()
        .copied()
        .find(|known| code(*known) == typed)
        .ok_or(Problem::NotOffered)
}

/// Whose national somebody is: parts of other States have no nationality of their own.
pub(super) fn nationality(typed: &str) -> Result<Nationality, Problem> {
    if typed == STATELESS {
        return Ok(Nationality::Stateless);
    }
    let of = country::read(typed)?;
    if of.row().dependent {
        return Err(Problem::NoSuchCountry);
    }
    Ok(Nationality::Of(of))
}

/// A post code: five digits in France, one line elsewhere, where some countries have none.
pub(super) fn postcode(typed: &str, of: Option<Country>) -> Result<String, Problem> {
    let french = of.is_some_and(|of| of.zone() == country::Zone::France);
    if !french {
        return maybe(line(typed)).map(Option::unwrap_or_default);
    }
    let code = tidy::compact(typed);
    match code.len() {
        0 => Err(Problem::Missing),
        5 if tidy::all_digits(&code) => Ok(code),
        _ => Err(Problem::NotPostcode),
    }
}

/// A telephone number: 6 to 15 digits (ITU-T E.164), a « + » before those of another country, kept without separators.
pub(super) fn phone(typed: &str) -> Result<String, Problem> {
    let number: String = tidy::compact(typed)
        .chars()
        .filter(|c| !matches!(c, '(' | ')'))
        .collect();
    if number.is_empty() {
        return Err(Problem::Missing);
    }
    let digits = number.strip_prefix('+').unwrap_or(&number);
    let good = (6..=15).contains(&digits.len()) && tidy::all_digits(digits);
    good.then_some(number).ok_or(Problem::NotPhone)
}

/// A whole number of hundredths; a sign after it is taken off.
pub(super) fn percentage(typed: &str) -> Result<u8, Problem> {
    let number = tidy::one_line(typed);
    let number = number.trim_end_matches(['%', ' ']);
    if number.is_empty() {
        return Err(Problem::Missing);
    }
    let plain = number.len() <= 3 && tidy::all_digits(number);
    let share = plain.then(|| number.parse::<u8>().ok()).flatten();
    share
        .filter(|share| *share <= 100)
        .ok_or(Problem::NotPercentage)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a name or number that somebody truly has is refused, or markup goes through as one.
    #[test]
    fn read_alike() {
        for good in [
            "Ó Súilleabháin",
            "d’Ormesson",
            "Nguyễn",
            "Jean-Luc",
            "山田",
            "J. R.",
        ] {
            assert_eq!(name(good), Ok(good.to_owned()));
        }
        assert_eq!(name("Zoe\u{301}"), Ok("Zoé".to_owned()));
        for wrong in ["<b>", "x@y.fr", "R2D2", "-", "http://x"] {
            assert_eq!(name(wrong), Err(Problem::NotPersonName), "{wrong}");
        }
        assert_eq!(phone("01 23 45 67 89"), Ok("0123456789".into()));
        assert_eq!(phone("+49 (30) 123-456"), Ok("+4930123456".into()));
        for wrong in [
            "12345",
            "0123456789012345",
            "01 23 45 67 8x",
            "++33123456789",
        ] {
            assert_eq!(phone(wrong), Err(Problem::NotPhone), "{wrong}");
        }
        assert_eq!(percentage(" 25\u{a0}% "), Ok(25));
        for wrong in ["101", "-1", "25,5", "x", "1000"] {
            assert_eq!(percentage(wrong), Err(Problem::NotPercentage), "{wrong}");
        }
        let france = Country::of("FR");
        assert_eq!(postcode("75 011", france), Ok("75011".into()));
        assert_eq!(postcode("7501", france), Err(Problem::NotPostcode));
        assert_eq!(postcode("", Country::of("IE")), Ok(String::new()));
        assert_eq!(comment(" a\r\nb\u{0} "), Ok("a\nb".into()));
    }

    /// Fear: somebody is made a national of Québec.
    #[test]
    fn nationalities() {
        assert_eq!(nationality("apatride"), Ok(Nationality::Stateless));
        assert!(nationality("FR").is_ok() && nationality("Maroc").is_ok());
        for part in ["CA-QC", "MQ", "JE", "PF"] {
            assert_eq!(nationality(part), Err(Problem::NoSuchCountry), "{part}");
        }
    }
}
