//! Finding a country: by its code, in a list, or by what somebody types.

use super::{Country, Zone, agreement, elsewhere, europe, france};
use crate::{
    french,
    language::{Language, current, english},
    problem::Problem,
};
use std::sync::OnceLock;

/// One country and the names that it is searched by: its own first, all as [`french::searchable`] writes them.
struct Sought {
    country: Country,
    names: Vec<String>,
}

/// All of them by name, in French order.
fn sought() -> &'static [Sought] {
    static SOUGHT: OnceLock<Vec<Sought>> = OnceLock::new();
    SOUGHT.get_or_init(|| {
        let rows = [
            &europe::ROWS[..],
            &agreement::ROWS,
            &elsewhere::ROWS,
            &france::ROWS,
        ];
        let mut all: Vec<Sought> = rows.into_iter().flatten().map(read_row).collect();
        all.sort_by(|a, b| a.names.cmp(&b.names));
        all
    })
}

fn read_row(row: &'static super::Row) -> Sought {
    let names = std::iter::once(&row.name).chain(row.aliases).copied();
    let names = names.chain(english(row.name));
    Sought {
        country: Country(row),
        names: names.map(french::searchable).collect(),
    }
}

/// Every one of them, in no order that anybody should see.
pub(super) fn known() -> impl Iterator<Item = Country> {
    sought().iter().map(|known| known.country)
}

/// Every country and territory, France too, by name in the order of the language that is spoken: nationalities and places of birth.
pub fn all() -> Vec<Country> {
    let mut all: Vec<Country> = known().collect();
    if current() != Language::French {
        all.sort_by_cached_key(|country| french::searchable(country.name()));
    }
    all
}

/// Where one may be posted, in the same order.
pub fn destinations() -> impl Iterator<Item = Country> {
    all()
        .into_iter()
        .filter(|country| country.zone() != Zone::France)
}

/// The countries that `typed` may mean, best first: names that begin with it, other names that do, names with a word that does, then
/// other names with one. Accents and capitals do not matter. French territories are found too, so that a page can say why they
/// cannot be chosen.
pub fn find(typed: &str) -> Vec<Country> {
    let typed = french::searchable(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(usize, Country)> = sought()
        .iter()
        .filter_map(|known| Some((rank(known, &typed)?, known.country)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, country)| country).collect()
}

/// How well a country answers to `typed`; less is better.
fn rank(known: &Sought, typed: &str) -> Option<usize> {
    let begins = |name: &String| name.starts_with(typed);
    let has_word = |name: &String| {
        name.match_indices(typed)
            .any(|(at, _)| at == 0 || name[..at].ends_with(' '))
    };
    let (own, others) = known.names.split_first()?;
    [
        begins(own),
        others.iter().any(begins),
        has_word(own),
        others.iter().any(has_word),
    ]
    .into_iter()
    .position(|fits| fits)
}

/// The country that a form names: by code, as lists send it, or by one of its names, as somebody types it.
///
/// # Errors
/// [`Problem::Missing`], and [`Problem::NoSuchCountry`] for what names none or several.
pub fn read(typed: &str) -> Result<Country, Problem> {
    let code = typed.trim();
    if code.is_empty() {
        return Err(Problem::Missing);
    }
    if let Some(country) = Country::of(&code.to_ascii_uppercase()) {
        return Ok(country);
    }
    let name = french::searchable(code);
    let own = sought().iter().find(|known| known.names[0] == name);
    let mut named = sought().iter().filter(|known| known.names.contains(&name));
    match (own, named.next(), named.next()) {
        (Some(known), _, _) | (None, Some(known), None) => Ok(known.country),
        _ => Err(Problem::NoSuchCountry),
    }
}
