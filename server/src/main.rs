//! The portal's binary: see [`server::command`].

// The types of whole pages are nested deeply.
#![recursion_limit = "512"]

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::main()
}
