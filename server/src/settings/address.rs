//! The address by which people reach the portal.

use super::{Reader, variable};
use std::net::SocketAddr;

/// `PORTAIL_URL`, or what `PORTAIL_ADDRESS` makes of it. Reached over https, it has to be said: no name is known otherwise.
pub(super) fn url(
    reader: &mut Reader<impl Fn(&str) -> Option<String>>,
    address: Option<SocketAddr>,
    https: Option<bool>,
) -> Option<String> {
    let https = https.unwrap_or_default();
    if reader.set(&variable::URL).is_none() && !https {
        // An address that cannot be used is told by its own variable.
        return Some(address.map(derived).unwrap_or_default());
    }
    reader.read(&variable::URL, |text| checked(text, https))
}

/// How this very machine reaches what listens there.
fn derived(address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// Scheme and host alone; lower case, no slash at the end.
fn checked(text: &str, https: bool) -> Option<String> {
    let text = text.strip_suffix('/').unwrap_or(text).to_lowercase();
    let rest = match text.split_once("://")? {
        ("https", rest) => rest,
        ("http", rest) if !https => rest,
        _ => return None,
    };
    is_host_and_port(rest).then_some(text)
}

/// `host`, `host:port`, `[::1]` or `[::1]:port`.
fn is_host_and_port(text: &str) -> bool {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    let port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    port && is_host(host)
}

/// A name, an IPv4 address, or an IPv6 address in brackets.
pub(super) fn is_host(host: &str) -> bool {
    if let Some(inner) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return inner.parse::<std::net::Ipv6Addr>().is_ok();
    }
    host.split('.').all(|part| {
        !part.is_empty()
            && !part.starts_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a link in a message leads elsewhere, or over plain http where people are told that it is https.
    #[test]
    fn only_scheme_and_host() {
        let good = |text: &str| checked(text, false);
        assert_eq!(
            good("https://Portail.FR/").as_deref(),
            Some("https://portail.fr")
        );
        for fine in [
            "http://127.0.0.1:3000",
            "https://[::1]:8443",
            "https://a.fr:443",
        ] {
            assert_eq!(good(fine).as_deref(), Some(fine));
        }
        for bad in [
            "portail.fr",
            "ftp://portail.fr",
            "https://",
            "https://a.fr/chemin",
            "https://a.fr?x",
            "https://a.fr#x",
            "https://moi@a.fr",
            "https://a.fr:0",
            "https://a.fr:x",
            "https://a..fr",
            "https://[::x]",
            "https://a.fr b",
        ] {
            assert_eq!(good(bad), None, "{bad}");
        }
        assert_eq!(checked("http://a.fr", true), None);
        assert_eq!(
            derived("0.0.0.0:3000".parse().unwrap()),
            "http://localhost:3000"
        );
        assert_eq!(derived("[::1]:3000".parse().unwrap()), "http://[::1]:3000");
    }
}
