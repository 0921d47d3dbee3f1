//! What an entry says: one line of French.

use super::What;
use crate::{catalogue::ServiceCode, french, holder::Holder, language::t, say, wording};

impl What {
    /// One line about it.
    #[expect(clippy::too_many_lines, reason = "one arm for each thing that happens")]
    pub fn told(&self) -> String {
        match self {
            Self::SignedIn(means) => say!("Connexion ({means})", means = means.label()),
            Self::PasswordRight => t("Mot de passe juste, seconde preuve attendue").to_owned(),
            Self::SignInRefused { paused: false } => t("Connexion refusée").to_owned(),
            Self::SignInRefused { paused: true } => {
                t("Connexion refusée (trop d’essais)").to_owned()
            }
            Self::CodeRefused { paused: false } => t("Code refusé").to_owned(),
            Self::CodeRefused { paused: true } => t("Code refusé (trop d’essais)").to_owned(),
            Self::SignedOut => t("Déconnexion").to_owned(),
            Self::SessionsEnded(count) => {
                french::count(u64::from(*count), "session fermée", "sessions fermées")
            }
            Self::Confirmed(means) => say!("Identité confirmée ({means})", means = means.label()),
            Self::ConfirmationRefused => t("Confirmation d’identité refusée").to_owned(),
            Self::ResetAsked => t("Nouveau mot de passe demandé par courriel").to_owned(),
            Self::ResetSent => t("Lien pour un nouveau mot de passe envoyé").to_owned(),
            Self::PasswordChanged { by_message: false } => t("Mot de passe changé").to_owned(),
            Self::PasswordChanged { by_message: true } => {
                t("Mot de passe changé par le lien reçu").to_owned()
            }
            Self::FactorAdded(means) => {
                say!(
                    "Moyen de connexion ajouté\u{a0}: {means}",
                    means = means.label()
                )
            }
            Self::FactorRemoved(means) => {
                say!(
                    "Moyen de connexion retiré\u{a0}: {means}",
                    means = means.label()
                )
            }
            Self::PasskeyAdded { name } => say!("Clé d’accès ajoutée\u{a0}: {name}", name),
            Self::PasskeyRemoved { name } => say!("Clé d’accès retirée\u{a0}: {name}", name),
            Self::RecoveryCodesMade => t("Codes de secours renouvelés").to_owned(),
            Self::FirmAdded => t("Cabinet ajouté par l’organisme").to_owned(),
            Self::OfficerAdded => t("Agent ajouté").to_owned(),
            Self::MemberAdded(role) => say!(
                "Membre ajouté par l’organisme ({to_lowercase})",
                to_lowercase = role.label().to_lowercase()
            ),
            Self::MemberInvited(role) => say!(
                "Invitation ({to_lowercase})",
                to_lowercase = role.label().to_lowercase()
            ),
            Self::InvitationRefused => {
                t("Invitation refusée\u{a0}: adresse déjà utilisée").to_owned()
            }
            Self::MemberJoined => t("Invitation acceptée").to_owned(),
            Self::RoleChanged { before, after } => say!(
                "Rôle changé\u{a0}: {to_lowercase} → {to_lowercase2}",
                to_lowercase = before.label().to_lowercase(),
                to_lowercase2 = after.label().to_lowercase()
            ),
            Self::MemberSuspended => t("Accès suspendu").to_owned(),
            Self::MemberRestored => t("Accès rétabli").to_owned(),
            Self::MemberRemoved => t("Membre retiré").to_owned(),
            Self::SecondFactorAsked(true) => t("Seconde preuve rendue obligatoire").to_owned(),
            Self::SecondFactorAsked(false) => t("Seconde preuve rendue facultative").to_owned(),
            Self::ProofRefused { holder, paused } => {
                let of = match holder {
                    Holder::Siren(siren) => say!("siren {siren}", siren),
                    Holder::Account(number) => say!("compte {number}", number),
                };
                let paused = if *paused { t(" (trop d’essais)") } else { "" };
                say!(
                    "Justification du mandat refusée{paused}\u{a0}: {of}",
                    paused,
                    of
                )
            }
            Self::Enrolled { services, .. } => {
                say!("Inscription, avec {services}", services = counted(services))
            }
            Self::ServicesChanged { before, after } => {
                match wording::changes(&lacking(after, before), &lacking(before, after)) {
                    Some(what) => say!("Services modifiés. {what}", what = wording::capital(&what)),
                    None => t("Enregistré sans changement").to_owned(),
                }
            }
            Self::Ended { .. } => t("Résiliation").to_owned(),
            Self::FileAdded { added, refused } => say!(
                "Fichier ajouté\u{a0}: {added}, {refused}",
                added = french::count(u64::from(*added), "client ajouté", "clients ajoutés"),
                refused = french::count(u64::from(*refused), "ligne refusée", "lignes refusées")
            ),
            Self::FileStopped { failed } => say!(
                "Fichier arrêté\u{a0}: {failed} en un jour",
                failed = french::count(
                    u64::from(*failed),
                    "justification refusée",
                    "justifications refusées"
                )
            ),
            Self::OwnChanged { before, after } => wording::own_changes(before, after),
            Self::Reviewed => t(wording::REVIEWED).to_owned(),
            Self::LabelMade(name) => say!("Étiquette créée\u{a0}: {name}", name),
            Self::LabelRenamed { before, after } => {
                say!(
                    "Étiquette renommée\u{a0}: {before} → {after}",
                    before,
                    after
                )
            }
            Self::LabelDeleted { name, clients } => say!(
                "Étiquette supprimée\u{a0}: {name} ({clients})",
                name,
                clients = french::count(*clients, "client", "clients")
            ),
            Self::BulkDone {
                told,
                changed,
                same,
                left,
                stopped,
            } => of_many(told, [*changed, *same, *left], *stopped),
            Self::ModelMade { name, services } => {
                say!(
                    "Modèle créé\u{a0}: {name} ({services})",
                    name,
                    services = counted(services)
                )
            }
            Self::ModelChanged {
                name,
                before,
                after,
            } => model_changed(name, before, after),
            Self::ModelDeleted(name) => say!("Modèle supprimé\u{a0}: {name}", name),
            Self::ClientsExported {
                clients,
                list,
                format,
            } => exported(*clients, list.as_deref(), format),
            Self::LeftExported { clients } => say!(
                "Clients écartés d’une modification exportés ({clients})",
                clients = french::count(*clients, "ligne", "lignes")
            ),
            Self::KeyReplaced => t("Clé du portail remplacée par l’organisme").to_owned(),
            Self::RefusedLinesExported { lines } => say!(
                "Lignes refusées d’un fichier téléchargées ({lines})",
                lines = french::count(*lines, "ligne", "lignes")
            ),
            Self::JournalExported { entries } => say!(
                "Journal exporté ({entries})",
                entries = french::count(*entries, "ligne", "lignes")
            ),
            Self::Mobility { what, .. } => {
                say!("{what} (travail à l’étranger)", what = what.told())
            }
            Self::MobilityDiscarded => t("Brouillon abandonné (travail à l’étranger)").to_owned(),
            Self::MobilityFile { requests } => say!(
                "{requests} depuis un fichier (travail à l’étranger)",
                requests = french::count(*requests, "demande commencée", "demandes commencées")
            ),
            Self::NirRevealed { .. } => {
                t("Numéro de sécurité sociale affiché (travail à l’étranger)").to_owned()
            }
            Self::MobilityExported { requests } => say!(
                "Demandes de mobilité exportées ({requests})",
                requests = french::count(*requests, "ligne", "lignes")
            ),
            Self::AttestationIssued { until } => {
                say!(
                    "Attestation de vigilance obtenue, valable jusqu’au {long}",
                    long = until.long()
                )
            }
            Self::AttestationsFetched { clients } => say!(
                "Attestations de vigilance de la sélection demandées ({clients})",
                clients = french::count(*clients, "client", "clients")
            ),
            Self::MessageSent { files: 0, .. } => t("Message envoyé").to_owned(),
            Self::MessageSent { files, .. } => say!(
                "Message envoyé, avec {files}",
                files = french::count(u64::from(*files), "pièce jointe", "pièces jointes")
            ),
            Self::AttachmentFetched { .. } => t("Pièce jointe d’un message téléchargée").to_owned(),
            Self::ThreadClosed { closed: true, .. } => t("Conversation close").to_owned(),
            Self::ThreadClosed { closed: false, .. } => t("Conversation rouverte").to_owned(),
            Self::RhythmChosen(Some(rhythm)) => {
                say!("Échéances\u{a0}: {rhythm}", rhythm = rhythm.label())
            }
            Self::RhythmChosen(None) => t("Échéances habituelles rétablies").to_owned(),
            Self::FeedMade => t("Adresse d’agenda créée").to_owned(),
            Self::FeedRevoked => t("Adresse d’agenda révoquée").to_owned(),
            Self::NoticeWanted {
                notice,
                wanted,
                by_message,
            } => {
                let notice = notice.label();
                match (*wanted, *by_message) {
                    (true, _) => say!("Courriels repris\u{a0}: {notice}", notice),
                    (false, false) => say!("Courriels arrêtés\u{a0}: {notice}", notice),
                    (false, true) => say!(
                        "Courriels arrêtés par le lien d’un courriel\u{a0}: {notice}",
                        notice
                    ),
                }
            }
            Self::AddressGood => t("Adresse de courriel confirmée").to_owned(),
            Self::FirmSuspended(true) => t("Accès du cabinet suspendu par l’organisme").to_owned(),
            Self::OfClient(what) => what.told(),
            Self::FirmSuspended(false) => t("Accès du cabinet rétabli par l’organisme").to_owned(),
        }
    }
}

fn of_many(told: &str, [changed, same, left]: [u64; 3], stopped: bool) -> String {
    let stopped = if stopped { t(", arrêtée") } else { "" };
    say!(
        "Modification en nombre{stopped}\u{a0}: {told} ({changed}, {same}, {left})",
        stopped,
        told,
        changed = french::count(changed, "client modifié", "clients modifiés"),
        same = french::count(same, "inchangé", "inchangés"),
        left = french::count(left, "écarté", "écartés")
    )
}

fn counted(services: &[ServiceCode]) -> String {
    french::count(services.len() as u64, "service", "services")
}

fn model_changed(name: &str, before: &[ServiceCode], after: &[ServiceCode]) -> String {
    let changed = wording::changes(&lacking(after, before), &lacking(before, after));
    let changed = changed.map_or_else(String::new, |what| format!(" ({what})"));
    say!("Modèle modifié\u{a0}: {name}{changed}", name, changed)
}

fn exported(clients: u64, list: Option<&str>, format: &str) -> String {
    let of = match list {
        None => t("la sélection").to_owned(),
        Some("") => t("tout le portefeuille").to_owned(),
        Some(list) => say!("la liste {list}", list),
    };
    let lines = french::count(clients, "ligne", "lignes");
    say!(
        "Clients exportés ({lines}, {format})\u{a0}: {of}",
        lines,
        format,
        of
    )
}

/// The services of a list that another one lacks.
fn lacking(list: &[ServiceCode], other: &[ServiceCode]) -> Vec<ServiceCode> {
    list.iter()
        .filter(|code| !other.contains(code))
        .copied()
        .collect()
}
