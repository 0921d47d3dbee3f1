//! The one field of « + Ajouter un compte »: which number somebody meant (card, step 2).

use crate::{
    account_number::AccountNumber,
    holder::Holder,
    problem::{Key, Problem},
    siren::Siren,
    siret::Siret,
    tidy,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What was typed, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Identifier {
    /// A Siren.
    Siren(Siren),
    /// A Siret: its Siren is kept, and the page says so.
    Siret(Siren, Siret),
    /// The account number of a gérant majoritaire.
    Account(AccountNumber),
}

/// An alphanumeric account number holds at least this many digits; below it, a name was typed, not a number.
const DIGITS_OF_AN_ACCOUNT: usize = 6;

/// The number as it was typed, grouped for reading.
impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Siren(siren) => siren.fmt(f),
            Self::Siret(_, siret) => siret.fmt(f),
            Self::Account(number) => number.fmt(f),
        }
    }
}

impl Identifier {
    /// Reads a Siren (9 digits), a Siret (14 digits) or an account number (18 digits, or letters and digits), separators allowed.
    ///
    /// Fourteen digits can be a Siret or the short form of an account number: a Siret is read, unless `as_account` says
    /// otherwise. Thirteen or fifteen digits are never taken for an account number here, since they are the lengths of a social
    /// security number, which must not be stored by a slip.
    ///
    /// # Errors
    /// One problem for each fault.
    pub fn parse(typed: &str, as_account: bool) -> Result<Self, Problem> {
        if as_account {
            return AccountNumber::parse(typed).map(Self::Account);
        }
        let text = tidy::compact(typed);
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if !tidy::all_digits(&text) {
            return Self::lettered(&text);
        }
        match text.len() {
            Siren::LENGTH => Siren::parse(&text).map(Self::Siren),
            Siret::LENGTH => {
                let siret = Siret::parse(&text)?;
                let siren = siret.siren().ok_or(Problem::WrongKey(Key::Siret))?;
                Ok(Self::Siret(siren, siret))
            }
            AccountNumber::LONGEST => AccountNumber::parse(&text).map(Self::Account),
            got if got < Siren::LENGTH => Err(Problem::TooShort {
                got,
                want: Siren::LENGTH,
            }),
            got if got > AccountNumber::LONGEST => Err(Problem::TooLong {
                got,
                want: AccountNumber::LONGEST,
            }),
            got => Err(Problem::DigitCount { got }),
        }
    }

    fn lettered(text: &str) -> Result<Self, Problem> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let alphanumeric = text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        if !alphanumeric || digits < DIGITS_OF_AN_ACCOUNT {
            return Err(Problem::NotDigits);
        }
        match text.len() {
            length if length < AccountNumber::SHORTEST => Err(Problem::NotDigits),
            got if got > AccountNumber::LONGEST => Err(Problem::TooLong {
                got,
                want: AccountNumber::LONGEST,
            }),
            _ => AccountNumber::parse(text).map(Self::Account),
        }
    }

    /// Whose accounts are meant.
    pub fn holder(&self) -> Holder {
        match self {
            Self::Siren(siren) | Self::Siret(siren, _) => Holder::Siren(siren.clone()),
            Self::Account(number) => Holder::Account(number.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<Identifier, Problem> {
        Identifier::parse(typed, false)
    }

    /// Fear: one number is taken for another.
    #[test]
    fn each_number_is_known_by_its_length() {
        assert!(matches!(read("732 829 320"), Ok(Identifier::Siren(_))));
        assert!(matches!(
            read("732.829.320.00074"),
            Ok(Identifier::Siret(..))
        ));
        assert!(matches!(
            read("117 000 001 567 462 542"),
            Ok(Identifier::Account(_))
        ));
        assert!(matches!(read("GQ815739800M01"), Ok(Identifier::Account(_))));
        assert!(matches!(
            Identifier::parse("11701567462542", true),
            Ok(Identifier::Account(_))
        ));
        assert_eq!(
            read("73282932000074").unwrap().holder(),
            read("732829320").unwrap().holder()
        );
    }

    /// Fear: two faults share one message.
    #[test]
    fn each_fault_has_its_own_problem() {
        assert_eq!(read(""), Err(Problem::Missing));
        assert_eq!(read("73282932"), Err(Problem::TooShort { got: 8, want: 9 }));
        assert_eq!(read("7328293200"), Err(Problem::DigitCount { got: 10 }));
        assert_eq!(
            read("1170000015674625420"),
            Err(Problem::TooLong { got: 19, want: 18 })
        );
        assert_eq!(read("73282932O"), Err(Problem::NotDigits));
        assert_eq!(read("404833047"), Err(Problem::WrongKey(Key::Siren)));
        assert_eq!(read("73282932000079"), Err(Problem::WrongKey(Key::Siret)));
        assert_eq!(read("000000000"), Err(Problem::AllZeros));
        assert_eq!(read("00000000000000"), Err(Problem::AllZeros));
    }

    /// Fear: a company's name, letters close together, is taken for an account number.
    #[test]
    fn a_name_is_no_account_number() {
        assert_eq!(read("Boulangerie Martin"), Err(Problem::NotDigits));
        assert_eq!(read("Étude 2000 Notaires"), Err(Problem::NotDigits));
    }

    /// Fear: a social security number typed here by a slip is stored as an account number.
    #[test]
    fn a_nir_is_no_account_number() {
        assert_eq!(read("2550814168025"), Err(Problem::DigitCount { got: 13 }));
        assert_eq!(
            read("2 55 08 14 168 025 38"),
            Err(Problem::DigitCount { got: 15 })
        );
    }

    proptest! {
        /// Fear: some text makes the parser panic, read either way.
        #[test]
        fn never_panics(typed in ".{0,40}", as_account: bool) { let _ = Identifier::parse(&typed, as_account); }

        /// Fear: separators pasted along change what is read.
        #[test]
        fn separators_change_nothing(eight in "[0-9]{7}[1-9]", separator in "[ .\u{a0}\u{202f}-]") {
            let siren = Siren::with_check_digit(&eight).unwrap();
            let spaced: Vec<String> = siren.as_str().chars().map(String::from).collect();
            prop_assert_eq!(read(&spaced.join(&separator)), Ok(Identifier::Siren(siren)));
        }
    }
}
