//! The refused lines as a file, in the format that was sent: mended, it is sent again. Written while they are read, a few hundred at a
//! time; a workbook stands in a temporary file without a name until it is whole.

use super::template::{self, MARK};
use axum::body::Bytes;
use futures_util::stream::{BoxStream, Stream, StreamExt as _, try_unfold};
use portfolio::{
    ports::{Outage, Refused, RefusedPages, ToMend},
    sheet::{Format, harmless},
    wording,
};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::{
    fs::File,
    io::{self, Read as _, Seek as _},
};
use tokio::{
    sync::{OwnedSemaphorePermit, mpsc},
    task::spawn_blocking,
};

/// The head of the column that says why, which an import leaves alone.
pub(super) const REASON: &str = "Motif du refus";
/// Bytes of a workbook that are sent at a time.
const PIECE: u64 = 64 * 1024;
/// Boxes of lines that wait to be written.
const WAITING: usize = 2;

type Lines = Result<Vec<Refused>, Outage>;

/// The file, piece by piece. It keeps its place until it is sent, and for as long as a thread is writing it.
pub(super) fn written(
    mend: ToMend,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let ToMend {
        format,
        heads,
        pages,
    } = mend;
    let heads = Heads::of(heads);
    let pieces: BoxStream<'static, _> = match format {
        Format::Csv => text(heads, pages, place).boxed(),
        Format::Xlsx => workbook(heads, pages, place).boxed(),
    };
    // What packs an answer asks once more after its end.
    pieces.fuse()
}

/// Why a file that was begun ends before its end: it is logged, and the browser sees that something is missing.
fn cut(error: impl std::fmt::Display) -> io::Error {
    tracing::error!(%error, "a file of refused lines was cut off");
    io::Error::other("a file of refused lines was cut off")
}

/// The heads that were sent, without those of a file that was mended before, and where they are.
struct Heads(Vec<(usize, String)>);

impl Heads {
    fn of(heads: Vec<String>) -> Self {
        let sent = heads.into_iter().enumerate();
        Self(sent.filter(|(_, head)| head != REASON).collect())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let sent = self.0.iter().map(|(_, head)| head.as_str());
        sent.chain([REASON])
    }

    /// A line: the cells of these columns, then why.
    fn line(&self, (reason, cells): &Refused) -> impl Iterator<Item = String> {
        let shown = |place: &usize| {
            let cell = cells.get(*place);
            cell.map(portfolio::import::Cell::shown).unwrap_or_default()
        };
        let cells = self.0.iter().map(move |(place, _)| shown(place));
        cells.chain([wording::import::reason(reason)])
    }
}

/// A line of text that no spreadsheet runs.
fn row(cells: impl Iterator<Item = impl AsRef<str>>) -> String {
    let cells: Vec<String> = cells.map(|cell| harmless(cell.as_ref())).collect();
    template::row(cells.iter().map(String::as_str))
}

fn text(
    heads: Heads,
    pages: Box<dyn RefusedPages>,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let first = Some(format!("{MARK}{}", row(heads.names())));
    let state = (first, heads, pages, place);
    try_unfold(state, async |(first, heads, mut pages, place)| {
        if let Some(first) = first {
            return Ok(Some((Bytes::from(first), (None, heads, pages, place))));
        }
        let lines = pages.next().await.map_err(cut)?;
        if lines.is_empty() {
            return Ok(None);
        }
        let piece: String = lines.iter().map(|line| row(heads.line(line))).collect();
        Ok(Some((Bytes::from(piece), (None, heads, pages, place))))
    })
}

enum Stage {
    Written(Heads, Box<dyn RefusedPages>),
    Sent(File),
}

fn workbook(
    heads: Heads,
    pages: Box<dyn RefusedPages>,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let state = (Stage::Written(heads, pages), place);
    try_unfold(state, async |(stage, place)| {
        let (mut file, place) = match stage {
            Stage::Written(heads, pages) => whole(heads, pages, place).await?,
            Stage::Sent(file) => (file, place),
        };
        let read = move || {
            let mut bytes = Vec::new();
            (&mut file).take(PIECE).read_to_end(&mut bytes)?;
            Ok((bytes, file))
        };
        let (bytes, file) = spawn_blocking(read)
            .await
            .map_err(cut)?
            .map_err(|error: io::Error| cut(error))?;
        let sent = (!bytes.is_empty()).then(|| (Bytes::from(bytes), (Stage::Sent(file), place)));
        Ok(sent)
    })
}

/// Reads the lines here, and writes them on a thread that may take its time.
async fn whole(
    heads: Heads,
    mut pages: Box<dyn RefusedPages>,
    place: OwnedSemaphorePermit,
) -> io::Result<(File, OwnedSemaphorePermit)> {
    let (give, mut take) = mpsc::channel::<Lines>(WAITING);
    // The place goes along: whoever asked may be gone long before the thread is done.
    let writing = spawn_blocking(move || Ok((write(&heads, &mut take)?, place)));
    loop {
        let lines = pages.next().await;
        let last = lines.as_ref().is_ok_and(Vec::is_empty) || lines.is_err();
        // Whoever writes is gone when it failed, and says why below.
        if give.send(lines).await.is_err() || last {
            break;
        }
    }
    drop(give);
    writing.await.map_err(cut)?
}

fn write(heads: &Heads, take: &mut mpsc::Receiver<Lines>) -> io::Result<File> {
    let mut workbook = Workbook::new();
    let mut fill = || -> Result<Result<(), Outage>, XlsxError> {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        let sheet = sheet.set_name("Clients")?;
        template::heads(sheet, heads.names())?;
        let mut place = 0;
        while let Some(lines) = take.blocking_recv() {
            let lines = match lines {
                Ok(lines) => lines,
                Err(outage) => return Ok(Err(outage)),
            };
            for line in &lines {
                place += 1;
                for (column, cell) in (0..).zip(heads.line(line)) {
                    if !cell.is_empty() {
                        sheet.write_string(place, column, cell)?;
                    }
                }
            }
        }
        Ok(Ok(()))
    };
    fill().map_err(cut)?.map_err(cut)?;
    let mut file = tempfile::tempfile()?;
    workbook.save_to_writer(&file).map_err(cut)?;
    file.rewind()?;
    Ok(file)
}
