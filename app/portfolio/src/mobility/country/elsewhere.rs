//! Everywhere else: no agreement. An employee may stay under French social security for 36 months, once renewable (Urssaf's mobility
//! form); for the self-employed no duration was found. The zone is by exclusion from the two other lists.

use super::{Extension, Limit, Paper, Row, SelfEmployed, Zone};

const fn free(code: &'static str, name: &'static str) -> Row {
    let mut row = Row::new(code, name, Zone::Elsewhere, Limit::Confirmed(36));
    row.self_employed = SelfEmployed::Covered(Limit::Unknown, Extension::Unsaid);
    row.paper = Paper::None;
    row.extension = Extension::Months(36);
    row
}

pub(super) static ROWS: [Row; 170] = [
    free("AF", "Afghanistan"),
    free("ZA", "Afrique du Sud"),
    free("AL", "Albanie"),
    free("AO", "Angola"),
    free("AI", "Anguilla").dependent(),
    free("AQ", "Antarctique").dependent(),
    free("AG", "Antigua-et-Barbuda"),
    free("SA", "Arabie saoudite").known_as(&["Arabie"]),
    free("AM", "Arménie"),
    free("AW", "Aruba").dependent(),
    free("AU", "Australie"),
    free("AZ", "Azerbaïdjan"),
    free("BS", "Bahamas"),
    free("BH", "Bahreïn").known_as(&["Bahrein"]),
    free("BD", "Bangladesh"),
    free("BB", "Barbade"),
    free("BZ", "Belize"),
    free("BM", "Bermudes").dependent(),
    free("BT", "Bhoutan"),
    free("BY", "Biélorussie").known_as(&["Bélarus"]),
    free("BO", "Bolivie"),
    free("BW", "Botswana"),
    free("BN", "Brunei").known_as(&["Brunei Darussalam"]),
    free("BF", "Burkina Faso"),
    free("BI", "Burundi"),
    free("KH", "Cambodge"),
    free("CN", "Chine").known_as(&["République populaire de Chine"]),
    free("CO", "Colombie"),
    free("KM", "Comores").known_as(&["Anjouan"]),
    free("KP", "Corée du Nord")
        .known_as(&["République populaire démocratique de Corée"])
        .remark("La Corée du Sud, liée par un accord, est à choisir séparément."),
    free("CR", "Costa Rica"),
    free("CU", "Cuba"),
    free("CW", "Curaçao").dependent(),
    free("DJ", "Djibouti"),
    free("DM", "Dominique"),
    free("EG", "Égypte"),
    free("AE", "Émirats arabes unis").known_as(&["Dubaï", "Abou Dabi", "Abu Dhabi", "EAU"]),
    free("EC", "Équateur"),
    free("ER", "Érythrée"),
    free("SZ", "Eswatini").known_as(&["Swaziland"]),
    free("VA", "État de la Cité du Vatican").known_as(&["Vatican", "Saint-Siège"]),
    free("ET", "Éthiopie"),
    free("FJ", "Fidji").known_as(&["Îles Fidji"]),
    free("GM", "Gambie"),
    free("GE", "Géorgie"),
    free("GS", "Géorgie du Sud-et-les Îles Sandwich du Sud").dependent(),
    free("GH", "Ghana"),
    free("GI", "Gibraltar").zone_unsure().dependent(),
    free("GD", "Grenade"),
    free("GL", "Groenland").dependent(),
    free("GU", "Guam").dependent(),
    free("GT", "Guatemala"),
    free("GN", "Guinée").known_as(&["Guinée-Conakry"]),
    free("GQ", "Guinée équatoriale"),
    free("GW", "Guinée-Bissau"),
    free("GY", "Guyana"),
    free("HT", "Haïti"),
    free("HN", "Honduras"),
    free("BV", "Île Bouvet").dependent(),
    free("CX", "Île Christmas").dependent(),
    free("IM", "Île de Man")
        .known_as(&["Man"])
        .zone_unsure()
        .dependent(),
    free("NF", "Île Norfolk").dependent(),
    free("KY", "Îles Caïmans")
        .known_as(&["Caïmans"])
        .dependent(),
    free("CC", "Îles Cocos").dependent(),
    free("CK", "Îles Cook").dependent(),
    free("FO", "Îles Féroé").known_as(&["Féroé"]).dependent(),
    free("HM", "Îles Heard-et-MacDonald").dependent(),
    free("FK", "Îles Malouines")
        .known_as(&["Falkland"])
        .dependent(),
    free("MP", "Îles Mariannes du Nord").dependent(),
    free("MH", "Îles Marshall").known_as(&["Marshall"]),
    free("UM", "Îles mineures éloignées des États-Unis").dependent(),
    free("PN", "Îles Pitcairn").dependent(),
    free("SB", "Îles Salomon").known_as(&["Salomon"]),
    free("TC", "Îles Turques-et-Caïques").dependent(),
    free("VG", "Îles Vierges britanniques").dependent(),
    free("VI", "Îles Vierges des États-Unis").dependent(),
    free("ID", "Indonésie"),
    free("IQ", "Irak").known_as(&["Iraq"]),
    free("IR", "Iran"),
    free("JM", "Jamaïque"),
    free("JO", "Jordanie"),
    free("KZ", "Kazakhstan"),
    free("KE", "Kenya"),
    free("KG", "Kirghizstan").known_as(&["Kirghizie"]),
    free("KI", "Kiribati"),
    free("KW", "Koweït"),
    free("LA", "Laos").known_as(&["République démocratique populaire lao"]),
    free("LS", "Lesotho"),
    free("LB", "Liban"),
    free("LR", "Liberia"),
    free("LY", "Libye"),
    free("MY", "Malaisie"),
    free("MW", "Malawi"),
    free("MV", "Maldives"),
    free("MU", "Maurice").known_as(&["Île Maurice"]),
    free("MX", "Mexique"),
    free("FM", "Micronésie").known_as(&["États fédérés de Micronésie"]),
    free("MD", "Moldavie").known_as(&["République de Moldova"]),
    free("MN", "Mongolie"),
    free("MS", "Montserrat").dependent(),
    free("MZ", "Mozambique"),
    free("MM", "Myanmar (Birmanie)").known_as(&["Birmanie"]),
    free("NA", "Namibie"),
    free("NR", "Nauru"),
    free("NP", "Népal"),
    free("NI", "Nicaragua"),
    free("NG", "Nigeria"),
    free("NU", "Niue").dependent(),
    free("NZ", "Nouvelle-Zélande"),
    free("OM", "Oman"),
    free("UG", "Ouganda"),
    free("UZ", "Ouzbékistan"),
    free("PK", "Pakistan"),
    free("PW", "Palaos").known_as(&["Palau"]),
    free("PA", "Panama"),
    free("PG", "Papouasie-Nouvelle-Guinée"),
    free("PY", "Paraguay"),
    free("BQ", "Pays-Bas caribéens")
        .known_as(&["Bonaire", "Saba", "Saint-Eustache"])
        .dependent(),
    free("PE", "Pérou"),
    free("PR", "Porto Rico")
        .known_as(&["Puerto Rico"])
        .dependent(),
    free("QA", "Qatar"),
    free("HK", "R.A.S. chinoise de Hong Kong")
        .known_as(&["Hong Kong"])
        .dependent(),
    free("MO", "R.A.S. chinoise de Macao")
        .known_as(&["Macao"])
        .dependent(),
    free("CF", "République centrafricaine").known_as(&["Centrafrique"]),
    free("CD", "République démocratique du Congo")
        .known_as(&["Congo-Kinshasa", "RDC", "Zaïre"])
        .remark(
            "Congo-Kinshasa. Le Congo-Brazzaville, lié par un accord, est «\u{a0}Congo\u{a0}».",
        ),
    free("DO", "République dominicaine"),
    free("RU", "Russie").known_as(&["Fédération de Russie"]),
    free("RW", "Rwanda"),
    free("EH", "Sahara occidental").dependent(),
    free("KN", "Saint-Christophe-et-Niévès").known_as(&["Saint-Kitts-et-Nevis"]),
    free("SX", "Saint-Martin (partie néerlandaise)")
        .known_as(&["Sint Maarten"])
        .dependent()
        .remark("La partie française relève de la Sécurité sociale française."),
    free("VC", "Saint-Vincent-et-les Grenadines"),
    free("SH", "Sainte-Hélène").dependent(),
    free("LC", "Sainte-Lucie"),
    free("SV", "Salvador").known_as(&["El Salvador"]),
    free("WS", "Samoa"),
    free("AS", "Samoa américaines").dependent(),
    free("ST", "Sao Tomé-et-Principe"),
    free("SC", "Seychelles"),
    free("SL", "Sierra Leone"),
    free("SG", "Singapour"),
    free("SO", "Somalie"),
    free("SD", "Soudan"),
    free("SS", "Soudan du Sud"),
    free("LK", "Sri Lanka").known_as(&["Ceylan"]),
    free("SR", "Suriname"),
    free("SJ", "Svalbard et Jan Mayen")
        .known_as(&["Spitzberg"])
        .zone_unsure()
        .dependent(),
    free("SY", "Syrie"),
    free("TJ", "Tadjikistan"),
    free("TW", "Taïwan").known_as(&["Formose"]),
    free("TZ", "Tanzanie"),
    free("TD", "Tchad"),
    free("TF", "Terres australes françaises")
        .known_as(&["TAAF"])
        .dependent(),
    free("IO", "Territoire britannique de l’océan Indien").dependent(),
    free("PS", "Territoires palestiniens").known_as(&["Palestine", "Gaza", "Cisjordanie"]),
    free("TH", "Thaïlande"),
    free("TL", "Timor oriental").known_as(&["Timor-Leste"]),
    free("TK", "Tokelau").dependent(),
    free("TO", "Tonga"),
    free("TT", "Trinité-et-Tobago"),
    free("TM", "Turkménistan"),
    free("TV", "Tuvalu"),
    free("UA", "Ukraine"),
    free("VU", "Vanuatu"),
    free("VE", "Venezuela"),
    free("VN", "Viêt Nam").known_as(&["Vietnam"]),
    free("WF", "Wallis-et-Futuna")
        .known_as(&["Wallis"])
        .dependent(),
    free("YE", "Yémen"),
    free("ZM", "Zambie"),
    free("ZW", "Zimbabwe"),
];
