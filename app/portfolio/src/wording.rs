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
    language::{n, t},
    mobility,
    passkey::{MOST, Obstacle},
    problem::{Field, Key, Problem, Subject},
    say,
};

/// The heading of the error summary.
pub const SUMMARY: &str = n("Il y a un problème");
/// What a page's title gains when something is wrong.
pub const TITLE_PREFIX: &str = n("Erreur\u{a0}: ");
/// The dialog after « Enregistrer », to the letter of the card.
pub const SAVED: &str = n("Votre modification a bien été prise en compte.");
/// To the members of a firm that the body has suspended.
pub const FORBIDDEN: &str = n(
    "L’accès de votre cabinet au portefeuille est suspendu. Contactez-nous pour en connaître la raison et le rétablir.",
);
/// Who did something to a mandate, where the client did: who of the client's house it was is the client's business.
pub const BY_CLIENT: &str = n("Le titulaire du compte");
/// Who wrote for the body, to those who are not of it: they hear from the body, not from somebody.
pub const BY_BODY: &str = n("Organisme");
/// Who did something, as a page tells it: names stay what they are.
pub fn by(who: &str) -> &str {
    let known = [BY_CLIENT, BY_BODY].into_iter().find(|known| *known == who);
    match known {
        Some(known) => t(known),
        None => who,
    }
}
/// To a member whose role does not go so far.
pub const NOT_ALLOWED: &str = n(
    "Votre rôle dans le cabinet ne le permet pas. Adressez-vous à l’administrateur de votre cabinet.",
);
/// To a member who has to add a second factor first.
pub const SECOND_FACTOR_WANTED: &str =
    n("Une seconde preuve est demandée à la connexion. Ajoutez-en une pour continuer.");
/// Beside the search box, when what was typed is not sought ([`crate::search::words`]).
pub const SECRET_SOUGHT: &str = n(
    "Un numéro de sécurité sociale ne se recherche pas. Saisissez un nom, un Siren, un Siret, un numéro de compte, une référence ou une étiquette.",
);
/// Before a sensitive action.
pub const CONFIRM: &str = n(
    "Pour continuer, confirmez que c’est bien vous\u{a0}: votre dernière connexion date de plus de 15\u{a0}minutes.",
);
/// After an idle or an ended session.
pub const SIGNED_OUT: &str =
    n("Votre session a pris fin. Reconnectez-vous\u{202f}: vous reprendrez où vous en étiez.");

/// After a confirmation, on the page that asked for it.
pub const CONFIRMED: &str = n(
    "C’est confirmé\u{a0}: pendant 15\u{a0}minutes, rien ne vous sera redemandé. Vous pouvez reprendre votre demande.",
);

/// The sentence of one problem of one field.
#[expect(clippy::too_many_lines, reason = "one arm for each problem")]
pub fn sentence<F: Field>(field: F, problem: &Problem) -> String {
    let subject = field.subject();
    match problem {
        Problem::Missing => field.ask().to_owned(),
        Problem::OwnProofRefused { left } => {
            let told = tries(*left);
            say!("Ces informations ne permettent pas de créer un compte. Vérifiez-les sur vos documents\u{202f}; si vous avez déjà un compte, connectez-vous.{told}", told)
        }
        Problem::HasAccount => {
            t("Ce client a déjà son compte en ligne\u{a0}: il n’y a pas d’invitation à envoyer.").to_owned()
        }
        Problem::MandateOver => {
            t("Vous ne gérez plus ce client\u{a0}: il n’y a plus d’invitation à envoyer.").to_owned()
        }
        Problem::InvitationOver => {
            t("Cette invitation n’est plus en attente. Rechargez la page pour voir où elle en est.").to_owned()
        }
        Problem::AddressSignsIn => {
            t("Vous vous connectez déjà avec cette adresse. Connectez-vous, puis ouvrez de nouveau le lien du courriel.").to_owned()
        }
        Problem::NotDigits => match subject {
            Subject::Identifier => {
                t("Saisissez des chiffres\u{a0}: les 9 du Siren, les 14 du Siret, ou un numéro de compte.").to_owned()
            }
            _ => t("Saisissez uniquement des chiffres.").to_owned(),
        },
        Problem::NotAccountCharacters => {
            t("Un numéro de compte ne contient que des chiffres et des lettres sans accent.").to_owned()
        }
        Problem::NotNirCharacters => {
            t("Un numéro de sécurité sociale ne contient que des chiffres (2A ou 2B pour la Corse).").to_owned()
        }
        Problem::TooShort { got, want } => too_short(subject, *got, *want),
        Problem::TooLong { got, want } => too_long(subject, *got, *want),
        Problem::DigitCount { got } => say!("Vous avez saisi {got} chiffres. Un Siren en compte 9, un Siret 14, un numéro de compte 18.", got),
        Problem::AllZeros => t("Ce numéro ne contient que des zéros. Saisissez celui de votre client.").to_owned(),
        Problem::WrongKey(Key::Siren) => {
            t("Ce Siren comporte une erreur\u{a0}: sa clé de contrôle ne correspond pas. Vérifiez les 9 chiffres.").to_owned()
        }
        Problem::WrongKey(Key::Siret) => {
            t("Ce Siret comporte une erreur\u{a0}: sa clé de contrôle ne correspond pas. Vérifiez les 14 chiffres.").to_owned()
        }
        Problem::WrongKey(Key::Nir) => {
            t("Ce numéro de sécurité sociale comporte une erreur\u{a0}: sa clé (les 2 derniers chiffres) ne correspond pas.")
                .to_owned()
        }
        Problem::NirForm => {
            t("Ce numéro n’a pas la forme d’un numéro de sécurité sociale. Exemple\u{a0}: 2 55 08 14 168 025 38.").to_owned()
        }
        Problem::NotAmount => t("Saisissez un montant en euros. Exemple\u{a0}: 1 234,50.").to_owned(),
        Problem::AmountTooLarge => t("Ce montant est trop élevé. Vérifiez-le sur la dernière déclaration.").to_owned(),
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
        Problem::NotOffered => t("Ce choix n’est pas proposé. Choisissez dans la liste.").to_owned(),
        Problem::Guessable => {
            t("Ce mot de passe est facile à deviner. Choisissez plusieurs mots sans rapport entre eux, ou laissez votre navigateur en proposer un.").to_owned()
        }
        Problem::Mismatch => t("Ce n’est pas le mot de passe saisi au-dessus.").to_owned(),
        Problem::NotName => t("Saisissez un prénom et un nom, sans adresse ni lien.").to_owned(),
        Problem::NotEmail => t("Saisissez une adresse électronique. Exemple\u{a0}: prenom.nom@cabinet.fr.").to_owned(),
        Problem::Taken => t("Quelqu’un utilise déjà cette adresse sur le portail.").to_owned(),
        Problem::NameTaken => t("Ce nom est déjà pris. Choisissez-en un autre.").to_owned(),
        Problem::TooManySelected { most } => {
            say!("La sélection dépasse {most}. Réduisez-la.", most = french::count(u64::from(*most), "client", "clients"))
        }
        Problem::TooMany { most } => {
            say!("Il y en a déjà {most}, le maximum. Retirez-en d’abord.", most = french::number(u64::from(*most)))
        }
        Problem::Gone => t("Ce choix n’existe plus. Rechargez la page et choisissez de nouveau.").to_owned(),
        Problem::Nobody => t("Aucun client n’est sélectionné. Cochez-en dans la liste.").to_owned(),
        Problem::NotYours => t("C’est la modification d’un collègue\u{a0}: lui seul peut la confirmer.").to_owned(),
        Problem::TooLate => t("Cette modification ne peut plus être annulée.").to_owned(),
        Problem::NoMobility => {
            t("Ce client n’a pas le service «\u{a0}Travailler à l’étranger\u{a0}». Ajoutez-le sur la page du client, puis revenez ici.").to_owned()
        }
        Problem::NotWhole => {
            t("Il manque des réponses, ou l’une d’elles n’est plus valable. Revoyez les étapes qui ne sont pas cochées.").to_owned()
        }
        Problem::NotCovered(days) => say!("Saisissez un jour du certificat, avant le dernier\u{a0}: du {long} au {long2}.", long = days.start.long(), long2 = days.end.plus_days(-1).long()),
        Problem::BeyondAsked(days) => say!("Restez dans la période demandée\u{a0}: du {long} au {long2}.", long = days.start.long(), long2 = days.end.long()),
        Problem::RequestChanged => {
            t("Cette demande a changé entre-temps, et rien n’a été décidé. Rechargez la page pour voir où elle en est.").to_owned()
        }
        Problem::OwnStale { .. } => {
            t("Quelqu’un a modifié ces informations pendant que vous y travailliez. Votre saisie est conservée\u{a0}: vérifiez-la, puis enregistrez de nouveau.").to_owned()
        }
        Problem::LastAdministrator => {
            t("Le cabinet n’aurait plus d’administrateur. Donnez d’abord ce rôle à quelqu’un d’autre.").to_owned()
        }
        Problem::MemberChanged => {
            t("Quelqu’un a modifié ce membre entre-temps, et rien n’a été fait. Rechargez la page pour voir où il en est.").to_owned()
        }
        Problem::WrongPassword => t("Ce mot de passe n’est pas le vôtre.").to_owned(),
        Problem::WrongCode => t("Ce code n’est pas le bon, ou a déjà servi. Attendez le suivant et saisissez-le.").to_owned(),
        Problem::Code(fault) => attestation::fault(*fault),
        Problem::NoAttestation => {
            t("Le service «\u{a0}Télécharger une attestation de vigilance\u{a0}» n’est pas ouvert pour ce client, ou vous ne le gérez plus. Cochez-le parmi ses services.").to_owned()
        }
        Problem::StepOver => {
            t("Trop de temps a passé depuis votre mot de passe. Recommencez la connexion.").to_owned()
        }
        Problem::Passkey(obstacle) => passkey(*obstacle),
        Problem::LinkOver => {
            t("Ce lien n’est plus valable\u{a0}: il a servi, ou il est trop ancien. Demandez-en un nouveau.").to_owned()
        }
        Problem::Wait { minutes } => {
            say!("Trop d’essais. Réessayez dans {minutes}.", minutes = duration(*minutes))
        }
        Problem::WrongPair => t("L’identifiant ou le mot de passe est incorrect.").to_owned(),
        Problem::Busy => t("Beaucoup de connexions sont en cours. Réessayez dans quelques instants.").to_owned(),
        Problem::ProofRefused { left } => {
            let told = tries(*left);
            say!("Ces informations ne permettent pas d’inscrire ce compte. Vérifiez-les avec votre client.{told}", told)
        }
        Problem::Paused { minutes } => {
            say!("Trop d’essais pour ce client. Réessayez dans {minutes}.", minutes = duration(*minutes))
        }
        Problem::AlreadyEnrolled { scheme, .. } => {
            say!("Ce client est déjà dans votre portefeuille ({accounts}).", accounts = scheme.accounts())
        }
        Problem::Stale { by, at, added, removed, .. } => say!("{by} a modifié ce client le {short_moment} pendant que vous y travailliez{what}. Vos choix sont conservés\u{a0}: vérifiez-les, puis enregistrez de nouveau.", by, short_moment = at.short_moment(), what = changes(added, removed).map_or_else(String::new, |what| format!(" ({what})"))),
        Problem::Attachment(fault) => message::fault(*fault),
        Problem::Barred(bar) => message::bar(*bar),
        Problem::File(fault) => import::file(*fault),
        Problem::ColumnMissing(Column::Amount) => {
            t("Dites quelle colonne contient le montant, ou le numéro de sécurité sociale.").to_owned()
        }
        Problem::ColumnMissing(column) => {
            say!("Dites quelle colonne contient\u{a0}: {head}.", head = column.head())
        }
        Problem::ColumnTwice(column) => {
            say!("Deux colonnes sont indiquées comme\u{a0}: {head}. N’en gardez qu’une.", head = column.head())
        }
        Problem::Ended { by, at } => {
            say!("{by} a résilié cette inscription le {short_moment}. Il n’y a plus rien à modifier.", by, short_moment = at.short_moment())
        }
    }
}

/// How many tries are left, once few are.
fn tries(left: Option<u8>) -> String {
    match left {
        None => String::new(),
        Some(1) => t(" Il vous reste 1 essai avant une pause.").to_owned(),
        Some(left) => say!(" Il vous reste {left} essais avant une pause.", left),
    }
}

/// What stands in the way of a passkey, and what to do about it.
fn passkey(obstacle: Obstacle) -> String {
    match obstacle {
        Obstacle::Cancelled => {
            t("Rien n’a été fait\u{a0}: la demande a été annulée, ou personne n’y a répondu à temps. Recommencez quand vous voulez.")
        }
        Obstacle::Unsupported => {
            t("Ce navigateur n’utilise pas de clé d’accès, ou JavaScript y est désactivé. Essayez avec un autre, à jour.")
        }
        Obstacle::Elsewhere => {
            t("Les clés d’accès ne servent qu’à l’adresse habituelle du portail, et celle-ci en est une autre. Ouvrez le portail par son adresse habituelle.")
        }
        Obstacle::Known => {
            t("Cet appareil garde déjà une de vos clés d’accès\u{a0}: servez-vous de celle-là, ou choisissez un autre appareil.")
        }
        Obstacle::Full => {
            return say!("Vous avez déjà {most}\u{a0}: retirez-en une d’abord.", most = french::count(MOST as u64, "clé d’accès", "clés d’accès"));
        }
        Obstacle::Over => t("Trop de temps a passé. Recommencez."),
        Obstacle::Unusable => {
            t("Cette clé d’accès n’a pas pu être vérifiée, et n’est pas ajoutée. Recommencez, ou choisissez un autre appareil.")
        }
        Obstacle::Refused => {
            t("Cette clé d’accès n’ouvre rien ici. Essayez-en une autre, ou saisissez votre mot de passe.")
        }
    }
    .to_owned()
}

fn too_short(subject: Subject, got: usize, want: usize) -> String {
    match subject {
        Subject::Identifier => say!(
            "Il manque des chiffres\u{a0}: vous en avez saisi {got}, un Siren en compte {want}.",
            got,
            want
        ),
        Subject::AccountNumber => say!(
            "Ce numéro de compte est trop court\u{a0}: {got} caractères au lieu de 12 à 18.",
            got
        ),
        Subject::Nir => say!(
            "Il manque des chiffres\u{a0}: vous en avez saisi {got}, un numéro de sécurité sociale en compte {want} (13 sans la clé).",
            got,
            want
        ),
        Subject::Amount | Subject::Password | Subject::Other => {
            say!(
                "Il faut au moins {want} caractères\u{202f}; vous en avez saisi {got}.",
                want,
                got
            )
        }
    }
}

fn too_long(subject: Subject, got: usize, want: usize) -> String {
    match subject {
        Subject::Identifier => say!(
            "Il y a trop de chiffres\u{a0}: vous en avez saisi {got}, le plus long numéro de compte en a {want}.",
            got,
            want
        ),
        Subject::AccountNumber => {
            say!(
                "Ce numéro de compte est trop long\u{a0}: {got} caractères au lieu de 12 à 18.",
                got
            )
        }
        Subject::Nir => say!(
            "Il y a trop de chiffres\u{a0}: vous en avez saisi {got}, un numéro de sécurité sociale en compte {want}.",
            got,
            want
        ),
        Subject::Amount | Subject::Password | Subject::Other => {
            say!(
                "Il y a {got} caractères\u{202f}; {want} au plus sont acceptés.",
                got,
                want
            )
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
        _ => say!(
            "{hours} et {minutes}",
            hours = hours_told,
            minutes = minutes_told
        ),
    }
}

/// « ajouté : A, B ; retiré : C »; `None` when nothing changed.
pub fn changes(added: &[ServiceCode], removed: &[ServiceCode]) -> Option<String> {
    let list = |codes: &[ServiceCode]| {
        codes
            .iter()
            .map(|code| code.service().label())
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (added.is_empty(), removed.is_empty()) {
        (true, true) => None,
        (false, true) => Some(say!("ajouté\u{a0}: {added}", added = list(added))),
        (true, false) => Some(say!("retiré\u{a0}: {removed}", removed = list(removed))),
        (false, false) => Some(say!(
            "ajouté\u{a0}: {added}\u{202f}; retiré\u{a0}: {removed}",
            added = list(added),
            removed = list(removed)
        )),
    }
}

/// One line about something that happened.
pub fn happening(what: &Happening) -> String {
    match what {
        Happening::Enrolled(services) => {
            let count = services.len() as u64;
            say!(
                "Inscription, avec {count}",
                count = french::count(count, "service", "services")
            )
        }
        Happening::Changed { added, removed } => match changes(added, removed) {
            Some(what) => say!("Services modifiés. {what}", what = capital(&what)),
            None => t("Enregistré sans changement").to_owned(),
        },
        Happening::Ended => t("Résiliation").to_owned(),
        Happening::Reviewed => t(REVIEWED).to_owned(),
        Happening::Own { before, after } => own_changes(before, after),
    }
}

/// What of the firm's own fields became what: « Référence : A 12 → A 13. Étiquettes : aucune → urgent. »
pub fn own_changes(before: &OwnTold, after: &OwnTold) -> String {
    let or_none = |text: &str, none: &str| if text.is_empty() { none } else { text }.to_owned();
    let fields = [
        (
            t("Référence"),
            [before, after].map(|own| or_none(&own.reference, t("aucune"))),
        ),
        (
            t("Étiquettes"),
            [before, after].map(|own| or_none(&own.labels.join(", "), t("aucune"))),
        ),
        (
            t("En charge"),
            [before, after].map(|own| {
                own.in_charge
                    .clone()
                    .unwrap_or_else(|| t("aucun membre").to_owned())
            }),
        ),
    ];
    let changed: Vec<String> = fields
        .into_iter()
        .filter(|(_, [before, after])| before != after)
        .map(|(name, [before, after])| format!("{name}\u{a0}: {before} → {after}."))
        .collect();
    if changed.is_empty() {
        return t("Enregistré sans changement").to_owned();
    }
    changed.join(" ")
}

/// What a confirmed mandate is told by, in a client's history and in the journal.
pub const REVIEWED: &str = n("Mandat revu");
/// By which a mandate is confirmed, in the review and on a client's page.
pub const STILL_VALID: &str = n("Le mandat est toujours valable");
/// What the filter and its chip call the mandates that the review walks through.
pub const TO_REVIEW: &str = n("Mandat à revoir (non revu depuis un an)");
/// Who of the firm sees to a client.
pub const IN_CHARGE: &str = n("Personne en charge");

/// The question of « Résilier », to the letter of the card.
pub fn confirm_termination(held: &HolderScheme) -> String {
    let of = match &held.holder {
        crate::holder::Holder::Siren(siren) => say!("du siren {siren}", siren),
        crate::holder::Holder::Account(number) => say!("du compte {number}", number),
    };
    say!(
        "Veuillez confirmer la suppression immédiate de l'inscription {accounts} {of}",
        accounts = held.scheme.accounts(),
        of
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
