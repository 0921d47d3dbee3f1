//! The sentences about a line that is refused: what is wrong, and how to put it right.

use super::{Column, Fault, Why};
use crate::{
    import::Flaw,
    language::t,
    mobility::wording,
    problem::Problem,
    say,
    wording::{import::spoiled, sentence},
};

/// Why a line is refused.
pub fn why(why: &Why) -> String {
    match why {
        Why::Fault(fault) => fault_told(fault),
        Why::UnknownClient => {
            t("Votre cabinet ne gère pas ce client. Ajoutez-le d’abord, ou corrigez son Siren.")
                .to_owned()
        }
        Why::NoService => {
            t("Ce client n’a pas le service «\u{a0}Travailler à l’étranger\u{a0}». Ajoutez-le à ses services, puis renvoyez la ligne.")
                .to_owned()
        }
        Why::Rule(reason) => wording::reason(reason),
    }
}

fn fault_told(fault: &Fault) -> String {
    let Fault { column, flaw } = fault;
    let subject = say!("La cellule «\u{a0}{head}\u{a0}»", head = column.head());
    match flaw {
        Flaw::Field(Problem::Missing) if *column == Column::Client => {
            t("Il manque le Siren ou le Siret du client.").to_owned()
        }
        Flaw::Field(Problem::NotOffered) => {
            say!(
                "{subject} contient un mot inconnu. {column}",
                subject,
                column = column.told()
            )
        }
        Flaw::Field(problem) => {
            let told = sentence(*column, problem);
            // A sentence of a page stands beside its field.
            format!("{}\u{a0}: {told}", column.head())
        }
        flaw => spoiled(&subject, flaw),
    }
}
