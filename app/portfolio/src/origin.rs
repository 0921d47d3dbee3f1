//! Where a request came from: the address that limits are counted by.
//!
//! Knows how an address is written and which part of it stands for one subscriber. Refuses to know how the address was found out:
//! the server tells a person's address from a proxy's.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// The address that a request came from; `None` when nobody knows, as in a command or a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(pub Option<std::net::IpAddr>);

/// What stands in the place of an address that nobody knows.
const UNKNOWN: &str = "inconnue";

impl Origin {
    /// What limits are counted by: an IPv4 address, or the first 64 bits of an IPv6 one (`2001:db8::/64`), since those are what a
    /// subscriber is given, and the rest changes at will. An IPv4 address written as IPv6 counts as itself.
    pub fn network(self) -> String {
        match self.0.map(|address| address.to_canonical()) {
            None => UNKNOWN.to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

/// The address, an IPv4 one as such however it came, or « inconnue ».
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str(UNKNOWN),
            Some(address) => address.to_canonical().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        Origin(Some(text.parse().unwrap()))
    }

    /// Fear: a subscriber escapes a limit by changing the end of an IPv6 address or by writing an IPv4 one in another way, or one
    /// network is held to what another one did.
    #[test]
    fn counted_by_subscriber() {
        for (text, network) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(origin(text).network(), network, "{text}");
        }
        assert_eq!(Origin::default().network(), "inconnue");
    }

    /// Fear: an address is shown in a way that nobody finds again.
    #[test]
    fn written() {
        assert_eq!(origin("::ffff:192.0.2.7").to_string(), "192.0.2.7");
        assert_eq!(origin("2001:db8::0:1").to_string(), "2001:db8::1");
        assert_eq!(Origin(None).to_string(), "inconnue");
    }
}
