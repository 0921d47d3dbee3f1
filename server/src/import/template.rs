//! The template: its heads are known, its columns are text, so that noughts stay, and its second sheet says how it is filled in.

use csv::{Terminator, WriterBuilder};
use portfolio::{
    catalogue::{SERVICES, ServiceCode},
    import::Column,
    mobility::batch,
};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// The mark by which spreadsheets know UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// A workbook to fill in.
///
/// # Errors
/// When it cannot be written, which would be a fault of ours.
pub(super) fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let clients = workbook.add_worksheet().set_name("Clients")?;
    heads(clients, Column::ALL.map(Column::head))?;
    let told = workbook.add_worksheet().set_name("Explications")?;
    explain(told)?;
    workbook.save_to_buffer()
}

/// A workbook of postings to fill in.
///
/// # Errors
/// When it cannot be written, which would be a fault of ours.
pub(super) fn postings() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let people = workbook.add_worksheet().set_name("Missions")?;
    heads(
        people,
        batch::Column::ALL.iter().map(|column| column.head()),
    )?;
    let told = workbook.add_worksheet().set_name("Explications")?;
    let bold = Format::new().set_bold();
    told.set_column_width(0, 34)?;
    told.set_column_width(1, 120)?;
    told.write_string_with_format(0, 0, "Colonne", &bold)?;
    told.write_string_with_format(0, 1, "Comment la remplir", &bold)?;
    for (line, column) in (1..).zip(batch::Column::ALL) {
        told.write_string(line, 0, column.head())?;
        told.write_string(line, 1, column.told())?;
    }
    workbook.save_to_buffer()
}

/// The same as text.
pub(super) fn postings_text() -> String {
    let heads = batch::Column::ALL.iter().map(|column| column.head());
    format!("{MARK}{}", row(heads))
}

/// The template of a file of clients as text.
pub(super) fn text() -> String {
    format!("{MARK}{}", row(Column::ALL.map(Column::head)))
}

/// A line of a CSV file, as French spreadsheets read it.
pub(super) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(cells)
        .expect("writing to memory never fails");
    let bytes = writer.into_inner().expect("writing to memory never fails");
    String::from_utf8(bytes).expect("what was written is text")
}

/// Writes the heads, and makes their columns text.
pub(super) fn heads<'a>(
    sheet: &mut Worksheet,
    heads: impl IntoIterator<Item = &'a str>,
) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let bold = Format::new().set_bold().set_num_format("@");
    for (place, head) in (0..).zip(heads) {
        sheet.set_column_format(place, &text)?;
        sheet.set_column_width(place, 26)?;
        sheet.write_string_with_format(0, place, head, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn explain(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 120)?;
    let mut line = 0;
    let mut write = |left: &str, right: &str, head: bool| -> Result<(), XlsxError> {
        if head {
            sheet.write_string_with_format(line, 0, left, &bold)?;
            sheet.write_string_with_format(line, 1, right, &bold)?;
        } else {
            sheet.write_string(line, 0, left)?;
            sheet.write_string(line, 1, right)?;
        }
        line += 1;
        Ok(())
    };
    write("Colonne", "Comment la remplir", true)?;
    for column in Column::ALL {
        write(column.head(), column.told(), false)?;
    }
    write("", "", false)?;
    write(
        "Exemple",
        "Employeur\u{a0}: 732829320 ; 117000001567462542 ; 1234,56",
        false,
    )?;
    write(
        "",
        "Indépendant\u{a0}: 732829320 ; 217000001567462542 ; (vide) ; 2 55 08 14 168 025 38",
        false,
    )?;
    write("", "", false)?;
    write("Code de service", "Service", true)?;
    for service in &SERVICES {
        let kinds = portfolio::holder::Kind::ALL
            .into_iter()
            .filter(|kind| ServiceCode::for_kind(*kind).any(|code| code.as_str() == service.code))
            .map(|kind| kind.label().to_lowercase())
            .collect::<Vec<_>>();
        let told = format!("{} ({})", service.french_label(), kinds.join(", "));
        write(service.code, &told, false)?;
    }
    Ok(())
}
