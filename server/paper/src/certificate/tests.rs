use super::*;
use lopdf::{Document, Object};
use portfolio::mobility::day::Day;
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn certificate() -> MobilityCertificate {
    MobilityCertificate {
        number: "2026-000042".to_owned(),
        kind: Certificate::A1,
        title: "Certificat A1".to_owned(),
        ground: "article 12, paragraphe 1, du règlement (CE) nº 883/2004".to_owned(),
        worker: "L’HÔPITAL Zoë, Marie-Œuvre".to_owned(),
        born: Some(day("14/02/1985")),
        nir: "2 85 02 75 116 001 05".to_owned(),
        status: "Salariée".to_owned(),
        employer: "Ateliers Dupont & Fils".to_owned(),
        employer_number: "Siret 732 829 320 00074".to_owned(),
        countries: vec!["Allemagne".to_owned()],
        period: Period {
            start: day("01/12/2026"),
            end: day("30/11/2028"),
        },
        issued: day("24/11/2026"),
        code: "4F7K-0Q2M-9XYZ-1234-ABCD".to_owned(),
        verified_at: "https://portail.example/verification".to_owned(),
    }
}

/// The text of a document as readers copy it, spaces and breaks made plain.
pub(crate) fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How often each part stands in the structure.
pub(crate) fn parts(bytes: &[u8]) -> BTreeMap<String, usize> {
    let document = Document::load_mem(bytes).unwrap();
    let mut parts = BTreeMap::new();
    for object in document.objects.values() {
        let Object::Dictionary(entries) = object else {
            continue;
        };
        let of = |key: &[u8]| entries.get(key).ok().and_then(|name| name.as_name().ok());
        if of(b"Type") == Some(b"StructElem")
            && let Some(part) = of(b"S")
        {
            let part = String::from_utf8_lossy(part).into_owned();
            *parts.entry(part).or_default() += 1;
        }
    }
    parts
}

/// Fear: something that the paper must say is not on it, or cannot be copied from it.
#[test]
fn it_says_all() {
    let text = text(&certificate().pdf().unwrap());
    for said in [
        "Organisme de démonstration",
        "Certificat nº 2026-000042",
        "Délivré le 24 novembre 2026",
        "Certificat A1",
        "et à elle seule",
        "L’HÔPITAL Zoë, Marie-Œuvre",
        "14 février 1985",
        "2 85 02 75 116 001 05",
        "Ateliers Dupont & Fils",
        "Siret 732 829 320 00074",
        "Allemagne",
        "1er décembre 2026",
        "30 novembre 2028",
        "article 12, paragraphe 1, du règlement (CE) nº 883/2004",
        "4F7K-0Q2M-9XYZ-1234-ABCD",
        "https://portail.example/verification",
        "Émis par l’organisme de démonstration, sans valeur légale.",
        "Page 1 sur 1",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// Fear: who listens to the paper gets words without order, in the wrong language.
#[test]
fn it_is_tagged() {
    let bytes = certificate().pdf().unwrap();
    let parts = parts(&bytes);
    assert_eq!(parts.get("H1"), Some(&1), "{parts:?}");
    assert_eq!(parts.get("H2"), Some(&5), "{parts:?}");
    assert_eq!(parts.get("Table"), Some(&4), "{parts:?}");
    assert_eq!(parts.get("TH"), parts.get("TD"), "{parts:?}");
    assert_eq!(parts.get("TR"), Some(&11), "{parts:?}");
    assert_eq!(parts.get("Link"), Some(&1), "{parts:?}");
    let document = Document::load_mem(&bytes).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr-FR");
    let shown = catalog.get(b"ViewerPreferences").unwrap();
    let shown = document.dereference(shown).unwrap().1.as_dict().unwrap();
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let all = String::from_utf8_lossy(&bytes);
    assert!(all.contains("pdfuaid:part") && all.contains("pdfaid:part"));
}

/// Fear: the same certificate is another file each time, so that nobody can compare two copies.
#[test]
fn the_same_data_make_the_same_bytes() {
    assert_eq!(certificate().pdf().unwrap(), certificate().pdf().unwrap());
}

/// Fear: a name that somebody types becomes a command of the document, or another paper.
#[test]
fn hostile_names_are_text() {
    for hostile in [
        ") Tj ET Q BT (forged) Tj",
        "(((\\\\))) >> endobj 1 0 obj << /OpenAction",
        "#set page(fill: red) $x^2$ *gras* _it_",
        "<script>alert(1)</script>",
        "a\u{202e}txet desrever\u{0}\u{7}\r\n\tb",
        "\u{1f600}\u{fffd}\u{e000}",
    ] {
        let paper = MobilityCertificate {
            worker: hostile.to_owned(),
            employer: hostile.to_owned(),
            ..certificate()
        };
        let bytes = paper.pdf().unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let catalog = document.catalog().unwrap();
        assert!(catalog.get(b"OpenAction").is_err() && catalog.get(b"AA").is_err());
        assert_eq!(document.get_pages().len(), 1, "{hostile}");
        assert!(text(&bytes).contains("4F7K-0Q2M"), "{hostile}");
    }
    let said = text(
        &MobilityCertificate {
            worker: ") Tj ET Q".to_owned(),
            ..certificate()
        }
        .pdf()
        .unwrap(),
    );
    assert!(said.contains(") Tj ET Q"), "{said}");
}

/// Fear: much text runs off the paper, or a page of a long certificate does not say what it is.
#[test]
fn long_papers_go_on() {
    let paper = MobilityCertificate {
        worker: "Marie-Madeleine ".repeat(60),
        employer: "Établissements réunis ".repeat(80),
        countries: vec!["Royaume-Uni de Grande-Bretagne et d’Irlande du Nord".to_owned(); 4],
        ..certificate()
    };
    let bytes = paper.pdf().unwrap();
    assert!(Document::load_mem(&bytes).unwrap().get_pages().len() > 1);
    let text = text(&bytes);
    assert!(text.contains("Page 3 sur 3"), "{text}");
    assert_eq!(text.matches("Marie-Madeleine").count(), 60);
}

/// Not a test: `PAPER_OUT=FOLDER` writes the papers there, to be looked at.
#[test]
fn to_be_looked_at() {
    let Ok(folder) = std::env::var("PAPER_OUT") else {
        return;
    };
    let maintenance = MobilityCertificate {
        kind: Certificate::Maintenance,
        title: "Certificat de maintien à la Sécurité sociale française".to_owned(),
        countries: vec!["Chine".to_owned()],
        ground: "articles L. 761-2 et R. 761-2 du code de la sécurité sociale".to_owned(),
        ..certificate()
    };
    let several = MobilityCertificate {
        countries: ["Allemagne", "Belgique", "Luxembourg", "Pays-Bas"]
            .map(str::to_owned)
            .to_vec(),
        ..certificate()
    };
    for (name, paper) in [
        ("a1", certificate()),
        ("maintien", maintenance),
        ("plusieurs", several),
    ] {
        std::fs::write(format!("{folder}/{name}.pdf"), paper.pdf().unwrap()).unwrap();
    }
}
