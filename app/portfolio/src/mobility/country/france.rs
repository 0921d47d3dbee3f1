//! What is under French social security: nobody is posted there from France.

use super::{Limit, Row, Zone};
use crate::language::n;

const fn french(code: &'static str, name: &'static str) -> Row {
    Row::new(code, name, Zone::France, Limit::Unknown)
}

pub(super) static ROWS: [Row; 8] = [
    french("FR", n("France")).known_as(&["Métropole", "Corse"]),
    french("GF", n("Guyane française")).dependent(),
    french("GP", n("Guadeloupe")).dependent(),
    french("MQ", n("Martinique")).dependent(),
    french("YT", n("Mayotte")).dependent(),
    french("RE", n("La Réunion"))
        .known_as(&["Réunion"])
        .dependent(),
    french("BL", n("Saint-Barthélemy")).dependent(),
    french("MF", n("Saint-Martin"))
        .dependent()
        .remark(n("La partie néerlandaise est à choisir séparément.")),
];
