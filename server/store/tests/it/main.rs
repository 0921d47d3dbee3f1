//! One contract, two engines: every test runs on SQLite and on PostgreSQL.
//!
//! SQLite needs nothing. PostgreSQL needs `TEST_POSTGRES_URL` (an administrator's address): without it, its tests are reported as
//! ignored, and `make test` starts one and asks for the ignored ones too. Each test has a database of its own.

#![expect(
    clippy::unwrap_used,
    reason = "tests state what they expect by unwrapping it"
)]

mod arrivals;
mod attestation;
mod backup;
mod base;
mod begin;
mod bulk;
mod calendar;
mod change;
mod client_house;
mod clock;
mod concurrency;
mod crowd;
mod cuts;
mod dashboard;
mod enrol;
mod faults;
mod find;
mod import;
mod import_refusals;
mod imports;
mod imports_again;
mod journal;
mod links;
mod list;
mod list_search;
mod measured;
mod member;
mod messages;
mod mobility;
mod mobility_faults;
mod models;
mod notices;
mod officer;
mod outbox;
mod own;
mod passkeys;
mod people;
mod postings;
mod prove;
mod review;
mod schema;
mod secrets;
mod security;
mod sign_in;
mod torture;
mod views;

/// Makes two tests of each contract: `sqlite::name`, and `postgres::name`.
#[macro_export]
macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $name() { $crate::base::on_sqlite(super::$name); })+
        }
        mod postgres {
            $(#[test] #[ignore = "needs TEST_POSTGRES_URL"] fn $name() { $crate::base::on_postgres(super::$name); })+
        }
    };
}
