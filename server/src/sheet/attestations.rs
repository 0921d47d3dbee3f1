//! The attestations de vigilance of all selected clients, as one archive: a PDF for each that is issued, and a list that says for every
//! client whether it is, and why not.
//!
//! They are issued and drawn some at a time, into a temporary file. How many clients there may be is bounded, and so is the file.

use super::{Piece, Places, busy, csv, cut, held, spool};
use crate::{attestation::paper_of, connections::Long, files, guard};
use app::{asking::Portal, routes};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Redirect, Response},
};
use futures_util::stream::Stream;
use http::header;
use portfolio::{
    attestation::last_day,
    ports::{AttestationPieces, Dealt, Gathered, Left, Outage},
    sheet::harmless,
};
use std::{fs::File, io, io::Seek as _, io::Write as _};
use tokio::sync::mpsc;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

/// Pieces that wait to be drawn.
const WAITING: usize = 2;
/// The heads of the list's columns.
const HEADS: [&str; 7] = [
    "Nom",
    "Identifiant",
    "Régime",
    "Attestation",
    "Valable jusqu’au",
    "Motif",
    "Fichier",
];

/// The archive of a member's selection.
pub async fn file(portal: Portal, places: Places, request: Request) -> Response {
    let page = routes::EXPORT_CLIENTS;
    let session = match files::session(&request, page) {
        Ok(session) => session,
        Err(way) => return *way,
    };
    let now = (portal.now)();
    let Some(scope) = session.scope() else {
        return Redirect::to(page).into_response();
    };
    let Some(scope) = session.fresh(scope, now) else {
        return Redirect::to(&routes::confirm(page)).into_response();
    };
    let Some(place) = places.take(&scope) else {
        return Redirect::to(&busy(page)).into_response();
    };
    let pieces = match portal.attestations.issue_selected(&scope, now).await {
        Ok(Gathered::Pieces(pieces)) => pieces,
        Ok(Gathered::Nobody) => return Redirect::to(page).into_response(),
        Ok(Gathered::TooMany) => {
            let too_many = routes::Done::TooManyAttestations.code();
            return Redirect::to(&routes::done(page, too_many)).into_response();
        }
        Err(outage) => return guard::unavailable(&outage, false),
    };
    let name = format!(
        "attachment; filename=\"attestations-{}.zip\"",
        now.iso_date()
    );
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let body = Body::from_stream(held(written(pieces, portal.url), place));
    let mut answer = (headers, body).into_response();
    answer.extensions_mut().insert(Long(super::PATIENCE));
    answer
}

/// The archive, piece by piece.
fn written(pieces: Box<dyn AttestationPieces>, url: String) -> impl Stream<Item = Piece> + Send {
    spool::sent(whole(pieces, url))
}

/// Has the papers issued here, and draws them on a thread that may take its time.
async fn whole(mut pieces: Box<dyn AttestationPieces>, url: String) -> io::Result<File> {
    let (give, take) = mpsc::channel::<Result<Vec<Dealt>, Outage>>(WAITING);
    let drawing = tokio::task::spawn_blocking(move || draw(take, &url));
    loop {
        let dealt = pieces.next().await;
        let last = dealt.as_ref().is_ok_and(Vec::is_empty) || dealt.is_err();
        // Whoever draws is gone when it failed, and says why below.
        if give.send(dealt).await.is_err() || last {
            break;
        }
    }
    drop(give);
    drawing.await.map_err(cut)?
}

fn draw(mut take: mpsc::Receiver<Result<Vec<Dealt>, Outage>>, url: &str) -> io::Result<File> {
    let mut archive = ZipWriter::new(tempfile::tempfile()?);
    let mut list = csv::whole(std::iter::once(HEADS.map(str::to_owned)));
    // Papers are compressed inside already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    while let Some(dealt) = take.blocking_recv() {
        for client in dealt.map_err(cut)? {
            let mut name = String::new();
            if let Ok(attested) = &client.outcome {
                name = file_name(&client);
                let paper = paper_of(attested, url).pdf().map_err(cut)?;
                archive.start_file(&*name, options).map_err(cut)?;
                archive.write_all(&paper)?;
            }
            list.extend(csv::lines(std::iter::once(cells(&client, name))));
        }
    }
    archive.start_file("liste.csv", options).map_err(cut)?;
    archive.write_all(&list)?;
    let mut file = archive.finish().map_err(cut)?;
    file.rewind()?;
    Ok(file)
}

/// The number of a client, without spaces.
fn number(client: &Dealt) -> String {
    let number = client.held.holder.to_string();
    number.chars().filter(|c| !c.is_whitespace()).collect()
}

/// « attestation-732829320-RG.pdf »: nobody else of an archive has the same number under the same scheme.
fn file_name(client: &Dealt) -> String {
    let scheme = client.held.scheme.code();
    format!("attestation-{}-{scheme}.pdf", number(client))
}

fn cells(client: &Dealt, file: String) -> [String; HEADS.len()] {
    let (said, until, why) = match &client.outcome {
        Ok(attested) => {
            let until = last_day(attested.issued).short();
            ("Délivrée", until, String::new())
        }
        Err(Left::Refused(refused)) => {
            let why = format!("{}. {}", refused.label(), refused.advice());
            ("Refusée", String::new(), why)
        }
        Err(Left::NoService) => {
            let why = "Le service « Télécharger une attestation de vigilance » n’est pas coché";
            ("Non demandée", String::new(), why.to_owned())
        }
    };
    [
        harmless(&client.name),
        number(client),
        client.held.scheme.code().to_owned(),
        said.to_owned(),
        until,
        why,
        file,
    ]
}
