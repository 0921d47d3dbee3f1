//! What the page of a file's columns shows of its first lines.

use super::{
    Cell, Column,
    line::identifier,
    words::{scheme, services},
};
use crate::identifier::Identifier;

/// Characters of a sample.
const SAMPLE: usize = 28;

/// What a cell looks like. Its digits are made out wherever it is anything but a Siren or a Siret, a scheme or services, as the
/// column it stands in says: a column may hold anything, whatever its head says, and one may be mistaken for another.
pub fn sample(column: Option<Column>, cell: &Cell) -> String {
    let shown: String = cell.shown().chars().take(SAMPLE).collect();
    let known = match column {
        // An account number is half of a proof.
        Some(Column::Identifier) => matches!(
            identifier(cell),
            Ok(Identifier::Siren(_) | Identifier::Siret(..))
        ),
        Some(Column::Scheme) => scheme(cell).is_ok(),
        Some(Column::Services) => services(cell).is_ok(),
        Some(
            Column::Account | Column::Amount | Column::Nir | Column::Reference | Column::Labels,
        )
        | None => false,
    };
    if known {
        return shown;
    }
    shown
        .chars()
        .map(|c| if c.is_numeric() { '•' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: the preview shows a secret, in a column that is known for one or in one that is not.
    #[test]
    fn samples_hide_secrets() {
        let text = |text: &str| Cell::Text(text.to_owned());
        assert_eq!(
            sample(Some(Column::Identifier), &text("732829320")),
            "732829320"
        );
        assert_eq!(
            sample(Some(Column::Identifier), &text("2550814168025")),
            "•••••••••••••"
        );
        assert_eq!(sample(Some(Column::Amount), &Cell::Number(12.5)), "••,•");
        assert_eq!(sample(None, &text("Boulangerie 12")), "Boulangerie ••");
        assert_eq!(
            sample(None, &text("2 55 08 14 168 025 38")),
            "• •• •• •• ••• ••• ••"
        );
        let account = text("GQ815739800M01");
        for column in Column::ALL {
            assert_eq!(sample(Some(column), &account), "GQ•••••••••M••");
        }
    }

    /// Fear: a column that is taken for services, a scheme or identifiers shows everybody a social security number that stands in it.
    #[test]
    fn samples_hide_secrets_under_any_head() {
        for secret in [
            "255081416802538",
            "2 55 08 14 168 025 38",
            "2550814168025",
            "253072A07300443",
            "DPAE 255081416802538",
            "DPAE,255081416802538",
            "RG 1234",
            "\u{ff12}\u{ff15}\u{ff15}\u{ff10}\u{ff18}\u{ff11}\u{ff14}",
        ] {
            for column in Column::ALL.map(Some).into_iter().chain([None]) {
                let shown = sample(column, &Cell::Text(secret.to_owned()));
                assert!(!shown.contains(char::is_numeric), "{column:?}: {shown}");
            }
        }
        let shown = |column, text: &str| sample(Some(column), &Cell::Text(text.to_owned()));
        assert_eq!(shown(Column::Services, "DPAE, MAIL_DSN"), "DPAE, MAIL_DSN");
        assert_eq!(shown(Column::Scheme, "RG"), "RG");
        let siret = "732 829 320 00074";
        assert_eq!(shown(Column::Identifier, siret), siret);
    }
}
