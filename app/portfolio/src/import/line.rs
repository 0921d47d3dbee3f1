//! One line: read by the very parsers of the pages, after what spreadsheets do to numbers was looked for.

use super::{
    Cell, Column, Mapping,
    trap::{digits, in_cents, lost_zero, plain},
    words::{own, scheme, services},
};
use crate::{
    account_number::AccountNumber,
    amount::Cents,
    catalogue::ServiceCode,
    form::{self, Proof},
    holder::{Holder, HolderScheme, Scheme},
    identifier::Identifier,
    nir::Nir,
    problem::Problem,
    siren::Siren,
    siret::Siret,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a line asks for.
#[derive(Debug)]
pub struct Draft {
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// What is to be done for a client that the firm does not manage yet; what keeps it from being done is of no matter for one that
    /// it does.
    pub asked: Result<Asked, Fault>,
}

/// What a line asks for a new client.
#[derive(Debug)]
pub struct Asked {
    /// What proves the mandate.
    pub proof: Proof,
    /// The services that the line names; `None` leaves them to the page.
    pub services: Option<BTreeSet<ServiceCode>>,
    /// The firm's reference; empty for none.
    pub reference: String,
    /// The names of its labels.
    pub labels: Vec<String>,
}

/// What is wrong with a line, and where. Codes: nothing of what stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The column.
    pub column: Column,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What can be wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// What the page would say.
    Field(Problem),
    /// Digits are missing, and noughts before it would make it whole: spreadsheets drop them.
    LostZero {
        /// Digits that are left.
        got: usize,
        /// Digits that it takes.
        want: usize,
    },
    /// `1,23E+13`: the digits are gone.
    Scientific,
    /// A date where a number is meant.
    Date,
    /// A number of more than 15 digits, the last of which spreadsheets make noughts of.
    Rounded,
    /// A fraction where there is none.
    Fraction,
    /// `#REF!` and its like.
    Formula,
    /// Nothing that proves a mandate.
    NoSecret,
    /// Both, and no scheme that says which counts.
    TwoSecrets,
    /// An employer is named by its Siren.
    EmployerBySiren,
    /// The account number is not the one by which the person is named.
    OtherAccount,
    /// A service that there is not.
    UnknownService,
}

/// A line whose columns are known by name.
struct Line<'a>(&'a Mapping, &'a [Cell]);

impl<'a> Line<'a> {
    /// A cell of it; none where it is blank, or the file has no such column.
    fn cell(&self, column: Column) -> Option<&'a Cell> {
        let place = self.0.place(column)?;
        self.1.get(place).filter(|cell| !cell.is_blank())
    }

    /// Reads a cell. One that is blank is read as an empty text.
    fn read<T>(
        &self,
        column: Column,
        read: impl FnOnce(&Cell) -> Result<T, Flaw>,
    ) -> Result<T, Fault> {
        let blank = Cell::Text(String::new());
        read(self.cell(column).unwrap_or(&blank)).map_err(at(column))
    }
}

/// Reads a line.
///
/// # Errors
/// What keeps it from being known whose accounts are meant: the first such thing, in the order of the columns.
pub fn read(mapping: &Mapping, cells: &[Cell]) -> Result<Draft, Fault> {
    let line = Line(mapping, cells);
    let holder = line.read(Column::Identifier, identifier)?.holder();
    let scheme = line.read(Column::Scheme, scheme)?;
    let has = |column| line.cell(column).is_some();
    let scheme = match (scheme, has(Column::Amount), has(Column::Nir)) {
        (Some(scheme), ..) => scheme,
        (None, false, false) => return Err(at(Column::Amount)(Flaw::NoSecret)),
        (None, true, true) => return Err(at(Column::Scheme)(Flaw::TwoSecrets)),
        (None, true, false) => Scheme::RegimeGeneral,
        (None, false, true) => Scheme::TravailleurIndependant,
    };
    if let (Scheme::RegimeGeneral, Holder::Account(_)) = (scheme, &holder) {
        return Err(at(Column::Identifier)(Flaw::EmployerBySiren));
    }
    let held = HolderScheme { holder, scheme };
    let asked = asked(&line, &held);
    Ok(Draft { held, asked })
}

/// What a line asks for, once it is known for whom.
fn asked(line: &Line<'_>, held: &HolderScheme) -> Result<Asked, Fault> {
    let proof = [Column::Account, Column::Amount, Column::Nir];
    if proof.iter().all(|column| line.cell(*column).is_none()) {
        return Err(at(Column::Amount)(Flaw::NoSecret));
    }
    let number = || line.read(Column::Account, number);
    let person = || line.read(Column::Nir, person);
    let proof = match (held.scheme, &held.holder) {
        (Scheme::RegimeGeneral, _) => {
            let number = number()?;
            Proof::Employer(line.read(Column::Amount, cents)?, number)
        }
        (Scheme::TravailleurIndependant, Holder::Siren(_)) => {
            let number = number()?;
            Proof::SelfEmployed(person()?, number)
        }
        (Scheme::TravailleurIndependant, Holder::Account(known)) => {
            if line.cell(Column::Account).is_some() && number()? != *known {
                return Err(at(Column::Account)(Flaw::OtherAccount));
            }
            Proof::Manager(person()?)
        }
    };
    let services = line.read(Column::Services, services)?;
    Ok(Asked {
        proof,
        services,
        reference: line.read(Column::Reference, |cell| own(cell, form::reference))?,
        labels: line.read(Column::Labels, |cell| own(cell, form::labels))?,
    })
}

fn at(column: Column) -> impl Fn(Flaw) -> Fault {
    move |flaw| Fault { column, flaw }
}

pub(crate) fn identifier(cell: &Cell) -> Result<Identifier, Flaw> {
    let text = digits(cell)?;
    let lost = |want: usize, whole: fn(&str) -> bool| lost_zero(&text, want, whole);
    lost(Siren::LENGTH, |text| Siren::parse(text).is_ok())?;
    lost(Siret::LENGTH, |text| Siret::parse(text).is_ok())?;
    lost(AccountNumber::LONGEST, |_| true)?;
    Identifier::parse(&text, false).map_err(Flaw::Field)
}

fn number(cell: &Cell) -> Result<AccountNumber, Flaw> {
    let text = digits(cell)?;
    lost_zero(&text, AccountNumber::SHORT_FORM, |_| true)?;
    lost_zero(&text, AccountNumber::LONGEST, |_| true)?;
    AccountNumber::parse(&text).map_err(Flaw::Field)
}

pub(crate) fn person(cell: &Cell) -> Result<Nir, Flaw> {
    Nir::parse(&digits(cell)?).map_err(Flaw::Field)
}

fn cents(cell: &Cell) -> Result<Cents, Flaw> {
    let parsed = match cell {
        Cell::Date { .. } => return Err(Flaw::Date),
        Cell::Number(number) => Cents::parse(&in_cents(*number).ok_or(Flaw::Fraction)?),
        Cell::Text(text) => Cents::parse(plain(text)?),
    };
    parsed.map_err(Flaw::Field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: &str = "identifiant,compte,montant,nir,regime,services,reference,etiquettes";

    fn mapping() -> Mapping {
        Mapping::chosen(COLUMNS.split(',')).unwrap()
    }

    fn text(line: &str) -> Vec<Cell> {
        line.split('|')
            .map(|cell| Cell::Text(cell.to_owned()))
            .collect()
    }

    /// What a line asks for, had the firm not managed its client yet.
    fn new(cells: &[Cell]) -> Result<Asked, Fault> {
        read(&mapping(), cells).and_then(|draft| draft.asked)
    }

    fn flaw(line: &str) -> (Column, Flaw) {
        let fault = new(&text(line)).unwrap_err();
        (fault.column, fault.flaw)
    }

    fn key(line: &str) -> String {
        let draft = read(&mapping(), &text(line)).unwrap();
        assert!(draft.asked.is_ok(), "{line}");
        draft.held.key()
    }

    /// Fear: a file that the portal exported asks for the proofs of clients that the firm manages, or a line without one is taken.
    #[test]
    fn without_a_proof_it_is_still_known_whose_accounts_are_meant() {
        for (line, key) in [
            ("732829320||||RG", "RG:732829320"),
            ("732829320||||TI|aucun", "TI:732829320"),
            ("GQ815739800M01||||TI", "TI:@GQ815739800M01"),
        ] {
            let draft = read(&mapping(), &text(line)).unwrap();
            assert_eq!(draft.held.key(), key);
            let fault = draft.asked.unwrap_err();
            assert_eq!(fault, at(Column::Amount)(Flaw::NoSecret), "{line}");
        }
        assert!(read(&mapping(), &text("732829320|117000001567462542")).is_err());
    }

    /// Fear: a line asks for another proof than the page would.
    #[test]
    fn each_kind_has_its_proof() {
        assert_eq!(
            key("732 829 320|117000001567462542|1 234,56 €"),
            "RG:732829320"
        );
        assert_eq!(key("73282932000074|'117000001567462542|0"), "RG:732829320");
        assert_eq!(
            key("732829320|217000001567462542||2 55 08 14 168 025 38"),
            "TI:732829320"
        );
        assert_eq!(
            key("GQ815739800M01|||253072A07300443"),
            "TI:@GQ815739800M01"
        );
        let both = "732829320|217000001567462542|12|255081416802538";
        assert_eq!(key(&format!("{both}|TI")), "TI:732829320");
        assert_eq!(key(&format!("{both}|Régime général")), "RG:732829320");
        assert_eq!(flaw(both), (Column::Scheme, Flaw::TwoSecrets));
        assert_eq!(
            flaw("732829320|217000001567462542"),
            (Column::Amount, Flaw::NoSecret)
        );
        assert_eq!(
            flaw("GQ815739800M01||12"),
            (Column::Identifier, Flaw::EmployerBySiren)
        );
        assert_eq!(
            flaw("GQ815739800M01|117000001567462542||253072A07300443"),
            (Column::Account, Flaw::OtherAccount)
        );
        assert_eq!(
            flaw("732829320||12"),
            (Column::Account, Flaw::Field(Problem::Missing))
        );
        assert_eq!(
            flaw("||12"),
            (Column::Identifier, Flaw::Field(Problem::Missing))
        );
    }

    /// Fear: what a spreadsheet did to a number is taken for the accountant's mistake, or goes on to be proved and counts as a try.
    #[test]
    fn traps_of_spreadsheets() {
        let lost = |got, want| Flaw::LostZero { got, want };
        // 005 520 135 is a good Siren.
        for (typed, flawed) in [
            ("5520135", lost(7, 9)),
            ("552013500004", Flaw::Field(Problem::DigitCount { got: 12 })),
            ("90048281379700073", lost(17, 18)),
            ("1,17E+17", Flaw::Scientific),
            ("1.17E+17", Flaw::Scientific),
            ("7E+08", Flaw::Scientific),
            ("24/11/2026", Flaw::Date),
            ("2026-11-24 00:00", Flaw::Date),
            ("#REF!", Flaw::Formula),
        ] {
            assert_eq!(
                flaw(&format!("{typed}|117000001567462542|12")),
                (Column::Identifier, flawed),
                "{typed}"
            );
        }
        for (typed, flawed) in [
            ("1701567462542", lost(13, 14)),
            ("17000001567462542", lost(17, 18)),
            ("1,17E+17", Flaw::Scientific),
            ("01/02/2026", Flaw::Date),
        ] {
            assert_eq!(
                flaw(&format!("732829320|{typed}|12")),
                (Column::Account, flawed),
                "{typed}"
            );
        }
        assert_eq!(
            flaw("732829320|117000001567462542|1,2E+03").1,
            Flaw::Scientific
        );
        let cells = |account: f64, amount: Cell| {
            [Cell::Number(732_829_320.0), Cell::Number(account), amount]
        };
        let numbers = |account, amount| new(&cells(account, amount));
        let fault = |account, amount| numbers(account, amount).unwrap_err().flaw;
        let amount = Cell::Number(1234.56);
        assert_eq!(
            fault(117_000_001_567_462_000.0, amount.clone()),
            Flaw::Rounded
        );
        assert_eq!(fault(11_701_567_462_542.5, amount.clone()), Flaw::Fraction);
        assert_eq!(
            fault(11_701_567_462_542.0, Cell::Date { date: 46_000.0 }),
            Flaw::Date
        );
        assert_eq!(
            fault(11_701_567_462_542.0, Cell::Number(0.123)),
            Flaw::Fraction
        );
        let asked = numbers(11_701_567_462_542.0, amount).unwrap();
        let Proof::Employer(cents, number) = asked.proof else {
            panic!("an employer's");
        };
        assert_eq!(
            (cents.get(), number.as_str()),
            (123_456, "117000001567462542")
        );
    }

    /// Fear: services are switched on that the line did not name, or a slip in a name is passed over.
    #[test]
    fn services_are_named() {
        let named = |services: &str| {
            let line = format!("732829320|117000001567462542|12|||{services}");
            new(&text(&line)).map(|asked| asked.services)
        };
        assert_eq!(named(""), Ok(None));
        assert_eq!(named("Services par défaut"), Ok(None));
        assert_eq!(named("aucun"), Ok(Some(BTreeSet::new())));
        let dpae = ServiceCode::find("DPAE").unwrap();
        let dsn = ServiceCode::find("MAIL_DSN").unwrap();
        let label = dsn.service().label().to_uppercase();
        assert_eq!(
            named(&format!("dpae; {label},")),
            Ok(Some(BTreeSet::from([dpae, dsn])))
        );
        assert_eq!(named("DPAE, DPEA").unwrap_err().flaw, Flaw::UnknownService);
    }

    /// Fear: a reference or a label of an exported file comes back as another.
    #[test]
    fn own_fields_come_back() {
        let own = |reference: &str, labels: &str| {
            let line = format!("732829320|117000001567462542|12||||{reference}|{labels}");
            new(&text(&line)).map(|asked| (asked.reference, asked.labels))
        };
        let told = |reference: &str, labels: &[&str]| {
            let labels: Vec<_> = labels.iter().map(|label| (*label).to_owned()).collect();
            Ok((reference.to_owned(), labels))
        };
        assert_eq!(own("", ""), told("", &[]));
        assert_eq!(
            own("0012", "Urgent, À voir, urgent"),
            told("0012", &["Urgent", "À voir"])
        );
        assert_eq!(own("'-12", "'=x"), told("-12", &["=x"]));
        assert_eq!(own("'a", ""), told("'a", &[]));
        let long = own(&"x".repeat(41), "").unwrap_err();
        assert_eq!(long.column, Column::Reference);
        assert_eq!(own("", "?!").unwrap_err().column, Column::Labels);
    }

    /// Fear: a fault tells in a log or on a page what stood in the cell.
    #[test]
    fn faults_hold_nothing_of_the_cell() {
        let line = "732829320|117000001567462542||255081416802539";
        let fault = new(&text(line)).unwrap_err();
        let told = format!("{fault:?}{}", serde_json::to_string(&fault).unwrap());
        assert!(
            !told.contains("2550814") && !told.contains("117000001"),
            "{told}"
        );
    }

    proptest! {
        /// Fear: some line makes the reader panic.
        #[test]
        fn never_panics(cells in proptest::collection::vec(".{0,24}", 0..8), number: f64) {
            let mut cells: Vec<Cell> = cells.into_iter().map(Cell::Text).collect();
            let _ = read(&mapping(), &cells).is_ok();
            cells.insert(0, Cell::Number(number));
            let _ = read(&mapping(), &cells).is_ok();
            cells.insert(0, Cell::Date { date: number });
            let _ = cells[0].shown();
        }

        /// Fear: a number that was typed by hand in a workbook is another when it is read.
        #[test]
        fn amounts_of_workbooks(cents in -9_999_999_999i64..9_999_999_999) {
            #[expect(clippy::cast_precision_loss, reason = "eleven digits")]
            let typed: f64 = format!("{}", cents as f64 / 100.0).parse().unwrap();
            let read = super::cents(&Cell::Number(typed)).map(Cents::get);
            prop_assert_eq!(read, Ok(cents));
        }
    }
}
