//! By what text French legislation goes on to apply, as certificates name it.
//!
//! Source: domain note, sections 6.3 and 6.4: articles 11 to 13 and 16 of regulation (EC) 883/2004, protocol on social security
//! coordination of the Trade and Cooperation Agreement (SSC.10 to SSC.12), the bilateral agreements and decrees of coordination. That a
//! certificate of « maintien » rests on book VII, title VI, of the code de la sécurité sociale is recollected.

use super::{
    country::{Bloc, Country},
    decision::Certificate,
    form::Journey,
    situation::Status,
};
use crate::language::t;
use crate::say;

/// The text, as it follows « En application de » on the paper.
pub fn ground(
    kind: Certificate,
    journey: Journey,
    status: Option<Status>,
    countries: &[Country],
) -> String {
    let first = countries.first().copied();
    match kind {
        Certificate::A1 => europe(journey, status, first.and_then(Country::bloc)),
        Certificate::Agreement => first.map_or_else(
            || t("accord de sécurité sociale").to_owned(),
            |country| {
                say!(
                    "accord ou décret de coordination de sécurité sociale\u{a0}: {country}",
                    country = country.name()
                )
            },
        ),
        Certificate::Maintenance => {
            t("livre VII, titre VI, du code de la sécurité sociale").to_owned()
        }
    }
}

fn europe(journey: Journey, status: Option<Status>, bloc: Option<Bloc>) -> String {
    let alone = status == Some(Status::SelfEmployed);
    let public = status.is_some_and(Status::is_public);
    if journey == Journey::Posting && bloc == Some(Bloc::UnitedKingdom) {
        let article = match (alone, public) {
            (_, true) => t("SSC.10, paragraphe 3"),
            (true, false) => t("SSC.11, paragraphe 1, b"),
            (false, false) => t("SSC.11, paragraphe 1, a"),
        };
        return say!(
            "article {article}, du protocole de coordination de la sécurité sociale entre l’Union européenne et le Royaume-Uni",
            article
        );
    }
    let article = match (journey, alone, public) {
        (Journey::Several, true, _) => t("13, paragraphe 2"),
        (Journey::Several, false, _) => t("13, paragraphe 1"),
        (Journey::Posting, _, true) => t("11, paragraphe 3, b"),
        (Journey::Posting, true, false) => t("12, paragraphe 2"),
        (Journey::Posting, false, false) => t("12, paragraphe 1"),
    };
    say!(
        "article {article}, du règlement (CE) nº\u{a0}883/2004",
        article
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a paper names the article of employees for somebody self-employed, or the Union's regulation for the United Kingdom.
    #[test]
    fn articles() {
        let of = |journey, status, code| {
            let country = Country::of(code).unwrap();
            ground(Certificate::A1, journey, Some(status), &[country])
        };
        let posting = |status, code| of(Journey::Posting, status, code);
        assert!(posting(Status::Employee, "DE").starts_with("article 12, paragraphe 1,"));
        assert!(posting(Status::SelfEmployed, "CH").starts_with("article 12, paragraphe 2,"));
        assert!(posting(Status::CivilServant, "DE").starts_with("article 11, paragraphe 3, b"));
        assert!(posting(Status::Employee, "GB").contains("Royaume-Uni"));
        assert!(
            of(Journey::Several, Status::Employee, "DE").starts_with("article 13, paragraphe 1")
        );
        let algeria = [Country::of("DZ").unwrap()];
        let agreement = ground(Certificate::Agreement, Journey::Posting, None, &algeria);
        assert!(agreement.contains("Algérie"));
    }
}
