//! What a member may do, as types that code is handed: a function that changes the portfolio takes an [`Editor`], which a reader's
//! session does not give. There is no other way to one: the fields are private, and [`Session`](crate::ports::Session) makes them.

use crate::{
    ids::{FirmId, MemberId, OfficerId, Oneself, Scope},
    language::t,
    origin::Origin,
    time::{MINUTE, Timestamp},
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// What a member is in the firm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Manages the members and reads the journal, besides what a collaborator does.
    Administrator,
    /// Manages the firm's clients.
    Collaborator,
    /// Sees the firm's clients.
    Reader,
}

impl Role {
    /// All of them, the most powerful first.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Collaborator, Self::Reader];

    /// As tables and forms hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrateur",
            Self::Collaborator => "collaborateur",
            Self::Reader => "lecteur",
        }
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Administrator => t("Administrateur"),
            Self::Collaborator => t("Collaborateur"),
            Self::Reader => t("Lecteur"),
        }
    }

    /// What it allows, in a few words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Administrator => t("gère aussi les membres du cabinet et lit le journal"),
            Self::Collaborator => t("ajoute, modifie et résilie les clients"),
            Self::Reader => t("consulte les clients, sans rien modifier"),
        }
    }

    /// Whether it may change the portfolio.
    pub const fn edits(self) -> bool {
        matches!(self, Self::Administrator | Self::Collaborator)
    }

    /// Whether it manages the firm's members.
    pub const fn administers(self) -> bool {
        matches!(self, Self::Administrator)
    }
}

/// What somebody signs in for. They have nothing in common but the door: who decides requests sees no portfolio, no firm decides one,
/// and a client sees what is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seat {
    /// A firm, as this.
    Firm(Role),
    /// The body, as one of its officers.
    Body,
    /// One's own accounts, as who they belong to (« titulaire »).
    Client,
}

impl Seat {
    /// The role in the firm; none for an officer, and none for a client.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Firm(role) => Some(role),
            Self::Body | Self::Client => None,
        }
    }
}

/// What tables hold in the place of an officer's role: the code of none.
pub const OFFICER: &str = "agent";

/// What tables hold in the place of a client's role: the code of none.
pub const CLIENT: &str = "titulaire";

/// How long after a sign-in or a confirmation a sensitive action needs no new one, in seconds (ASVS 5.0, 7.5.1 and 7.5.3).
pub const FRESH: i64 = 15 * MINUTE;

/// May change the firm's portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor(Scope);

/// May manage the firm's members and read its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrator(Scope);

/// A permission of somebody who has shown who they are within [`FRESH`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh<P>(P);

/// May decide requests to work abroad: somebody of the body, who sees no portfolio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    id: OfficerId,
    from: Origin,
}

impl Officer {
    /// The permission of an officer who is signed in. For an officer's session alone, and for tests.
    pub const fn of_session(id: OfficerId, from: Origin) -> Self {
        Self { id, from }
    }

    /// Who decides.
    pub const fn id(&self) -> OfficerId {
        self.id
    }

    /// From where.
    pub const fn from(&self) -> Origin {
        self.from
    }
}

/// May see its own accounts, say who manages them, and take that back: somebody of a client's house. Which accounts those are is
/// looked up by the store at every question: this names none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    house: FirmId,
    member: MemberId,
    from: Origin,
}

impl Client {
    /// The permission of a client who is signed in. For a client's session alone, and for tests.
    pub const fn of_session(me: &Oneself) -> Self {
        Self {
            house: me.house,
            member: me.member,
            from: me.from,
        }
    }

    /// The house, whose accounts are seen and whose journal is written.
    pub const fn house(&self) -> FirmId {
        self.house
    }

    /// Who of it.
    pub const fn member(&self) -> MemberId {
        self.member
    }

    /// From where.
    pub const fn from(&self) -> Origin {
        self.from
    }

    /// The same person, for what is written in the house's own journal.
    pub const fn oneself(&self) -> Oneself {
        Oneself {
            house: self.house,
            member: self.member,
            from: self.from,
        }
    }
}

impl Editor {
    /// The permission to change, if the role gives it. For [`Session`](crate::ports::Session) alone.
    pub(crate) fn of(scope: &Scope, role: Role) -> Option<Self> {
        role.edits().then(|| Self(scope.clone()))
    }
}

impl Administrator {
    /// The permission to manage, if the role gives it. For [`Session`](crate::ports::Session) alone.
    pub(crate) fn of(scope: &Scope, role: Role) -> Option<Self> {
        role.administers().then(|| Self(scope.clone()))
    }
}

impl<P> Fresh<P> {
    /// The same permission, held to the moment of the last confirmation. For [`Session`](crate::ports::Session) alone.
    pub(crate) fn of(permission: P, confirmed_at: Timestamp, now: Timestamp) -> Option<Self> {
        (confirmed_at.plus(FRESH) > now).then_some(Self(permission))
    }
}

impl Deref for Editor {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.0
    }
}

impl Deref for Administrator {
    type Target = Scope;
    fn deref(&self) -> &Scope {
        &self.0
    }
}

impl<P> Deref for Fresh<P> {
    type Target = P;
    fn deref(&self) -> &P {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FirmId, MemberId};

    fn scope() -> Scope {
        Scope {
            firm: FirmId(uuid::Uuid::nil()),
            member: MemberId(uuid::Uuid::nil()),
            from: crate::origin::Origin::default(),
        }
    }

    /// Fear: a reader changes something, a collaborator manages members, or a code is read as another role.
    #[test]
    fn what_each_role_may_do() {
        let may = |role| {
            (
                Editor::of(&scope(), role).is_some(),
                Administrator::of(&scope(), role).is_some(),
            )
        };
        assert_eq!(may(Role::Administrator), (true, true));
        assert_eq!(may(Role::Collaborator), (true, false));
        assert_eq!(may(Role::Reader), (false, false));
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
        }
        assert_eq!(Role::from_code("admin"), None);
        assert_eq!(Role::from_code(OFFICER), None);
        assert_eq!(Role::from_code(CLIENT), None);
    }

    /// Fear: a screen left open is enough for a sensitive action.
    #[test]
    fn freshness_ends() {
        let fresh = |seconds| Fresh::of((), Timestamp(0), Timestamp(seconds)).is_some();
        assert!(fresh(FRESH - 1));
        assert!(!fresh(FRESH));
    }
}
