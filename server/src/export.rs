//! The firm's journal as a file, for spreadsheets: semicolons and a mark of UTF-8, as French ones read it.
//!
//! It is a posted form and no link: that it was exported is written down, and nothing is written on a GET. Who may not have it is
//! sent to the page that says why.

use crate::guard;
use app::{
    asking::{Portal, Visitor},
    routes,
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use csv::{Terminator, WriterBuilder};
use futures_util::stream;
use http::header;
use portfolio::{journal::Line, sheet::harmless};
use std::convert::Infallible;

/// The mark by which spreadsheets know UTF-8.
const MARK: &str = "\u{feff}";
/// The heads of the columns.
const HEADS: [&str; 6] = [
    "Numéro",
    "Date",
    "Qui",
    "Quoi",
    "Concerne",
    "Adresse réseau",
];
/// Lines that are written down at a time.
const BATCH: usize = 500;

/// The address that the form is posted to.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Router<S> {
    let portal = portal.clone();
    Router::new().route(
        routes::EXPORT,
        post(move |request: Request| export(portal, request)),
    )
}

async fn export(portal: Portal, request: Request) -> Response {
    let (search, _) = routes::journal_of(request.uri().query().unwrap_or_default());
    let search = search.first_page();
    let page = routes::journal(&search);
    let visitor = request
        .extensions()
        .get::<Visitor>()
        .cloned()
        .unwrap_or_default();
    let Some(session) = visitor.session else {
        return Redirect::to(&routes::sign_in(&page, visitor.token.is_some())).into_response();
    };
    let open = !session.suspended && !session.wants_second_factor;
    let Some(administrator) = session.administrator().filter(|_| open) else {
        return Redirect::to(&page).into_response();
    };
    let now = (portal.now)();
    let Some(fresh) = session.fresh(administrator, now) else {
        return Redirect::to(&routes::confirm(&page)).into_response();
    };
    let lines = match portal
        .journal
        .export_journal(&fresh, &search.wanted(), now)
        .await
    {
        Ok(lines) => lines,
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let name = format!("attachment; filename=\"journal-{}.csv\"", now.iso_date());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, Body::from_stream(stream::iter(written(lines)))).into_response()
}

/// The file, piece by piece.
fn written(lines: Vec<Line>) -> impl Iterator<Item = Result<Bytes, Infallible>> + Send {
    let head = format!("{MARK}{}", row(&HEADS.map(str::to_owned)));
    let mut lines = lines.into_iter();
    let pieces = std::iter::from_fn(move || {
        let piece: String = lines
            .by_ref()
            .take(BATCH)
            .map(|line| cells(&line))
            .collect();
        (!piece.is_empty()).then_some(piece)
    });
    std::iter::once(head)
        .chain(pieces)
        .map(|piece| Ok(Bytes::from(piece)))
}

fn cells(line: &Line) -> String {
    let moment = line.at.short_moment().replace(" à\u{a0}", " ");
    row(&[
        line.seq.to_string(),
        moment,
        line.who().to_owned(),
        line.what.told(),
        line.about_whom().to_owned(),
        line.from.clone(),
    ])
}

fn row(cells: &[String; 6]) -> String {
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    writer
        .write_record(cells.iter().map(|cell| harmless(cell)))
        .expect("writing to memory never fails");
    let bytes = writer.into_inner().expect("writing to memory never fails");
    String::from_utf8(bytes).expect("what was written is text")
}

#[cfg(test)]
mod tests {
    use super::*;
    use portfolio::{
        journal::{Subject, What},
        time::Timestamp,
    };

    fn line(seq: i64, by: &str) -> Line {
        Line {
            seq,
            at: Timestamp(1_795_507_094),
            by: Some(by.to_owned()),
            from: "192.0.2.7".to_owned(),
            about: Some(Subject::Member("Zoé; \"Œuf\"".to_owned())),
            what: What::MemberSuspended,
        }
    }

    /// Fear: a spreadsheet shows accents as signs, splits a name, or runs one as a formula.
    #[test]
    fn spreadsheets_read_it() {
        let text: Vec<u8> = written(vec![line(1, "=HYPERLINK(\"http://x\")"), line(2, "Claire")])
            .flat_map(|piece| piece.unwrap())
            .collect();
        let text = String::from_utf8(text).unwrap();
        let lines: Vec<_> = text.split_terminator("\r\n").collect();
        assert_eq!(
            lines[0],
            "\u{feff}Numéro;Date;Qui;Quoi;Concerne;Adresse réseau"
        );
        assert!(
            lines[1].starts_with("1;24/11/2026 08:58;\"'=HYPERLINK"),
            "{}",
            lines[1]
        );
        assert_eq!(
            lines[2],
            "2;24/11/2026 08:58;Claire;Accès suspendu;\"Zoé; \"\"Œuf\"\"\";192.0.2.7"
        );
    }

    /// Fear: lines are lost between the pieces of a long file.
    #[test]
    fn every_line_is_there() {
        let lines: Vec<_> = (0..1_234).map(|seq| line(seq, "Claire")).collect();
        let pieces: Vec<_> = written(lines).collect();
        assert_eq!(pieces.len(), 1 + 3);
        let text: Vec<u8> = pieces
            .into_iter()
            .flat_map(|piece| piece.unwrap())
            .collect();
        let ends = String::from_utf8(text).unwrap().lines().count();
        assert_eq!(ends, 1 + 1_234);
    }
}
