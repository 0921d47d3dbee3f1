//! Files on their way in. What arrives stands in a file without a name, so that somebody who sends slowly holds neither memory nor a
//! place; to be read it takes one of a few places, and keeps it until the last byte of it is out of memory again.

use portfolio::{
    ids::FirmId,
    import::{FileFault, MOST_BYTES},
};
use std::{
    collections::HashMap,
    fs::File,
    io::{self, Read as _, Seek as _, Write as _},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
    time::timeout,
};

use axum::body::Body;
use http_body_util::BodyExt as _;
use hyper::body::Frame;

/// Files that are read at a time: each takes up to a hundred megabytes meanwhile.
const READ: usize = 3;
/// Files of one firm that arrive at a time.
const OF_FIRM: usize = 3;
/// Files that arrive at a time, of all firms: a gigabyte of temporary files.
const ARRIVING: usize = 100;
/// How long a file that has arrived waits to be read.
const WAIT: Duration = Duration::from_secs(10);
/// What stands around the file in what a browser sends.
pub(crate) const AROUND: usize = 64 * 1024;
/// How much of a file that is too large is still taken, so that the browser comes to read why it was refused.
const DRAINED: usize = 4 * MOST_BYTES;
/// Bytes that are written at a time.
const PIECE: usize = 256 * 1024;

/// Who sends, and who is being read.
pub(crate) struct Arrivals {
    arriving: Mutex<HashMap<FirmId, usize>>,
    places: Arc<Semaphore>,
}

/// A file that arrives. Dropped, another one may.
pub(crate) struct Arrival {
    arrivals: Arc<Arrivals>,
    firm: FirmId,
}

/// Why nothing has arrived.
#[derive(Debug)]
pub(crate) enum Lost {
    /// It cannot be taken.
    Fault(FileFault),
    /// There is nowhere to keep it.
    Disk(io::Error),
}

impl From<FileFault> for Lost {
    fn from(fault: FileFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<io::Error> for Lost {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

impl Arrivals {
    /// Nobody yet.
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            arriving: Mutex::default(),
            places: Arc::new(Semaphore::new(READ)),
        })
    }

    /// Begins to take a file of a firm; nothing while too many arrive.
    pub(crate) fn begin(self: &Arc<Self>, firm: FirmId) -> Option<Arrival> {
        let mut arriving = self.arriving.lock().unwrap_or_else(PoisonError::into_inner);
        if arriving.values().sum::<usize>() >= ARRIVING {
            return None;
        }
        let of_firm = arriving.entry(firm).or_default();
        if *of_firm >= OF_FIRM {
            return None;
        }
        *of_firm += 1;
        Some(Arrival {
            arrivals: Arc::clone(self),
            firm,
        })
    }

    /// A place to read a file in; nothing when all are taken for long.
    pub(crate) async fn place(&self) -> Option<OwnedSemaphorePermit> {
        let place = timeout(WAIT, Arc::clone(&self.places).acquire_owned()).await;
        place.ok()?.ok()
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        let arriving = self.arrivals.arriving.lock();
        let mut arriving = arriving.unwrap_or_else(PoisonError::into_inner);
        if let Some(of_firm) = arriving.get_mut(&self.firm) {
            *of_firm -= 1;
            if *of_firm == 0 {
                arriving.remove(&self.firm);
            }
        }
    }
}

/// A body, whole. More of it than is kept is still taken for a while: browsers read an answer only once they have sent.
pub(crate) async fn arrived(mut body: Body) -> Result<File, Lost> {
    let (mut file, mut piece, mut come) = (tempfile::tempfile()?, Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(Ok(data)) = frame.map(Frame::into_data) else {
            return Err(FileFault::Missing.into());
        };
        come += data.len();
        if come > DRAINED {
            break;
        }
        if come <= MOST_BYTES + AROUND {
            piece.extend_from_slice(&data);
        }
        if piece.len() >= PIECE {
            file = written(file, std::mem::take(&mut piece)).await?;
        }
    }
    if come > MOST_BYTES + AROUND {
        return Err(FileFault::TooLarge.into());
    }
    Ok(written(file, piece).await?)
}

async fn written(mut file: File, piece: Vec<u8>) -> io::Result<File> {
    let write = move || {
        file.write_all(&piece)?;
        Ok(file)
    };
    spawn_blocking(write).await.map_err(io::Error::other)?
}

/// What has arrived, in memory.
pub(crate) async fn bytes(mut file: File) -> io::Result<Vec<u8>> {
    let read = move || {
        file.rewind()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    spawn_blocking(read).await.map_err(io::Error::other)?
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn firm(n: u128) -> FirmId {
        FirmId(Uuid::from_u128(n))
    }

    /// Fear: a firm whose senders are slow, or who hang up, keeps others out, or itself for ever.
    #[tokio::test]
    async fn slow_senders_keep_nobody_else_out() {
        let arrivals = Arrivals::new();
        let slow: Vec<_> = (0..OF_FIRM)
            .map(|_| arrivals.begin(firm(1)).unwrap())
            .collect();
        assert!(arrivals.begin(firm(1)).is_none());
        assert!(arrivals.begin(firm(2)).is_some());
        assert!(arrivals.place().await.is_some(), "nobody is being read");
        drop(slow);
        assert!(arrivals.begin(firm(1)).is_some());
        let many: Vec<_> = (0..).map_while(|n| arrivals.begin(firm(n))).collect();
        assert_eq!(many.len(), ARRIVING);
        drop(many);
        assert!(arrivals.arriving.lock().unwrap().is_empty());
    }

    /// Fear: what arrived is not what was sent, or a body without an end fills the disk.
    #[tokio::test]
    async fn whole_or_not_at_all() {
        let sent: Vec<u8> = (0..700_000u32).map(|n| n.to_le_bytes()[0]).collect();
        let file = arrived(Body::from(sent.clone())).await.unwrap();
        assert_eq!(bytes(file).await.unwrap(), sent);
        let large = arrived(Body::from(vec![0; MOST_BYTES + AROUND + 1])).await;
        assert!(matches!(large, Err(Lost::Fault(FileFault::TooLarge))));
        let endless = futures_util::stream::repeat_with(|| Ok::<_, io::Error>(vec![0; PIECE]));
        let endless = arrived(Body::from_stream(endless)).await;
        assert!(matches!(endless, Err(Lost::Fault(FileFault::TooLarge))));
    }
}
