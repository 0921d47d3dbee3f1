//! A file that has to be whole before its first byte is sent: it is made in a temporary file that has no name, of which nothing is left
//! however the server ends, and sent from there piece by piece.

use super::{Piece, cut};
use axum::body::Bytes;
use futures_util::stream::{self, Stream};
use std::{fs::File, future::Future, io::Read, pin::Pin};

/// Bytes sent at a time.
const PIECE: usize = 64 * 1024;

type Making = Pin<Box<dyn Future<Output = std::io::Result<File>> + Send>>;

enum Stage {
    Made(Making),
    Sent(File),
}

/// The file that `making` ends with, piece by piece.
pub fn sent(
    making: impl Future<Output = std::io::Result<File>> + Send + 'static,
) -> impl Stream<Item = Piece> + Send {
    stream::unfold(Some(Stage::Made(Box::pin(making))), async |stage| {
        let file = match stage? {
            Stage::Made(making) => match making.await {
                Ok(file) => file,
                Err(error) => return Some((Err(error), None)),
            },
            Stage::Sent(file) => file,
        };
        let read = tokio::task::spawn_blocking(move || piece(file)).await;
        match read {
            Ok(Ok((piece, _))) if piece.is_empty() => None,
            Ok(Ok((piece, file))) => Some((Ok(piece), Some(Stage::Sent(file)))),
            Ok(Err(error)) => Some((Err(cut(error)), None)),
            Err(error) => Some((Err(cut(error)), None)),
        }
    })
}

fn piece(mut file: File) -> std::io::Result<(Bytes, File)> {
    let mut bytes = Vec::with_capacity(PIECE);
    (&mut file).take(PIECE as u64).read_to_end(&mut bytes)?;
    Ok((bytes.into(), file))
}
