//! Real sockets, small limits: each test waits for what it expects, and for nothing else.

use super::*;
use axum::{
    body::Bytes,
    middleware,
    routing::{get, post},
};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

const SOON: Duration = Duration::from_millis(150);
const LATE: Duration = Duration::from_mins(10);

/// Nothing is ever too late, unless a test says so.
const PATIENT: Limits = Limits {
    connections: 100,
    each: 100,
    head: LATE,
    idle: LATE,
    exchange: LATE,
    stuck: LATE,
    pause: Duration::from_millis(1),
    grace: LATE,
};

struct Served {
    address: SocketAddr,
    metrics: Metrics,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

async fn served(router: Router, limits: Limits) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    served_from(listener, address, router, limits, "")
}

fn served_from(
    arrivals: impl Arrivals + 'static,
    address: SocketAddr,
    router: Router,
    limits: Limits,
    proxies: &str,
) -> Served {
    let (stop, stopped) = oneshot::channel();
    let metrics = Metrics::default();
    let (counted, proxies) = (metrics.clone(), Proxies::read(proxies).unwrap());
    let running = tokio::spawn(async move {
        let stop = async {
            let _ = stopped.await;
        };
        run(arrivals, router, limits, &proxies, &counted, stop).await;
    });
    Served {
        address,
        metrics,
        stop,
        running,
    }
}

fn hello() -> Router {
    Router::new().route("/", get("hello"))
}

impl Served {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends this, and reads until the other side closes.
    async fn said_to(&self, sent: &[u8]) -> String {
        let mut stream = self.connect().await;
        // It may be closed while more is sent.
        let _ = stream.write_all(sent).await;
        rest(&mut stream).await
    }
}

/// Everything that comes until the other side closes, or cuts off.
async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

/// Asks on an open connection and keeps it; whether an answer came.
async fn asked(stream: &mut TcpStream) -> bool {
    if stream.write_all(ASK).await.is_err() {
        return false;
    }
    let mut answer = Vec::new();
    while !answer.ends_with(b"hello") {
        if !matches!(stream.read_buf(&mut answer).await, Ok(1..)) {
            return false;
        }
    }
    answer.starts_with(b"HTTP/1.1 200")
}

const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";
/// How HTTP/2 begins: the preface, and settings of which none is set.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// A route that never answers: it tells that it was asked, and the receiver sees when it is given up.
fn never(told: mpsc::Sender<oneshot::Sender<()>>) -> Router {
    let never = move || async move {
        let (held, given_up) = oneshot::channel::<()>();
        told.send(held).await.unwrap();
        std::future::pending::<()>().await;
        drop(given_up);
    };
    Router::new().route("/", get(never))
}

/// Fear: whoever sends a head byte by byte, or nothing at all, holds a connection for ever.
#[tokio::test]
async fn slow_heads_are_cut_off() {
    let served = served(
        hello(),
        Limits {
            head: SOON,
            ..PATIENT
        },
    )
    .await;
    for slow in [
        &b""[..],
        b"G",
        b"GET / HTTP/1.1\r\nHos",
        &PREFACE[..9],
        PREFACE,
    ] {
        let answer = served.said_to(slow).await;
        assert!(!answer.contains("hello"), "{answer}");
    }
    // A second request's head as well as the first one's.
    let mut stream = served.connect().await;
    assert!(asked(&mut stream).await);
    stream.write_all(b"GET / HT").await.unwrap();
    rest(&mut stream).await;
}

/// Fear: connections that nothing is asked on pile up.
#[tokio::test]
async fn idle_connections_are_closed() {
    let served = served(
        hello(),
        Limits {
            idle: SOON,
            ..PATIENT
        },
    )
    .await;
    // The beginning of a third one that came along with the others does not keep it open either.
    for rest in [&b""[..], b"GET / HT"] {
        let answer = served.said_to(&[ASK, ASK, rest].concat()).await;
        let answers = answer.matches("hello").count();
        assert_eq!(answers, 2, "kept open between two: {answer}");
    }
}

/// Fear: a request without end, or an answer that is taken byte by byte, holds a connection and its memory for ever.
#[tokio::test]
async fn an_exchange_has_an_end() {
    let (tell, mut told) = mpsc::channel(1);
    let served = served(
        never(tell),
        Limits {
            exchange: SOON,
            ..PATIENT
        },
    )
    .await;
    let mut stream = served.connect().await;
    stream.write_all(ASK).await.unwrap();
    told.recv().await.unwrap().closed().await;
    assert_eq!(rest(&mut stream).await, "");
}

/// Fear: a reader who takes nothing holds an answer for ever.
#[tokio::test]
async fn readers_that_are_stuck_are_cut_off() {
    let (tell, mut told) = mpsc::channel(1);
    let limits = Limits {
        stuck: SOON,
        ..PATIENT
    };
    let served = served(endless(tell), limits).await;
    let mut stream = served.connect().await;
    stream.write_all(ASK).await.unwrap();
    // It is dropped although nothing is read and nothing is closed.
    told.recv().await.unwrap().closed().await;
}

/// A route whose answer has no end: it tells that it was asked, and the receiver sees when it is given up.
fn endless(told: mpsc::Sender<oneshot::Sender<()>>) -> Router {
    let endless = move || async move {
        let (held, given_up) = oneshot::channel::<()>();
        told.send(held).await.unwrap();
        Body::new(Endless(given_up))
    };
    Router::new().route("/", get(endless))
}

/// A body without end; held with it, something that others see dropped.
struct Endless(#[expect(dead_code, reason = "held, not read")] oneshot::Receiver<()>);

impl hyper::body::Body for Endless {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        let block = Bytes::from_static(&[b'x'; 16 * 1024]);
        std::task::Poll::Ready(Some(Ok(hyper::body::Frame::data(block))))
    }
}

/// Fear: a body that comes byte by byte holds a request, or is answered as if it had come.
#[tokio::test]
async fn slow_bodies_are_refused() {
    let router = Router::new()
        .route(
            "/",
            post(|body: String| async move { format!("took {body}") }),
        )
        .layer(middleware::from_fn_with_state(SOON, crate::guard::received));
    let served = served(router, PATIENT).await;
    for slow in [
        &b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc"[..],
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ] {
        let answer = served.said_to(slow).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }
    let whole = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc";
    assert!(served.said_to(whole).await.ends_with("took abc"));
}

/// Fear: a head of many megabytes, or of thousands of headers, is taken in.
#[tokio::test]
async fn large_heads_are_refused() {
    let served = served(hello(), PATIENT).await;
    let long = format!(
        "GET / HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n",
        "a".repeat(HEAD_BYTES)
    );
    let many = format!(
        "GET / HTTP/1.1\r\nHost: x\r\n{}\r\n",
        "a: b\r\n".repeat(HEADERS)
    );
    for large in [long, many] {
        let answer = served.said_to(large.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
    let usual = format!(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {}\r\n{}\r\n",
        "a".repeat(8 * 1024),
        "a: b\r\n".repeat(40)
    );
    assert!(served.said_to(usual.as_bytes()).await.ends_with("hello"));
}

/// Fear: one HTTP/2 connection has as many requests under way as a thousand others.
#[tokio::test]
async fn http2_streams_are_few() {
    let served = served(hello(), PATIENT).await;
    let mut stream = served.connect().await;
    stream.write_all(PREFACE).await.unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[3], 4, "settings come first");
    let mut settings = vec![0; usize::from(head[2])];
    stream.read_exact(&mut settings).await.unwrap();
    let told = |name: u8| {
        settings
            .chunks(6)
            .find(|setting| setting[..2] == [0, name])
            .map(|setting| u32::from_be_bytes([setting[2], setting[3], setting[4], setting[5]]))
    };
    assert_eq!(told(3), Some(STREAMS), "SETTINGS_MAX_CONCURRENT_STREAMS");
    assert_eq!(
        told(6),
        u32::try_from(HEAD_BYTES).ok(),
        "SETTINGS_MAX_HEADER_LIST_SIZE"
    );
}

/// A client that speaks HTTP/2: what it asks with, and its connection's end.
async fn multiplexed(
    served: &Served,
) -> (
    h2::client::SendRequest<Bytes>,
    JoinHandle<Result<(), h2::Error>>,
) {
    let (ask, connection) = h2::client::handshake(served.connect().await).await.unwrap();
    (ask.ready().await.unwrap(), tokio::spawn(connection))
}

fn ask() -> http::Request<()> {
    http::Request::get("http://x/").body(()).unwrap()
}

/// Fear: HTTP/2 is served badly, or to nobody but those who leave their connection open for ever.
#[tokio::test]
async fn http2_is_served_and_let_go() {
    let limits = Limits {
        idle: SOON,
        ..PATIENT
    };
    let served = served(hello(), limits).await;
    let (mut asking, ended) = multiplexed(&served).await;
    for _ in 0..3 {
        let (answer, _) = asking.send_request(ask(), true).unwrap();
        let mut body = answer.await.unwrap().into_body();
        assert_eq!(&body.data().await.unwrap().unwrap()[..], b"hello");
    }
    ended.await.unwrap().unwrap();
}

/// Fear: a reader who lets no window open holds an answer for ever, and no write is ever seen to be stuck.
#[tokio::test]
async fn http2_readers_that_are_stuck_are_cut_off() {
    let (tell, mut told) = mpsc::channel(1);
    let limits = Limits {
        exchange: SOON,
        ..PATIENT
    };
    let served = served(endless(tell), limits).await;
    let (mut asking, _connection) = multiplexed(&served).await;
    let (answer, _) = asking.send_request(ask(), true).unwrap();
    let unread = answer.await.unwrap();
    told.recv().await.unwrap().closed().await;
    drop(unread);
}

/// Fear: one client takes every connection; or its places are never given back.
#[tokio::test]
async fn each_client_has_its_share() {
    let served = served(hello(), Limits { each: 2, ..PATIENT }).await;
    let (mut first, mut second) = (served.connect().await, served.connect().await);
    assert!(asked(&mut first).await && asked(&mut second).await);
    assert!(
        !asked(&mut served.connect().await).await,
        "the third is closed"
    );
    let counted = served
        .metrics
        .written(&crate::hasher::Hasher::new().unwrap())
        .unwrap();
    assert!(
        counted.contains("portail_connections_open 2\n"),
        "{counted}"
    );
    assert!(
        counted.contains("portail_connections_refused_total{limit=\"network\"} 1\n"),
        "{counted}"
    );
    drop(first);
    while !asked(&mut served.connect().await).await {}
    assert!(asked(&mut second).await, "the others were left alone");
}

/// Fear: connections beyond what the machine can bear are taken; or the proxy, which all people come through, is held to the share
/// of one.
#[tokio::test]
async fn all_together_are_limited_and_proxies_are_not_one_client() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let limits = Limits {
        each: 1,
        connections: 3,
        ..PATIENT
    };
    let served = served_from(listener, address, hello(), limits, "127.0.0.0/8");
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = served.connect().await;
        assert!(asked(&mut stream).await);
        open.push(stream);
    }
    assert!(
        !asked(&mut served.connect().await).await,
        "the fourth is closed"
    );
    open.clear();
    while !asked(&mut served.connect().await).await {}
}

/// A listener of a system that has run out of file descriptors, for some tries.
struct Exhausted(TcpListener, Arc<AtomicUsize>);

impl Arrivals for Exhausted {
    async fn next(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        match self.1.fetch_add(1, Ordering::SeqCst) {
            // EMFILE, then a connection that was gone before it was accepted.
            0..3 => Err(io::Error::from_raw_os_error(24)),
            3 => Err(io::ErrorKind::ConnectionAborted.into()),
            _ => self.0.accept().await,
        }
    }
}

/// Fear: out of file descriptors, the portal ends, or burns the processor until there are some.
#[tokio::test]
async fn running_out_of_files_is_survived() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let tries = Arc::new(AtomicUsize::new(0));
    let exhausted = Exhausted(listener, Arc::clone(&tries));
    let served = served_from(exhausted, address, hello(), PATIENT, "");
    assert!(asked(&mut served.connect().await).await);
    assert!(tries.load(Ordering::SeqCst) >= 5);

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let tries = Arc::new(AtomicUsize::new(0));
    let exhausted = Exhausted(listener, Arc::clone(&tries));
    let waiting = Limits {
        pause: LATE,
        ..PATIENT
    };
    let served = served_from(exhausted, address, hello(), waiting, "");
    while tries.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    // Time enough for a hundred more, if it did not wait.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    served.stop.send(()).unwrap();
    served.running.await.unwrap();
    assert_eq!(
        tries.load(Ordering::SeqCst),
        1,
        "it waits after a failure, and is told to stop all the same"
    );
}

/// Fear: a request that is under way when the portal is restarted is cut off, or a new one is still taken.
#[tokio::test]
async fn what_is_under_way_ends() {
    let (tell, mut told) = mpsc::channel::<oneshot::Sender<()>>(1);
    let slow = move || async move {
        let (go, gone) = oneshot::channel();
        tell.send(go).await.unwrap();
        gone.await.unwrap();
        "done"
    };
    let served = served(Router::new().route("/", get(slow)), PATIENT).await;
    let mut stream = served.connect().await;
    stream.write_all(ASK).await.unwrap();
    let go = told.recv().await.unwrap();
    served.stop.send(()).unwrap();
    while TcpStream::connect(served.address).await.is_ok() {}
    go.send(()).unwrap();
    assert!(rest(&mut stream).await.ends_with("done"));
    served.running.await.unwrap();
}

/// Fear: somebody who keeps a connection open, or a request without end, keeps the portal from stopping.
#[tokio::test]
async fn an_open_connection_does_not_hold_it() {
    let served = served(hello(), PATIENT).await;
    let mut open = served.connect().await;
    assert!(asked(&mut open).await);
    served.stop.send(()).unwrap();
    served.running.await.unwrap();

    let (tell, mut told) = mpsc::channel(1);
    let served = super::tests::served(
        never(tell),
        Limits {
            grace: SOON,
            ..PATIENT
        },
    )
    .await;
    let mut open = served.connect().await;
    open.write_all(ASK).await.unwrap();
    let mut held = told.recv().await.unwrap();
    served.stop.send(()).unwrap();
    served.running.await.unwrap();
    held.closed().await;
}
