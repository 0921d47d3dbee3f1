//! The journal: what happened, by whom, when and from where. Written for ever, read by the firm's administrators; it never holds a
//! secret, which its types have no place for.

mod of_client;
mod told;

pub use of_client::OfClient;

use crate::{
    calendar::Rhythm,
    catalogue::ServiceCode,
    client::OwnTold,
    holder::{Holder, HolderScheme},
    ids::{
        AttachmentId, EnrolmentId, FirmId, MemberId, MobilityId, OfficerId, Oneself, Scope,
        ThreadId, WorkerId,
    },
    language::t,
    letter::Notice,
    mobility::{day::Day, life::Happened},
    origin::Origin,
    permission::Role,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// What is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The firm whose journal it belongs to; none for a stranger's.
    pub firm: Option<FirmId>,
    /// Who did it; none for a stranger, and for those who run the portal.
    pub by: Option<MemberId>,
    /// From where.
    pub from: Origin,
    /// What it was done to.
    pub about: Option<About>,
    /// What was done.
    pub what: What,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A client.
    Client(EnrolmentId),
    /// A member of the firm.
    Member(MemberId),
}

impl Entry {
    /// Something that a member did.
    pub fn by(scope: &Scope, what: What) -> Self {
        Self {
            firm: Some(scope.firm),
            by: Some(scope.member),
            from: scope.from,
            about: None,
            what,
        }
    }

    /// Something that somebody did to their own access.
    pub fn by_oneself(me: &Oneself, what: What) -> Self {
        Self {
            firm: Some(me.house),
            by: Some(me.member),
            from: me.from,
            about: None,
            what,
        }
    }

    /// The same, done to something.
    #[must_use]
    pub fn about(self, about: About) -> Self {
        Self {
            about: Some(about),
            ..self
        }
    }
}

/// How somebody showed who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Means {
    /// A password.
    Password,
    /// A password, then a code of an application.
    Totp,
    /// A password, then a recovery code.
    Recovery,
    /// A passkey.
    Passkey,
}

impl Means {
    fn label(self) -> &'static str {
        match self {
            Self::Password => t("mot de passe"),
            Self::Totp => t("mot de passe et code d’application"),
            Self::Recovery => t("mot de passe et code de secours"),
            Self::Passkey => t("clé d’accès"),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Somebody signed in.
    SignedIn(Means),
    /// A right password, after which the second factor is waited for.
    PasswordRight,
    /// A wrong password.
    SignInRefused {
        /// Whether it brought about a pause.
        paused: bool,
    },
    /// A wrong code after a right password.
    CodeRefused {
        /// Whether it brought about a pause.
        paused: bool,
    },
    /// Signed out.
    SignedOut,
    /// Ended sessions of one's own, the present one or not.
    SessionsEnded(u32),
    /// Showed again who they are.
    Confirmed(Means),
    /// Failed to.
    ConfirmationRefused,
    /// Asked for a message to choose a new password.
    ResetAsked,
    /// Those who run the portal made a link to choose a new password.
    ResetSent,
    /// Chose a new password.
    PasswordChanged {
        /// Through a message, not knowing the old one.
        by_message: bool,
    },
    /// Added a means to sign in with.
    FactorAdded(Means),
    /// Removed one.
    FactorRemoved(Means),
    /// Added a passkey.
    PasskeyAdded {
        /// What its owner calls it.
        name: String,
    },
    /// Removed one.
    PasskeyRemoved {
        /// What its owner called it.
        name: String,
    },
    /// Made new recovery codes.
    RecoveryCodesMade,
    /// Those who run the portal added the firm.
    FirmAdded,
    /// Those who run the portal added a member.
    MemberAdded(Role),
    /// Those who run the portal added an officer of the body.
    OfficerAdded,
    /// An administrator invited somebody.
    MemberInvited(Role),
    /// An administrator invited somebody by an address that is taken, in this firm or another. Which address is not kept.
    InvitationRefused,
    /// The invited person chose a password.
    MemberJoined,
    /// An administrator changed a role.
    RoleChanged {
        /// What it was.
        before: Role,
        /// What it is.
        after: Role,
    },
    /// Closed a member's access.
    MemberSuspended,
    /// Opened it again.
    MemberRestored,
    /// Removed a member.
    MemberRemoved,
    /// Asked all members for a second factor, or no longer.
    SecondFactorAsked(bool),
    /// A proof of mandate failed.
    ProofRefused {
        /// Whose accounts were meant.
        holder: Holder,
        /// Whether it brought about a pause.
        paused: bool,
    },
    /// A client was enrolled.
    Enrolled {
        /// Whose accounts.
        held: HolderScheme,
        /// With these services.
        services: Vec<ServiceCode>,
    },
    /// A client's services were changed.
    ServicesChanged {
        /// What they were.
        before: Vec<ServiceCode>,
        /// What they are.
        after: Vec<ServiceCode>,
    },
    /// A client's enrolment was ended.
    Ended {
        /// The services that it had.
        before: Vec<ServiceCode>,
    },
    /// Clients of a file were added; each of them has an entry of its own besides.
    FileAdded {
        /// How many.
        added: u32,
        /// Lines that were refused.
        refused: u32,
    },
    /// Too many proofs of a file failed: the rest of it was not tried.
    FileStopped {
        /// How many failed within a day.
        failed: u32,
    },
    /// A client's own fields were changed.
    OwnChanged {
        /// What they were.
        before: OwnTold,
        /// What they are.
        after: OwnTold,
    },
    /// The mandate and the services of a client were looked through and found right.
    Reviewed,
    /// A label of the firm was made.
    LabelMade(String),
    /// A label got another name.
    LabelRenamed {
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// A label was deleted, and taken off these many clients.
    LabelDeleted {
        /// Its name.
        name: String,
        /// How many clients had it.
        clients: u64,
    },
    /// One change of many clients came to its end; what it did to each stands in entries of their own.
    BulkDone {
        /// What was done, in words.
        told: String,
        /// How many clients were changed.
        changed: u64,
        /// How many were so already.
        same: u64,
        /// How many were left alone.
        left: u64,
        /// Whether it was ended before it had come to all of them.
        stopped: bool,
    },
    /// A model of services was made.
    ModelMade {
        /// Its name.
        name: String,
        /// Its services.
        services: Vec<ServiceCode>,
    },
    /// A model of services was changed.
    ModelChanged {
        /// Its name.
        name: String,
        /// What its services were.
        before: Vec<ServiceCode>,
        /// What they are.
        after: Vec<ServiceCode>,
    },
    /// A model of services was deleted.
    ModelDeleted(String),
    /// Clients were exported.
    ClientsExported {
        /// How many.
        clients: u64,
        /// The list, as the query string of its address; none for the clients that were selected.
        list: Option<String>,
        /// The kind of file.
        format: String,
    },
    /// The clients that a change of many had left alone were exported.
    LeftExported {
        /// How many.
        clients: u64,
    },
    /// The key of the digests and of the journal was replaced by those who run the portal.
    KeyReplaced,
    /// The refused lines of a file of clients were fetched, with the numbers and amounts that stand in them.
    RefusedLinesExported {
        /// How many.
        lines: u64,
    },
    /// The journal was exported.
    JournalExported {
        /// How many entries.
        entries: u64,
    },
    /// Something became of a request to work abroad.
    Mobility {
        /// Which.
        id: MobilityId,
        /// What.
        what: Happened,
    },
    /// A draft of a request to work abroad was given up.
    MobilityDiscarded,
    /// Requests to work abroad were begun from a file.
    MobilityFile {
        /// How many.
        requests: u64,
    },
    /// Somebody looked at the NIR of somebody who works abroad.
    NirRevealed {
        /// Whose.
        worker: WorkerId,
        /// The officer who did, when none of the firm did.
        officer: Option<OfficerId>,
    },
    /// Requests to work abroad were exported.
    MobilityExported {
        /// How many.
        requests: u64,
    },
    /// An attestation de vigilance was issued.
    AttestationIssued {
        /// The last day on which it is good.
        until: Day,
    },
    /// Attestations de vigilance of the selected clients were fetched.
    AttestationsFetched {
        /// How many clients were selected.
        clients: u64,
    },
    /// A message was written about a client.
    MessageSent {
        /// In which conversation.
        thread: ThreadId,
        /// How many files were attached.
        files: u32,
        /// The officer who wrote it, when none of the firm did.
        officer: Option<OfficerId>,
    },
    /// What was attached to a message was fetched.
    AttachmentFetched {
        /// Which.
        id: AttachmentId,
        /// The officer who did, when none of the firm did.
        officer: Option<OfficerId>,
    },
    /// The body closed a conversation, or opened it again.
    ThreadClosed {
        /// Which.
        thread: ThreadId,
        /// Whether it was closed.
        closed: bool,
        /// Who did.
        officer: OfficerId,
    },
    /// The body closed the firm's access, or opened it again.
    FirmSuspended(bool),
    /// Something about a client's own account.
    OfClient(OfClient),
    /// Said when a client declares; none for the usual dates.
    RhythmChosen(Option<Rhythm>),
    /// Made an address for one's own calendar feed, in place of the one before.
    FeedMade,
    /// Made it good no longer.
    FeedRevoked,
    /// Wants a kind of message, or no longer.
    NoticeWanted {
        /// Which.
        notice: Notice,
        /// Whether it is wanted.
        wanted: bool,
        /// Said by the link of a message, not signed in.
        by_message: bool,
    },
    /// Said that an address to which messages could not be brought is good.
    AddressGood,
}

/// What entries are chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Topic {
    /// Who came in, and who did not.
    Access,
    /// Passwords and second factors.
    Security,
    /// Members.
    Members,
    /// Clients.
    Clients,
    /// Work abroad.
    Mobility,
    /// Exports.
    Exports,
}

impl Topic {
    /// All of them, as the page lists them.
    pub const ALL: [Self; 6] = [
        Self::Clients,
        Self::Mobility,
        Self::Access,
        Self::Security,
        Self::Members,
        Self::Exports,
    ];

    /// As tables and addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Access => "acces",
            Self::Security => "securite",
            Self::Members => "membres",
            Self::Clients => "clients",
            Self::Mobility => "mobilite",
            Self::Exports => "exports",
        }
    }

    /// The topic of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Access => t("Connexions"),
            Self::Security => t("Sécurité des accès"),
            Self::Members => t("Membres"),
            Self::Clients => t("Clients"),
            Self::Mobility => t("Travail à l’étranger"),
            Self::Exports => t("Exports"),
        }
    }
}

impl What {
    /// What it is chosen by.
    pub const fn topic(&self) -> Topic {
        match self {
            Self::SignedIn(_)
            | Self::PasswordRight
            | Self::SignInRefused { .. }
            | Self::CodeRefused { .. }
            | Self::SignedOut
            | Self::SessionsEnded(_)
            | Self::Confirmed(_)
            | Self::ConfirmationRefused => Topic::Access,
            Self::ResetAsked
            | Self::ResetSent
            | Self::PasswordChanged { .. }
            | Self::FactorAdded(_)
            | Self::FactorRemoved(_)
            | Self::PasskeyAdded { .. }
            | Self::PasskeyRemoved { .. }
            | Self::RecoveryCodesMade
            | Self::FeedMade
            | Self::FeedRevoked
            | Self::NoticeWanted { .. }
            | Self::AddressGood
            | Self::KeyReplaced => Topic::Security,
            Self::FirmAdded
            | Self::MemberAdded(_)
            | Self::OfficerAdded
            | Self::MemberInvited(_)
            | Self::InvitationRefused
            | Self::MemberJoined
            | Self::RoleChanged { .. }
            | Self::MemberSuspended
            | Self::MemberRestored
            | Self::MemberRemoved
            | Self::SecondFactorAsked(_)
            | Self::FirmSuspended(_) => Topic::Members,
            Self::MessageSent { .. }
            | Self::AttachmentFetched { .. }
            | Self::ThreadClosed { .. }
            | Self::ProofRefused { .. }
            | Self::Enrolled { .. }
            | Self::ServicesChanged { .. }
            | Self::Ended { .. }
            | Self::FileAdded { .. }
            | Self::FileStopped { .. }
            | Self::OwnChanged { .. }
            | Self::Reviewed
            | Self::RhythmChosen(_)
            | Self::LabelMade(_)
            | Self::LabelRenamed { .. }
            | Self::LabelDeleted { .. }
            | Self::BulkDone { .. }
            | Self::ModelMade { .. }
            | Self::ModelChanged { .. }
            | Self::ModelDeleted(_)
            | Self::AttestationIssued { .. } => Topic::Clients,
            Self::Mobility { .. }
            | Self::MobilityDiscarded
            | Self::MobilityFile { .. }
            | Self::NirRevealed { .. } => Topic::Mobility,
            Self::ClientsExported { .. }
            | Self::LeftExported { .. }
            | Self::RefusedLinesExported { .. }
            | Self::JournalExported { .. }
            | Self::MobilityExported { .. }
            | Self::AttestationsFetched { .. } => Topic::Exports,
            Self::OfClient(what) => what.topic(),
        }
    }
}

/// One entry as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its number: without a gap over all firms.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who, if it was a member.
    pub by: Option<String>,
    /// From where.
    pub from: String,
    /// What it was done to: a client's or a member's name.
    pub about: Option<Subject>,
    /// What was done.
    pub what: What,
}

impl Line {
    /// Who did it, in words: a member, those who run the portal, or somebody who was not signed in.
    pub fn who(&self) -> &str {
        match (&self.by, &self.what) {
            (Some(name), _) => name,
            (
                None,
                What::PasswordRight
                | What::SignInRefused { .. }
                | What::CodeRefused { .. }
                | What::ResetAsked,
            ) => t("Visiteur non connecté"),
            (None, What::OfClient(what)) if what.by_client() => t("Titulaire du compte"),
            (None, What::OfClient(what)) if what.by_stranger() => t("Visiteur non connecté"),
            (None, _) => t("L’organisme"),
        }
    }

    /// The name of what it was done to; empty where it was done to nothing.
    pub fn about_whom(&self) -> &str {
        match &self.about {
            Some(Subject::Client(_, name) | Subject::Member(name)) => name,
            None => "",
        }
    }
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A client, with its name and the way to it.
    Client(EnrolmentId, String),
    /// A member's name.
    Member(String),
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Only these, when any.
    pub topic: Option<Topic>,
    /// Only this member's, when any.
    pub by: Option<MemberId>,
    /// From this moment on.
    pub since: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
    /// Entries older than this number: for going on to the next page.
    pub before: Option<i64>,
}

/// Lines of one page.
pub const PAGE: u64 = 100;

/// One page of the journal, latest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The lines.
    pub lines: Vec<Line>,
    /// Whether older ones go on.
    pub more: bool,
    /// The members who can be asked for.
    pub members: Vec<(MemberId, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an entry cannot be read back years later, or a line says nothing.
    #[test]
    fn told_and_read_back() {
        let dpae = ServiceCode::find("DPAE").unwrap();
        let all = [
            What::SignedIn(Means::Totp),
            What::SessionsEnded(2),
            What::InvitationRefused,
            What::ResetSent,
            What::PasskeyAdded {
                name: "Clé du bureau".into(),
            },
            What::RoleChanged {
                before: Role::Reader,
                after: Role::Collaborator,
            },
            What::ServicesChanged {
                before: vec![],
                after: vec![dpae],
            },
            What::ServicesChanged {
                before: vec![dpae],
                after: vec![dpae],
            },
            What::BulkDone {
                told: "Résilier".to_owned(),
                changed: 3,
                same: 0,
                left: 1,
                stopped: true,
            },
            What::ModelChanged {
                name: "Employeur".to_owned(),
                before: vec![],
                after: vec![dpae],
            },
            What::LeftExported { clients: 2 },
            What::KeyReplaced,
            What::ClientsExported {
                clients: 2,
                list: Some("etat=1".to_owned()),
                format: "CSV".to_owned(),
            },
            What::RefusedLinesExported { lines: 2 },
            What::RhythmChosen(Some(Rhythm::Quarterly)),
            What::FeedMade,
            What::NoticeWanted {
                notice: Notice::DueDates,
                wanted: false,
                by_message: true,
            },
        ];
        for what in all {
            let text = serde_json::to_string(&what).unwrap();
            assert_eq!(serde_json::from_str::<What>(&text).unwrap(), what);
            assert!(what.told().len() > 10, "{what:?}");
        }
        let who = |what| {
            let line = Line {
                seq: 1,
                at: Timestamp(0),
                by: None,
                from: String::new(),
                about: None,
                what,
            };
            line.who().to_owned()
        };
        for strangers in [What::ResetAsked, What::SignInRefused { paused: true }] {
            assert_eq!(who(strangers), "Visiteur non connecté");
        }
        for operators in [What::MemberSuspended, What::ResetSent, What::FirmAdded] {
            assert_eq!(who(operators), "L’organisme");
        }
        assert_eq!(What::SessionsEnded(1).told(), "1\u{a0}session fermée");
        for topic in Topic::ALL {
            assert_eq!(Topic::from_code(topic.code()), Some(topic));
        }
    }
}
