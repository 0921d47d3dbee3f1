//! What the portfolio list shows: words, filters, order, place. It lives in the page's address, so that reload, back and a bookmark
//! keep it.

mod filter;
mod mark;
mod sought;

pub use filter::{Filter, InCharge, REVIEW, Since, param as filter_param};
pub use mark::{mark, mark_number, unseen};
pub use sought::{BEFORE, Sought, indexed};

use crate::{ids::EnrolmentId, language::t, nir::Nir};

/// How many clients a page may show.
pub const SIZES: [u64; 3] = [20, 50, 100];
/// The longest search text that is read; what follows is cut.
pub const LONGEST: usize = 200;
/// The furthest page that an address may name.
const LAST_PAGE: u64 = 1_000_000_000;

/// The column that rows are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The client's name, accents and case ignored.
    #[default]
    Name,
    /// The Siren or account number.
    Identifier,
    /// The scheme.
    Scheme,
    /// The state of the accounts.
    State,
    /// How many services are on.
    Services,
    /// When it last changed.
    Changed,
    /// Since when it is managed.
    Added,
    /// The name of the member in charge; those of nobody come last.
    InCharge,
    /// The firm's own reference; those without one come last.
    Reference,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Identifier,
        Self::Scheme,
        Self::State,
        Self::Services,
        Self::Changed,
        Self::Added,
        Self::InCharge,
        Self::Reference,
    ];

    /// The columns that the table always has, in its order.
    pub const COLUMNS: [Self; 6] = [
        Self::Name,
        Self::Identifier,
        Self::Scheme,
        Self::State,
        Self::Services,
        Self::Changed,
    ];

    /// The word in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "nom",
            Self::Identifier => "numero",
            Self::Scheme => "regime",
            Self::State => "etat",
            Self::Services => "services",
            Self::Changed => "date",
            Self::Added => "ajout",
            Self::InCharge => "charge",
            Self::Reference => "reference",
        }
    }

    /// The head of the column.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => t("Client"),
            Self::Identifier => t("Siren ou n° de compte"),
            Self::Scheme => t("Régime"),
            Self::State => t("État"),
            Self::Services => t("Services"),
            Self::Changed => t("Modifié le"),
            Self::Added => t("Ajouté le"),
            Self::InCharge => t("En charge"),
            Self::Reference => t("Référence"),
        }
    }
}

/// Where a page of the list begins or ends. A place is named by a client and not by its values, so that no address holds anybody's
/// name; the client keeps its place when it has left the portfolio since.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// At the beginning, or where the number of the page says: near the beginning alone.
    #[default]
    Page,
    /// After this client.
    After(EnrolmentId),
    /// Before this client.
    Before(EnrolmentId),
    /// At the end.
    Last,
}

/// A search over the portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What was typed: words of the name, a number, a reference, a label.
    pub text: String,
    /// What they have in common besides.
    pub filter: Filter,
    /// The column sorted by.
    pub sort: Sort,
    /// From the last to the first.
    pub descending: bool,
    /// Where the page is.
    pub place: Place,
    /// The page, from 1: what is asked for without a place, and only what is shown with one.
    pub page: u64,
    /// Clients a page: one of [`SIZES`].
    pub size: u64,
    /// The row whose establishments are shown.
    pub open: Option<EnrolmentId>,
    /// The client to bring into view, whatever page it is on.
    pub show: Option<EnrolmentId>,
    /// The client that was just saved: brought into view, with the dialog.
    pub saved: Option<EnrolmentId>,
    /// The client that was just removed.
    pub ended: Option<EnrolmentId>,
    /// Whether the words could be a social security number, and were left out ([`words`]).
    pub secret: bool,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            text: String::new(),
            filter: Filter::default(),
            sort: Sort::default(),
            descending: false,
            place: Place::Page,
            page: 1,
            size: SIZES[0],
            open: None,
            show: None,
            saved: None,
            ended: None,
            secret: false,
        }
    }
}

/// The names of the address's parts.
pub mod param {
    /// The text sought.
    pub const TEXT: &str = "q";
    /// The column.
    pub const SORT: &str = "tri";
    /// `desc`, or nothing.
    pub const DIRECTION: &str = "sens";
    /// The page.
    pub const PAGE: &str = "page";
    /// The client that the page comes after.
    pub const AFTER: &str = "apres";
    /// The client that the page comes before.
    pub const BEFORE: &str = "avant";
    /// `1`: the last page.
    pub const LAST: &str = "fin";
    /// Clients a page.
    pub const SIZE: &str = "taille";
    /// The open row.
    pub const OPEN: &str = "ouvrir";
    /// The row to bring into view.
    pub const SHOW: &str = "voir";
    /// The client just saved.
    pub const SAVED: &str = "enregistre";
    /// The client just removed.
    pub const ENDED: &str = "resilie";
}

impl Search {
    /// Reads an address's parts, already decoded. A part that cannot be read falls back to its default and makes the second value
    /// true, so that the page can say so; parts that are not ours are ignored.
    pub fn read<'a>(parts: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, bool) {
        let mut search = Self::default();
        let mut unreadable = false;
        for (name, value) in parts {
            let id = || value.parse::<EnrolmentId>().ok();
            let understood = match name {
                param::TEXT => {
                    let words = words(value);
                    search.secret = words.is_none();
                    search.text = words.unwrap_or_default();
                    true
                }
                _ if value.is_empty() => true,
                param::SORT => {
                    let known = Sort::ALL.into_iter().find(|sort| sort.code() == value);
                    search.sort = known.unwrap_or_default();
                    known.is_some()
                }
                param::DIRECTION => {
                    search.descending = value == "desc";
                    matches!(value, "asc" | "desc")
                }
                param::PAGE => {
                    let page = value
                        .parse()
                        .ok()
                        .filter(|page| (1..=LAST_PAGE).contains(page));
                    search.page = page.unwrap_or(1);
                    page.is_some()
                }
                param::AFTER => search.stand(id().map(Place::After)),
                param::BEFORE => search.stand(id().map(Place::Before)),
                param::LAST => search.stand((value == "1").then_some(Place::Last)),
                param::SIZE => {
                    let size = value.parse().ok().filter(|size| SIZES.contains(size));
                    search.size = size.unwrap_or(SIZES[0]);
                    size.is_some()
                }
                param::OPEN => {
                    search.open = id();
                    search.open.is_some()
                }
                param::SHOW => {
                    search.show = id();
                    search.show.is_some()
                }
                param::SAVED => {
                    search.saved = id();
                    search.saved.is_some()
                }
                param::ENDED => {
                    search.ended = id();
                    search.ended.is_some()
                }
                _ => search.filter.read(name, value).unwrap_or(true),
            };
            unreadable |= !understood;
        }
        (search, unreadable)
    }

    fn stand(&mut self, place: Option<Place>) -> bool {
        self.place = place.unwrap_or_default();
        place.is_some()
    }

    /// Its parts that differ from the default, to be encoded into an address.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let Self {
            text,
            filter,
            sort,
            descending,
            place,
            page,
            size,
            open,
            show,
            saved,
            ended,
            secret: _,
        } = self;
        let id = |id: &EnrolmentId| id.to_string();
        let place = match place {
            Place::Page => None,
            Place::After(client) => Some((param::AFTER, id(client))),
            Place::Before(client) => Some((param::BEFORE, id(client))),
            Place::Last => Some((param::LAST, "1".to_owned())),
        };
        let text = (!text.is_empty()).then(|| (param::TEXT, text.clone()));
        let rest = [
            (
                param::SORT,
                (*sort != Sort::default()).then(|| sort.code().to_owned()),
            ),
            (param::DIRECTION, descending.then(|| "desc".to_owned())),
            (param::PAGE, (*page > 1).then(|| page.to_string())),
            (param::SIZE, (*size != SIZES[0]).then(|| size.to_string())),
            (param::OPEN, open.as_ref().map(id)),
            (param::SHOW, show.as_ref().map(id)),
            (param::SAVED, saved.as_ref().map(id)),
            (param::ENDED, ended.as_ref().map(id)),
        ];
        let rest = rest
            .into_iter()
            .filter_map(|(name, value)| value.map(|value| (name, value)));
        text.into_iter()
            .chain(filter.parts())
            .chain(place)
            .chain(rest)
            .collect()
    }

    /// Whether it leaves anybody out.
    pub fn narrows(&self) -> bool {
        !self.text.trim().is_empty() || self.filter.is_set()
    }

    /// The same list from its beginning.
    #[must_use]
    pub fn first_page(&self) -> Self {
        Self {
            place: Place::Page,
            page: 1,
            ..self.clone()
        }
    }

    /// Its query string, percent-encoded, without the question mark; empty for the default list.
    pub fn query(&self) -> String {
        let parts: Vec<String> = self
            .parts()
            .into_iter()
            .map(|(name, value)| format!("{name}={}", encode(&value)))
            .collect();
        parts.join("&")
    }

    /// The same list without what belongs to one moment only: dialog, notice, row in view, row open.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            open: None,
            show: None,
            saved: None,
            ended: None,
            secret: false,
            ..self.clone()
        }
    }
}

/// What is sought of what was typed. None where it is, or holds, what could be a social security number: a list has an address, is
/// saved and is named in the journal, where no such number may be (domain note, section 2.2).
pub fn words(typed: &str) -> Option<String> {
    let words: String = typed.trim().chars().take(LONGEST).collect();
    let secret = Nir::is_like(&words) || words.split_whitespace().any(Nir::is_like);
    (!secret).then_some(words)
}

/// Percent-encodes a value of a query string (RFC 3986: all but the unreserved characters).
pub fn encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
            encoded.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// Decodes a query string into its parts; `+` is a space, and bytes that are no UTF-8 become the replacement character.
pub fn decode(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode_part(name), decode_part(value))
        })
        .collect()
}

fn decode_part(part: &str) -> String {
    let bytes = part.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |place: usize| bytes.get(place).and_then(|b| char::from(*b).to_digit(16));
        match bytes[at] {
            b'+' => decoded.push(b' '),
            b'%' => {
                if let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) {
                    decoded.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                    at += 2;
                } else {
                    decoded.push(b'%');
                }
            }
            byte => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::ServiceCode,
        holder::{AccountState, Kind, Scheme},
        ids::{LabelId, MemberId},
    };
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn read(query: &str) -> (Search, bool) {
        let parts = decode(query);
        Search::read(
            parts
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// Fear: a broken address brings the page down, or is swallowed without a word.
    #[test]
    fn broken_addresses_are_told() {
        for broken in [
            "page=abc",
            "page=0",
            "page=-1",
            "taille=7",
            "tri=drop",
            "sens=x",
            "ouvrir=1",
            "voir=%FF",
            "apres=1",
            "avant=x",
            "fin=2",
            "regime=X",
            "etat=4",
            "type=X",
            "avec=X",
            "sans=X",
            "organisme=1a1",
            "organisme=1177",
            "ajoute=hier",
            "modifie=0j",
            "modifie=j",
            "modifie=2026-02-30",
            "par=x",
            "charge=tous",
            "etiquette=1",
            "reference=x",
            "services=x",
            "revue=x",
            "favoris=0",
        ] {
            let (search, unreadable) = read(broken);
            assert!(unreadable, "{broken}");
            assert_eq!(search, Search::default(), "{broken}");
        }
        assert!(!read("page=&tri=&utm=1&q=%E9").1);
    }

    /// Fear: a social security number goes into an address, a saved list or the journal; or a number that clients are found by does not.
    #[test]
    fn no_social_security_number_is_sought() {
        for secret in [
            "1801275123456",
            " 1 80 12 75 123 456 ",
            "180127512345686",
            "Dupont 1801275123456",
            "253072A073004",
        ] {
            assert_eq!(words(secret), None, "{secret}");
            let (search, unreadable) = read(&format!("q={}&tri=etat", encode(secret)));
            assert!(search.secret && !unreadable, "{secret}");
            assert_eq!(search.query(), "tri=etat");
            assert!(!search.settled().secret);
        }
        for number in [
            "732829320",
            "73282932000074",
            "117000001567462542",
            "12 rue 13",
        ] {
            assert_eq!(words(number).as_deref(), Some(number));
        }
    }

    fn places() -> impl Strategy<Value = Place> {
        let id = |n| EnrolmentId(uuid::Uuid::from_u128(n));
        prop_oneof![
            Just(Place::Page),
            Just(Place::Last),
            any::<u128>().prop_map(move |n| Place::After(id(n))),
            any::<u128>().prop_map(move |n| Place::Before(id(n))),
        ]
    }

    fn since() -> impl Strategy<Value = Option<Since>> {
        let day = (1u32..29).prop_map(|day| Since::Day(format!("2026-02-{day:02}")));
        proptest::option::of(prop_oneof![(1u32..36_500).prop_map(Since::Days), day])
    }

    fn services() -> impl Strategy<Value = BTreeSet<ServiceCode>> {
        any::<u64>().prop_map(|bits| {
            let bits = i64::from_ne_bytes(bits.to_ne_bytes());
            ServiceCode::all()
                .filter(|code| code.bit() & bits != 0)
                .collect()
        })
    }

    fn filters() -> impl Strategy<Value = Filter> {
        let choices = (
            0usize..3,
            0usize..4,
            0usize..5,
            0u32..2000,
            any::<[bool; 4]>(),
        );
        let whom = (
            any::<Option<u128>>(),
            any::<Option<Option<u128>>>(),
            proptest::collection::btree_set(any::<u128>(), 0..3),
        );
        (choices, whom, services(), services(), since(), since()).prop_map(
            |(choices, whom, on, off, added, changed)| {
                let (scheme, state, kind, organism, flags) = choices;
                let (by, charge, labels) = whom;
                let uuid = uuid::Uuid::from_u128;
                Filter {
                    scheme: Scheme::ALL.get(scheme).copied(),
                    state: i32::try_from(state).ok().and_then(AccountState::from_code),
                    kind: Kind::ALL.get(kind).copied(),
                    on,
                    off,
                    organism: (organism < 1000).then(|| format!("{organism:03}")),
                    added,
                    changed,
                    changed_by: by.map(|n| MemberId(uuid(n))),
                    in_charge: charge.map(|member| {
                        member.map_or(InCharge::Nobody, |n| InCharge::Member(MemberId(uuid(n))))
                    }),
                    labels: labels.into_iter().map(|n| LabelId(uuid(n))).collect(),
                    no_reference: flags[0],
                    no_service: flags[1],
                    not_reviewed: flags[2],
                    favourites: flags[3],
                    // One in eight has none.
                    rhythm: crate::calendar::Rhythm::ALL.get(kind).copied(),
                }
            },
        )
    }

    proptest! {
        /// Fear: a list is another one after a reload.
        #[test]
        fn addresses_read_back(
            text in "([^\\p{White_Space}]{1,30}( [^\\p{White_Space}]{1,9})?)?", sort in 0usize..9, descending: bool, page in 1u64..99, size in 0usize..3, open: Option<u128>,
            place in places(), filter in filters()
        ) {
            let search = Search {
                text, filter, sort: Sort::ALL[sort], descending, place, page, size: SIZES[size],
                open: open.map(|n| EnrolmentId(uuid::Uuid::from_u128(n))),
                ..Search::default()
            };
            prop_assert_eq!(read(&search.query()), (search, false));
        }

        /// Fear: some address makes the reader panic.
        #[test]
        fn never_panics(query in ".{0,80}") { let _ = read(&query); }
    }
}
