//! The tables that belong to no firm, as sea-orm reads them. Those of a firm's clients are behind [`crate::scoped`].

pub(crate) mod account;
pub(crate) mod attempt_guard;
pub(crate) mod bulk;
pub(crate) mod bulk_item;
pub(crate) mod enrolment_event;
pub(crate) mod enrolment_service;
pub(crate) mod firm;
pub(crate) mod holder;
pub(crate) mod instance;
pub(crate) mod journal;
pub(crate) mod journal_head;
pub(crate) mod link;
pub(crate) mod member;
pub(crate) mod outbox;
pub(crate) mod passkey;
pub(crate) mod recovery_code;
pub(crate) mod registry_import;
pub(crate) mod sealed;
pub(crate) mod service_model;
pub(crate) mod session;
pub(crate) mod sign_in_step;
pub(crate) mod totp;
pub(crate) mod vault_key;
