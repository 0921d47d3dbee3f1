//! What an address says that was just done.

use super::{param, part};

/// What was just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Shown again who one is.
    Confirmed,
    /// Chosen a new password.
    Password,
    /// Ended sessions.
    Sessions,
    /// Written the recovery codes down.
    Codes,
    /// Removed the application.
    Removed,
    /// Saved services that were saved already.
    Nothing,
    /// Added a passkey.
    KeyAdded,
    /// Removed one.
    KeyRemoved,
    /// Saved the firm's own fields of a client.
    Own,
    /// Said of a client that its mandate still holds.
    Reviewed,
    /// Nothing: somebody has changed the client meanwhile.
    Moved,
    /// Chosen the services of a client of the review.
    Services,
    /// Ended the enrolment of a client of the review.
    Ended,
    /// Asked for a file while too many were on their way.
    Busy,
    /// Asked for a number to be shown.
    Shown,
    /// Invited a client to make its own account.
    Invited,
    /// Taken the invitation back.
    InvitationCancelled,
    /// Let one's own account see one more.
    Attached,
    /// Taken back a service of a firm.
    ServiceWithdrawn,
    /// Taken back the mandate of a firm.
    MandateWithdrawn,
    /// Taken back what was taken back already.
    Withdrawn,
    /// Asked for another e-mail address.
    EmailAsked,
    /// Confirmed it.
    Email,
    /// Fetched an attestation de vigilance.
    Attested,
    /// Asked for one that is refused.
    NotAttested,
    /// Asked for the attestations of more clients than are fetched at once.
    TooManyAttestations,
    /// Made drafts of a file of postings.
    Drafts,
    /// Said when a client declares.
    Rhythm,
    /// Chosen which messages one wants.
    Notices,
}

impl Done {
    const ALL: [Self; 29] = [
        Self::Confirmed,
        Self::Password,
        Self::Sessions,
        Self::Codes,
        Self::Removed,
        Self::Nothing,
        Self::KeyAdded,
        Self::KeyRemoved,
        Self::Own,
        Self::Reviewed,
        Self::Moved,
        Self::Services,
        Self::Ended,
        Self::Busy,
        Self::Shown,
        Self::Invited,
        Self::InvitationCancelled,
        Self::Attached,
        Self::ServiceWithdrawn,
        Self::MandateWithdrawn,
        Self::Withdrawn,
        Self::EmailAsked,
        Self::Email,
        Self::Attested,
        Self::NotAttested,
        Self::TooManyAttestations,
        Self::Drafts,
        Self::Rhythm,
        Self::Notices,
    ];

    /// As an address says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmation",
            Self::Password => "mot-de-passe",
            Self::Sessions => "sessions",
            Self::Codes => "codes",
            Self::Removed => "retrait",
            Self::Nothing => "rien",
            Self::KeyAdded => "cle",
            Self::KeyRemoved => "cle-retiree",
            Self::Own => "suivi",
            Self::Reviewed => "revu",
            Self::Moved => "modifie",
            Self::Services => "services",
            Self::Ended => "resiliation",
            Self::Busy => "occupe",
            Self::Shown => "numero",
            Self::Invited => "invitation",
            Self::InvitationCancelled => "invitation-annulee",
            Self::Attached => "rattachement",
            Self::ServiceWithdrawn => "service-retire",
            Self::MandateWithdrawn => "mandat-retire",
            Self::Withdrawn => "deja-retire",
            Self::EmailAsked => "adresse-demandee",
            Self::Email => "adresse",
            Self::Attested => "attestation",
            Self::NotAttested => "sans-attestation",
            Self::TooManyAttestations => "attestations",
            Self::Drafts => "brouillons",
            Self::Rhythm => "echeances",
            Self::Notices => "courriels",
        }
    }

    /// What a query string says that was just done.
    pub fn of(query: &str) -> Option<Self> {
        let code = part(query, param::DONE)?;
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}
