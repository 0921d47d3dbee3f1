//! The log: one line an event on standard error, for people or for machines. What commands answer goes to standard output.

use crate::settings::{Log, LogFormat};
use std::io::{self, IsTerminal as _};
use tracing::Dispatch;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Starts logging; said twice, the first stays.
pub fn start(log: &Log) {
    let lines = lines(log, io::stderr, io::stderr().is_terminal());
    // An error only says that a log is there already.
    let _ = tracing::dispatcher::set_global_default(lines);
}

/// What is logged. The library that reads passkeys writes down what it could not read: that is somebody's, and none of the log's business.
fn filter(set: &str) -> EnvFilter {
    let silent = "webauthn_rs_core=off";
    EnvFilter::new(set).add_directive(silent.parse().expect("a directive of ours is one"))
}

/// Lines of this shape into this writer, coloured or not. Those of a request begin with its id.
pub fn lines(
    log: &Log,
    writer: impl for<'w> MakeWriter<'w> + Send + Sync + 'static,
    coloured: bool,
) -> Dispatch {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter(&log.filter))
        .with_writer(writer)
        // It would be written to standard error; when that is what is gone, the request would be too.
        .log_internal_errors(false)
        .with_ansi(coloured);
    match log.format {
        LogFormat::Text => lines.finish().into(),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_span_list(false);
            lines.finish().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: what a browser sent, and the library could not read, is written into the log, whatever is asked of it.
    #[test]
    fn what_cannot_be_read_is_not_told() {
        for set in ["info", "trace", "webauthn_rs=debug", "server=debug,warn"] {
            let told = filter(set).to_string();
            assert!(told.contains("webauthn_rs_core=off"), "{set}: {told}");
        }
    }
}
