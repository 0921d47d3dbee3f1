//! One row of the account registry (« référentiel des comptes »): read, judged, named by column when it is wrong (registry format).

use crate::{
    account_number::AccountNumber,
    amount::Cents,
    holder::{AccountState, Holder, HolderScheme, Kind},
    nir::Nir,
    siren::Siren,
    siret::Siret,
};

/// The columns of a registry file, in the order of the format; a file may have them in any order.
pub const COLUMNS: [&str; 14] = [
    "account_number",
    "kind",
    "siren",
    "siret",
    "name",
    "organism",
    "state",
    "last_declared_amount",
    "last_period",
    "nir",
    "email",
    "up_to_date",
    "headcount",
    "payroll",
];

/// The secret of an account, which storage keeps only as a keyed digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// The amount to pay of the last declaration (employers).
    Amount(Cents),
    /// The social security number (everybody else).
    Nir(Nir),
    /// None was given: the account cannot be proved.
    None,
}

/// One account, as the body knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryRow {
    /// The key of the row.
    pub number: AccountNumber,
    /// The kind of account.
    pub kind: Kind,
    /// Whose account, under which scheme.
    pub held: HolderScheme,
    /// The establishment, where there is one.
    pub siret: Option<Siret>,
    /// Company or person.
    pub name: String,
    /// The three-digit code of the managing body.
    pub organism: String,
    /// The state.
    pub state: AccountState,
    /// What proves a mandate for it.
    pub secret: Secret,
    /// `YYYYPP` of the last declaration; empty where none.
    pub last_period: String,
    /// The holder's e-mail address; empty where none.
    pub email: String,
    /// Whether declarations and payments are in order.
    pub up_to_date: bool,
    /// Employees of the last declaration.
    pub headcount: Option<i32>,
    /// Pay of the last declaration, in cents.
    pub payroll: Option<i64>,
}

/// A column that could not be read. What stood there is not told: it may be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

/// Characters of the longest name and e-mail address.
const LONGEST_TEXT: usize = 400;

impl RegistryRow {
    /// Reads one row; `field` gives the text of a column of [`COLUMNS`].
    ///
    /// # Errors
    /// The first column that cannot be read.
    pub fn read<'a>(field: impl Fn(&'static str) -> &'a str) -> Result<Self, Unreadable> {
        let number = AccountNumber::parse(field("account_number"))
            .map_err(|_| Unreadable("account_number"))?;
        let kind = Kind::from_code(field("kind").trim()).ok_or(Unreadable("kind"))?;
        let siren = field("siren").trim();
        let holder = match kind {
            Kind::Gm if siren.is_empty() => Holder::Account(number.clone()),
            Kind::Gm => return Err(Unreadable("siren")),
            _ => Holder::Siren(Siren::parse(siren).map_err(|_| Unreadable("siren"))?),
        };
        let siret = match field("siret").trim() {
            "" => None,
            text => Some(Siret::stored(text).map_err(|_| Unreadable("siret"))?),
        };
        let text = |column: &'static str| {
            let text = field(column).trim();
            let fits = text.chars().count() <= LONGEST_TEXT && !text.contains(char::is_control);
            fits.then(|| text.to_owned()).ok_or(Unreadable(column))
        };
        let name = text("name")?;
        if name.is_empty() {
            return Err(Unreadable("name"));
        }
        let digits = |column: &'static str, lengths: &[usize]| {
            let text = field(column).trim();
            let fits = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            fits.then(|| text.to_owned()).ok_or(Unreadable(column))
        };
        let state = field("state")
            .trim()
            .parse()
            .ok()
            .and_then(AccountState::from_code);
        let secret = match (
            kind,
            field("last_declared_amount").trim(),
            field("nir").trim(),
        ) {
            (Kind::Emp, _, nir) if !nir.is_empty() => return Err(Unreadable("nir")),
            (Kind::Emp, "", _) | (_, "", "") => Secret::None,
            (Kind::Emp, amount, _) => Secret::Amount(
                Cents::parse(amount).map_err(|_| Unreadable("last_declared_amount"))?,
            ),
            (_, "", nir) => Secret::Nir(Nir::parse(nir).map_err(|_| Unreadable("nir"))?),
            (_, _, _) => return Err(Unreadable("last_declared_amount")),
        };
        let employer_only = |column: &'static str| match (kind, field(column).trim()) {
            (_, "") => Ok(None),
            (Kind::Emp, text) => Ok(Some(text)),
            _ => Err(Unreadable(column)),
        };
        let headcount = match employer_only("headcount")? {
            None => None,
            Some(text) => {
                let count = text.parse::<i32>().ok().filter(|count| *count >= 0);
                Some(count.ok_or(Unreadable("headcount"))?)
            }
        };
        let payroll = match employer_only("payroll")? {
            None => None,
            Some(text) => Some(Cents::parse(text).map_err(|_| Unreadable("payroll"))?.get()),
        };
        Ok(Self {
            held: HolderScheme {
                holder,
                scheme: kind.scheme(),
            },
            kind,
            siret,
            name,
            organism: digits("organism", &[3])?,
            state: state.ok_or(Unreadable("state"))?,
            secret,
            last_period: digits("last_period", &[0, 6])?,
            email: text("email")?,
            up_to_date: match field("up_to_date").trim() {
                "1" => true,
                "0" => false,
                _ => return Err(Unreadable("up_to_date")),
            },
            headcount,
            payroll,
            number,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: [&str; 14] = [
        "117000001567462542",
        "EMP",
        "732829320",
        "73282932000074",
        "Boulangerie Émile",
        "117",
        "1",
        "1234,56",
        "202631",
        "",
        "",
        "1",
        "12",
        "45000",
    ];

    fn read(row: [&str; 14]) -> Result<RegistryRow, Unreadable> {
        RegistryRow::read(|column| row[COLUMNS.iter().position(|known| *known == column).unwrap()])
    }

    fn with(column: &str, value: &'static str) -> Result<RegistryRow, Unreadable> {
        let mut row = GOOD;
        row[COLUMNS.iter().position(|known| *known == column).unwrap()] = value;
        read(row)
    }

    /// Fear: a good row is refused, or a pseudo-Siret or a zero amount is.
    #[test]
    fn good_rows() {
        let row = read(GOOD).unwrap();
        assert_eq!(row.held.key(), "RG:732829320");
        assert_eq!(row.payroll, Some(4_500_000));
        assert!(with("siret", "73282932000079").is_ok());
        assert_eq!(
            with("last_declared_amount", "0").unwrap().secret,
            Secret::Amount(Cents::new(0))
        );
        assert_eq!(
            with("last_declared_amount", "").unwrap().secret,
            Secret::None
        );
    }

    /// Fear: a bad field is taken, or blamed on another column.
    #[test]
    fn bad_fields_are_named() {
        for (column, value) in [
            ("account_number", "12"),
            ("kind", "XX"),
            ("siren", "732829321"),
            ("siret", "7328293200007"),
            ("name", ""),
            ("organism", "17"),
            ("state", "4"),
            ("last_declared_amount", "1.234"),
            ("last_period", "20263"),
            ("nir", "255081416802538"),
            ("up_to_date", "oui"),
            ("headcount", "-1"),
            ("payroll", "x"),
            ("kind", "GM"),
        ] {
            let blamed = if value == "GM" { "siren" } else { column };
            assert_eq!(
                with(column, value),
                Err(Unreadable(blamed)),
                "{column}={value}"
            );
        }
    }

    proptest! {
        /// Fear: some row makes the reader panic.
        #[test]
        fn never_panics(fields in proptest::collection::vec(".{0,20}", 14)) {
            let row: [&str; 14] = std::array::from_fn(|place| fields[place].as_str());
            let _ = read(row);
        }
    }
}
