//! Where a request came from, for limits and for the journal.

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
};

/// The network address of whoever sent a request; `None` where there is no network, as on the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin(pub Option<IpAddr>);

impl Origin {
    /// What limits are counted by: an IPv4 address, or the /64 prefix of an IPv6, which one subscriber has all of.
    pub fn network(self) -> String {
        match self.0.map(|address| address.to_canonical()) {
            None => String::new(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(address) => address.to_canonical().fmt(f),
            None => f.write_str("inconnue"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: one subscriber has as many tries as addresses, or an IPv4 address counts twice when written as IPv6.
    #[test]
    fn networks() {
        let network = |text: &str| Origin(Some(text.parse().unwrap())).network();
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(Origin::default().network(), "");
        assert_eq!(Origin::default().to_string(), "inconnue");
    }
}
