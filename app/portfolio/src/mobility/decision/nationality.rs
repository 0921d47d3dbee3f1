//! Whom European coordination and the agreements protect.
//!
//! Third-country nationals are protected towards some States only; which ones is likely, not sure (domain note, section 6.4).

use crate::mobility::{
    country::{Bloc, Country, Nationals, Zone},
    rule::{Reason, Rule},
    situation::Nationality,
};

/// What a nationality brings up towards one State of European coordination.
pub(super) fn in_europe(nationality: Nationality, country: Country) -> Vec<Reason> {
    let Nationality::Of(of) = nationality else {
        return Vec::new();
    };
    match (country.bloc(), of.bloc()) {
        // The protocol with the United Kingdom asks for no nationality; the Union's citizens are protected everywhere.
        (None | Some(Bloc::UnitedKingdom), _)
        | (_, Some(Bloc::Union))
        | (Some(Bloc::Union), Some(Bloc::Efta | Bloc::Switzerland)) => Vec::new(),
        (Some(there), Some(from)) if there == from => Vec::new(),
        (Some(Bloc::Union), _) if country.code() != "DK" => {
            vec![
                Reason::about(Rule::ThirdCountryNational, country),
                Rule::LegalResidence.into(),
            ]
        }
        _ => vec![Reason::about(Rule::ThirdCountryRestricted, country)],
    }
}

/// The agreement is for nationals of the two States, or for others on conditions.
pub(super) fn in_agreement(nationality: Nationality, country: Country) -> Option<Reason> {
    let free = country.zone() != Zone::Agreement || country.row().nationals == Nationals::Any;
    let of_the_two = matches!(nationality, Nationality::Of(of) if of.is_france() || of == country);
    (!free && !of_the_two).then(|| Reason::about(Rule::NationalityOfAgreement, country))
}
