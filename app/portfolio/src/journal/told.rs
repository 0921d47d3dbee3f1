//! What an entry says: one line of French.

use super::What;
use crate::{catalogue::ServiceCode, french, holder::Holder, wording};

impl What {
    /// One line about it.
    #[expect(clippy::too_many_lines, reason = "one arm for each thing that happens")]
    pub fn told(&self) -> String {
        match self {
            Self::SignedIn(means) => format!("Connexion ({})", means.label()),
            Self::PasswordRight => "Mot de passe juste, seconde preuve attendue".to_owned(),
            Self::SignInRefused { paused: false } => "Connexion refusée".to_owned(),
            Self::SignInRefused { paused: true } => "Connexion refusée (trop d’essais)".to_owned(),
            Self::CodeRefused { paused: false } => "Code refusé".to_owned(),
            Self::CodeRefused { paused: true } => "Code refusé (trop d’essais)".to_owned(),
            Self::SignedOut => "Déconnexion".to_owned(),
            Self::SessionsEnded(count) => format!(
                "{} fermée{}",
                french::count(u64::from(*count), "session", "sessions"),
                if *count > 1 { "s" } else { "" }
            ),
            Self::Confirmed(means) => format!("Identité confirmée ({})", means.label()),
            Self::ConfirmationRefused => "Confirmation d’identité refusée".to_owned(),
            Self::ResetAsked => "Nouveau mot de passe demandé par courriel".to_owned(),
            Self::ResetSent => "Lien pour un nouveau mot de passe envoyé".to_owned(),
            Self::PasswordChanged { by_message: false } => "Mot de passe changé".to_owned(),
            Self::PasswordChanged { by_message: true } => {
                "Mot de passe changé par le lien reçu".to_owned()
            }
            Self::FactorAdded(means) => {
                format!("Moyen de connexion ajouté\u{a0}: {}", means.label())
            }
            Self::FactorRemoved(means) => {
                format!("Moyen de connexion retiré\u{a0}: {}", means.label())
            }
            Self::PasskeyAdded { name } => format!("Clé d’accès ajoutée\u{a0}: {name}"),
            Self::PasskeyRemoved { name } => format!("Clé d’accès retirée\u{a0}: {name}"),
            Self::RecoveryCodesMade => "Codes de secours renouvelés".to_owned(),
            Self::FirmAdded => "Cabinet ajouté par l’organisme".to_owned(),
            Self::OfficerAdded => "Agent ajouté".to_owned(),
            Self::MemberAdded(role) => format!(
                "Membre ajouté par l’organisme ({})",
                role.label().to_lowercase()
            ),
            Self::MemberInvited(role) => format!("Invitation ({})", role.label().to_lowercase()),
            Self::InvitationRefused => "Invitation refusée\u{a0}: adresse déjà utilisée".to_owned(),
            Self::MemberJoined => "Invitation acceptée".to_owned(),
            Self::RoleChanged { before, after } => format!(
                "Rôle changé\u{a0}: {} → {}",
                before.label().to_lowercase(),
                after.label().to_lowercase()
            ),
            Self::MemberSuspended => "Accès suspendu".to_owned(),
            Self::MemberRestored => "Accès rétabli".to_owned(),
            Self::MemberRemoved => "Membre retiré".to_owned(),
            Self::SecondFactorAsked(true) => "Seconde preuve rendue obligatoire".to_owned(),
            Self::SecondFactorAsked(false) => "Seconde preuve rendue facultative".to_owned(),
            Self::ProofRefused { holder, paused } => {
                let of = match holder {
                    Holder::Siren(siren) => format!("siren {siren}"),
                    Holder::Account(number) => format!("compte {number}"),
                };
                let paused = if *paused { " (trop d’essais)" } else { "" };
                format!("Justification du mandat refusée{paused}\u{a0}: {of}")
            }
            Self::Enrolled { services, .. } => format!("Inscription, avec {}", counted(services)),
            Self::ServicesChanged { before, after } => {
                match wording::changes(&lacking(after, before), &lacking(before, after)) {
                    Some(what) => format!("Services modifiés. {}", wording::capital(&what)),
                    None => "Enregistré sans changement".to_owned(),
                }
            }
            Self::Ended { .. } => "Résiliation".to_owned(),
            Self::FileAdded { added, refused } => format!(
                "Fichier ajouté\u{a0}: {}, {}",
                french::count(u64::from(*added), "client ajouté", "clients ajoutés"),
                french::count(u64::from(*refused), "ligne refusée", "lignes refusées")
            ),
            Self::FileStopped { failed } => format!(
                "Fichier arrêté\u{a0}: {} en un jour",
                french::count(
                    u64::from(*failed),
                    "justification refusée",
                    "justifications refusées"
                )
            ),
            Self::OwnChanged { before, after } => wording::own_changes(before, after),
            Self::Reviewed => wording::REVIEWED.to_owned(),
            Self::LabelMade(name) => format!("Étiquette créée\u{a0}: {name}"),
            Self::LabelRenamed { before, after } => {
                format!("Étiquette renommée\u{a0}: {before} → {after}")
            }
            Self::LabelDeleted { name, clients } => format!(
                "Étiquette supprimée\u{a0}: {name} ({})",
                french::count(*clients, "client", "clients")
            ),
            Self::BulkDone {
                told,
                changed,
                same,
                left,
                stopped,
            } => of_many(told, [*changed, *same, *left], *stopped),
            Self::ModelMade { name, services } => {
                format!("Modèle créé\u{a0}: {name} ({})", counted(services))
            }
            Self::ModelChanged {
                name,
                before,
                after,
            } => model_changed(name, before, after),
            Self::ModelDeleted(name) => format!("Modèle supprimé\u{a0}: {name}"),
            Self::ClientsExported {
                clients,
                list,
                format,
            } => exported(*clients, list.as_deref(), format),
            Self::LeftExported { clients } => format!(
                "Clients écartés d’une modification exportés ({})",
                french::count(*clients, "ligne", "lignes")
            ),
            Self::KeyReplaced => "Clé du portail remplacée par l’organisme".to_owned(),
            Self::RefusedLinesExported { lines } => format!(
                "Lignes refusées d’un fichier téléchargées ({})",
                french::count(*lines, "ligne", "lignes")
            ),
            Self::JournalExported { entries } => format!(
                "Journal exporté ({})",
                french::count(*entries, "ligne", "lignes")
            ),
            Self::Mobility { what, .. } => {
                format!("{} (travail à l’étranger)", what.told())
            }
            Self::MobilityDiscarded => "Brouillon abandonné (travail à l’étranger)".to_owned(),
            Self::MobilityFile { requests } => format!(
                "{} depuis un fichier (travail à l’étranger)",
                french::count(*requests, "demande commencée", "demandes commencées")
            ),
            Self::NirRevealed { .. } => {
                "Numéro de sécurité sociale affiché (travail à l’étranger)".to_owned()
            }
            Self::MobilityExported { requests } => format!(
                "Demandes de mobilité exportées ({})",
                french::count(*requests, "ligne", "lignes")
            ),
            Self::AttestationIssued { until } => {
                format!(
                    "Attestation de vigilance obtenue, valable jusqu’au {}",
                    until.long()
                )
            }
            Self::AttestationsFetched { clients } => format!(
                "Attestations de vigilance de la sélection demandées ({})",
                french::count(*clients, "client", "clients")
            ),
            Self::MessageSent { files: 0, .. } => "Message envoyé".to_owned(),
            Self::MessageSent { files, .. } => format!(
                "Message envoyé, avec {}",
                french::count(u64::from(*files), "pièce jointe", "pièces jointes")
            ),
            Self::AttachmentFetched { .. } => "Pièce jointe d’un message téléchargée".to_owned(),
            Self::ThreadClosed { closed: true, .. } => "Conversation close".to_owned(),
            Self::ThreadClosed { closed: false, .. } => "Conversation rouverte".to_owned(),
            Self::RhythmChosen(Some(rhythm)) => format!("Échéances\u{a0}: {}", rhythm.label()),
            Self::RhythmChosen(None) => "Échéances habituelles rétablies".to_owned(),
            Self::FeedMade => "Adresse d’agenda créée".to_owned(),
            Self::FeedRevoked => "Adresse d’agenda révoquée".to_owned(),
            Self::NoticeWanted {
                notice,
                wanted,
                by_message,
            } => format!(
                "Courriels {}{}\u{a0}: {}",
                if *wanted { "repris" } else { "arrêtés" },
                if *by_message {
                    " par le lien d’un courriel"
                } else {
                    ""
                },
                notice.label()
            ),
            Self::AddressGood => "Adresse de courriel confirmée".to_owned(),
            Self::FirmSuspended(true) => "Accès du cabinet suspendu par l’organisme".to_owned(),
            Self::OfClient(what) => what.told(),
            Self::FirmSuspended(false) => "Accès du cabinet rétabli par l’organisme".to_owned(),
        }
    }
}

fn of_many(told: &str, [changed, same, left]: [u64; 3], stopped: bool) -> String {
    let stopped = if stopped { ", arrêtée" } else { "" };
    format!(
        "Modification en nombre{stopped}\u{a0}: {told} ({}, {}, {})",
        french::count(changed, "client modifié", "clients modifiés"),
        french::count(same, "inchangé", "inchangés"),
        french::count(left, "écarté", "écartés")
    )
}

fn counted(services: &[ServiceCode]) -> String {
    french::count(services.len() as u64, "service", "services")
}

fn model_changed(name: &str, before: &[ServiceCode], after: &[ServiceCode]) -> String {
    let changed = wording::changes(&lacking(after, before), &lacking(before, after));
    let changed = changed.map_or_else(String::new, |what| format!(" ({what})"));
    format!("Modèle modifié\u{a0}: {name}{changed}")
}

fn exported(clients: u64, list: Option<&str>, format: &str) -> String {
    let of = match list {
        None => "la sélection".to_owned(),
        Some("") => "tout le portefeuille".to_owned(),
        Some(list) => format!("la liste {list}"),
    };
    let lines = french::count(clients, "ligne", "lignes");
    format!("Clients exportés ({lines}, {format})\u{a0}: {of}")
}

/// The services of a list that another one lacks.
fn lacking(list: &[ServiceCode], other: &[ServiceCode]) -> Vec<ServiceCode> {
    list.iter()
        .filter(|code| !other.contains(code))
        .copied()
        .collect()
}
