//! Requests over real connections: how many a second, and how long the slowest take.

use crate::fill::text;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::{Bytes, Incoming},
    client::conn::http1,
};
use hyper_util::rt::TokioIo;
use server::clock::Stopwatch;
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpStream, task::JoinSet};

/// What a load found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Requests answered a second, all connections together.
    pub per_second: f64,
    /// How long a request took.
    pub took: Spread,
    /// Bytes of one answer's body.
    pub bytes: usize,
}

/// Asks for a page again and again, on so many connections at once, for so long.
///
/// # Errors
/// When a connection fails or an answer is not 200.
pub async fn load(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    connections: usize,
    duration: Duration,
) -> Result<Found, String> {
    let watch = Stopwatch::start();
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let (path, cookie) = (path.to_owned(), cookie.to_owned());
        tasks.spawn(async move { ask(address, &path, &cookie, watch, duration).await });
    }
    let mut times = Vec::new();
    let mut bytes = 0;
    while let Some(done) = tasks.join_next().await {
        let (mine, size) = done.map_err(text)??;
        times.extend(mine);
        bytes = size;
    }
    let seconds = watch.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "far fewer requests than 2^52")]
    let per_second = times.len() as f64 / seconds;
    Ok(Found {
        per_second,
        took: percentiles(&times),
        bytes,
    })
}

async fn ask(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    watch: Stopwatch,
    duration: Duration,
) -> Result<(Vec<Duration>, usize), String> {
    let mut sender = connect(address).await?;
    let mut times = Vec::new();
    let mut size = 0;
    while watch.elapsed() < duration {
        let request = request(address, path, cookie, None)?;
        let began = Stopwatch::start();
        sender.ready().await.map_err(text)?;
        let answer = sender.send_request(request).await.map_err(text)?;
        is_fine(path, &answer)?;
        let body = answer.into_body().collect().await.map_err(text)?;
        times.push(began.elapsed());
        size = body.to_bytes().len();
    }
    Ok((times, size))
}

/// What is asked once: a page, or what a posted form answers.
pub struct Asked<'a> {
    path: &'a str,
    cookie: &'a str,
    form: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// A page, without a session.
    pub const fn page(path: &'a str) -> Self {
        Self {
            path,
            cookie: "",
            form: None,
        }
    }

    /// By whoever has this cookie.
    pub const fn by(self, cookie: &'a str) -> Self {
        Self { cookie, ..self }
    }

    /// A form is posted.
    pub const fn form(self, form: &'a str) -> Self {
        Self {
            form: Some(form),
            ..self
        }
    }

    /// Asks.
    ///
    /// # Errors
    /// When the connection fails.
    async fn answer(&self, address: SocketAddr) -> Result<Response<Incoming>, String> {
        let mut sender = connect(address).await?;
        let request = request(address, self.path, self.cookie, self.form)?;
        sender.send_request(request).await.map_err(text)
    }

    /// The answer's body.
    ///
    /// # Errors
    /// When the connection fails or the answer is not 200.
    pub async fn of(&self, address: SocketAddr) -> Result<String, String> {
        let answer = self.answer(address).await?;
        is_fine(self.path, &answer)?;
        let body = answer.into_body().collect().await;
        let body = body.map_err(text)?.to_bytes();
        String::from_utf8(body.to_vec()).map_err(text)
    }

    /// How many lines the answer has; none of it is kept.
    ///
    /// # Errors
    /// When the connection fails or the answer is not 200.
    pub async fn lines(&self, address: SocketAddr) -> Result<u64, String> {
        let answer = self.answer(address).await?;
        is_fine(self.path, &answer)?;
        let mut body = answer.into_body();
        let mut lines = 0;
        while let Some(frame) = body.frame().await {
            let piece = frame.map_err(text)?.into_data().unwrap_or_default();
            lines += piece.split(|byte| *byte == b'\n').count() as u64 - 1;
        }
        Ok(lines)
    }
}

fn is_fine(path: &str, answer: &Response<Incoming>) -> Result<(), String> {
    match answer.status() {
        StatusCode::OK => Ok(()),
        status => Err(format!("{path} answered {status}")),
    }
}

/// Posts a form, and gives the cookie that it is answered with.
///
/// # Errors
/// When the connection fails or there is no cookie.
pub async fn cookie(address: SocketAddr, path: &str, form: &str) -> Result<String, String> {
    let answer = Asked::page(path).form(form).answer(address).await?;
    answer
        .headers()
        .get(header::SET_COOKIE)
        .and_then(|cookie| cookie.to_str().ok())
        .and_then(|cookie| cookie.split(';').next())
        .map(str::to_owned)
        .ok_or_else(|| format!("{path} answered {} and no cookie", answer.status()))
}

async fn connect(address: SocketAddr) -> Result<http1::SendRequest<Full<Bytes>>, String> {
    let stream = TcpStream::connect(address).await.map_err(text)?;
    stream.set_nodelay(true).map_err(text)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(text)?;
    tokio::spawn(connection);
    Ok(sender)
}

fn request(
    address: SocketAddr,
    path: &str,
    cookie: &str,
    form: Option<&str>,
) -> Result<Request<Full<Bytes>>, String> {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, address.to_string())
        .header(header::COOKIE, cookie);
    let request = match form {
        None => request.body(Full::default()),
        Some(form) => request
            .method(Method::POST)
            .header(header::ORIGIN, format!("http://{address}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(form.to_owned()))),
    };
    request.map_err(text)
}

/// The median and what the slowest hundredth takes at least.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spread {
    /// The median.
    pub median: Duration,
    /// The 99th hundredth.
    pub p99: Duration,
}

/// How times are spread.
pub fn percentiles(times: &[Duration]) -> Spread {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = |share: usize| {
        let place = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().unwrap_or_default()
    };
    Spread {
        median: at(50),
        p99: at(99),
    }
}
