//! Whose word on a request's origin is taken: the proxies that were named, and nobody else.
//!
//! Knows `X-Forwarded-For`, which each proxy adds an address to, on the right. Refuses to know who a request is then answered for.

use axum::extract::Request;
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use portfolio::origin::Origin;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// Where proxies write the addresses that a request went through.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who sits at the other end of the connection: put among each request's extensions by whoever accepted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The proxies whose word is taken. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Arc<[IpNet]>);

impl Proxies {
    /// Reads addresses and CIDR prefixes, separated by commas; nothing names nobody. `None` when one of them is neither.
    pub fn read(text: &str) -> Option<Self> {
        text.split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(|one| match one.parse::<IpAddr>() {
                Ok(address) => Some(IpNet::from(address.to_canonical())),
                Err(_) => one.parse().ok(),
            })
            .collect::<Option<Vec<_>>>()
            .map(|all| Self(all.into()))
    }

    /// Whether this address is one of them; an IPv4 address that came as IPv6 is itself.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether a request was handed over by one of them.
    pub fn handed(&self, request: &Request) -> bool {
        request
            .extensions()
            .get::<Peer>()
            .is_some_and(|peer| self.contains(peer.0))
    }

    /// Where a request came from: the peer or, when that is one of them, the last address forwarded that is none of them. An entry
    /// that is no address ends the search, since whatever stands to the left of it may be made up.
    pub fn origin(&self, peer: Option<Peer>, headers: &HeaderMap) -> Origin {
        let Some(Peer(peer)) = peer else {
            return Origin(None);
        };
        let mut origin = peer.to_canonical();
        let lines = headers.get_all(FORWARDED).iter().collect::<Vec<_>>();
        let mut entries = lines.into_iter().rev().flat_map(|line| {
            let line = line.to_str().unwrap_or("?");
            line.rsplit(',').map(str::trim)
        });
        while self.contains(origin) {
            let Some(next) = entries.next().and_then(address) else {
                break;
            };
            origin = next.to_canonical();
        }
        Origin(Some(origin))
    }
}

/// An address, with or without the port that some proxies add.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().ok().map(|with| with.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn origin(named: &str, peer: &str, forwarded: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED, HeaderValue::from_static(line));
        }
        let peer = Peer(peer.parse().unwrap());
        Proxies::read(named)
            .unwrap()
            .origin(Some(peer), &headers)
            .to_string()
    }

    /// Fear: anybody takes on another's address by a header, and escapes limits or has somebody else shut out.
    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(origin("", "192.0.2.7", &["203.0.113.9"]), "192.0.2.7");
        let named = "10.0.0.0/8, 2001:db8::1";
        for peer in ["192.0.2.7", "2001:db8::2", "11.0.0.1"] {
            assert_eq!(origin(named, peer, &["203.0.113.9"]), peer);
        }
    }

    /// Fear: behind a proxy everybody is one address; or what the person wrote before it reached the proxy is believed.
    #[test]
    fn a_named_proxy_is_believed_about_its_own_peer() {
        let named = "10.0.0.0/8, 2001:db8::1";
        for (peer, forwarded, expected) in [
            ("10.1.2.3", &["203.0.113.9"][..], "203.0.113.9"),
            ("::ffff:10.1.2.3", &["203.0.113.9"], "203.0.113.9"),
            ("2001:db8::1", &["2001:db8:9::7"], "2001:db8:9::7"),
            // Forged on the left, true on the right; in one line or in several.
            ("10.1.2.3", &["198.51.100.1, 203.0.113.9"], "203.0.113.9"),
            ("10.1.2.3", &["198.51.100.1", "203.0.113.9"], "203.0.113.9"),
            // Through two proxies.
            (
                "10.1.2.3",
                &["198.51.100.1, 203.0.113.9, 10.9.9.9"],
                "203.0.113.9",
            ),
            ("10.1.2.3", &["203.0.113.9:4711"], "203.0.113.9"),
            ("10.1.2.3", &["[2001:db8:9::7]:4711"], "2001:db8:9::7"),
            // Nothing to be believed: the nearest that is known.
            ("10.1.2.3", &[], "10.1.2.3"),
            ("10.1.2.3", &["203.0.113.9, unknown"], "10.1.2.3"),
            ("10.1.2.3", &["203.0.113.9, ?, 10.9.9.9"], "10.9.9.9"),
            ("10.1.2.3", &["10.9.9.9"], "10.9.9.9"),
            ("10.1.2.3", &[""], "10.1.2.3"),
        ] {
            assert_eq!(
                origin(named, peer, forwarded),
                expected,
                "{peer} {forwarded:?}"
            );
        }
    }

    /// Fear: a slip in the setting is taken for a network, or for nobody.
    #[test]
    fn networks() {
        assert_eq!(Proxies::read(" , ").unwrap(), Proxies::default());
        for wrong in [
            "10.0.0.0/33",
            "proxy.example",
            "10.0.0.1 10.0.0.2",
            "10.0.0.1, x",
        ] {
            assert_eq!(Proxies::read(wrong), None, "{wrong}");
        }
        let nobody = Proxies::default().origin(None, &HeaderMap::new());
        assert_eq!(nobody, Origin(None));
    }
}
