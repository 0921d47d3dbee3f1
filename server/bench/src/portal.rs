//! The portal's own binary, started on a database, and somebody who has signed in.

use crate::{
    fill::{self, text},
    load::{self, Asked},
};
use portfolio::search::encode;
use std::{
    io::Write,
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// Who signs in, and with what: a made-up member of a made-up firm in a database of this run.
const MEMBER: &str = "mesure.pages";
const PASSWORD: &str = "ardoise cumulus de mesure";
/// What is run.
const BINARY: &str = "target/release/server";

/// A portal that serves; it ends with this.
pub struct Portal {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// The session's cookie.
    pub cookie: String,
}

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Portal {
    /// Starts it, and signs in.
    ///
    /// # Errors
    /// When it does not start, or lets nobody in.
    pub async fn start(url: &str) -> Result<Self, String> {
        let free = std::net::TcpListener::bind("127.0.0.1:0").map_err(text)?;
        let address = free.local_addr().map_err(text)?;
        drop(free);
        add_member(url)?;
        let child = command(url)
            .env("PORTAIL_ADDRESS", address.to_string())
            .env("PORTAIL_URL", format!("http://{address}"))
            .env("PORTAIL_OPERATIONS_ADDRESS", "")
            .env("PORTAIL_CONNECTIONS_EACH", "500")
            .arg("serve")
            .spawn()
            .map_err(text)?;
        let mut portal = Self {
            child,
            address,
            cookie: String::new(),
        };
        let form = format!(
            "identifier={}&password={}&next=",
            encode(MEMBER),
            encode(PASSWORD)
        );
        for _ in 0..200 {
            if Asked::page("/connexion").of(address).await.is_ok() {
                portal.cookie = load::cookie(address, "/connexion", &form).await?;
                return Ok(portal);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("the portal does not start".to_owned())
    }

    /// Asks it to stop, and waits until it has: killed, it would leave its log to be gone through by whoever opens the database next.
    pub fn stop(mut self) {
        let asked = Command::new("kill").arg(self.process()).status();
        if asked.is_ok_and(|status| status.success()) {
            let _ = self.child.wait();
        }
    }

    /// Its process.
    pub fn process(&self) -> String {
        self.child.id().to_string()
    }
}

fn command(url: &str) -> Command {
    let mut command = Command::new(BINARY);
    command
        .env("DATABASE_URL", url)
        .env("PORTAIL_KEY", fill::KEY)
        .env("PORTAIL_LOG", "error")
        .stdout(Stdio::null());
    command
}

/// From an earlier run on the same database the member is there already.
fn add_member(url: &str) -> Result<(), String> {
    let mut add = command(url)
        .args(["member", "add", "--firm", fill::FIRM, "--name", "Mesure"])
        .args(["--identifier", MEMBER])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{BINARY}: {error}: build it in the release profile"))?;
    if let Some(mut input) = add.stdin.take() {
        writeln!(input, "{PASSWORD}").map_err(text)?;
    }
    add.wait().map_err(text)?;
    Ok(())
}
