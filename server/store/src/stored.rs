//! Values as tables hold them, read back through the rules: what they refuse is an outage that names the row, never its content.

use crate::outage::{Answer, refused};
use portfolio::{
    catalogue::ServiceCode,
    client::Happening,
    holder::{AccountState, HolderScheme, Kind},
    language::{Language, speak},
    permission::{CLIENT, OFFICER, Role, Seat},
    time::Timestamp,
    wording,
};
use std::{collections::BTreeSet, fmt::Display};
use uuid::Uuid;

/// The language that somebody has chosen; what a newer version has written is French for this one.
pub(crate) fn language(code: &str) -> Language {
    Language::of(code).unwrap_or_default()
}

/// Writes a letter in the language of whom it goes to, whoever caused it.
pub(crate) fn to<T>(code: &str, writes: impl FnOnce() -> T) -> T {
    speak(language(code), writes)
}

/// A new id; those made later sort later.
pub(crate) fn new_id(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.0).unwrap_or_default();
    Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0))
}

/// A holder's key.
pub(crate) fn held(key: &str, table: &'static str, id: impl Display) -> Answer<HolderScheme> {
    key.parse().map_err(|()| refused(table, id))
}

/// A kind's code.
pub(crate) fn kind(code: &str, table: &'static str, id: impl Display) -> Answer<Kind> {
    Kind::from_code(code).ok_or_else(|| refused(table, id))
}

/// A role's code.
pub(crate) fn role(code: &str, member: Uuid) -> Answer<Role> {
    Role::from_code(code).ok_or_else(|| refused("member", member))
}

/// What somebody signs in for: the house and the role must say the same, so that neither alone makes an officer, a client or somebody
/// of a firm anything else.
pub(crate) fn seat(is_body: bool, is_client: bool, code: &str, member: Uuid) -> Answer<Seat> {
    match (is_body, is_client, code) {
        (true, false, OFFICER) => Ok(Seat::Body),
        (true, ..) => Err(refused("officer", member)),
        (false, true, CLIENT) => Ok(Seat::Client),
        (false, true, _) => Err(refused("client", member)),
        (false, false, code) => role(code, member).map(Seat::Firm),
    }
}

/// Who did something, for the firm that reads it: a member by name, and a client as what it is, since who of its house it was is the
/// client's business.
pub(crate) fn who(name: String, role: &str) -> String {
    if role == CLIENT {
        wording::BY_CLIENT.to_owned()
    } else {
        name
    }
}

/// A state's number.
pub(crate) fn state(code: i32, table: &'static str, id: impl Display) -> Answer<AccountState> {
    AccountState::from_code(code).ok_or_else(|| refused(table, id))
}

/// The services of an enrolment, in the catalogue's order.
pub(crate) fn services<'a>(
    codes: impl IntoIterator<Item = &'a str>,
    table: &'static str,
    id: impl Display,
) -> Answer<BTreeSet<ServiceCode>> {
    codes
        .into_iter()
        .map(ServiceCode::find)
        .collect::<Option<_>>()
        .ok_or_else(|| refused(table, id))
}

/// Services as one text column holds them.
pub(crate) fn joined<'a>(services: impl IntoIterator<Item = &'a ServiceCode>) -> String {
    let codes: Vec<_> = services.into_iter().map(|code| code.as_str()).collect();
    codes.join(",")
}

/// Services of one text column.
pub(crate) fn split(
    codes: &str,
    table: &'static str,
    id: impl Display,
) -> Answer<BTreeSet<ServiceCode>> {
    services(codes.split(',').filter(|code| !code.is_empty()), table, id)
}

/// The words for what can happen to an enrolment.
pub(crate) mod what {
    /// It was made.
    pub const ENROLLED: &str = "enrolled";
    /// Its services were changed.
    pub const CHANGED: &str = "changed";
    /// It was ended.
    pub const ENDED: &str = "ended";
}

/// What happened, from its three columns.
pub(crate) fn happening(
    word: &str,
    added: &str,
    removed: &str,
    enrolment: Uuid,
) -> Answer<Happening> {
    const TABLE: &str = "enrolment_event of enrolment";
    let list = |codes: &str| Ok(split(codes, TABLE, enrolment)?.into_iter().collect());
    match word {
        what::ENROLLED => Ok(Happening::Enrolled(list(added)?)),
        what::CHANGED => Ok(Happening::Changed {
            added: list(added)?,
            removed: list(removed)?,
        }),
        what::ENDED => Ok(Happening::Ended),
        _ => Err(refused(TABLE, enrolment)),
    }
}

/// A count of the database: never negative.
pub(crate) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
