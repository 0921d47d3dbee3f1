//! Files as they come, good and bad; and the way out and in again.

use super::{
    mend,
    read::{measured, read},
    template,
};
use futures_util::TryStreamExt as _;
use portfolio::{
    import::{
        self, Asked, Cell, Column, Fault, FileFault, Flaw, MOST_COLUMNS, MOST_LINES, Mapping,
        Reason,
    },
    ports::{Outage, Refused, RefusedPages, ToMend, Upload, Waiting},
    sheet::Format,
};
use proptest::prelude::*;
use rust_xlsxwriter::{Format as Look, Workbook};
use std::{
    io::{Cursor, Write as _},
    sync::Arc,
};
use tokio::sync::Semaphore;
use zip::{ZipWriter, write::SimpleFileOptions};

fn file(bytes: &[u8]) -> Result<Upload, FileFault> {
    read("clients".to_owned(), bytes)
}

/// The lines of a file, with their numbers.
fn waiting(upload: &Upload) -> Vec<Waiting> {
    let pieces = upload.pieces.iter();
    pieces
        .flat_map(|piece| serde_json::from_slice::<Vec<Waiting>>(&piece.text).unwrap())
        .collect()
}

/// The heads, and the lines as texts.
fn texts(bytes: &[u8]) -> (Vec<String>, Vec<(u32, Vec<String>)>) {
    let upload = file(bytes).unwrap();
    let lines = waiting(&upload);
    let shown = lines
        .into_iter()
        .map(|(line, cells)| (line, cells.iter().map(Cell::shown).collect()))
        .collect();
    (upload.heads, shown)
}

/// What a line asks for, had the firm not managed its client yet.
fn asked(mapping: &Mapping, cells: &[Cell]) -> Result<Asked, Fault> {
    import::read(mapping, cells).and_then(|draft| draft.asked)
}

/// Fear: a file that a French office has is not read, or its accents are.
#[test]
fn encodings_and_signs() {
    let rows = "Siren;Nom;Montant\r\n732829320;\"Œuf; « L’Émile »\";1 234,56\r\n";
    let utf8 = rows.as_bytes().to_vec();
    let marked = [b"\xef\xbb\xbf", rows.as_bytes()].concat();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(rows);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(rows.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let expected = texts(&utf8);
    assert_eq!(expected.0, ["Siren", "Nom", "Montant"]);
    assert_eq!(expected.1[0].0, 2);
    assert_eq!(expected.1[0].1[1], "Œuf; « L’Émile »");
    for other in [marked, windows.into_owned(), utf16] {
        assert_eq!(texts(&other), expected);
    }
    for told in [
        "Siren,Nom,Montant\n732829320,\"Œuf; « L’Émile »\",\"1 234,56\"",
        "Siren\tNom\tMontant\n732829320\tŒuf; « L’Émile »\t1 234,56\n",
        "\nSiren;Nom;Montant;;\n\"732829320\";\"Œuf; « L’Émile »\";1 234,56;;\n;;;\n",
    ] {
        let (heads, lines) = texts(told.as_bytes());
        assert_eq!(
            (heads, &lines[0].1),
            (expected.0.clone(), &expected.1[0].1),
            "{told}"
        );
        assert_eq!(lines.len(), 1);
    }
    let (heads, lines) = texts(b"sep=,\nSiren,a;b;c\n1,2\n");
    assert_eq!((heads.len(), lines[0].0), (2, 3));
}

/// Fear: a line is blamed under another number than the one that an editor shows.
#[test]
fn line_numbers() {
    let numbers = |text: &str| -> Vec<u32> {
        let (_, lines) = texts(text.as_bytes());
        lines.into_iter().map(|(line, _)| line).collect()
    };
    assert_eq!(numbers("a;b\n1;2\n3;4\n"), [2, 3]);
    assert_eq!(numbers("a;b\r\n1;2\r\n\r\n\r\n3;4"), [2, 5]);
    assert_eq!(numbers("\n\na;b\n\n1;2\n;\n3;4\n"), [5, 7]);
    assert_eq!(numbers("a;b\n\"x\ny\";2\n3;4\n"), [2, 4]);
    assert_eq!(numbers("a;b\r1;2\r3;4\r"), [2, 3]);
}

/// Fear: what cannot be a file of clients is taken, or refused without a word on why.
#[test]
fn bad_files() {
    let fault = |bytes: &[u8]| file(bytes).err();
    assert_eq!(fault(b""), Some(FileFault::Empty));
    assert_eq!(fault(b"Siren;Compte\n\n;;\n"), Some(FileFault::Empty));
    assert_eq!(fault(b"%PDF-1.7\n\x00\x01"), Some(FileFault::Format));
    assert_eq!(
        fault(b"\xd0\xcf\x11\xe0\xa1\xb1"),
        Some(FileFault::OldWorkbook)
    );
    assert_eq!(fault(b"PK\x03\x04rubbish"), Some(FileFault::BrokenWorkbook));
    assert_eq!(
        fault(b"732829320;117000001567462542\n1;2\n"),
        Some(FileFault::NoHeads)
    );
    let quote = format!("a;b\n1;2\n\"open;3\n{}", "4;5\n".repeat(400));
    assert_eq!(
        fault(quote.as_bytes()),
        Some(FileFault::OpenQuote { line: 3 })
    );
    let wide = format!("a{}\n1\n", ";x".repeat(MOST_COLUMNS));
    assert_eq!(fault(wide.as_bytes()), Some(FileFault::TooManyColumns));
    let lines = |count: u32| format!("Siren\n{}", "1\n".repeat(count as usize));
    assert!(file(lines(MOST_LINES).as_bytes()).is_ok());
    let many = fault(lines(MOST_LINES + 1).as_bytes());
    assert_eq!(many, Some(FileFault::TooManyLines));
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook with one file more.
fn workbook_with(name: &str, bytes: &[u8]) -> Vec<u8> {
    zipped(&[
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", b"<workbook/>"),
        (name, bytes),
    ])
}

/// Fear: a small file fills the memory once it is unfolded.
#[test]
fn bombs() {
    let nothing = vec![0; 40_000_000];
    let bomb = zipped(&[
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", b"<workbook/>"),
        ("a", &nothing),
        ("b", &nothing),
        ("c", &nothing),
    ]);
    assert!(bomb.len() < 400_000, "{}", bomb.len());
    assert_eq!(file(&bomb).err(), Some(FileFault::BrokenWorkbook));
    assert_eq!(file(&zipped(&[("a", b"x")])).err(), Some(FileFault::Format));
    let hollow = workbook_with("a", b"");
    assert_eq!(file(&hollow).err(), Some(FileFault::BrokenWorkbook));
}

/// Fear: millions of texts of nothing, or of things that make up a workbook, take a hundred times the bytes that they are sent in;
/// or other names keep them from being counted.
#[test]
fn many_small_things() {
    let texts = |text: &str| format!("<sst>{}</sst>", text.repeat(1_000_001)).into_bytes();
    let good = |name: &str, bytes: &[u8]| measured(&workbook_with(name, bytes)).is_ok();
    for text in ["<si/>", "<x:si\n/>"] {
        assert!(!good("xl/sharedStrings.xml", &texts(text)), "{text:?}");
    }
    let short = |text: &str| format!("<sst>{}</sst>", text.repeat(500_000)).into_bytes();
    assert!(good("xl/sharedStrings.xml", &short("<si><t>sic</t></si>")));
    let styles = vec![b' '; 6_000_000];
    for name in [
        "xl/styles.xml",
        "xl/Styles.XML",
        "xl/_rels/workbook.xml.rels",
    ] {
        assert!(!good(name, &styles), "{name}");
    }
    assert!(good("xl/worksheets/sheet1.xml", &styles));
    let root = String::from_utf8_lossy(ROOT);
    for other in [
        root.replace("xl/workbook.xml", "xl/worksheets/w.xml"),
        root.replace("Target=\"xl", "a=\"xl/workbook.xml\" Target=\"yl"),
        root.replace("xl/workbook.xml\"", "xl/workbook.xml\" Target=\"y/w.xml\""),
        root.replace("Target=\"xl", "Target=\"&#120;l"),
        root.replace("relationships/officeDocument", "other"),
    ] {
        let odd = zipped(&[("_rels/.rels", other.as_bytes()), ("xl/workbook.xml", b"")]);
        assert!(measured(&odd).is_err(), "{other}");
    }
}

/// Fear: millions of signs are millions of cells before anybody counts them.
#[test]
fn lines_without_an_end() {
    let signs = format!("Siren;Compte\n1;2{}\n", ";".repeat(9_000_000));
    assert_eq!(
        file(signs.as_bytes()).err(),
        Some(FileFault::TooManyColumns)
    );
    // As many blank ones as a sheet has columns are no matter.
    let blank = format!("Siren;Compte\n1;2{}\n", ";".repeat(16_000));
    assert_eq!(texts(blank.as_bytes()).1[0].1, ["1", "2"]);
    let text = format!("Siren;Compte\n1;2\n\n3;{}\n", "x".repeat(2_000_000));
    let long = file(text.as_bytes()).err();
    assert_eq!(long, Some(FileFault::OpenQuote { line: 4 }));
}

/// Fear: what a workbook did to a number cannot be told from what was typed.
#[test]
fn workbooks() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (place, head) in (0..).zip(["SIREN", "Compte", "Montant"]) {
        sheet.write_string(1, place, head).unwrap();
    }
    let date = Look::new().set_num_format("dd/mm/yyyy");
    sheet.write_number(2, 0, 732_829_320.0).unwrap();
    sheet.write_string(2, 1, "117000001567462542").unwrap();
    sheet.write_number(2, 2, 1234.56).unwrap();
    sheet.write_number(5, 0, 732_829_320.0).unwrap();
    sheet.write_number(5, 1, 117_000_001_567_462_542.0).unwrap();
    sheet
        .write_number_with_format(5, 2, 46_000.0, &date)
        .unwrap();
    sheet.write_string(6, 0, " ").unwrap();
    let upload = file(&workbook.save_to_buffer().unwrap()).unwrap();
    let mapping = Mapping::guessed(upload.heads.iter().map(String::as_str));
    let lines = waiting(&upload);
    let numbers: Vec<_> = lines.iter().map(|(line, _)| *line).collect();
    assert_eq!(numbers, [3, 6]);
    assert!(asked(&mapping, &lines[0].1).is_ok());
    let flaw = |cells: &[Cell]| asked(&mapping, cells).unwrap_err().flaw;
    assert_eq!(flaw(&lines[1].1), Flaw::Rounded);
    let mut dated = lines[1].1.clone();
    dated[1] = Cell::Text("117000001567462542".to_owned());
    assert_eq!(flaw(&dated), Flaw::Date);
}

/// Fear: the template, filled in, is not what the portal reads.
#[test]
fn the_template_imports_as_it_is() {
    let bytes = template::workbook().unwrap();
    assert_eq!(file(&bytes).err(), Some(FileFault::Empty), "no client yet");
    let text = format!(
        "{}732829320;117000001567462542;1234,56;;;DPAE\r\n",
        template::text()
    );
    let upload = file(text.as_bytes()).unwrap();
    assert_eq!(upload.heads, Column::ALL.map(Column::head));
    let mapping = Mapping::guessed(upload.heads.iter().map(String::as_str));
    let draft = import::read(&mapping, &waiting(&upload)[0].1).unwrap();
    assert_eq!(draft.held.key(), "RG:732829320");
    assert!(draft.asked.is_ok());
}

/// Refused lines, box by box.
struct Boxes(Vec<Vec<Refused>>);

#[async_trait::async_trait]
impl RefusedPages for Boxes {
    async fn next(&mut self) -> Result<Vec<Refused>, Outage> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        Ok(self.0.remove(0))
    }
}

/// A file of refused lines, whole.
async fn mended(mend: ToMend) -> Vec<u8> {
    let places = Arc::new(Semaphore::new(1));
    let place = Arc::clone(&places).try_acquire_owned().unwrap();
    let pieces = mend::written(mend, place);
    assert_eq!(places.available_permits(), 0, "held until it is sent");
    let bytes: Vec<_> = pieces.try_collect().await.unwrap();
    assert_eq!(places.available_permits(), 1, "and no longer");
    bytes.concat()
}

/// Fear: lines are lost or written twice between the boxes, or whoever hangs up lets others in while a thread goes on writing.
#[tokio::test]
async fn many_refused_lines() {
    let line = |n: u32| {
        let cells = vec![Cell::Text(n.to_string()), Cell::Text("x".repeat(500))];
        (Reason::Unchecked, cells)
    };
    for format in [Format::Csv, Format::Xlsx] {
        let boxes = (0..8).map(|b| (0..250).map(|n| line(b * 250 + n)).collect());
        let mend = ToMend {
            format,
            heads: ["Dossier", "Nom"].map(str::to_owned).to_vec(),
            pages: Box::new(Boxes(boxes.collect())),
        };
        let (heads, lines) = texts(&mended(mend).await);
        assert_eq!(heads, ["Dossier", "Nom", mend::REASON]);
        let numbers: Vec<u32> = lines.iter().map(|(_, l)| l[0].parse().unwrap()).collect();
        assert_eq!(numbers, (0..2_000).collect::<Vec<_>>());
    }
}

/// Fear: a mended file is read as another: noughts lost, a minus taken for a formula, the reason taken for a client's.
#[tokio::test]
async fn refused_lines_come_back() {
    let heads = ["Siren", "N° de compte", "Montant", mend::REASON, "Nom"];
    let text = |text: &str| Cell::Text(text.to_owned());
    let cells = vec![
        text("005520135"),
        text("090048281379700073"),
        text("-12,00"),
        text("old"),
        text("=cmd|' /C calc'!A0"),
    ];
    for format in [Format::Csv, Format::Xlsx] {
        let mend = ToMend {
            format,
            heads: heads.map(str::to_owned).to_vec(),
            pages: Box::new(Boxes(vec![vec![(
                Reason::Proof { rounded: false },
                cells.clone(),
            )]])),
        };
        let bytes = mended(mend).await;
        let upload = file(&bytes).unwrap();
        assert_eq!(upload.format, format);
        assert_eq!(
            upload.heads,
            ["Siren", "N° de compte", "Montant", "Nom", mend::REASON]
        );
        let mapping = Mapping::guessed(upload.heads.iter().map(String::as_str));
        let lines = waiting(&upload);
        let draft = import::read(&mapping, &lines[0].1).unwrap();
        assert_eq!(draft.held.key(), "RG:005520135");
        let shown = lines[0].1[3].shown();
        assert!(format == Format::Xlsx || shown.starts_with('\''), "{shown}");
        assert!(lines[0].1[4].shown().contains("Vérifiez-les"));
    }
}

proptest! {
    /// Fear: some file makes the reader panic.
    #[test]
    fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a-c0-9;,\t\"\r\n\u{e9}]{0,200}") {
        let _ = file(&bytes);
        let _ = file(text.as_bytes());
        let _ = file(&[b"PK\x03\x04", &bytes[..]].concat());
    }

    /// Fear: a workbook that is damaged anywhere makes the reader panic.
    #[test]
    fn damaged_workbooks(place in any::<proptest::sample::Index>(), byte: u8) {
        let mut bytes = template::workbook().unwrap();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = file(&bytes);
    }
}
