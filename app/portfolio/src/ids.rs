//! Typed identities: a firm's id is never taken for a client's.

use crate::origin::Origin;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.hyphenated().fmt(f) }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { Uuid::try_parse(text).map(Self) }
        }
    };
}

id!(
    /// An accountants' firm (« cabinet »).
    FirmId
);
id!(
    /// A person who signs in for a firm (« collaborateur »).
    MemberId
);
id!(
    /// An enrolment (« inscription »): a firm manages a scheme of a holder, from a date to a date.
    EnrolmentId
);
id!(
    /// An enrolment in the making: from « Inscrire » to « Enregistrer ».
    DraftId
);
id!(
    /// A file of clients that was sent.
    ImportId
);

id!(
    /// A request of « Travailler à l'étranger » (« demande de mobilité »).
    MobilityId
);
id!(
    /// Somebody whom a client sends abroad (« personne détachée »).
    WorkerId
);
id!(
    /// A file of postings that was sent.
    PostingsId
);
id!(
    /// Somebody of the body who decides requests (« agent »).
    OfficerId
);

id!(
    /// A link by which a client makes its own account (« invitation »).
    InvitationId
);
id!(
    /// A session (« connexion en cours »), for its owner to end it by.
    SessionId
);
id!(
    /// A label of a firm (« étiquette »).
    LabelId
);
id!(
    /// A list that a member has saved (« vue »).
    ViewId
);

id!(
    /// A passkey (« clé d’accès »), for its owner to remove it by.
    PasskeyId
);

id!(
    /// A question to a browser about a passkey, answered once.
    CeremonyId
);

id!(
    /// A list of recovery codes as a page showed it, for its owner to say that it is written down.
    ListId
);

id!(
    /// A change of many clients at once (« modification en nombre »).
    BulkId
);

id!(
    /// An attestation de vigilance that was issued.
    AttestationId
);

id!(
    /// A model of services (« modèle »).
    ModelId
);

id!(
    /// A conversation about an account (« conversation »).
    ThreadId
);
id!(
    /// What is attached to a message (« pièce jointe »).
    AttachmentId
);

/// Who is asking, for what people do to their own access: members of firms and officers of the body alike. It opens nobody's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oneself {
    /// The firm or the body that the person is of: whose journal it is written in.
    pub house: FirmId,
    /// Who.
    pub member: MemberId,
    /// Where from.
    pub from: Origin,
}

/// Who is asking: minted by the session layer alone, from a session that is in force. Every port method that touches a firm's
/// data takes it first, so that a query without a firm does not compile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The firm whose data may be seen.
    pub firm: FirmId,
    /// The member who acts.
    pub member: MemberId,
    /// Where from.
    pub from: Origin,
}
