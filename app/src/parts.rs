//! The parts that pages are made of: they take data and callbacks and fetch nothing.

pub mod address;
pub mod chart;
pub mod dialog;
pub mod field;
pub mod form;
pub mod frame;
pub mod icon;
pub mod loaded;
pub mod new_password;
pub mod notice;
pub mod pager;
pub mod passkey;
pub mod role;
pub mod tag;
