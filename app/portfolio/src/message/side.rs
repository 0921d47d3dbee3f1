//! The sides of a conversation. They are chosen when it begins and never change: nobody comes to read what was written without them.

use crate::language::t;
use serde::{Deserialize, Serialize};

/// Who somebody writes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The firm that manages the account.
    Firm,
    /// The body.
    Body,
    /// The client.
    Client,
}

impl Side {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Firm, Self::Body, Self::Client];

    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Firm => "cabinet",
            Self::Body => "organisme",
            Self::Client => "client",
        }
    }

    /// The side of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Firm => t("Cabinet"),
            Self::Body => t("Organisme"),
            Self::Client => t("Client"),
        }
    }
}

/// The sides of one conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides {
    /// Whether the firm is one.
    pub firm: bool,
    /// Whether the body is one.
    pub body: bool,
    /// Whether the client is one.
    pub client: bool,
}

impl Sides {
    /// Whether this is one of them.
    pub const fn holds(self, side: Side) -> bool {
        match side {
            Side::Firm => self.firm,
            Side::Body => self.body,
            Side::Client => self.client,
        }
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Side> {
        Side::ALL.into_iter().filter(move |side| self.holds(*side))
    }

    /// The sides of a conversation that `writer` begins with `to`.
    pub const fn begun(writer: Side, to: To) -> Option<Self> {
        let (body, other) = match to {
            To::Body => (true, false),
            To::Other => (false, true),
            To::Both => (true, true),
        };
        match writer {
            Side::Firm => Some(Self {
                firm: true,
                body,
                client: other,
            }),
            Side::Client => Some(Self {
                firm: other,
                body,
                client: true,
            }),
            // The body answers; what it has to say of its own accord it does not say here.
            Side::Body => None,
        }
    }

    /// « Cabinet, organisme ».
    pub fn told(self) -> String {
        let names: Vec<_> = self.each().map(Side::label).collect();
        names.join(", ")
    }
}

/// To whom a conversation is begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum To {
    /// The body alone.
    Body,
    /// The client, of a firm that writes; the firm, of a client who does. The body does not see it.
    Other,
    /// Both.
    Both,
}

impl To {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Body, Self::Other, Self::Both];

    /// As forms hold it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Body => "organisme",
            Self::Other => "autre",
            Self::Both => "tous",
        }
    }

    /// The one of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|to| to.code() == code)
    }
}

/// What keeps somebody from writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bar {
    /// The role in the firm is to look.
    Reads,
    /// The firm does not have « Échanger par la messagerie sécurisée » of this client.
    NoService,
    /// The firm no longer manages the client.
    Ended,
    /// The body has closed the conversation.
    Closed,
    /// It holds as many messages as one may.
    Full,
    /// The client has no account of its own.
    NoClient,
    /// No firm manages the account.
    NoFirm,
    /// More than one does: which is meant cannot be told.
    SeveralFirms,
    /// As much was written within a day as one house may.
    Flooded,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its sides.
    pub with: Sides,
    /// Whether the body has closed it.
    pub closed: bool,
    /// Whether the firm that is a side still manages the account.
    pub in_force: bool,
    /// Whether that firm has the service.
    pub service: bool,
    /// Messages so far.
    pub messages: u32,
}

impl Standing {
    /// What keeps a side from writing; nothing for none. A side that is none sees nothing of it in the first place.
    pub const fn bars(self, side: Side) -> Option<Bar> {
        // The end of a mandate ends the conversations that the firm is a side of, for everybody: what is written afterwards would be
        // for a firm that has nothing to do with the account any more.
        if self.with.firm && !self.in_force {
            return Some(Bar::Ended);
        }
        if self.closed {
            return Some(Bar::Closed);
        }
        if self.messages >= super::MOST_MESSAGES {
            return Some(Bar::Full);
        }
        // The service is what a client entrusts the firm with at the body. What the two say to each other needs none.
        if matches!(side, Side::Firm) && self.with.body && !self.service {
            return Some(Bar::NoService);
        }
        None
    }

    /// Whether the body's answer is waited for after a message of this side.
    pub const fn awaits(self, last: Side) -> bool {
        self.with.body && !matches!(last, Side::Body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn standing(with: Sides, [closed, in_force, service]: [bool; 3], messages: u32) -> Standing {
        Standing {
            with,
            closed,
            in_force,
            service,
            messages,
        }
    }

    /// Fear: a code is read as another side.
    #[test]
    fn codes() {
        for side in Side::ALL {
            assert_eq!(Side::from_code(side.code()), Some(side));
        }
        for to in To::ALL {
            assert_eq!(To::from_code(to.code()), Some(to));
        }
        assert_eq!(Side::from_code("agent"), None);
    }

    /// Fear: a conversation of one side alone, somebody begins one without being a side of it, or the body begins one.
    #[test]
    fn begun() {
        for to in To::ALL {
            for writer in [Side::Firm, Side::Client] {
                let sides = Sides::begun(writer, to).unwrap();
                assert!(sides.holds(writer) && sides.each().count() >= 2);
                assert_eq!(sides.body, to != To::Other);
            }
            assert_eq!(Sides::begun(Side::Body, to), None);
        }
    }

    proptest! {
        /// Fear: something is written into a conversation that is closed or full, for a firm after its mandate, or to the body by a
        /// firm that was not entrusted with it; or who may write is kept from it.
        #[test]
        fn who_writes(
            firm in any::<bool>(), body in any::<bool>(), client in any::<bool>(),
            flags in any::<[bool; 3]>(), messages in 0..super::super::MOST_MESSAGES * 2,
        ) {
            let with = Sides { firm, body, client };
            let now = standing(with, flags, messages);
            for side in with.each() {
                let barred = now.bars(side);
                if firm && !now.in_force || now.closed || messages >= super::super::MOST_MESSAGES {
                    prop_assert!(barred.is_some());
                } else if side == Side::Firm && body && !now.service {
                    prop_assert_eq!(barred, Some(Bar::NoService));
                } else {
                    prop_assert_eq!(barred, None);
                }
                prop_assert_eq!(now.awaits(side), body && side != Side::Body);
            }
        }
    }
}
