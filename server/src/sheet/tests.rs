use super::*;
use calamine::{Data, Reader, Xlsx};
use portfolio::{
    catalogue::ServiceCode,
    client::OwnTold,
    holder::{AccountState, Kind},
    ports::Outage,
    sheet::{COLUMNS, SheetRow},
};
use std::io::Cursor;

struct Fake(Vec<Vec<SheetRow>>, bool);

#[async_trait::async_trait]
impl SheetPages for Fake {
    async fn next(&mut self) -> Result<Vec<SheetRow>, Outage> {
        if self.0.is_empty() && self.1 {
            return Err(Outage("gone".into()));
        }
        Ok(if self.0.is_empty() {
            Vec::new()
        } else {
            self.0.remove(0)
        })
    }
}

fn row(name: &str) -> SheetRow {
    SheetRow {
        held: "RG:732829320".parse().unwrap(),
        name: name.to_owned(),
        kind: Kind::Emp,
        state: AccountState::Actif,
        organisms: vec!["117".into()],
        services: ServiceCode::find("DPAE").into_iter().collect(),
        own: OwnTold {
            reference: "0012".into(),
            labels: vec!["Urgent".into(), "À voir".into()],
            in_charge: Some("Claire".into()),
        },
        added_at: Timestamp(1_795_507_094),
        changed_at: Timestamp(1_795_507_094),
    }
}

fn pages(cut: bool) -> Pages {
    let second = (0..999).map(|n| row(&format!("Client {n}"))).collect();
    let first = vec![row("=HYPERLINK(\"http://x\")"), row("Zoé; \"Œuf\"")];
    Box::new(Fake(vec![first, second], cut))
}

async fn bytes(pieces: impl Stream<Item = Piece> + Send) -> io::Result<Vec<u8>> {
    let mut pieces = Box::pin(pieces);
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().await {
        all.extend(piece?);
    }
    Ok(all)
}

/// Fear: a spreadsheet shows accents as signs, splits a name or runs one as a formula; or lines are lost between the pieces.
#[tokio::test]
async fn text_is_read_back() {
    let text = bytes(csv::written(pages(false))).await.unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines: Vec<_> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 1 + 2 + 999);
    assert!(lines[0].starts_with("\u{feff}Identifiant;Régime;Nom;"));
    assert!(lines[1].contains(";\"'=HYPERLINK"), "{}", lines[1]);
    assert!(lines[2].contains(";\"Zoé; \"\"Œuf\"\"\";"), "{}", lines[2]);
    assert!(lines[3].ends_with(";0012;Urgent, À voir;Claire;24/11/2026;24/11/2026"));
}

/// Fear: an identifier or a reference loses its zeros, a count is a text, a day is a number, or a name runs as a formula.
#[tokio::test]
async fn a_workbook_is_read_back() {
    let file = bytes(workbook::written(pages(false))).await.unwrap();
    let mut book = Xlsx::new(Cursor::new(file)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(sheet.height(), 1 + 2 + 999);
    assert_eq!(sheet.width(), COLUMNS.len());
    let cell = |line: u32, head: &str| {
        let column = COLUMNS.iter().position(|(known, _)| *known == head);
        let column = u32::try_from(column.unwrap()).unwrap();
        sheet.get_value((line, column)).unwrap().clone()
    };
    assert_eq!(
        cell(1, "Nom"),
        Data::String("=HYPERLINK(\"http://x\")".into())
    );
    assert!(matches!(cell(1, "Identifiant"), Data::String(number) if number.len() == 9));
    assert_eq!(cell(1, "Référence"), Data::String("0012".into()));
    assert_eq!(cell(1, "Nombre de services"), Data::Float(1.0));
    assert!(
        matches!(cell(1, "Ajouté le"), Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2026)
    );
    assert_eq!(cell(1001, "Nom"), Data::String("Client 998".into()));
}

/// Fear: a file that was cut off looks whole.
#[tokio::test]
async fn what_is_cut_off_shows() {
    assert!(bytes(csv::written(pages(true))).await.is_err());
    assert!(bytes(workbook::written(pages(true))).await.is_err());
}

/// Fear: a form made by hand exports another list than its page says.
#[test]
fn what_a_form_asks_for() {
    let (what, format) = asked("of=liste&format=xlsx", "retour=q%3Dboul%26page%3D3").unwrap();
    assert_eq!(format, Format::Xlsx);
    let Exported::Found(search) = what else {
        panic!("the list is asked for");
    };
    assert_eq!((&*search.text, search.page), ("boul", 1));
    assert_eq!(
        asked("of=selection&format=csv", "").unwrap().0,
        Exported::Selection
    );
    for wrong in ["", "of=liste", "of=tout&format=csv", "of=liste&format=pdf"] {
        assert!(asked(wrong, "").is_none(), "{wrong}");
    }
}
