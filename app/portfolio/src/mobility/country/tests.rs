use super::*;
use crate::problem::Problem;
use std::collections::BTreeSet;

fn in_zone(zone: Zone) -> Vec<Country> {
    all().iter().copied().filter(|c| c.zone() == zone).collect()
}

fn named(code: &str) -> Country {
    Country::of(code).unwrap()
}

/// Fear: a country is lost from a list, or stands in two of them.
#[test]
fn the_split() {
    assert_eq!(in_zone(Zone::Europe).len(), 31);
    assert_eq!(in_zone(Zone::Agreement).len(), 41);
    assert_eq!(in_zone(Zone::Elsewhere).len(), 170);
    assert_eq!(in_zone(Zone::France).len(), 8);
    let codes: BTreeSet<_> = all().iter().map(|country| country.code()).collect();
    let names: BTreeSet<_> = all().iter().map(|country| country.name()).collect();
    assert_eq!((codes.len(), names.len()), (250, 250));
    assert_eq!(destinations().count(), 242);
}

/// Fear: the lists of the note and the tables part ways (domain note, section 6.2).
#[test]
fn the_lists_of_the_note() {
    let europe = "Allemagne, Autriche, Belgique, Bulgarie, Chypre, Croatie, Danemark, Espagne, Estonie, Finlande, Grèce, Hongrie, \
        Irlande, Italie, Lettonie, Lituanie, Luxembourg, Malte, Pays-Bas, Pologne, Portugal, République tchèque, Roumanie, Slovaquie, \
        Slovénie, Suède, Islande, Liechtenstein, Norvège, Suisse, Royaume-Uni";
    let agreements = "Algérie, Andorre, Argentine, Bénin, Bosnie-Herzégovine, Brésil, Cameroun, Canada, Cap-Vert, Chili, Congo, \
        Corée du Sud, Côte d’Ivoire, États-Unis, Gabon, Guernesey, Inde, Israël, Japon, Jersey, Kosovo, Macédoine du Nord, Madagascar, \
        Mali, Maroc, Mauritanie, Monaco, Monténégro, Niger, Philippines, Québec, Saint-Marin, Sénégal, Serbie, Togo, Tunisie, Turquie, \
        Uruguay, Nouvelle-Calédonie, Polynésie française, Saint-Pierre-et-Miquelon";
    for (list, zone) in [(europe, Zone::Europe), (agreements, Zone::Agreement)] {
        let listed: BTreeSet<_> = list.split(", ").collect();
        let ours: BTreeSet<_> = in_zone(zone).iter().map(|c| c.name()).collect();
        assert_eq!(listed, ours);
    }
}

/// Fear: a certificate lasts longer than its agreement allows (domain note, section 6.3).
#[test]
fn the_confirmed_durations() {
    let confirmed = "DZ 36, AD 12, AR 24, BJ 12, BA 36, BR 24, CM 6, CA 36, CV 36, CL 24, CG 12, KR 36, CI 24, US 60, GA 24, GG 6, \
        IN 60, JP 60, TR 36, UY 24, RS 24, NC 24, CA-QC 36";
    let listed: BTreeSet<_> = confirmed.split(", ").map(str::to_owned).collect();
    let ours: BTreeSet<_> = in_zone(Zone::Agreement)
        .iter()
        .filter_map(|country| match country.row().limit {
            Limit::Confirmed(months) => Some(format!("{} {months}", country.code())),
            _ => None,
        })
        .collect();
    assert_eq!(listed, ours);
    let count = |wanted: fn(&Limit) -> bool| {
        let doubtful = in_zone(Zone::Agreement).into_iter().map(|c| c.row().limit);
        doubtful.filter(wanted).count()
    };
    assert_eq!(count(|limit| matches!(limit, Limit::Likely(_))), 13);
    assert_eq!(count(|limit| matches!(limit, Limit::Unknown)), 5);
    for country in in_zone(Zone::Europe) {
        assert_eq!(country.row().limit, Limit::Confirmed(24));
    }
    for country in in_zone(Zone::Elsewhere) {
        assert_eq!(country.row().limit, Limit::Confirmed(36));
    }
}

/// Fear: « Émirats » stands after « Zimbabwe ».
#[test]
fn in_french_order() {
    let names: Vec<_> = all().iter().map(|country| country.name()).collect();
    let place = |name: &str| names.iter().position(|known| *known == name).unwrap();
    assert_eq!(names[0], "Afghanistan");
    assert!(place("Égypte") < place("Émirats arabes unis"));
    assert!(place("Émirats arabes unis") < place("Espagne"));
    assert!(place("Côte d’Ivoire") < place("Croatie"));
    assert_eq!(names.last(), Some(&"Zimbabwe"));
}

/// Fear: a name that people use finds nothing, or something else first.
#[test]
fn found_by_any_name() {
    for (typed, first) in [
        ("angleterre", "GB"),
        ("ECOSSE", "GB"),
        ("usa", "US"),
        ("hollande", "NL"),
        ("etats", "US"),
        ("cote d'ivoire", "CI"),
        ("ivoire", "CI"),
        ("quebec", "CA-QC"),
        ("emirats", "AE"),
        ("dubai", "AE"),
        ("vietnam", "VN"),
        ("viet", "VN"),
        ("tcheq", "CZ"),
        ("allem", "DE"),
        ("guinée", "GN"),
        ("congo", "CG"),
        ("rdc", "CD"),
        ("birmanie", "MM"),
        ("aland", "FI"),
        ("saint martin", "MF"),
        ("hong kong", "HK"),
        ("maurice", "MU"),
        ("reunion", "RE"),
    ] {
        assert_eq!(find(typed).first(), Some(&named(first)), "{typed}");
    }
    let of = |typed: &str| find(typed).iter().map(|c| c.code()).collect::<Vec<_>>();
    assert_eq!(of("coree"), ["KP", "KR"]);
    assert_eq!(of("congo"), ["CG", "CD"]);
    assert_eq!(of("anglo normandes"), ["GG", "JE"]);
    assert!(of("").is_empty() && of("  '’").is_empty() && of("xyz").is_empty());
    assert!(!of("land").contains(&"IE"), "inside a word");
}

/// Fear: a typed name is taken for another country's, or a code that no page offers passes.
#[test]
fn read_from_a_form() {
    for (typed, code) in [
        ("DE", "DE"),
        ("de", "DE"),
        (" Allemagne ", "DE"),
        ("ca-qc", "CA-QC"),
        ("Congo", "CG"),
        ("etats unis", "US"),
        ("AX", "FI"),
    ] {
        assert_eq!(read(typed), Ok(named(code)), "{typed}");
    }
    assert_eq!(read(" "), Err(Problem::Missing));
    for wrong in ["Corée", "ZZ", "Îles Anglo-Normandes", "All", "<script>"] {
        assert_eq!(read(wrong), Err(Problem::NoSuchCountry), "{wrong}");
    }
    for country in all() {
        assert_eq!(read(country.code()), Ok(country));
        assert_eq!(read(country.name()), Ok(country));
    }
}

/// Fear: somebody is posted to Marseille or to Martinique.
#[test]
fn no_destination_in_france() {
    assert_eq!(named("FR").destination(), Err(Problem::InFrance));
    for territory in ["GF", "GP", "MQ", "YT", "RE", "BL", "MF"] {
        let judged = named(territory).destination();
        assert_eq!(judged, Err(Problem::FrenchTerritory), "{territory}");
    }
    for coordinated in ["NC", "PF", "PM", "WF", "TF"] {
        assert!(named(coordinated).destination().is_ok(), "{coordinated}");
    }
}

/// Fear: a plain apostrophe or a breaking space in what people read.
#[test]
fn typography() {
    for country in all() {
        let (name, remark) = (country.name(), country.row().remark);
        assert!(!name.contains('\'') && !remark.contains('\''), "{name}");
        assert!(!remark.contains("« ") && !remark.contains(" »"), "{name}");
    }
}

/// Fear: a country travels as another.
#[test]
fn travels_by_code() {
    for country in all() {
        let json = serde_json::to_string(&country).unwrap();
        assert_eq!(serde_json::from_str::<Country>(&json).unwrap(), country);
    }
    assert!(serde_json::from_str::<Country>("\"ZZ\"").is_err());
}
