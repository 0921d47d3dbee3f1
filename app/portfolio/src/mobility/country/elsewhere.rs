//! Everywhere else: no agreement. An employee may stay under French social security for 36 months, once renewable (Urssaf's mobility
//! form); for the self-employed no duration was found. The zone is by exclusion from the two other lists.

use super::{Extension, Limit, Paper, Row, SelfEmployed, Zone};
use crate::language::n;

const fn free(code: &'static str, name: &'static str) -> Row {
    let mut row = Row::new(code, name, Zone::Elsewhere, Limit::Confirmed(36));
    row.self_employed = SelfEmployed::Covered(Limit::Unknown, Extension::Unsaid);
    row.paper = Paper::None;
    row.extension = Extension::Months(36);
    row
}

pub(super) static ROWS: [Row; 170] = [
    free("AF", n("Afghanistan")),
    free("ZA", n("Afrique du Sud")),
    free("AL", n("Albanie")),
    free("AO", n("Angola")),
    free("AI", n("Anguilla")).dependent(),
    free("AQ", n("Antarctique")).dependent(),
    free("AG", n("Antigua-et-Barbuda")),
    free("SA", n("Arabie saoudite")).known_as(&["Arabie"]),
    free("AM", n("Arménie")),
    free("AW", n("Aruba")).dependent(),
    free("AU", n("Australie")),
    free("AZ", n("Azerbaïdjan")),
    free("BS", n("Bahamas")),
    free("BH", n("Bahreïn")).known_as(&["Bahrein"]),
    free("BD", n("Bangladesh")),
    free("BB", n("Barbade")),
    free("BZ", n("Belize")),
    free("BM", n("Bermudes")).dependent(),
    free("BT", n("Bhoutan")),
    free("BY", n("Biélorussie")).known_as(&["Bélarus"]),
    free("BO", n("Bolivie")),
    free("BW", n("Botswana")),
    free("BN", n("Brunei")).known_as(&["Brunei Darussalam"]),
    free("BF", n("Burkina Faso")),
    free("BI", n("Burundi")),
    free("KH", n("Cambodge")),
    free("CN", n("Chine")).known_as(&["République populaire de Chine"]),
    free("CO", n("Colombie")),
    free("KM", n("Comores")).known_as(&["Anjouan"]),
    free("KP", n("Corée du Nord"))
        .known_as(&["République populaire démocratique de Corée"])
        .remark(n(
            "La Corée du Sud, liée par un accord, est à choisir séparément.",
        )),
    free("CR", n("Costa Rica")),
    free("CU", n("Cuba")),
    free("CW", n("Curaçao")).dependent(),
    free("DJ", n("Djibouti")),
    free("DM", n("Dominique")),
    free("EG", n("Égypte")),
    free("AE", n("Émirats arabes unis")).known_as(&["Dubaï", "Abou Dabi", "Abu Dhabi", "EAU"]),
    free("EC", n("Équateur")),
    free("ER", n("Érythrée")),
    free("SZ", n("Eswatini")).known_as(&["Swaziland"]),
    free("VA", n("État de la Cité du Vatican")).known_as(&["Vatican", "Saint-Siège"]),
    free("ET", n("Éthiopie")),
    free("FJ", n("Fidji")).known_as(&["Îles Fidji"]),
    free("GM", n("Gambie")),
    free("GE", n("Géorgie")),
    free("GS", n("Géorgie du Sud-et-les Îles Sandwich du Sud")).dependent(),
    free("GH", n("Ghana")),
    free("GI", n("Gibraltar")).zone_unsure().dependent(),
    free("GD", n("Grenade")),
    free("GL", n("Groenland")).dependent(),
    free("GU", n("Guam")).dependent(),
    free("GT", n("Guatemala")),
    free("GN", n("Guinée")).known_as(&["Guinée-Conakry"]),
    free("GQ", n("Guinée équatoriale")),
    free("GW", n("Guinée-Bissau")),
    free("GY", n("Guyana")),
    free("HT", n("Haïti")),
    free("HN", n("Honduras")),
    free("BV", n("Île Bouvet")).dependent(),
    free("CX", n("Île Christmas")).dependent(),
    free("IM", n("Île de Man"))
        .known_as(&["Man"])
        .zone_unsure()
        .dependent(),
    free("NF", n("Île Norfolk")).dependent(),
    free("KY", n("Îles Caïmans"))
        .known_as(&["Caïmans"])
        .dependent(),
    free("CC", n("Îles Cocos")).dependent(),
    free("CK", n("Îles Cook")).dependent(),
    free("FO", n("Îles Féroé")).known_as(&["Féroé"]).dependent(),
    free("HM", n("Îles Heard-et-MacDonald")).dependent(),
    free("FK", n("Îles Malouines"))
        .known_as(&["Falkland"])
        .dependent(),
    free("MP", n("Îles Mariannes du Nord")).dependent(),
    free("MH", n("Îles Marshall")).known_as(&["Marshall"]),
    free("UM", n("Îles mineures éloignées des États-Unis")).dependent(),
    free("PN", n("Îles Pitcairn")).dependent(),
    free("SB", n("Îles Salomon")).known_as(&["Salomon"]),
    free("TC", n("Îles Turques-et-Caïques")).dependent(),
    free("VG", n("Îles Vierges britanniques")).dependent(),
    free("VI", n("Îles Vierges des États-Unis")).dependent(),
    free("ID", n("Indonésie")),
    free("IQ", n("Irak")).known_as(&["Iraq"]),
    free("IR", n("Iran")),
    free("JM", n("Jamaïque")),
    free("JO", n("Jordanie")),
    free("KZ", n("Kazakhstan")),
    free("KE", n("Kenya")),
    free("KG", n("Kirghizstan")).known_as(&["Kirghizie"]),
    free("KI", n("Kiribati")),
    free("KW", n("Koweït")),
    free("LA", n("Laos")).known_as(&["République démocratique populaire lao"]),
    free("LS", n("Lesotho")),
    free("LB", n("Liban")),
    free("LR", n("Liberia")),
    free("LY", n("Libye")),
    free("MY", n("Malaisie")),
    free("MW", n("Malawi")),
    free("MV", n("Maldives")),
    free("MU", n("Maurice")).known_as(&["Île Maurice"]),
    free("MX", n("Mexique")),
    free("FM", n("Micronésie")).known_as(&["États fédérés de Micronésie"]),
    free("MD", n("Moldavie")).known_as(&["République de Moldova"]),
    free("MN", n("Mongolie")),
    free("MS", n("Montserrat")).dependent(),
    free("MZ", n("Mozambique")),
    free("MM", n("Myanmar (Birmanie)")).known_as(&["Birmanie"]),
    free("NA", n("Namibie")),
    free("NR", n("Nauru")),
    free("NP", n("Népal")),
    free("NI", n("Nicaragua")),
    free("NG", n("Nigeria")),
    free("NU", n("Niue")).dependent(),
    free("NZ", n("Nouvelle-Zélande")),
    free("OM", n("Oman")),
    free("UG", n("Ouganda")),
    free("UZ", n("Ouzbékistan")),
    free("PK", n("Pakistan")),
    free("PW", n("Palaos")).known_as(&["Palau"]),
    free("PA", n("Panama")),
    free("PG", n("Papouasie-Nouvelle-Guinée")),
    free("PY", n("Paraguay")),
    free("BQ", n("Pays-Bas caribéens"))
        .known_as(&["Bonaire", "Saba", "Saint-Eustache"])
        .dependent(),
    free("PE", n("Pérou")),
    free("PR", n("Porto Rico"))
        .known_as(&["Puerto Rico"])
        .dependent(),
    free("QA", n("Qatar")),
    free("HK", n("R.A.S. chinoise de Hong Kong"))
        .known_as(&["Hong Kong"])
        .dependent(),
    free("MO", n("R.A.S. chinoise de Macao"))
        .known_as(&["Macao"])
        .dependent(),
    free("CF", n("République centrafricaine")).known_as(&["Centrafrique"]),
    free("CD", n("République démocratique du Congo"))
        .known_as(&["Congo-Kinshasa", "RDC", "Zaïre"])
        .remark(n(
            "Congo-Kinshasa. Le Congo-Brazzaville, lié par un accord, est «\u{a0}Congo\u{a0}».",
        )),
    free("DO", n("République dominicaine")),
    free("RU", n("Russie")).known_as(&["Fédération de Russie"]),
    free("RW", n("Rwanda")),
    free("EH", n("Sahara occidental")).dependent(),
    free("KN", n("Saint-Christophe-et-Niévès")).known_as(&["Saint-Kitts-et-Nevis"]),
    free("SX", n("Saint-Martin (partie néerlandaise)"))
        .known_as(&["Sint Maarten"])
        .dependent()
        .remark(n(
            "La partie française relève de la Sécurité sociale française.",
        )),
    free("VC", n("Saint-Vincent-et-les Grenadines")),
    free("SH", n("Sainte-Hélène")).dependent(),
    free("LC", n("Sainte-Lucie")),
    free("SV", n("Salvador")).known_as(&["El Salvador"]),
    free("WS", n("Samoa")),
    free("AS", n("Samoa américaines")).dependent(),
    free("ST", n("Sao Tomé-et-Principe")),
    free("SC", n("Seychelles")),
    free("SL", n("Sierra Leone")),
    free("SG", n("Singapour")),
    free("SO", n("Somalie")),
    free("SD", n("Soudan")),
    free("SS", n("Soudan du Sud")),
    free("LK", n("Sri Lanka")).known_as(&["Ceylan"]),
    free("SR", n("Suriname")),
    free("SJ", n("Svalbard et Jan Mayen"))
        .known_as(&["Spitzberg"])
        .zone_unsure()
        .dependent(),
    free("SY", n("Syrie")),
    free("TJ", n("Tadjikistan")),
    free("TW", n("Taïwan")).known_as(&["Formose"]),
    free("TZ", n("Tanzanie")),
    free("TD", n("Tchad")),
    free("TF", n("Terres australes françaises"))
        .known_as(&["TAAF"])
        .dependent(),
    free("IO", n("Territoire britannique de l’océan Indien")).dependent(),
    free("PS", n("Territoires palestiniens")).known_as(&["Palestine", "Gaza", "Cisjordanie"]),
    free("TH", n("Thaïlande")),
    free("TL", n("Timor oriental")).known_as(&["Timor-Leste"]),
    free("TK", n("Tokelau")).dependent(),
    free("TO", n("Tonga")),
    free("TT", n("Trinité-et-Tobago")),
    free("TM", n("Turkménistan")),
    free("TV", n("Tuvalu")),
    free("UA", n("Ukraine")),
    free("VU", n("Vanuatu")),
    free("VE", n("Venezuela")),
    free("VN", n("Viêt Nam")).known_as(&["Vietnam"]),
    free("WF", n("Wallis-et-Futuna"))
        .known_as(&["Wallis"])
        .dependent(),
    free("YE", n("Yémen")),
    free("ZM", n("Zambie")),
    free("ZW", n("Zimbabwe")),
];
