//! What the portfolio list shows: words, order, page. It lives in the page's address, so that reload, back and a bookmark keep it.

use crate::ids::EnrolmentId;

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
}

impl Sort {
    /// Every column, in the table's order.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Identifier,
        Self::Scheme,
        Self::State,
        Self::Services,
        Self::Changed,
    ];

    /// The word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "nom",
            Self::Identifier => "numero",
            Self::Scheme => "regime",
            Self::State => "etat",
            Self::Services => "services",
            Self::Changed => "date",
        }
    }

    /// The head of the column.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Client",
            Self::Identifier => "Siren ou n° de compte",
            Self::Scheme => "Régime",
            Self::State => "État",
            Self::Services => "Services",
            Self::Changed => "Modifié le",
        }
    }
}

/// A search over the portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// What was typed: words of the name, or a number.
    pub text: String,
    /// The column sorted by.
    pub sort: Sort,
    /// From the last to the first.
    pub descending: bool,
    /// The page, from 1.
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
}

impl Default for Search {
    fn default() -> Self {
        Self {
            text: String::new(),
            sort: Sort::default(),
            descending: false,
            page: 1,
            size: SIZES[0],
            open: None,
            show: None,
            saved: None,
            ended: None,
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
                    search.text = value.trim().chars().take(LONGEST).collect();
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
                _ => true,
            };
            unreadable |= !understood;
        }
        (search, unreadable)
    }

    /// Its parts that differ from the default, to be encoded into an address.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let Self {
            text,
            sort,
            descending,
            page,
            size,
            open,
            show,
            saved,
            ended,
        } = self;
        let id = |id: &EnrolmentId| id.to_string();
        [
            (param::TEXT, (!text.is_empty()).then(|| text.clone())),
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
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name, value)))
        .collect()
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
            ..self.clone()
        }
    }
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
    use proptest::prelude::*;

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
            "page=abc", "page=0", "page=-1", "taille=7", "tri=drop", "sens=x", "ouvrir=1",
            "voir=%FF",
        ] {
            let (search, unreadable) = read(broken);
            assert!(unreadable, "{broken}");
            assert_eq!(search, Search::default(), "{broken}");
        }
        assert!(!read("page=&tri=&utm=1&q=%E9").1);
    }

    proptest! {
        /// Fear: a list is another one after a reload.
        #[test]
        fn addresses_read_back(
            text in "([^\\p{White_Space}]{1,30}( [^\\p{White_Space}]{1,9})?)?", sort in 0usize..6, descending: bool, page in 1u64..99, size in 0usize..3, open: Option<u128>
        ) {
            let search = Search {
                text, sort: Sort::ALL[sort], descending, page, size: SIZES[size],
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
