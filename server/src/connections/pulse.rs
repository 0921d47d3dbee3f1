//! The pulse of one connection: what is under way on it, since when, and by when it must have moved on.
//!
//! Knows moments and deadlines. Refuses to know what is said: it feels bytes go by and requests begin and end.

use super::Limits;
use axum::body::{Body, Bytes};
use http::Version;
use hyper::body::{Frame, SizeHint};
use std::{
    collections::BTreeMap,
    future::{Future, poll_fn},
    io,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, sleep_until},
};

/// What a connection took too long over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overdue {
    /// The head of a request.
    Head,
    /// Nothing: no request came.
    Idle,
    /// A request and its answer.
    Exchange,
    /// Taking what is sent.
    Stuck,
    /// Closing.
    Closing,
}

/// The pulse of one connection. Cheap to clone.
#[derive(Clone)]
pub struct Pulse(Arc<Mutex<State>>);

struct State {
    /// The requests under way, and since when: the lowest number is the oldest.
    exchanges: BTreeMap<u64, Instant>,
    begun: u64,
    /// HTTP/2 sends more than requests, so that a byte does not mean that one is coming.
    multiplexed: bool,
    /// When the connection began, or the last request ended.
    quiet: Instant,
    /// When the first byte after that came.
    head: Option<Instant>,
    /// Since when the reader takes nothing of what waits.
    stuck: Option<Instant>,
    closing: Option<Instant>,
}

impl Pulse {
    /// A connection that begins now.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            exchanges: BTreeMap::new(),
            begun: 0,
            multiplexed: false,
            quiet: Instant::now(),
            head: None,
            stuck: None,
            closing: None,
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request's head has come.
    pub fn begin(&self, version: Version) -> Exchange {
        let mut state = self.state();
        let number = state.begun;
        state.begun += 1;
        state.multiplexed = version == Version::HTTP_2;
        state.head = None;
        state.exchanges.insert(number, Instant::now());
        Exchange {
            pulse: self.clone(),
            number,
        }
    }

    /// The connection was asked to close, from now on.
    pub fn closing(&self) {
        self.state().closing = Some(Instant::now());
    }

    /// Ends when the connection is too long over something. It must be polled after the connection: what is judged is what the
    /// connection has done by then.
    pub async fn overdue(&self, limits: &Limits) -> Overdue {
        let mut sleep = pin!(sleep_until(self.state().deadline(limits).0));
        poll_fn(|context| {
            let (deadline, overdue) = self.state().deadline(limits);
            if sleep.deadline() != deadline {
                sleep.as_mut().reset(deadline);
            }
            sleep.as_mut().poll(context).map(|()| overdue)
        })
        .await
    }
}

impl State {
    /// The next moment at which the connection is overdue, and with what.
    fn deadline(&self, limits: &Limits) -> (Instant, Overdue) {
        let waiting = match (self.exchanges.first_key_value(), self.head) {
            (Some((_, since)), _) => (*since + limits.exchange, Overdue::Exchange),
            (None, Some(first)) if !self.multiplexed && self.begun > 0 => {
                (first + limits.head, Overdue::Head)
            }
            (None, _) if self.begun == 0 => (self.quiet + limits.head, Overdue::Head),
            (None, _) => (self.quiet + limits.idle, Overdue::Idle),
        };
        let stuck = self
            .stuck
            .map(|since| (since + limits.stuck, Overdue::Stuck));
        let ending = match self.closing {
            None => waiting,
            Some(since) => (since + limits.head, Overdue::Closing),
        };
        stuck.map_or(
            ending,
            |stuck| if stuck.0 < ending.0 { stuck } else { ending },
        )
    }
}

/// A request that is under way, until it is dropped.
pub struct Exchange {
    pulse: Pulse,
    number: u64,
}

impl Exchange {
    /// Gives it more time than others have.
    pub fn extend(&self, by: Duration) {
        if let Some(since) = self.pulse.state().exchanges.get_mut(&self.number) {
            *since += by;
        }
    }

    /// The body of the answer; the request is under way until all of it has been taken.
    pub fn until_sent(self, body: Body) -> Sent {
        Sent {
            body,
            _exchange: self,
        }
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        let mut state = self.pulse.state();
        state.exchanges.remove(&self.number);
        if state.exchanges.is_empty() {
            state.quiet = Instant::now();
            state.head = None;
        }
    }
}

/// The body of an answer that is being sent.
pub struct Sent {
    body: Body,
    _exchange: Exchange,
}

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream whose bytes are felt.
pub struct Felt {
    stream: TcpStream,
    pulse: Pulse,
}

impl Felt {
    /// This stream, with this pulse.
    pub fn new(stream: TcpStream, pulse: &Pulse) -> Self {
        Self {
            stream,
            pulse: pulse.clone(),
        }
    }

    /// Remembers since when nothing is taken.
    fn taken<T>(&self, written: Poll<T>) -> Poll<T> {
        let mut state = self.pulse.state();
        match written {
            Poll::Pending => {
                state.stuck.get_or_insert_with(Instant::now);
            }
            Poll::Ready(_) => state.stuck = None,
        }
        drop(state);
        written
    }
}

impl AsyncRead for Felt {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            let mut state = self.pulse.state();
            if state.exchanges.is_empty() {
                state.head.get_or_insert_with(Instant::now);
            }
        }
        read
    }
}

impl AsyncWrite for Felt {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.taken(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.taken(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
