//! The collecting bodies by their three-digit code (domain note, section 3.3: transcription of the table of 18 June 2026, a
//! secondary source; two codes were cross-checked).

/// Code and name.
const ORGANISMS: [(&str, &str); 37] = [
    ("109", "PAM"),
    ("116", "Île-de-France, grandes entreprises"),
    ("117", "Île-de-France"),
    ("200", "Corse"),
    ("217", "Champagne-Ardenne"),
    ("227", "Picardie"),
    ("247", "Centre-Val de Loire"),
    ("267", "Bourgogne"),
    ("287", "Normandie"),
    ("311", "Midi-Pyrénées, très grandes entreprises"),
    ("317", "Nord-Pas-de-Calais"),
    ("417", "Lorraine"),
    ("427", "Alsace"),
    ("437", "Franche-Comté"),
    ("438", "CNTFS"),
    ("451", "Centre, grandes entreprises"),
    ("527", "Pays de la Loire"),
    ("537", "Bretagne"),
    ("547", "Poitou-Charentes"),
    ("595", "Nord, très grandes entreprises"),
    ("693", "Rhône-Alpes, grandes entreprises"),
    ("727", "Aquitaine"),
    ("737", "Midi-Pyrénées"),
    ("747", "Limousin"),
    ("748", "Limousin"),
    ("827", "Rhône-Alpes"),
    ("828", "CNTFS"),
    ("837", "Auvergne"),
    ("917", "Languedoc-Roussillon"),
    ("937", "Provence-Alpes-Côte d’Azur"),
    ("971", "CGSS Guadeloupe"),
    ("972", "CGSS Martinique"),
    ("973", "CGSS Guyane"),
    ("974", "CGSS La Réunion"),
    ("976", "CGSS Mayotte"),
    ("979", "PAM"),
    ("999", "Organisme de démonstration"),
];

/// The codes of the regional bodies, for made-up registries.
pub const REGIONAL: [&str; 22] = [
    "117", "200", "217", "227", "247", "267", "287", "317", "417", "427", "437", "527", "537",
    "547", "727", "737", "747", "827", "837", "917", "937", "974",
];

/// « Urssaf Bretagne », « CGSS Guyane »; the code alone where it is not known, since older accounts carry departmental codes.
pub fn name(code: &str) -> String {
    match ORGANISMS.iter().find(|(known, _)| *known == code) {
        Some((_, name)) if name.starts_with("CGSS") || name.starts_with("Organisme") => {
            (*name).to_owned()
        }
        Some((_, name)) => format!("Urssaf {name}"),
        None => format!("Organisme {code}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a regional code without a name.
    #[test]
    fn regional_bodies_have_names() {
        for code in REGIONAL {
            assert!(!name(code).ends_with(code), "{code}");
        }
        assert_eq!(name("537"), "Urssaf Bretagne");
        assert_eq!(name("000"), "Organisme 000");
    }
}
