//! Connections: accepted, counted, watched, and let go.
//!
//! Knows how many connections there may be and how long each may take over what. Refuses to know what is served: a router comes in
//! as a value, and so do the limits, so that tests choose small ones.

mod pulse;

use crate::{
    metrics::Metrics,
    proxies::{Peer, Proxies},
};
use axum::{Router, body::Body, extract::Request};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::Builder,
};
use portfolio::origin::Origin;
use pulse::{Felt, Overdue, Pulse};
use std::{
    collections::HashMap,
    future::Future,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tower::ServiceExt as _;

/// Bytes of the largest head of a request, its lines and all headers; hyper refuses a larger one with 431.
const HEAD_BYTES: usize = 32 * 1024;
/// Headers that a request may have; hyper refuses more with 431.
const HEADERS: usize = 100;
/// Requests that one HTTP/2 connection may have under way at a time.
const STREAMS: u32 = 64;
/// Bytes of answers that wait for the reader of one HTTP/2 request.
const UNREAD: usize = 64 * 1024;

/// Put among the extensions of an answer that may take so much longer to be sent than others: a long export. A reader who takes nothing
/// is let go of as ever.
#[derive(Clone, Copy, Debug)]
pub struct Long(pub Duration);

/// How many connections there may be, and how long each may take over what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time, all together.
    pub connections: usize,
    /// Connections at a time of one client's network, see [`Origin::network`]; the proxies that were named have no such limit.
    pub each: usize,
    /// From a connection's beginning, or from the first byte of a request, to the end of that request's head.
    pub head: Duration,
    /// Between two requests of a connection.
    pub idle: Duration,
    /// From a request's head to the last byte of its answer.
    pub exchange: Duration,
    /// While an answer is being sent, without one byte that the reader takes.
    pub stuck: Duration,
    /// Before the next try, when the system gives no connection.
    pub pause: Duration,
    /// For what is under way, once the portal is told to stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            each: 100,
            head: Duration::from_secs(10),
            // Longer than proxies keep an unused connection (nginx: 60 s), so that none sends a request into a closing one.
            idle: Duration::from_secs(75),
            exchange: Duration::from_mins(2),
            stuck: Duration::from_secs(30),
            pause: Duration::from_secs(1),
            grace: crate::serve::GRACE,
        }
    }
}

/// Where connections come from: a listener, or what a test makes of one.
pub trait Arrivals: Send {
    /// The next connection; given up halfway, none is lost.
    ///
    /// # Errors
    /// When the system gives none.
    fn next(&mut self) -> impl Future<Output = io::Result<(TcpStream, SocketAddr)>> + Send;
}

impl Arrivals for TcpListener {
    async fn next(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        self.accept().await
    }
}

/// Accepts connections and serves them with the router until `stop`; then lets what is under way end, for [`Limits::grace`] at
/// most: a browser that keeps a connection open must not keep the portal from stopping.
pub async fn run(
    mut arrivals: impl Arrivals,
    router: Router,
    limits: Limits,
    proxies: &Proxies,
    metrics: &Metrics,
    stop: impl Future<Output = ()> + Send,
) {
    let seats = Arc::new(Seats {
        limits,
        taken: Mutex::default(),
        metrics: metrics.clone(),
    });
    let (tell, told) = watch::channel(false);
    let mut held = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let arrived = tokio::select! {
            biased;
            () = &mut stop => break,
            Some(_) = held.join_next(), if !held.is_empty() => continue,
            arrived = arrivals.next() => arrived,
        };
        match arrived {
            Ok((stream, peer)) => {
                let peer = Peer(peer.ip().to_canonical());
                // Closed without a word: whoever floods is not worth an answer.
                if let Some(seat) = seats.take(peer, proxies.contains(peer.0)) {
                    held.spawn(hold(stream, peer, router.clone(), seat, told.clone()));
                }
            }
            Err(error) if of_one_connection(&error) => {}
            Err(error) => {
                // No file descriptor or no memory is left: trying at once would only burn the processor.
                tracing::error!(%error, "no connection can be accepted");
                tokio::select! {
                    () = &mut stop => break,
                    () = tokio::time::sleep(limits.pause) => {}
                }
            }
        }
    }
    drop(arrivals);
    tell.send_replace(true);
    let ended = async { while held.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.grace, ended).await.is_err() {
        tracing::warn!(open = held.len(), "stopped with connections still open");
    }
}

/// Whether only the connection that was about to be accepted is lost.
fn of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

/// Serves one connection for as long as it keeps to the limits.
async fn hold(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    seat: Seat,
    mut told: watch::Receiver<bool>,
) {
    // Pages are small: waiting to fill a packet only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay");
    }
    let limits = seat.seats.limits;
    let pulse = Pulse::new();
    let beats = pulse.clone();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let exchange = beats.begin(request.version());
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        let answer = router.clone().oneshot(request);
        async move {
            answer.await.map(|answer| {
                if let Some(Long(by)) = answer.extensions().get() {
                    exchange.extend(*by);
                }
                answer.map(|body| exchange.until_sent(body))
            })
        }
    });
    let builder = builder(&limits);
    let mut connection =
        pin!(builder.serve_connection(TokioIo::new(Felt::new(stream, &pulse)), service));
    let mut stopping = false;
    loop {
        tokio::select! {
            biased;
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "connection");
                }
                break;
            }
            overdue = pulse.overdue(&limits) => match overdue {
                Overdue::Idle => {
                    pulse.closing();
                    connection.as_mut().graceful_shutdown();
                }
                late => {
                    tracing::debug!(?late, "connection closed");
                    break;
                }
            },
            _ = told.wait_for(|told| *told), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// How HTTP is spoken. Floods of resets are h2's own to refuse; upgrades are served to nobody.
fn builder(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // The head's own limit is the pulse's: here the wait for a request would count as part of it.
        .header_read_timeout(limits.idle + limits.head)
        .max_buf_size(HEAD_BYTES)
        .max_headers(HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(u32::try_from(HEAD_BYTES).unwrap_or(u32::MAX))
        .max_send_buf_size(UNREAD)
        .keep_alive_interval(limits.stuck)
        .keep_alive_timeout(limits.stuck);
    builder
}

/// The connections at a time, all of them and by network.
struct Seats {
    limits: Limits,
    taken: Mutex<Taken>,
    metrics: Metrics,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by_network: HashMap<String, usize>,
}

/// One connection's place, given back when it is dropped.
struct Seat {
    seats: Arc<Seats>,
    /// `None` for a proxy, which stands for many people.
    network: Option<String>,
}

impl Seats {
    /// A place for this peer, or `None` when there are too many connections.
    fn take(self: &Arc<Self>, peer: Peer, proxy: bool) -> Option<Seat> {
        let network = (!proxy).then(|| Origin(Some(peer.0)).network());
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= self.limits.connections {
            self.metrics.connection_refused("all");
            return None;
        }
        if let Some(network) = &network {
            let of_network = taken.by_network.entry(network.clone()).or_default();
            if *of_network >= self.limits.each {
                self.metrics.connection_refused("network");
                return None;
            }
            *of_network += 1;
        }
        taken.all += 1;
        self.metrics.connection_opened();
        Some(Seat {
            seats: Arc::clone(self),
            network,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self
            .seats
            .taken
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        taken.all -= 1;
        if let Some(network) = self.network.take()
            && let Some(of_network) = taken.by_network.get_mut(&network)
        {
            *of_network -= 1;
            if *of_network == 0 {
                taken.by_network.remove(&network);
            }
        }
        self.seats.metrics.connection_closed();
    }
}

#[cfg(test)]
mod tests;
