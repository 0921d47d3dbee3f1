//! One account of the demonstration's registry, with what proves a mandate for it.

use super::REGISTRY;
use portfolio::{
    form::Proof,
    holder::{Holder, Kind},
    identifier::Identifier,
    registry::{RegistryRow, Secret},
};

/// One account, as the registry's file has it and as the portal understands it.
pub(super) struct Specimen {
    /// The row, understood.
    pub(super) row: RegistryRow,
    /// The secret as the file writes it: what a person types.
    pub(super) secret: String,
}

impl Specimen {
    /// Every account, in the file's order.
    pub(super) fn all() -> Vec<Self> {
        let mut file = csv::ReaderBuilder::new()
            .delimiter(b';')
            .from_reader(REGISTRY.as_bytes());
        let columns = file
            .headers()
            .cloned()
            .expect("the file in this crate has a first line");
        file.records()
            .map(|record| {
                let record = record.expect("the file in this crate is CSV");
                let field = |column: &'static str| {
                    let place = columns.iter().position(|known| known == column);
                    place.and_then(|place| record.get(place)).unwrap_or("")
                };
                Self {
                    row: RegistryRow::read(field)
                        .expect("the file in this crate holds what the import accepts"),
                    secret: format!("{}{}", field("last_declared_amount"), field("nir")),
                }
            })
            .collect()
    }

    /// The account of this number.
    pub(super) fn of(account: &str) -> Option<Self> {
        Self::all()
            .into_iter()
            .find(|specimen| specimen.row.number.as_str() == account)
    }

    /// What is typed at the first step.
    pub(super) fn identifier(&self) -> Identifier {
        match &self.row.held.holder {
            Holder::Siren(siren) => Identifier::Siren(siren.clone()),
            Holder::Account(number) => Identifier::Account(number.clone()),
        }
    }

    /// What proves a mandate for it; `None` where the registry holds no secret.
    pub(super) fn proof(&self) -> Option<Proof> {
        let number = self.row.number.clone();
        match (&self.row.secret, self.row.kind) {
            (Secret::Amount(amount), _) => Some(Proof::Employer(*amount, number)),
            (Secret::Nir(nir), Kind::Gm) => Some(Proof::Manager(nir.clone())),
            (Secret::Nir(nir), _) => Some(Proof::SelfEmployed(nir.clone(), number)),
            (Secret::None, _) => None,
        }
    }
}
