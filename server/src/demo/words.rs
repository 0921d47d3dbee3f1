//! What the demonstration prints: where to go, how to sign in, and one account of each kind that can be added, with all that must be
//! typed. In French, as the portal is.

use super::{CLIENT, FIRM, IDENTIFIER, OFFICER, PASSWORD, specimen::Specimen};
use crate::settings::Settings;
use portfolio::holder::{Holder, Kind};
use std::fmt::Write as _;

/// One account of each kind that is in the registry and not in the portfolio.
pub(super) const TO_ADD: [&str; 4] = [
    "999000000023000183",
    "999000000036000163",
    "999000000047000161",
    "GP999260418M01",
];

/// The lines to be printed.
pub fn words(settings: &Settings) -> String {
    let mut words = String::from("\nPortail de démonstration (identités et numéros fictifs)\n\n");
    line(&mut words, "Adresse", &address(settings));
    if settings.mail_shown {
        let letters = format!("{}{}", address(settings), crate::letters::PAGE);
        line(&mut words, "Courriels envoyés", &letters);
    }
    line(&mut words, "Identifiant", IDENTIFIER);
    line(&mut words, "Mot de passe", PASSWORD);
    line(&mut words, "Cabinet", FIRM);
    let officer = format!("{OFFICER} (même mot de passe)");
    line(&mut words, "Agent de l’organisme", &officer);
    let client = format!("{CLIENT} (même mot de passe)");
    line(&mut words, "Titulaire d’un compte", &client);
    words.push_str("\nÀ ajouter par « + Ajouter un compte », un compte de chaque statut :\n");
    for account in TO_ADD {
        if let Some(specimen) = Specimen::of(account) {
            words.push('\n');
            tell(&mut words, &specimen);
        }
    }
    words
}

/// In the order in which the portal asks.
fn tell(words: &mut String, specimen: &Specimen) {
    let row = &specimen.row;
    let number = row.number.as_str();
    // Writing to a String cannot fail.
    let _ = writeln!(words, "{} — {}", row.kind.label(), row.name);
    match &row.held.holder {
        Holder::Siren(siren) => line(words, "Siren", siren.as_str()),
        Holder::Account(number) => line(words, "Numéro de compte", number.as_str()),
    }
    match row.kind {
        Kind::Emp => {
            line(words, "Statut", "Employeur");
            line(words, "Montant à payer déclaré", &specimen.secret);
            line(words, "Numéro de compte employeur", number);
        }
        Kind::Ti | Kind::Ae => {
            line(words, "Statut", "Travailleur indépendant");
            line(words, "Numéro de sécurité sociale", &specimen.secret);
            line(words, "Numéro de compte Indépendant", number);
        }
        // The account number tells the status: none is asked for.
        Kind::Gm => line(words, "Numéro de sécurité sociale", &specimen.secret),
    }
}

fn line(words: &mut String, label: &str, value: &str) {
    let _ = writeln!(words, "  {label:<30}{value}");
}

/// Where a browser of this machine finds the portal: an address that listens everywhere is nowhere to go.
fn address(settings: &Settings) -> String {
    let scheme = if settings.https { "https" } else { "http" };
    let port = settings.address.port();
    if settings.address.ip().is_unspecified() {
        format!("{scheme}://localhost:{port}")
    } else {
        format!("{scheme}://{}", settings.address)
    }
}
