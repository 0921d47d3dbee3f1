//! What the journal says of a client's own account, in its own house's journal and in that of a firm that manages it.

use super::Topic;
use crate::{catalogue::ServiceCode, language::t, say, wording};
use serde::{Deserialize, Serialize};

/// Something about a client's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OfClient {
    /// A firm invited the client to make its own account.
    Invited,
    /// The invitation was sent again, by a new link.
    InvitedAgain,
    /// The firm took the invitation back.
    InvitationCancelled,
    /// The client refused it.
    InvitationRefused,
    /// The client accepted it.
    InvitationAccepted,
    /// The account was made.
    Joined,
    /// Somebody who was not signed in proved whose account it is, and was sent a link to make the client's own account.
    Asked,
    /// Somebody who was not signed in failed to prove it.
    ProofRefused {
        /// Whether it brought about a pause.
        paused: bool,
    },
    /// The house may see another scheme of a holder.
    Attached,
    /// The client switched services of a firm off.
    ServicesWithdrawn {
        /// What they were.
        before: Vec<ServiceCode>,
        /// What they are.
        after: Vec<ServiceCode>,
    },
    /// The client ended the mandate of a firm.
    MandateWithdrawn {
        /// The services that it had.
        before: Vec<ServiceCode>,
    },
    /// Another e-mail address was asked for.
    EmailAsked,
    /// It was confirmed.
    EmailChanged,
}

impl OfClient {
    /// What it is chosen by.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::EmailAsked | Self::EmailChanged => Topic::Security,
            _ => Topic::Clients,
        }
    }

    /// Whether the client did it: a firm's journal has no member for that.
    pub const fn by_client(&self) -> bool {
        matches!(
            self,
            Self::InvitationRefused
                | Self::InvitationAccepted
                | Self::ServicesWithdrawn { .. }
                | Self::MandateWithdrawn { .. }
        )
    }

    /// Whether somebody did it who was not signed in.
    pub const fn by_stranger(&self) -> bool {
        matches!(self, Self::Asked | Self::ProofRefused { .. })
    }

    /// In words.
    pub fn told(&self) -> String {
        let plain = match self {
            Self::Invited => t("Titulaire invité à créer son compte en ligne"),
            Self::InvitedAgain => t("Invitation du titulaire renvoyée"),
            Self::InvitationCancelled => t("Invitation du titulaire annulée"),
            Self::InvitationRefused => t("Invitation refusée par le titulaire"),
            Self::InvitationAccepted => t("Invitation acceptée par le titulaire"),
            Self::Joined => t("Compte en ligne du titulaire ouvert"),
            Self::Asked => t("Création d’un compte en ligne demandée, mandat justifié"),
            Self::ProofRefused { paused: false } => {
                t("Création d’un compte en ligne refusée\u{a0}: informations inexactes")
            }
            Self::ProofRefused { paused: true } => {
                t("Création d’un compte en ligne refusée\u{a0}: informations inexactes, pause")
            }
            Self::Attached => t("Compte cotisant rattaché"),
            Self::ServicesWithdrawn { before, after } => {
                let gone: Vec<_> = before
                    .iter()
                    .filter(|code| !after.contains(code))
                    .copied()
                    .collect();
                let told = wording::changes(&[], &gone);
                return told.map_or_else(
                    || t("Services retirés par le titulaire").to_owned(),
                    |told| say!("Services retirés par le titulaire\u{a0}: {told}", told),
                );
            }
            Self::MandateWithdrawn { .. } => t("Mandat retiré par le titulaire"),
            Self::EmailAsked => t("Changement d’adresse électronique demandé"),
            Self::EmailChanged => t("Adresse électronique changée"),
        };
        plain.to_owned()
    }
}
