//! The European Economic Area, Switzerland and the United Kingdom: 24 months (regulation (EC) 883/2004, article 12; for the United
//! Kingdom the protocol of social security, article SSC.11), certificate A1, exceptions by article 16.

use super::{Extension, Limit, Paper, Row, SelfEmployed, Zone};
use crate::language::n;

const fn europe(code: &'static str, name: &'static str) -> Row {
    let mut row = Row::new(code, name, Zone::Europe, Limit::Confirmed(24));
    row.self_employed = SelfEmployed::Covered(Limit::Confirmed(24), Extension::Exception);
    row.extension = Extension::Exception;
    row.paper = Paper::Read("A1");
    row
}

pub(super) static ROWS: [Row; 31] = [
    europe("DE", n("Allemagne")),
    europe("AT", n("Autriche")),
    europe("BE", n("Belgique")),
    europe("BG", n("Bulgarie")),
    europe("CY", n("Chypre")),
    europe("HR", n("Croatie")),
    europe("DK", n("Danemark")),
    europe("ES", n("Espagne")).known_as(&["Canaries", "Baléares", "Ceuta", "Melilla"]),
    europe("EE", n("Estonie")),
    europe("FI", n("Finlande")).known_as(&["Îles Åland", "Åland"]),
    europe("GR", n("Grèce")),
    europe("HU", n("Hongrie")),
    europe("IE", n("Irlande")).known_as(&["Eire", "République d’Irlande"]),
    europe("IS", n("Islande")),
    europe("IT", n("Italie")).known_as(&["Sicile", "Sardaigne"]),
    europe("LV", n("Lettonie")),
    europe("LI", n("Liechtenstein")),
    europe("LT", n("Lituanie")),
    europe("LU", n("Luxembourg")).known_as(&["Grand-Duché de Luxembourg"]),
    europe("MT", n("Malte")),
    europe("NO", n("Norvège")),
    europe("NL", n("Pays-Bas")).known_as(&["Hollande"]),
    europe("PL", n("Pologne")),
    europe("PT", n("Portugal")).known_as(&["Madère", "Açores"]),
    europe("CZ", n("République tchèque")).known_as(&["Tchéquie"]),
    europe("RO", n("Roumanie")),
    europe("GB", n("Royaume-Uni"))
        .known_as(&[
            "Angleterre",
            "Grande-Bretagne",
            "Écosse",
            "Pays de Galles",
            "Irlande du Nord",
            "UK",
        ])
        .remark(n(
            "Sans Gibraltar, Jersey, Guernesey ni l’île de Man, à choisir séparément.",
        )),
    europe("SK", n("Slovaquie")),
    europe("SI", n("Slovénie")),
    europe("SE", n("Suède")),
    europe("CH", n("Suisse")).known_as(&["Confédération helvétique"]),
];
