//! The only code that knows sea-orm: the ports of [`portfolio`] on SQLite and PostgreSQL.
//!
//! Knows tables, transactions and the keyed digests that secrets are compared by. Refuses to know rules (they are `portfolio`'s),
//! pages, passwords and the clock. It stores no social security number, no declared amount and no session token.
//!
//! One port method is one transaction. A query about a firm's clients starts in `scoped`, and nowhere else.
//!
//! | module | what it keeps |
//! |---|---|
//! | [`key`] | the instance's secret, and the digests made with it |
//! | [`member`] | firms, members, sessions |
//! | `security` | a member's own access: password, second factors, passkeys, sessions |
//! | `guard` | failures that are counted towards a pause |
//! | `journal` | what happened, chained |
//! | `vault` | what must be readable later, sealed |
//! | `client_house` | clients' own houses: who signs in there, and which accounts are theirs |
//! | `people`, `act` | the members of a firm, and what is done to them |
//! | `link`, `reset`, `outbox` | links that were sent or asked for, and messages on their way |
//! | [`registry`] | the import of the account registry |
//! | `begin`, `prove`, `enrol`, `change` | an enrolment from « Inscrire » to « Résilier » |
//! | `imports` | files of clients: kept, tried, added |
//! | `list`, `find`, `client` | what is shown of a firm's clients, and how it is found |
//! | `index` | the table that finding reads, drawn from the others |
//! | `own`, `label` | the firm's own fields of its clients |
//! | `mine`, `view` | what a member keeps: favourites, the clients opened last, saved lists |
//! | `calendar`, `notices` | what falls due, the feed of diaries; messages that are not obligatory, and reminders |
//! | `dashboard`, `review` | the portfolio as a whole, and the walk through stale mandates |
//! | `selection`, `bulk`, `models`, `export` | many clients at once |
//! | `mobility` | requests to work abroad, of the firm and of the body; the people they are for |
//! | `message` | secure messages about an account, what is attached to them, and who has read them |
//! | [`backup`] | copies of a SQLite database, and the way back |
//! | `faults` | whether everything stored holds together |

mod accounts;
mod act;
mod attestation;
pub mod backup;
mod begin;
#[cfg(feature = "bench")]
mod bench;
mod bulk;
mod calendar;
mod change;
mod client;
mod client_house;
mod connect;
mod dashboard;
mod enrol;
mod entity;
mod event;
mod export;
mod faults;
mod find;
mod guard;
mod imports;
mod index;
mod journal;
mod journal_read;
pub mod key;
mod label;
mod link;
mod list;
mod lock;
pub mod member;
mod message;
mod migration;
mod mine;
mod mobility;
mod models;
mod notices;
mod officer;
mod outage;
mod outbox;
mod own;
mod people;
mod ports;
mod prove;
mod raw;
pub mod registry;
mod reset;
mod review;
mod scoped;
mod security;
mod selection;
mod session;
mod sign_in;
mod store;
mod stored;
mod sweep;
mod vault;
mod view;

pub use client_house::NewClient;
pub use connect::crosses_unverified;
pub use faults::{Checked, Fault};
pub use journal::{Broken, Verified};
pub use member::{AddFirm, AddMember};
pub use officer::NewOfficer;
pub use people::{Address, Sent};
pub use registry::{ImportError, Imported};
pub use reset::Handed;
pub use security::{
    CeremonyKept, KeyOwner, KnownPasskey, NewApplication, NewPasskey, Stepped, TakenCeremony,
    TryConfirm, TryPasskey, UsedPasskey,
};
pub use session::new_token;
pub use sign_in::{Credentials, Try};
pub use store::{OpenError, Store};
