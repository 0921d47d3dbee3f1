//! The firm's journal as a file, for spreadsheets: semicolons and a mark of UTF-8, as French ones read it.
//!
//! It is a posted form and no link: that it was exported is written down, and nothing is written on a GET. Who may not have it is
//! sent to the page that says why.

use crate::{
    files::{self, Files},
    guard,
};
use app::{asking::Portal, routes};
use axum::{
    body::{Body, Bytes},
    extract::Request,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use csv::{Terminator, WriterBuilder};
use futures_util::{Stream, StreamExt as _, stream};
use http::{Method, header};
use portfolio::{
    journal::{Line, Wanted},
    permission::{Administrator, Fresh},
    ports::{Journal, Outage},
    sheet::harmless,
};
use std::{future, sync::Arc};

/// The mark by which spreadsheets know UTF-8.
pub(crate) const MARK: &str = "\u{feff}";
/// The heads of the columns.
const HEADS: [&str; 6] = [
    "Numéro",
    "Date",
    "Qui",
    "Quoi",
    "Concerne",
    "Adresse réseau",
];

/// The address that the form is posted to.
pub fn routes<S: Clone + Send + Sync + 'static>(portal: &Portal) -> Files<S> {
    let portal = portal.clone();
    Files::default().with(
        Method::POST,
        routes::EXPORT,
        post(move |request: Request| export(portal, request)),
    )
}

async fn export(portal: Portal, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let (search, unread) = routes::journal_of(query);
    // The page says that a part of the address was not read: a file with other lines than were asked for says nothing.
    let warned = format!("{}?{query}", routes::JOURNAL);
    let search = search.first_page();
    let page = routes::journal(&search);
    let session = match files::session(&request, &page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let Some(administrator) = session.administrator() else {
        return Redirect::to(&page).into_response();
    };
    if unread {
        return Redirect::to(&warned).into_response();
    }
    let now = (portal.now)();
    let Some(fresh) = session.fresh(administrator, now) else {
        return Redirect::to(&routes::confirm(&page)).into_response();
    };
    let asked = search.wanted();
    let wanted = match portal.journal.begin_export(&fresh, &asked, now).await {
        Ok(wanted) => wanted,
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let name = format!("attachment; filename=\"journal-{}.csv\"", now.iso_date());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let pieces = written(portal.journal, fresh, wanted);
    (headers, Body::from_stream(pieces)).into_response()
}

/// The file, piece by piece: each is read when the one before has been taken. Where one cannot be read the file breaks off, which
/// browsers tell; a shorter one would look whole.
fn written(
    journal: Arc<dyn Journal>,
    administrator: Fresh<Administrator>,
    wanted: Wanted,
) -> impl Stream<Item = Result<Bytes, Outage>> + Send {
    let head = format!("{MARK}{}", row(&HEADS.map(str::to_owned)));
    let head = stream::once(future::ready(Ok(Bytes::from(head))));
    let lines = stream::try_unfold(wanted, move |mut wanted| {
        let (journal, administrator) = (Arc::clone(&journal), administrator.clone());
        async move {
            let lines = match journal.exported(&administrator, &wanted).await {
                Ok(lines) => lines,
                Err(outage) => {
                    tracing::error!(%outage, "an export of the journal broke off");
                    return Err(outage);
                }
            };
            let Some(last) = lines.last() else {
                return Ok(None);
            };
            wanted.before = Some(last.seq);
            let piece: String = lines.iter().map(cells).collect();
            Ok(Some((Bytes::from(piece), wanted)))
        }
    });
    head.chain(lines)
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

/// One line of a file, its cells made harmless.
pub(crate) fn row(cells: &[String]) -> String {
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
    use async_trait::async_trait;
    use portfolio::{
        ids::{FirmId, MemberId, Scope},
        journal::{Page, Subject, What},
        origin::Origin,
        permission::Role,
        ports::Session,
        time::Timestamp,
    };
    use std::{
        pin::Pin,
        sync::atomic::{AtomicUsize, Ordering},
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

    /// A journal of so many lines, handed out by tens, of which one piece cannot be read.
    struct Long {
        lines: i64,
        breaks: Option<usize>,
        read: AtomicUsize,
    }

    #[async_trait]
    impl Journal for Long {
        async fn journal(&self, _: &Administrator, _: &Wanted) -> Result<Page, Outage> {
            Err(Outage("nobody asks for pages".to_owned()))
        }

        async fn begin_export(
            &self,
            _: &Fresh<Administrator>,
            wanted: &Wanted,
            _: Timestamp,
        ) -> Result<Wanted, Outage> {
            Ok(wanted.clone())
        }

        async fn exported(
            &self,
            _: &Fresh<Administrator>,
            wanted: &Wanted,
        ) -> Result<Vec<Line>, Outage> {
            let piece = self.read.fetch_add(1, Ordering::Relaxed);
            if Some(piece) == self.breaks {
                return Err(Outage("gone".to_owned()));
            }
            let end = wanted.before.unwrap_or(self.lines + 1);
            Ok((1..end)
                .rev()
                .take(10)
                .map(|seq| line(seq, "Claire"))
                .collect())
        }
    }

    fn long(lines: i64, breaks: Option<usize>) -> Arc<Long> {
        Arc::new(Long {
            lines,
            breaks,
            read: AtomicUsize::new(0),
        })
    }

    fn file(journal: Arc<Long>) -> Pin<Box<dyn Stream<Item = Result<Bytes, Outage>> + Send>> {
        let scope = Scope {
            firm: FirmId(uuid::Uuid::nil()),
            member: MemberId(uuid::Uuid::nil()),
            from: Origin::default(),
        };
        let session = Session::of_operator(scope, Role::Administrator, Timestamp(0));
        let administrator = session.administrator().unwrap();
        let fresh = session.fresh(administrator, Timestamp(0)).unwrap();
        Box::pin(written(journal, fresh, Wanted::default()))
    }

    /// Fear: a journal of years is gathered in memory before its first line goes out, and some exports at once take all there is.
    #[tokio::test]
    async fn read_as_it_is_taken() {
        let journal = long(1_000_000_000, None);
        let mut file = file(Arc::clone(&journal));
        for taken in 0..4 {
            assert_eq!(
                journal.read.load(Ordering::Relaxed),
                usize::max(taken, 1) - 1
            );
            file.next().await.unwrap().unwrap();
        }
    }

    /// Fear: a file that could not be read to its end looks whole.
    #[tokio::test]
    async fn a_broken_export_breaks_off() {
        let pieces: Vec<_> = file(long(100, Some(2))).collect().await;
        assert_eq!(pieces.len(), 4);
        assert!(pieces[3].is_err() && pieces[..3].iter().all(Result::is_ok));
    }

    /// Fear: a spreadsheet shows accents as signs, splits a name, or runs one as a formula.
    #[test]
    fn spreadsheets_read_it() {
        let text = [
            row(&HEADS.map(str::to_owned)),
            cells(&line(1, "=HYPERLINK(\"http://x\")")),
            cells(&line(2, "Claire")),
        ]
        .concat();
        let lines: Vec<_> = text.split_terminator("\r\n").collect();
        assert_eq!(lines[0], "Numéro;Date;Qui;Quoi;Concerne;Adresse réseau");
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
    #[tokio::test]
    async fn every_line_is_there() {
        let text: Vec<u8> = file(long(1_234, None))
            .map(Result::unwrap)
            .collect::<Vec<_>>()
            .await
            .concat();
        let text = String::from_utf8(text).unwrap();
        assert!(text.starts_with(MARK));
        assert_eq!(text.lines().count(), 1 + 1_234);
        assert_eq!(text.matches("\r\n1;").count(), 1);
    }
}
