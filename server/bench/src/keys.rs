//! From a key to its painted result, in a browser on the list of a large firm. The floor is the same browser on the same machine with its
//! processor unhindered; what is aimed at is a number of milliseconds, of a person's and not of a database's.

use crate::{fill::text, portal::Portal};
use serde::Deserialize;
use std::process::{Command, Stdio};

/// Clients of the firm whose list is typed into.
pub const CLIENTS: u64 = 300_000;
/// What types.
const SCRIPT: &str = "end2end/bench/keys.mjs";

/// Half of the keys, and of a hundred the slowest: milliseconds.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Painted {
    /// Of the middle.
    pub median: f64,
    /// Of the slowest hundredth.
    pub slowest: f64,
}

/// What one speed of the processor showed.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Keys {
    /// Keys that were pressed.
    pub pressed: u32,
    /// From a key until its result is painted.
    pub painted: Painted,
    /// The slowest interaction to next paint, as the browser tells it.
    pub interaction: f64,
}

/// Both speeds.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Measured {
    /// The processor as it is.
    pub usual: Keys,
    /// Four times slower.
    pub slowed: Keys,
}

/// Types into the list.
///
/// # Errors
/// When no browser starts, or the list does not answer.
pub fn measure(portal: &Portal) -> Result<Measured, String> {
    let output = Command::new("node")
        .arg(SCRIPT)
        .env("KEYS_URL", format!("http://{}", portal.address))
        .env("KEYS_COOKIE", &portal.cookie)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("node: {error}"))?;
    if !output.status.success() {
        return Err(format!("{SCRIPT} failed"));
    }
    serde_json::from_slice(&output.stdout).map_err(text)
}
