//! The portfolio as a file for spreadsheets: its columns, and what stands in them. No secret among them: there is none of a client's in
//! the portfolio.
//!
//! The heads of identifier, scheme and services are those that an import of clients reads, so that an exported file can be mended and
//! sent in again.

use crate::{
    catalogue::ServiceCode,
    client::OwnTold,
    holder::{AccountState, Holder, HolderScheme, Kind},
    organism,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A kind of file, exported or sent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Semicolons and a mark of UTF-8, as French spreadsheets read it.
    Csv,
    /// A workbook with typed columns.
    Xlsx,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// As forms and tables name it, and how its file's name ends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => "Excel (XLSX)",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    /// The media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// One client of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The client's name.
    pub name: String,
    /// The kind of its accounts.
    pub kind: Kind,
    /// The state of its accounts together.
    pub state: AccountState,
    /// The three-digit codes of the bodies that manage them.
    pub organisms: Vec<String>,
    /// The services that are on.
    pub services: BTreeSet<ServiceCode>,
    /// The firm's own fields.
    pub own: OwnTold,
    /// When it was added.
    pub added_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text: identifiers too, whose leading zeros are a part of them.
    Text(String),
    /// A count.
    Number(u64),
    /// A day.
    Day(Timestamp),
}

/// A column: its head, and its width in characters.
pub const COLUMNS: [(&str, u8); 13] = [
    ("Identifiant", 20),
    ("Régime", 8),
    ("Nom", 40),
    ("Type de compte", 24),
    ("État", 10),
    ("Organismes", 30),
    ("Services", 40),
    ("Nombre de services", 12),
    ("Référence", 16),
    ("Étiquettes", 24),
    ("En charge", 24),
    ("Ajouté le", 12),
    ("Modifié le", 12),
];

/// What an import reads as « no service ».
const NO_SERVICE: &str = "aucun";

impl SheetRow {
    /// Its cells, in the order of [`COLUMNS`].
    pub fn cells(&self) -> [Cell; 13] {
        let identifier = match &self.held.holder {
            Holder::Siren(siren) => siren.as_str(),
            Holder::Account(number) => number.as_str(),
        };
        let organisms: Vec<String> = self
            .organisms
            .iter()
            .map(|code| organism::name(code))
            .collect();
        let services: Vec<_> = self.services.iter().map(|code| code.as_str()).collect();
        let services = if services.is_empty() {
            NO_SERVICE.to_owned()
        } else {
            services.join(",")
        };
        let text = |text: &str| Cell::Text(text.to_owned());
        [
            text(identifier),
            text(self.held.scheme.code()),
            text(&self.name),
            text(self.kind.label()),
            text(self.state.label()),
            Cell::Text(organisms.join(", ")),
            Cell::Text(services),
            Cell::Number(self.services.len() as u64),
            text(&self.own.reference),
            Cell::Text(self.own.labels.join(", ")),
            text(self.own.in_charge.as_deref().unwrap_or_default()),
            Cell::Day(self.added_at),
            Cell::Day(self.changed_at),
        ]
    }
}

/// A text that no spreadsheet takes for a formula: names are what people wrote.
pub fn harmless(cell: &str) -> String {
    // What spreadsheets skip before they look for a formula is skipped here too.
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']);
    if first.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a spreadsheet runs a name as a formula, or every name gets a sign before it.
    #[test]
    fn no_formula() {
        for dangerous in [
            "=1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "\n=x",
            " =1",
            "\u{ff1d}1",
        ] {
            assert!(harmless(dangerous).starts_with('\''), "{dangerous:?}");
        }
        for plain in ["Boulangerie", "A-B", "1+1", "", "'x"] {
            assert_eq!(harmless(plain), plain);
        }
    }

    /// Fear: a cell stands under another head, or an identifier loses its zeros.
    #[test]
    fn cells_fit_their_heads() {
        let row = SheetRow {
            held: "RG:732829320".parse().unwrap(),
            name: "Zoé".into(),
            kind: Kind::Emp,
            state: AccountState::Actif,
            organisms: vec!["117".into()],
            services: BTreeSet::new(),
            own: OwnTold {
                reference: "A 1".into(),
                labels: vec!["Urgent".into(), "À voir".into()],
                in_charge: None,
            },
            added_at: Timestamp(0),
            changed_at: Timestamp(0),
        };
        let cells = row.cells();
        let at = |head: &str| {
            let place = COLUMNS.iter().position(|(known, _)| *known == head);
            cells[place.unwrap()].clone()
        };
        assert!(matches!(at("Identifiant"), Cell::Text(siren) if siren.len() == 9));
        assert_eq!(at("Régime"), Cell::Text("RG".into()));
        assert_eq!(at("Services"), Cell::Text("aucun".into()));
        assert_eq!(at("Étiquettes"), Cell::Text("Urgent, À voir".into()));
        assert_eq!(at("Nombre de services"), Cell::Number(0));
        assert_eq!(at("Ajouté le"), Cell::Day(Timestamp(0)));
    }
}
