//! The portal's binary: see [`server::command`].

// The types of whole pages are nested deeply.
#![recursion_limit = "512"]

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// A page is made of many small pieces, written by one thread and let go by another: of the system's allocator that was a third of its time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    server::command::main()
}
