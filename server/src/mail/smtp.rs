//! A mail server, reached over TLS; only one on this very machine may do without.

use super::{Letter, Transport, Undelivered};
use crate::settings;
use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor,
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::{net::IpAddr, time::Duration};

/// How long each answer of the mail server is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// What a mail server says of an address that is none: another try would be in vain.
const NO_SUCH_ADDRESS: [u16; 3] = [550, 551, 553];

/// A mail server.
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// The mail server of these settings; `host` is how the portal calls itself there.
    ///
    /// # Errors
    /// When its name is none that TLS can be asked of.
    pub fn new(server: &settings::Smtp, host: &str) -> Result<Self, Error> {
        let parameters = TlsParameters::new(server.host.clone())?;
        let tls = match (server.implicit_tls, is_here(&server.host)) {
            (true, _) => Tls::Wrapper(parameters),
            (false, true) => Tls::Opportunistic(parameters),
            (false, false) => Tls::Required(parameters),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(hello(host));
        if let Some((user, password)) = &server.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self(builder.build()))
    }
}

/// How the portal calls itself: by its name, or by its address as RFC 5321 writes one (section 4.1.3).
fn hello(host: &str) -> ClientId {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
        Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
        Err(_) => ClientId::Domain(host.to_owned()),
    }
}

pub(super) fn is_here(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[async_trait]
impl Transport for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        match self.0.send(letter.message.clone()).await {
            Ok(_) => Ok(()),
            Err(error) => Err(told(&error)),
        }
    }
}

/// The kind of an error and the server's number: its words often repeat the address.
fn told(error: &Error) -> Undelivered {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        return Undelivered {
            why: format!("the mail server answered {code}"),
            last: NO_SUCH_ADDRESS.contains(&code),
            no_such_address: NO_SUCH_ADDRESS.contains(&code),
        };
    }
    Undelivered::later(if error.is_timeout() {
        "the mail server did not answer in time"
    } else if error.is_tls() {
        "the connection to the mail server is not safe"
    } else if error.is_client() {
        "the mail server does not offer what is needed"
    } else if error.is_response() {
        "the mail server's answer cannot be read"
    } else {
        "the mail server cannot be reached"
    })
}
