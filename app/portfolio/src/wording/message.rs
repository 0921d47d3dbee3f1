//! The sentences about messages.

use crate::language::t;
use crate::message::{
    MOST_MESSAGES,
    file::{FileFault, MOST_BYTES, MOST_FILES, MOST_TOGETHER},
    side::Bar,
    view::size,
};
use crate::say;

/// What may be attached.
pub fn attachments() -> String {
    say!(
        "PDF, image PNG ou JPEG, classeur .xlsx, CSV ou texte\u{a0}: {most_files}\u{a0}fichiers au plus, {most_bytes} chacun et {most_together} ensemble.",
        most_files = MOST_FILES,
        most_bytes = megabytes(MOST_BYTES),
        most_together = megabytes(MOST_TOGETHER)
    )
}

fn megabytes(bytes: usize) -> String {
    size(bytes as u64).replace(",0", "")
}

/// Why attachments are not taken, and what to do.
pub fn fault(fault: FileFault) -> String {
    match fault {
        FileFault::Kind => {
            t("Un des fichiers n’est d’aucun format accepté. Joignez un PDF, une image PNG ou JPEG, un classeur .xlsx sans macro, un CSV ou un texte.").to_owned()
        }
        FileFault::Empty => t("Un des fichiers est vide. Choisissez-en un autre.").to_owned(),
        FileFault::TooLarge => say!("Un des fichiers dépasse {most_bytes}. Réduisez-le ou envoyez-le en plusieurs parties.", most_bytes = megabytes(MOST_BYTES)),
        FileFault::TooLargeTogether => say!("Les fichiers dépassent ensemble {most_together}. Répartissez-les dans plusieurs messages.", most_together = megabytes(MOST_TOGETHER)),
        FileFault::TooMany => say!("Un message porte {most_files}\u{a0}fichiers au plus. Répartissez-les dans plusieurs messages.", most_files = MOST_FILES),
        FileFault::Unreadable => {
            t("Ce qui a été envoyé n’a pas pu être lu. Choisissez de nouveau les fichiers, puis réessayez.").to_owned()
        }
        FileFault::Busy => t("Plusieurs envois sont en cours. Réessayez dans un instant.").to_owned(),
    }
}

/// What keeps somebody from writing, and what to do.
pub fn bar(bar: Bar) -> String {
    match bar {
        Bar::Reads => t("Votre rôle dans le cabinet permet de lire les messages, pas d’en écrire.").to_owned(),
        Bar::NoService => {
            t("Ce client n’a pas le service «\u{a0}Échanger par la messagerie sécurisée\u{a0}». Ajoutez-le sur la page du client pour écrire à l’organisme.").to_owned()
        }
        Bar::Ended => t("Le mandat du cabinet est terminé\u{a0}: la conversation reste lisible, et plus personne n’y écrit.").to_owned(),
        Bar::Closed => t("L’organisme a clos cette conversation. Pour une autre question, commencez-en une nouvelle.").to_owned(),
        Bar::Full => say!("Cette conversation compte {most_messages}\u{a0}messages, le maximum. Commencez-en une nouvelle.", most_messages = MOST_MESSAGES),
        Bar::NoClient => t("Ce client n’a pas encore de compte sur le portail.").to_owned(),
        Bar::NoFirm => t("Aucun cabinet ne gère ce compte.").to_owned(),
        Bar::SeveralFirms => {
            t("Plusieurs cabinets gèrent ce compte\u{a0}: répondez à celui qui vous écrit, ou écrivez à l’organisme.").to_owned()
        }
        Bar::Flooded => t("Le nombre de messages permis en un jour est atteint. Votre saisie est conservée\u{a0}: envoyez-la demain.").to_owned(),
    }
}
