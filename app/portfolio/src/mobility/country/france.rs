//! What is under French social security: nobody is posted there from France.

use super::{Limit, Row, Zone};

const fn french(code: &'static str, name: &'static str) -> Row {
    Row::new(code, name, Zone::France, Limit::Unknown)
}

pub(super) static ROWS: [Row; 8] = [
    french("FR", "France").known_as(&["Métropole", "Corse"]),
    french("GF", "Guyane française").dependent(),
    french("GP", "Guadeloupe").dependent(),
    french("MQ", "Martinique").dependent(),
    french("YT", "Mayotte").dependent(),
    french("RE", "La Réunion")
        .known_as(&["Réunion"])
        .dependent(),
    french("BL", "Saint-Barthélemy").dependent(),
    french("MF", "Saint-Martin")
        .dependent()
        .remark("La partie néerlandaise est à choisir séparément."),
];
