//! Cells that hold words: the scheme, the services, the firm's own fields.

use super::{Cell, Flaw};
use crate::{
    catalogue::{SERVICES, ServiceCode},
    french::searchable,
    holder::Scheme,
    problem::Problem,
    sheet::harmless,
};
use std::collections::BTreeSet;

pub(super) fn scheme(cell: &Cell) -> Result<Option<Scheme>, Flaw> {
    let word = searchable(&cell.shown());
    match word.as_str() {
        "" => Ok(None),
        "rg" | "regime general" | "employeur" | "emp" | "comptes regime general" => {
            Ok(Some(Scheme::RegimeGeneral))
        }
        "ti"
        | "independant"
        | "travailleur independant"
        | "ae"
        | "auto entrepreneur"
        | "autoentrepreneur"
        | "micro entrepreneur"
        | "gm"
        | "gerant"
        | "gerant majoritaire"
        | "comptes travailleur independant" => Ok(Some(Scheme::TravailleurIndependant)),
        _ => Err(Flaw::Field(Problem::NotOffered)),
    }
}

pub(super) fn services(cell: &Cell) -> Result<Option<BTreeSet<ServiceCode>>, Flaw> {
    let text = cell.shown();
    match searchable(&text).as_str() {
        "" | "par defaut" | "services par defaut" => return Ok(None),
        "aucun" | "aucun service" | "non" => return Ok(Some(BTreeSet::new())),
        _ => {}
    }
    text.split([',', ';', '|', '\n'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| service(name).ok_or(Flaw::UnknownService))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// One of the firm's own fields: any text, without the sign before it by which an exported one is no formula.
pub(super) fn own<T>(cell: &Cell, read: fn(&str) -> Result<T, Problem>) -> Result<T, Flaw> {
    let shown = cell.shown();
    let bare = shown.strip_prefix('\'');
    let bare = bare.filter(|bare| harmless(bare) == shown);
    read(bare.unwrap_or(&shown)).map_err(Flaw::Field)
}

fn service(name: &str) -> Option<ServiceCode> {
    let sought = searchable(name);
    ServiceCode::find(&name.to_ascii_uppercase()).or_else(|| {
        SERVICES
            .iter()
            .find(|service| searchable(service.french_label()) == sought)
            .and_then(|service| ServiceCode::find(service.code))
    })
}
