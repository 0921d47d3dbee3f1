use super::*;
use crate::certificate::tests::{parts, text};
use lopdf::Document;
use portfolio::{
    attestation::{Declared, Staff},
    holder::Kind,
    siret::Siret,
};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn attestation(establishments: usize) -> VigilanceAttestation {
    VigilanceAttestation {
        id: "01a20cbe-3610-7d9c-af6a-74462ae16a39".to_owned(),
        content: Content {
            name: "Ateliers L’Hôpital & Fils".to_owned(),
            held: "RG:732829320".parse().unwrap(),
            kind: Kind::Emp,
            sirets: (0..establishments)
                .map(|nth| Siret::stored(&format!("732829320{nth:05}")).unwrap())
                .collect(),
            organisms: vec!["117".to_owned(), "537".to_owned()],
            period: Declared::of("202641"),
            staff: Some(Staff {
                headcount: Some(1_012),
                payroll: Some(250_731_250),
            }),
            as_of: day("20/11/2026"),
        },
        issued: day("24/11/2026"),
        code: "4F7K0-Q2M9X-YZ123".to_owned(),
        verified_at: "https://portail.example/verification".to_owned(),
    }
}

/// Fear: something that the law wants on the paper is not on it, or cannot be copied from it.
#[test]
fn it_says_all() {
    let text = text(&attestation(4).pdf().unwrap());
    for said in [
        "Organisme de démonstration",
        "Code de sécurité : 4F7K0-Q2M9X-YZ123",
        "Attestation de vigilance",
        "Attestation de fourniture des déclarations sociales",
        "L. 243-15",
        "D. 8222-5",
        "est à jour, au 20 novembre 2026",
        "Ateliers L’Hôpital & Fils",
        "732 829 320",
        "Employeur",
        "Comptes Régime Général",
        "octobre 2026",
        "Urssaf Île-de-France",
        "Urssaf Bretagne",
        "1 012 salariés",
        "2 507 312,50 €",
        "4 établissements",
        "732 829 320 00003",
        "Délivrée le 24 novembre 2026, valable jusqu’au 23 mai 2027.",
        "4F7K0-Q2M9X-YZ123",
        "https://portail.example/verification",
        "Émis par l’organisme de démonstration, sans valeur légale.",
        "Page 1 sur 1",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// Fear: of somebody without employees the paper speaks of employees; or the account number of a client with a Siren is shown to
/// third parties, who then hold half of what proves a mandate.
#[test]
fn the_self_employed() {
    let mut paper = attestation(1);
    paper.content.kind = Kind::Ti;
    paper.content.held = "TI:732829320".parse().unwrap();
    (paper.content.staff, paper.content.period) = (None, None);
    let said = text(&paper.pdf().unwrap());
    assert!(said.contains("Travailleur indépendant"));
    for absent in ["Effectif", "Rémunérations", "période", "N° de compte"] {
        assert!(!said.contains(absent), "{absent}: {said}");
    }
    paper.content.kind = Kind::Gm;
    paper.content.held = "TI:@117000001567462542".parse().unwrap();
    paper.content.sirets.clear();
    let said = text(&paper.pdf().unwrap());
    assert!(said.contains("117 000 001 567 462 542") && said.contains("Aucun numéro Siret"));
}

/// Fear: who listens to the paper gets words without order, in the wrong language.
#[test]
fn it_is_tagged() {
    let bytes = attestation(4).pdf().unwrap();
    let parts = parts(&bytes);
    assert_eq!(parts.get("H1"), Some(&1), "{parts:?}");
    assert_eq!(parts.get("H2"), Some(&4), "{parts:?}");
    assert_eq!(parts.get("Table"), Some(&2), "{parts:?}");
    assert_eq!(parts.get("TH"), parts.get("TD"), "{parts:?}");
    assert_eq!(parts.get("TR"), Some(&8), "{parts:?}");
    assert_eq!(parts.get("Link"), Some(&1), "{parts:?}");
    let all = String::from_utf8_lossy(&bytes);
    assert!(all.contains("pdfuaid:part") && all.contains("pdfaid:part"));
    assert_eq!(bytes, attestation(4).pdf().unwrap());
}

/// Fear: a chain of shops has no paper, or one that leaves shops out.
#[test]
fn thousands_of_establishments() {
    let bytes = attestation(2_500).pdf().unwrap();
    let pages = Document::load_mem(&bytes).unwrap().get_pages().len();
    assert!((10..=30).contains(&pages), "{pages}");
    let said = text(&bytes);
    for siret in [
        "732 829 320 00000",
        "732 829 320 01234",
        "732 829 320 02499",
    ] {
        assert!(said.contains(siret), "{siret}");
    }
    assert!(said.contains(&format!("Page {pages} sur {pages}")));
}

/// Fear: a name of the registry becomes a command of the document.
#[test]
fn hostile_names_are_text() {
    for hostile in [
        ") Tj ET Q BT (forged) Tj",
        "(((\\\\))) >> endobj 1 0 obj << /OpenAction",
        "a\u{202e}txet desrever\u{0}\u{7}\r\n\tb",
        "",
    ] {
        let mut paper = attestation(1);
        hostile.clone_into(&mut paper.content.name);
        let bytes = paper.pdf().unwrap();
        let document = Document::load_mem(&bytes).unwrap();
        let catalog = document.catalog().unwrap();
        assert!(catalog.get(b"OpenAction").is_err() && catalog.get(b"AA").is_err());
        assert!(text(&bytes).contains("4F7K0-Q2M9X"), "{hostile}");
    }
}

/// Draws a sample for the eyes, where `PAPER_SAMPLE` names a file.
#[test]
fn a_sample() {
    if let Ok(path) = std::env::var("PAPER_SAMPLE") {
        std::fs::write(path, attestation(12).pdf().unwrap()).unwrap();
    }
}
