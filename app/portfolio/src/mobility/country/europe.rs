//! The European Economic Area, Switzerland and the United Kingdom: 24 months (regulation (EC) 883/2004, article 12; for the United
//! Kingdom the protocol of social security, article SSC.11), certificate A1, exceptions by article 16.

use super::{Extension, Limit, Paper, Row, SelfEmployed, Zone};

const fn europe(code: &'static str, name: &'static str) -> Row {
    let mut row = Row::new(code, name, Zone::Europe, Limit::Confirmed(24));
    row.self_employed = SelfEmployed::Covered(Limit::Confirmed(24), Extension::Exception);
    row.extension = Extension::Exception;
    row.paper = Paper::Read("A1");
    row
}

pub(super) static ROWS: [Row; 31] = [
    europe("DE", "Allemagne"),
    europe("AT", "Autriche"),
    europe("BE", "Belgique"),
    europe("BG", "Bulgarie"),
    europe("CY", "Chypre"),
    europe("HR", "Croatie"),
    europe("DK", "Danemark"),
    europe("ES", "Espagne").known_as(&["Canaries", "Baléares", "Ceuta", "Melilla"]),
    europe("EE", "Estonie"),
    europe("FI", "Finlande").known_as(&["Îles Åland", "Åland"]),
    europe("GR", "Grèce"),
    europe("HU", "Hongrie"),
    europe("IE", "Irlande").known_as(&["Eire", "République d’Irlande"]),
    europe("IS", "Islande"),
    europe("IT", "Italie").known_as(&["Sicile", "Sardaigne"]),
    europe("LV", "Lettonie"),
    europe("LI", "Liechtenstein"),
    europe("LT", "Lituanie"),
    europe("LU", "Luxembourg").known_as(&["Grand-Duché de Luxembourg"]),
    europe("MT", "Malte"),
    europe("NO", "Norvège"),
    europe("NL", "Pays-Bas").known_as(&["Hollande"]),
    europe("PL", "Pologne"),
    europe("PT", "Portugal").known_as(&["Madère", "Açores"]),
    europe("CZ", "République tchèque").known_as(&["Tchéquie"]),
    europe("RO", "Roumanie"),
    europe("GB", "Royaume-Uni")
        .known_as(&[
            "Angleterre",
            "Grande-Bretagne",
            "Écosse",
            "Pays de Galles",
            "Irlande du Nord",
            "UK",
        ])
        .remark("Sans Gibraltar, Jersey, Guernesey ni l’île de Man, à choisir séparément."),
    europe("SK", "Slovaquie"),
    europe("SI", "Slovénie"),
    europe("SE", "Suède"),
    europe("CH", "Suisse").known_as(&["Confédération helvétique"]),
];
