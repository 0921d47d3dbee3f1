//! A browser without JavaScript, over a connection of its own for each request, so that it is known which ones were answered.

use portfolio::search::encode;
use std::{
    io::{self, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Longer than any request may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// How plain forms are written.
const FORM: &str = "application/x-www-form-urlencoded";

/// One browser.
#[derive(Clone)]
pub struct Browser {
    pub address: SocketAddr,
    cookie: Option<String>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
}

impl Browser {
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            cookie: None,
        }
    }

    /// Signed in as the demonstration's member.
    pub fn signed_in(address: SocketAddr) -> Self {
        let mut browser = Self::new(address);
        let answer = browser.sign_in().unwrap();
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    pub fn sign_in(&mut self) -> io::Result<Answer> {
        let pair = [
            ("identifier", server::demo::IDENTIFIER),
            ("password", server::demo::PASSWORD),
        ];
        self.post("/connexion", &pair)
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send("GET", path, FORM, "")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        self.send("POST", path, FORM, &pairs.join("&"))
    }

    /// Sends a file of text as the field of a form.
    pub fn upload(&mut self, path: &str, field: &str, text: &str) -> io::Result<Answer> {
        let kind = "multipart/form-data; boundary=edge";
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"clients.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n--edge--\r\n"
        );
        self.send("POST", path, kind, &body)
    }

    /// An error means that nobody knows whether it was done.
    fn send(&mut self, method: &str, path: &str, kind: &str, body: &str) -> io::Result<Answer> {
        let mut connection = TcpStream::connect(self.address)?;
        connection.set_read_timeout(Some(PATIENCE))?;
        let cookie = self
            .cookie
            .as_ref()
            .map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: portail.test\r\nConnection: close\r\nAccept: text/html\r\n{cookie}\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        connection.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        let read = connection.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Once the head is there, the answer counts.
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return Err(read.err().unwrap_or(io::ErrorKind::UnexpectedEof.into()));
        };
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines
                .filter(|(known, _)| known.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.to_owned())
                .next_back()
        };
        if let Some(cookie) = header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Ok(Answer {
            status: status.ok_or(io::ErrorKind::InvalidData)?,
            location: header("location").unwrap_or_default(),
            body: body.to_owned(),
        })
    }
}
