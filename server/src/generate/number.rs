//! Made-up numbers whose check digits are right, each given once.

use super::chance::Chance;
use portfolio::{nir::Nir, siren::Siren, siret::Siret};

/// Sirens begin with 3 to 8: the demonstration's begin with 9, those of the State and of towns with 1 and 2.
const FIRST_SIREN: u64 = 30_000_000;
const SIRENS: u64 = 60_000_000;
/// Nine digits of an account number, the first not nought.
const FIRST_ACCOUNT: u64 = 100_000_000;
const ACCOUNTS: u64 = 900_000_000;
/// Has no divisor in common with either count, so that multiplying by it meets every number once before any comes again.
const STRIDE: u64 = 7_368_787;

/// The `nth` number of a shuffled count, starting where the seed says.
const fn shuffled(nth: u64, start: u64, count: u64) -> u64 {
    (start % count + nth % count * STRIDE) % count
}

/// The `nth` Siren of a registry.
pub(super) fn siren(nth: u64, start: u64) -> Siren {
    let eight = FIRST_SIREN + shuffled(nth, start, SIRENS);
    Siren::with_check_digit(&eight.to_string()).expect("eight digits that do not begin with nought")
}

/// The Siret of the `nth` establishment of a Siren, counted from nought: 0001 and its check digit come first.
pub(super) fn siret(siren: &Siren, nth: u64) -> String {
    let bare = format!("{}{:04}", siren.as_str(), nth % 9_999 + 1);
    ('0'..='9')
        .map(|last| format!("{bare}{last}"))
        .find(|text| Siret::parse(text).is_ok())
        .expect("one digit in ten passes Luhn's check")
}

/// The `nth` account number of a registry: organism, four zeros, eleven digits of which the last two look like a key.
pub(super) fn account(nth: u64, start: u64, organism: &str) -> String {
    let nine = FIRST_ACCOUNT + shuffled(nth, start, ACCOUNTS);
    format!("{organism}0000{nine}{:02}", 97 - nine % 97)
}

/// The `nth` account number in the shape of those without a Siret: `GQ815739800M01`.
pub(super) fn lettered_account(nth: u64, start: u64, chance: &mut Chance) -> String {
    let nine = FIRST_ACCOUNT + shuffled(nth, start, ACCOUNTS);
    let first = chance.pick(&["G", "L", "M", "P", "T"]);
    let second = chance.pick(&["A", "C", "D", "Q", "R", "V"]);
    format!("{first}{second}{nine}M01")
}

/// A social security number that is nobody's: no municipality has a number from 910 on, no overseas one from 90 on, no country
/// one from 991 on.
pub(super) fn nir(chance: &mut Chance) -> String {
    // A person registered for a time has 7 or 8 for a sex.
    let sex = if chance.percent(3) {
        chance.between(7, 8)
    } else {
        chance.between(1, 2)
    };
    let year = (60 + chance.below(45)) % 100;
    // Incomplete civil status has months of its own.
    let month = match chance.below(50) {
        0 => chance.between(20, 42),
        1 => chance.between(50, 99),
        _ => chance.between(1, 12),
    };
    let place = match chance.below(100) {
        0..=2 => format!("2A9{:02}", chance.between(10, 99)),
        3..=5 => format!("2B9{:02}", chance.between(10, 99)),
        6..=9 => format!("97{}{}", chance.between(1, 6), chance.between(90, 99)),
        10..=19 => format!("99{}", chance.between(991, 999)),
        _ => {
            // There is no department 20 any more: 2A and 2B took its place.
            let department = match chance.between(1, 95) {
                20 => 75,
                other => other,
            };
            format!("{department:02}9{:02}", chance.between(10, 99))
        }
    };
    let bare = format!(
        "{sex}{year:02}{month:02}{place}{:03}",
        chance.between(1, 999)
    );
    if chance.percent(10) {
        return bare;
    }
    let key = Nir::parse(&bare)
        .expect("thirteen characters, each where it belongs")
        .key();
    bare + &key
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// Fear: two holders share a number, at once or after the count has run over.
    #[test]
    fn each_number_once() {
        for count in [SIRENS, ACCOUNTS] {
            // Coprime with 2, 3 and 5, the only primes of either count.
            assert!(
                count.is_multiple_of(30) && [2, 3, 5].iter().all(|p| !STRIDE.is_multiple_of(*p))
            );
        }
        let start = 59_999_990;
        let sirens: HashSet<_> = (0..20_000).map(|nth| siren(nth, start)).collect();
        assert_eq!(sirens.len(), 20_000);
        assert!(
            sirens
                .iter()
                .all(|siren| matches!(siren.as_str().as_bytes()[0], b'3'..=b'8'))
        );
    }

    /// Fear: a made-up social security number is somebody's, or never one of the rarer shapes.
    #[test]
    fn nobodys_numbers() {
        let mut chance = Chance::new(1);
        let mut shapes = HashSet::new();
        for _ in 0..2_000 {
            let nir = nir(&mut chance);
            assert!(Nir::parse(&nir).is_ok(), "{nir}");
            let (place, least) = match &nir[5..7] {
                "97" => (&nir[8..10], 90),
                _ => (&nir[7..10], 910),
            };
            assert!(place.parse::<u32>().unwrap() >= least, "{place}");
            shapes.insert(match &nir[5..7] {
                "2A" | "2B" => "Corsica",
                "97" => "overseas",
                "99" => "abroad",
                _ if matches!(nir.as_bytes()[0], b'7' | b'8') => "temporary",
                _ => "mainland",
            });
        }
        assert_eq!(shapes.len(), 5);
    }
}
