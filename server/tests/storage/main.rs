//! What was acknowledged is never lost: the real binary, killed, cut off from its disk and its database, and brought back.
//!
//! A round is: people work over HTTP and remember what they were told was done; something terrible happens; what is stored is held
//! to what they remember. `TORTURE_ROUNDS` says how many rounds, `TORTURE_SEED` which ones; `make torture` asks for many. Tests
//! that need PostgreSQL are reported as ignored without `TEST_POSTGRES_URL`, and `make test` asks for them.
#![expect(
    clippy::unwrap_used,
    reason = "tests state what they expect by unwrapping it"
)]

mod backup;
mod browser;
mod crash;
mod ledger;
mod outages;
mod portal;
mod postgres;
mod two;
mod work;
