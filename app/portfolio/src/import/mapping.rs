//! Which column of a file is which of ours.

use super::Column;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// The places of our columns in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<Column, usize>);

/// What forms and tables hold for a column that is left alone.
pub(crate) const IGNORED: &str = "-";

/// The places of columns in a file, as its heads say. Of two heads that name the same column the first counts.
pub fn guessed<'a, C: Ord>(
    heads: impl IntoIterator<Item = &'a str>,
    of_head: fn(&str) -> Option<C>,
) -> BTreeMap<C, usize> {
    let mut places = BTreeMap::new();
    for (place, head) in heads.into_iter().enumerate() {
        if let Some(column) = of_head(head) {
            places.entry(column).or_insert(place);
        }
    }
    places
}

impl Mapping {
    /// What the heads say. Of two heads that name the same column the first counts; the person sees it, and may change it.
    pub fn guessed<'a>(heads: impl IntoIterator<Item = &'a str>) -> Self {
        Self(guessed(heads, Column::of_head))
    }

    /// What a form says: for each column of the file, in its order, the code of ours or [`IGNORED`].
    ///
    /// # Errors
    /// A code that is none, one of our columns named twice, or one that is missing without which no line says whose accounts are meant:
    /// the scheme says it, or else the kind of proof.
    pub fn chosen<'a>(codes: impl IntoIterator<Item = &'a str>) -> Result<Self, Problem> {
        let mut places = BTreeMap::new();
        for (place, code) in codes.into_iter().enumerate() {
            if code == IGNORED || code.is_empty() {
                continue;
            }
            let column = Column::from_code(code).ok_or(Problem::NotOffered)?;
            if places.insert(column, place).is_some() {
                return Err(Problem::ColumnTwice(column));
            }
        }
        if !places.contains_key(&Column::Identifier) {
            return Err(Problem::ColumnMissing(Column::Identifier));
        }
        let telling = [Column::Amount, Column::Nir, Column::Scheme];
        if !telling.iter().any(|column| places.contains_key(column)) {
            return Err(Problem::ColumnMissing(Column::Amount));
        }
        Ok(Self(places))
    }

    /// Where a column is.
    pub fn place(&self, column: Column) -> Option<usize> {
        self.0.get(&column).copied()
    }

    /// Which column is there.
    pub fn at(&self, place: usize) -> Option<Column> {
        self.0
            .iter()
            .find(|(_, known)| **known == place)
            .map(|(column, _)| *column)
    }

    /// As a table holds it: the codes by place, between commas.
    pub fn stored(&self) -> String {
        let last = self.0.values().max().copied();
        let codes: Vec<_> = (0..last.map_or(0, |last| last + 1))
            .map(|place| self.at(place).map_or(IGNORED, Column::code))
            .collect();
        codes.join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: columns are taken for others after they were stored, or a file goes on that can prove nothing.
    #[test]
    fn chosen_and_stored() {
        let mapping = Mapping::guessed(["Nom", "SIREN", "N° de compte", "siret", "Montant"]);
        assert_eq!(mapping.stored(), "-,identifiant,compte,-,montant");
        assert_eq!(
            Mapping::chosen(mapping.stored().split(',')).as_ref(),
            Ok(&mapping)
        );
        assert_eq!(mapping.place(Column::Amount), Some(4));
        assert_eq!(mapping.at(0), None);
        assert_eq!(
            Mapping::chosen(["identifiant", "compte"]),
            Err(Problem::ColumnMissing(Column::Amount))
        );
        assert_eq!(
            Mapping::chosen(["nir", "compte"]),
            Err(Problem::ColumnMissing(Column::Identifier))
        );
        assert_eq!(
            Mapping::chosen(["nir", "identifiant", "nir"]),
            Err(Problem::ColumnTwice(Column::Nir))
        );
        assert_eq!(Mapping::chosen(["x"]), Err(Problem::NotOffered));
    }

    /// Fear: a file that the portal exported is refused for its columns, or one of them is taken for another.
    #[test]
    fn an_exported_file_is_taken() {
        let heads = crate::sheet::COLUMNS.map(|(head, _)| head);
        let mapping = Mapping::guessed(heads);
        let place = |column| mapping.place(column).map(|place| heads[place]);
        assert_eq!(place(Column::Identifier), Some("Identifiant"));
        assert_eq!(place(Column::Scheme), Some("Régime"));
        assert_eq!(place(Column::Services), Some("Services"));
        let stored = mapping.stored();
        assert_eq!(Mapping::chosen(stored.split(',')), Ok(mapping));
    }
}
