//! The messages of the demonstration, as a page: whoever tries the portal out has no mail server, and an invitation is opened by its link.
//!
//! It shows links that open, to everybody who reaches the portal. So it is there only when it is asked for (`PORTAIL_MAIL_SHOWN`), and the
//! settings refuse that outside of this machine, over https, or where messages go to a mail server; `serve` wants the demonstration's
//! firm besides.

use crate::files::Files;
use app::asking::Portal;
use axum::{
    response::{Html, IntoResponse, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{Method, StatusCode};
use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// Where the page is.
pub const PAGE: &str = "/demonstration/courriels";
/// Messages that are shown.
const MOST: usize = 50;

/// A message as the page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shown {
    to: String,
    subject: String,
    text: String,
}

/// The address.
pub fn routes<S: Clone + Send + Sync + 'static>(folder: PathBuf, portal: &Portal) -> Files<S> {
    let (css, url) = (portal.assets.css.clone(), portal.url.clone());
    Files::default().with(
        Method::GET,
        PAGE,
        get(move || shown(folder.clone(), css.clone(), url.clone())),
    )
}

async fn shown(folder: PathBuf, css: String, url: String) -> Response {
    let read = tokio::task::spawn_blocking(move || read(&folder)).await;
    match read {
        Ok(Ok(messages)) => Html(page(&messages, &css, &url)).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The latest messages of a folder; their names begin with the moment that they were written.
fn read(folder: &Path) -> io::Result<Vec<Shown>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
        .collect();
    files.sort();
    let latest = files.iter().rev().take(MOST);
    latest
        .map(|path| fs::read_to_string(path).map(|text| message(&text)))
        .collect()
}

/// Reads a message of our own: its first part is the text.
fn message(eml: &str) -> Shown {
    let eml = eml.replace("\r\n", "\n");
    let (head, body) = eml.split_once("\n\n").unwrap_or((&eml, ""));
    let head = head.replace("\n ", " ");
    let of = |head: &str, name: &str| {
        head.lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.to_owned())
            .unwrap_or_default()
    };
    let boundary = of(&head, "Content-Type");
    let boundary = boundary.split("boundary=\"").nth(1).unwrap_or_default();
    let boundary = format!("--{}", boundary.split('"').next().unwrap_or_default());
    let part = body.split(&boundary).nth(1).unwrap_or_default();
    let (part_head, text) = part
        .trim_start_matches('\n')
        .split_once("\n\n")
        .unwrap_or_default();
    let text = match &*of(part_head, "Content-Transfer-Encoding").to_lowercase() {
        "base64" => from_base64(text),
        "quoted-printable" => unquoted(text),
        _ => text.to_owned(),
    };
    Shown {
        to: of(&head, "To"),
        subject: words(&of(&head, "Subject")),
        text,
    }
}

fn from_base64(text: &str) -> String {
    let compact: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(compact).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes the signs of « quoted-printable » out (RFC 2045, 6.7).
fn unquoted(text: &str) -> String {
    let text = text.replace("=\n", "");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'=')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        if let Some(code) = code {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes the words of a header out of their codes (RFC 2047); ours are UTF-8 in Base64.
fn words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split(' ') {
        let code = word
            .strip_prefix("=?utf-8?b?")
            .and_then(|word| word.strip_suffix("?="));
        match code {
            Some(code) => words.push_str(&from_base64(code)),
            None if words.is_empty() => words.push_str(word),
            None => {
                words.push(' ');
                words.push_str(word);
            }
        }
    }
    words
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn page(messages: &[Shown], css: &str, url: &str) -> String {
    let mut body = String::new();
    for Shown { to, subject, text } in messages {
        let mut lines = String::new();
        for line in text.trim().lines() {
            let line = escaped(line);
            // Addresses of this portal alone can be followed.
            let path = line
                .strip_prefix(&escaped(url))
                .filter(|path| path.starts_with('/'));
            match path {
                Some(path) => writeln!(lines, "<a href=\"{path}\">{line}</a><br>"),
                None => writeln!(lines, "{line}<br>"),
            }
            .expect("writing to a string never fails");
        }
        write!(
            body,
            "<section><h2>{}</h2><p class=\"muted\">À\u{a0}: {}</p><p>{lines}</p></section>",
            escaped(subject),
            escaped(to)
        )
        .expect("writing to a string never fails");
    }
    if messages.is_empty() {
        body.push_str("<p>Aucun courriel n’est encore parti.</p>");
    }
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Courriels de la démonstration – Portefeuille</title><link rel=\"stylesheet\" href=\"{}\"></head><body>\
         <main id=\"contenu\"><article class=\"page\"><h1>Courriels de la démonstration</h1>\
         <p>Ce que le portail a envoyé, le plus récent d’abord. Cette page n’existe que dans la démonstration\u{a0}: ailleurs, les courriels \
         partent vers un serveur de courriel. <a href=\"/\">Retour au portail</a></p>{body}</article></main></body></html>",
        escaped(css)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an invitation cannot be read, its link cannot be followed, or a message puts HTML of its own into the page.
    #[test]
    fn messages_as_they_were_written() {
        let eml = "From: x@y.example\r\nTo: zoe@cabinet.fr\r\nSubject: =?utf-8?b?w4ljaMOpYW5jZXM=?=\r\n =?utf-8?b?IMOg?= venir\r\n\
            Content-Type: multipart/alternative;\r\n boundary=\"abc\"\r\n\r\n--abc\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nBonjour Zo=C3=A9 <b>,\r\n\r\nhttp://p.example/invita=\r\ntion/01\r\nhttp://autre.example/\r\n\
            --abc\r\nContent-Type: text/html\r\n\r\n<p>non</p>\r\n--abc--\r\n";
        let shown = message(eml);
        assert_eq!(shown.to, "zoe@cabinet.fr");
        assert_eq!(shown.subject, "Échéances à venir");
        assert!(shown.text.contains("Bonjour Zoé <b>,"), "{shown:?}");
        let page = page(&[shown], "/pkg/a.css", "http://p.example");
        assert!(
            page.contains("<a href=\"/invitation/01\">http://p.example/invitation/01</a>"),
            "{page}"
        );
        assert!(!page.contains("<b>") && !page.contains("href=\"http://autre"));
        assert_eq!(message(""), Shown::default());
    }
}
