//! The only sentences that a person reads about a problem: the summary and the message beside the field both call
//! [`sentence`], so they agree by construction. Each says how to put it right (French typography: domain note, section 9).

pub mod import;
pub mod message;

use crate::{
    attestation,
    catalogue::ServiceCode,
    client::{Happening, OwnTold},
    french,
    holder::HolderScheme,
    import::Column,
    mobility,
    passkey::{MOST, Obstacle},
    problem::{Field, Key, Problem, Subject},
};

/// The heading of the error summary.
pub const SUMMARY: &str = "Il y a un problème";
/// What a page's title gains when something is wrong.
pub const TITLE_PREFIX: &str = "Erreur\u{a0}: ";
/// The dialog after « Enregistrer », to the letter of the card.
pub const SAVED: &str = "Votre modification a bien été prise en compte.";
/// To the members of a firm that the body has suspended.
pub const FORBIDDEN: &str = "L’accès de votre cabinet au portefeuille est suspendu. Contactez-nous pour en connaître la raison et le rétablir.";
/// Who did something to a mandate, where the client did: who of the client's house it was is the client's business.
pub const BY_CLIENT: &str = "Le titulaire du compte";
/// To a member whose role does not go so far.
pub const NOT_ALLOWED: &str = "Votre rôle dans le cabinet ne le permet pas. Adressez-vous à l’administrateur de votre cabinet.";
/// To a member who has to add a second factor first.
pub const SECOND_FACTOR_WANTED: &str =
    "Une seconde preuve est demandée à la connexion. Ajoutez-en une pour continuer.";
/// Beside the search box, when what was typed is not sought ([`crate::search::words`]).
pub const SECRET_SOUGHT: &str = "Un numéro de sécurité sociale ne se recherche pas. Saisissez un nom, un Siren, un Siret, un numéro de compte, une référence ou une étiquette.";
/// Before a sensitive action.
pub const CONFIRM: &str = "Pour continuer, confirmez que c’est bien vous\u{a0}: votre dernière connexion date de plus de 15\u{a0}minutes.";
/// After an idle or an ended session.
pub const SIGNED_OUT: &str =
    "Votre session a pris fin. Reconnectez-vous\u{202f}: vous reprendrez où vous en étiez.";

/// After a confirmation, on the page that asked for it.
pub const CONFIRMED: &str = "C’est confirmé\u{a0}: pendant 15\u{a0}minutes, rien ne vous sera redemandé. Vous pouvez reprendre votre demande.";

/// The sentence of one problem of one field.
#[expect(clippy::too_many_lines, reason = "one arm for each problem")]
pub fn sentence<F: Field>(field: F, problem: &Problem) -> String {
    let subject = field.subject();
    match problem {
        Problem::Missing => field.ask().to_owned(),
        Problem::OwnProofRefused { left } => {
            let told = tries(*left);
            format!("Ces informations ne permettent pas de créer un compte. Vérifiez-les sur vos documents\u{202f}; si vous avez déjà un compte, connectez-vous.{told}")
        }
        Problem::HasAccount => {
            "Ce client a déjà son compte en ligne\u{a0}: il n’y a pas d’invitation à envoyer.".to_owned()
        }
        Problem::MandateOver => {
            "Vous ne gérez plus ce client\u{a0}: il n’y a plus d’invitation à envoyer.".to_owned()
        }
        Problem::InvitationOver => {
            "Cette invitation n’est plus en attente. Rechargez la page pour voir où elle en est.".to_owned()
        }
        Problem::AddressSignsIn => {
            "Vous vous connectez déjà avec cette adresse. Connectez-vous, puis ouvrez de nouveau le lien du courriel.".to_owned()
        }
        Problem::NotDigits => match subject {
            Subject::Identifier => {
                "Saisissez des chiffres\u{a0}: les 9 du Siren, les 14 du Siret, ou un numéro de compte.".to_owned()
            }
            _ => "Saisissez uniquement des chiffres.".to_owned(),
        },
        Problem::NotAccountCharacters => {
            "Un numéro de compte ne contient que des chiffres et des lettres sans accent.".to_owned()
        }
        Problem::NotNirCharacters => {
            "Un numéro de sécurité sociale ne contient que des chiffres (2A ou 2B pour la Corse).".to_owned()
        }
        Problem::TooShort { got, want } => too_short(subject, *got, *want),
        Problem::TooLong { got, want } => too_long(subject, *got, *want),
        Problem::DigitCount { got } => format!(
            "Vous avez saisi {got} chiffres. Un Siren en compte 9, un Siret 14, un numéro de compte 18."
        ),
        Problem::AllZeros => "Ce numéro ne contient que des zéros. Saisissez celui de votre client.".to_owned(),
        Problem::WrongKey(Key::Siren) => {
            "Ce Siren comporte une erreur\u{a0}: sa clé de contrôle ne correspond pas. Vérifiez les 9 chiffres.".to_owned()
        }
        Problem::WrongKey(Key::Siret) => {
            "Ce Siret comporte une erreur\u{a0}: sa clé de contrôle ne correspond pas. Vérifiez les 14 chiffres.".to_owned()
        }
        Problem::WrongKey(Key::Nir) => {
            "Ce numéro de sécurité sociale comporte une erreur\u{a0}: sa clé (les 2 derniers chiffres) ne correspond pas."
                .to_owned()
        }
        Problem::NirForm => {
            "Ce numéro n’a pas la forme d’un numéro de sécurité sociale. Exemple\u{a0}: 2 55 08 14 168 025 38.".to_owned()
        }
        Problem::NotAmount => "Saisissez un montant en euros. Exemple\u{a0}: 1 234,50.".to_owned(),
        Problem::AmountTooLarge => "Ce montant est trop élevé. Vérifiez-le sur la dernière déclaration.".to_owned(),
        Problem::Mobility(reason) => mobility::wording::reason(reason),
        Problem::NotPersonName
        | Problem::NotPostcode
        | Problem::NotPhone
        | Problem::NotPercentage
        | Problem::NoContact
        | Problem::UnsuitedCriterion
        | Problem::InFuture
        | Problem::NotDate
        | Problem::NoSuchDay
        | Problem::NoSuchCountry
        | Problem::InFrance
        | Problem::FrenchTerritory => mobility::wording::problem(problem),
        Problem::NotOffered => "Ce choix n’est pas proposé. Choisissez dans la liste.".to_owned(),
        Problem::Guessable => {
            "Ce mot de passe est facile à deviner. Choisissez plusieurs mots sans rapport entre eux, ou laissez votre navigateur en proposer un.".to_owned()
        }
        Problem::Mismatch => "Ce n’est pas le mot de passe saisi au-dessus.".to_owned(),
        Problem::NotName => "Saisissez un prénom et un nom, sans adresse ni lien.".to_owned(),
        Problem::NotEmail => "Saisissez une adresse électronique. Exemple\u{a0}: prenom.nom@cabinet.fr.".to_owned(),
        Problem::Taken => "Quelqu’un utilise déjà cette adresse sur le portail.".to_owned(),
        Problem::NameTaken => "Ce nom est déjà pris. Choisissez-en un autre.".to_owned(),
        Problem::TooManySelected { most } => {
            format!("La sélection dépasse {}. Réduisez-la.", french::count(u64::from(*most), "client", "clients"))
        }
        Problem::TooMany { most } => {
            format!("Il y en a déjà {}, le maximum. Retirez-en d’abord.", french::number(u64::from(*most)))
        }
        Problem::Gone => "Ce choix n’existe plus. Rechargez la page et choisissez de nouveau.".to_owned(),
        Problem::Nobody => "Aucun client n’est sélectionné. Cochez-en dans la liste.".to_owned(),
        Problem::NotYours => "C’est la modification d’un collègue\u{a0}: lui seul peut la confirmer.".to_owned(),
        Problem::TooLate => "Cette modification ne peut plus être annulée.".to_owned(),
        Problem::NoMobility => {
            "Ce client n’a pas le service «\u{a0}Travailler à l’étranger\u{a0}». Ajoutez-le sur la page du client, puis revenez ici.".to_owned()
        }
        Problem::NotWhole => {
            "Il manque des réponses, ou l’une d’elles n’est plus valable. Revoyez les étapes qui ne sont pas cochées.".to_owned()
        }
        Problem::NotCovered(days) => format!(
            "Saisissez un jour du certificat, avant le dernier\u{a0}: du {} au {}.",
            days.start.long(),
            days.end.plus_days(-1).long()
        ),
        Problem::BeyondAsked(days) => format!(
            "Restez dans la période demandée\u{a0}: du {} au {}.",
            days.start.long(),
            days.end.long()
        ),
        Problem::RequestChanged => {
            "Cette demande a changé entre-temps, et rien n’a été décidé. Rechargez la page pour voir où elle en est.".to_owned()
        }
        Problem::OwnStale { .. } => {
            "Quelqu’un a modifié ces informations pendant que vous y travailliez. Votre saisie est conservée\u{a0}: vérifiez-la, puis enregistrez de nouveau.".to_owned()
        }
        Problem::LastAdministrator => {
            "Le cabinet n’aurait plus d’administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.".to_owned()
        }
        Problem::MemberChanged => {
            "Quelqu’un a modifié ce membre entre-temps, et rien n’a été fait. Rechargez la page pour voir où il en est.".to_owned()
        }
        Problem::WrongPassword => "Ce mot de passe n’est pas le vôtre.".to_owned(),
        Problem::WrongCode => "Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant et saisissez-le.".to_owned(),
        Problem::Code(fault) => attestation::fault(*fault),
        Problem::NoAttestation => {
            "Le service «\u{a0}Télécharger une attestation de vigilance\u{a0}» n’est pas ouvert pour ce client, ou vous ne le gérez plus. Cochez-le parmi ses services.".to_owned()
        }
        Problem::StepOver => {
            "Trop de temps a passé depuis votre mot de passe. Recommencez la connexion.".to_owned()
        }
        Problem::Passkey(obstacle) => passkey(*obstacle),
        Problem::LinkOver => {
            "Ce lien n’est plus valable\u{a0}: il a servi, ou il est trop ancien. Demandez-en un nouveau.".to_owned()
        }
        Problem::Wait { minutes } => {
            format!("Trop d’essais. Réessayez dans {}.", duration(*minutes))
        }
        Problem::WrongPair => "L’identifiant ou le mot de passe est incorrect.".to_owned(),
        Problem::Busy => "Beaucoup de connexions sont en cours. Réessayez dans quelques instants.".to_owned(),
        Problem::ProofRefused { left } => {
            let told = tries(*left);
            format!("Ces informations ne permettent pas d’inscrire ce compte. Vérifiez-les avec votre client.{told}")
        }
        Problem::Paused { minutes } => {
            format!("Trop d’essais pour ce client. Réessayez dans {}.", duration(*minutes))
        }
        Problem::AlreadyEnrolled { scheme, .. } => {
            format!("Ce client est déjà dans votre portefeuille ({}).", scheme.accounts())
        }
        Problem::Stale { by, at, added, removed, .. } => format!(
            "{by} a modifié ce client le {} pendant que vous y travailliez{}. Vos choix sont conservés\u{a0}: vérifiez-les, puis enregistrez de nouveau.",
            at.short_moment(),
            changes(added, removed).map_or_else(String::new, |what| format!(" ({what})"))
        ),
        Problem::Attachment(fault) => message::fault(*fault),
        Problem::Barred(bar) => message::bar(*bar),
        Problem::File(fault) => import::file(*fault),
        Problem::ColumnMissing(Column::Amount) => {
            "Dites quelle colonne contient le montant, ou le numéro de sécurité sociale.".to_owned()
        }
        Problem::ColumnMissing(column) => {
            format!("Dites quelle colonne contient\u{a0}: {}.", column.head())
        }
        Problem::ColumnTwice(column) => {
            format!("Deux colonnes sont indiquées comme\u{a0}: {}. N’en gardez qu’une.", column.head())
        }
        Problem::Ended { by, at } => {
            format!("{by} a résilié cette inscription le {}. Il n’y a plus rien à modifier.", at.short_moment())
        }
    }
}

/// How many tries are left, once few are.
fn tries(left: Option<u8>) -> String {
    match left {
        None => String::new(),
        Some(1) => " Il vous reste 1 essai avant une pause.".to_owned(),
        Some(left) => format!(" Il vous reste {left} essais avant une pause."),
    }
}

/// What stands in the way of a passkey, and what to do about it.
fn passkey(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::Cancelled => {
            "Rien n’a été fait\u{a0}: la demande a été annulée, ou personne n’y a répondu à temps. Recommencez quand vous voulez."
        }
        Obstacle::Unsupported => {
            "Ce navigateur n’utilise pas de clé d’accès, ou JavaScript y est désactivé. Essayez avec un autre, à jour."
        }
        Obstacle::Elsewhere => {
            "Les clés d’accès ne servent qu’à l’adresse habituelle du portail, et celle-ci en est une autre. Ouvrez le portail par son adresse habituelle."
        }
        Obstacle::Known => {
            "Cet appareil garde déjà une de vos clés d’accès\u{a0}: servez-vous de celle-là, ou choisissez un autre appareil."
        }
        Obstacle::Full => {
            return format!(
                "Vous avez déjà {}\u{a0}: retirez-en une d’abord.",
                french::count(MOST as u64, "clé d’accès", "clés d’accès")
            );
        }
        Obstacle::Over => "Trop de temps a passé. Recommencez.",
        Obstacle::Unusable => {
            "Cette clé d’accès n’a pas pu être vérifiée, et n’est pas ajoutée. Recommencez, ou choisissez un autre appareil."
        }
        Obstacle::Refused => {
            "Cette clé d’accès n’ouvre rien ici. Essayez-en une autre, ou saisissez votre mot de passe."
        }
    }
    .to_owned()
}

fn too_short(subject: Subject, got: usize, want: usize) -> String {
    match subject {
        Subject::Identifier => format!(
            "Il manque des chiffres\u{a0}: vous en avez saisi {got}, un Siren en compte {want}."
        ),
        Subject::AccountNumber => format!(
            "Ce numéro de compte est trop court\u{a0}: {got} caractères au lieu de 12 à 18."
        ),
        Subject::Nir => format!(
            "Il manque des chiffres\u{a0}: vous en avez saisi {got}, un numéro de sécurité sociale en compte {want} (13 sans la clé)."
        ),
        Subject::Amount | Subject::Password | Subject::Other => {
            format!("Il faut au moins {want} caractères\u{202f}; vous en avez saisi {got}.")
        }
    }
}

fn too_long(subject: Subject, got: usize, want: usize) -> String {
    match subject {
        Subject::Identifier => format!(
            "Il y a trop de chiffres\u{a0}: vous en avez saisi {got}, le plus long numéro de compte en a {want}."
        ),
        Subject::AccountNumber => {
            format!("Ce numéro de compte est trop long\u{a0}: {got} caractères au lieu de 12 à 18.")
        }
        Subject::Nir => format!(
            "Il y a trop de chiffres\u{a0}: vous en avez saisi {got}, un numéro de sécurité sociale en compte {want}."
        ),
        Subject::Amount | Subject::Password | Subject::Other => {
            format!("Il y a {got} caractères\u{202f}; {want} au plus sont acceptés.")
        }
    }
}

/// « 15 minutes », « 2 heures », « 23 heures et 40 minutes ».
pub fn duration(minutes: u32) -> String {
    let (hours, rest) = (u64::from(minutes / 60), u64::from(minutes % 60));
    let hours_told = french::count(hours, "heure", "heures");
    let minutes_told = french::count(rest, "minute", "minutes");
    match (hours, rest) {
        (0, _) => minutes_told,
        (_, 0) => hours_told,
        _ => format!("{hours_told} et {minutes_told}"),
    }
}

/// « ajouté : A, B ; retiré : C »; `None` when nothing changed.
pub fn changes(added: &[ServiceCode], removed: &[ServiceCode]) -> Option<String> {
    let list = |codes: &[ServiceCode]| {
        codes
            .iter()
            .map(|code| code.service().label)
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (added.is_empty(), removed.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("ajouté\u{a0}: {}", list(added))),
        (true, false) => Some(format!("retiré\u{a0}: {}", list(removed))),
        (false, false) => Some(format!(
            "ajouté\u{a0}: {}\u{202f}; retiré\u{a0}: {}",
            list(added),
            list(removed)
        )),
    }
}

/// One line about something that happened.
pub fn happening(what: &Happening) -> String {
    match what {
        Happening::Enrolled(services) => {
            let count = services.len() as u64;
            format!(
                "Inscription, avec {}",
                french::count(count, "service", "services")
            )
        }
        Happening::Changed { added, removed } => match changes(added, removed) {
            Some(what) => format!("Services modifiés. {}", capital(&what)),
            None => "Enregistré sans changement".to_owned(),
        },
        Happening::Ended => "Résiliation".to_owned(),
        Happening::Reviewed => REVIEWED.to_owned(),
        Happening::Own { before, after } => own_changes(before, after),
    }
}

/// What of the firm's own fields became what: « Référence : A 12 → A 13. Étiquettes : aucune → urgent. »
pub fn own_changes(before: &OwnTold, after: &OwnTold) -> String {
    let or_none = |text: &str, none: &str| if text.is_empty() { none } else { text }.to_owned();
    let fields = [
        (
            "Référence",
            [before, after].map(|own| or_none(&own.reference, "aucune")),
        ),
        (
            "Étiquettes",
            [before, after].map(|own| or_none(&own.labels.join(", "), "aucune")),
        ),
        (
            "En charge",
            [before, after].map(|own| {
                own.in_charge
                    .clone()
                    .unwrap_or_else(|| "personne".to_owned())
            }),
        ),
    ];
    let changed: Vec<String> = fields
        .into_iter()
        .filter(|(_, [before, after])| before != after)
        .map(|(name, [before, after])| format!("{name}\u{a0}: {before} → {after}."))
        .collect();
    if changed.is_empty() {
        return "Enregistré sans changement".to_owned();
    }
    changed.join(" ")
}

/// What a confirmed mandate is told by, in a client's history and in the journal.
pub const REVIEWED: &str = "Mandat revu";
/// By which a mandate is confirmed, in the review and on a client's page.
pub const STILL_VALID: &str = "Le mandat est toujours valable";
/// What the filter and its chip call the mandates that the review walks through.
pub const TO_REVIEW: &str = "Mandat à revoir (non revu depuis un an)";
/// Who of the firm sees to a client.
pub const IN_CHARGE: &str = "Personne en charge";

/// The question of « Résilier », to the letter of the card.
pub fn confirm_termination(held: &HolderScheme) -> String {
    let of = match &held.holder {
        crate::holder::Holder::Siren(siren) => format!("du siren {siren}"),
        crate::holder::Holder::Account(number) => format!("du compte {number}"),
    };
    format!(
        "Veuillez confirmer la suppression immédiate de l'inscription {} {of}",
        held.scheme.accounts()
    )
}

/// A sentence that begins with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{BeginField, ProofField};

    /// Fear: the card's sentence is changed by a slip.
    #[test]
    fn the_cards_sentences() {
        let said = |key: &str| {
            confirm_termination(&key.parse().unwrap()).replace(['\u{202f}', '\u{a0}'], " ")
        };
        assert_eq!(
            said("RG:732829320"),
            "Veuillez confirmer la suppression immédiate de l'inscription Comptes Régime Général du siren 732 829 320"
        );
        assert_eq!(
            said("TI:732829320"),
            "Veuillez confirmer la suppression immédiate de l'inscription Comptes Travailleur Indépendant du siren 732 829 320"
        );
        assert_eq!(SAVED, "Votre modification a bien été prise en compte.");
    }

    /// Fear: a code has no words of its own under some field, or « 0 minute » is waited.
    #[test]
    fn words_fit_their_field() {
        let short = Problem::TooShort { got: 8, want: 9 };
        assert!(sentence(BeginField::Identifier, &short).contains("Siren"));
        assert!(sentence(ProofField::Nir, &short).contains("sécurité sociale"));
        assert!(sentence(ProofField::EmployerAccount, &short).contains("compte"));
        assert_eq!(duration(15), "15\u{a0}minutes");
        assert_eq!(duration(60), "1\u{a0}heure");
        assert_eq!(duration(1421), "23\u{a0}heures et 41\u{a0}minutes");
    }
}
