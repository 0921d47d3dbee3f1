//! The tables that belong to no firm, as sea-orm reads them. Those of a firm's clients are behind [`crate::scoped`].

pub(crate) mod account;
pub(crate) mod enrolment_event;
pub(crate) mod enrolment_service;
pub(crate) mod firm;
pub(crate) mod holder;
pub(crate) mod instance;
pub(crate) mod member;
pub(crate) mod proof_guard;
pub(crate) mod registry_import;
pub(crate) mod session;
