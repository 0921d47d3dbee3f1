//! Links by which clients make their own accounts: how long they are good, and how each stands.

use crate::{
    email::Email,
    holder::HolderScheme,
    ids::{EnrolmentId, InvitationId},
    language::t,
    time::{DAY, Timestamp},
};
use serde::{Deserialize, Serialize};

/// How long an invitation is good, in seconds, from the moment at which its latest link was sent.
pub const LIFE: i64 = 21 * DAY;
/// How long before its end the firm is reminded, in seconds.
pub const REMIND_BEFORE: i64 = 5 * DAY;
/// How long the link is good that somebody asked for by themselves, having proved whose account it is, in seconds.
pub const OWN_LIFE: i64 = DAY;
/// How many of the selected clients are invited at once: as many as a firm may send within an hour ([`crate::attempts`]).
pub const MOST_AT_ONCE: u64 = 50;
/// How many invitations a list shows.
pub const SHOWN: u64 = 500;

/// What became of an invitation, as tables hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has answered.
    Open,
    /// The client made its account.
    Accepted,
    /// The client said no.
    Refused,
    /// The firm took it back.
    Cancelled,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Refused, Self::Cancelled];

    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The outcome of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }
}

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// « En attente ».
    Waiting,
    /// « Acceptée ».
    Accepted,
    /// « Refusée ».
    Refused,
    /// « Expirée ».
    Expired,
    /// « Annulée »: by the firm, or with the enrolment.
    Cancelled,
}

impl State {
    /// All of them, as the page lists them.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Accepted,
        Self::Refused,
        Self::Expired,
        Self::Cancelled,
    ];

    /// How an invitation stands whose link was sent at `sent_at`, of an enrolment that is in force or not.
    pub fn of(outcome: Outcome, sent_at: Timestamp, in_force: bool, now: Timestamp) -> Self {
        match outcome {
            Outcome::Accepted => Self::Accepted,
            Outcome::Refused => Self::Refused,
            Outcome::Cancelled => Self::Cancelled,
            Outcome::Open if !in_force => Self::Cancelled,
            Outcome::Open if sent_at.plus(LIFE) > now => Self::Waiting,
            Outcome::Open => Self::Expired,
        }
    }

    /// As addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "en-attente",
            Self::Accepted => "acceptee",
            Self::Refused => "refusee",
            Self::Expired => "expiree",
            Self::Cancelled => "annulee",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => t("En attente"),
            Self::Accepted => t("Acceptée"),
            Self::Refused => t("Refusée"),
            Self::Expired => t("Expirée"),
            Self::Cancelled => t("Annulée"),
        }
    }

    /// Whether its link opens.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting)
    }
}

/// One invitation, as the firm sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: InvitationId,
    /// The enrolment that it is of.
    pub of: EnrolmentId,
    /// The client's name.
    pub client: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// Where it was sent.
    pub email: Email,
    /// When its latest link was sent.
    pub sent_at: Timestamp,
    /// Until when that one is good.
    pub until: Timestamp,
    /// How it stands.
    pub state: State,
    /// When it was answered or taken back, if it was.
    pub answered_at: Option<Timestamp>,
}

/// What became of the selected clients that were to be invited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedMany {
    /// Invited, at the address that the registry has.
    pub invited: u64,
    /// Invited already, and yet to answer: a second message would end the link of the first.
    pub waiting: u64,
    /// There is an account already.
    pub has_account: u64,
    /// The registry knows no address.
    pub no_address: u64,
    /// Left for later: beyond [`MOST_AT_ONCE`], or beyond what a firm may send.
    pub left: u64,
}

/// What a firm sees of a client's own account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Online {
    /// The client's name.
    pub client: String,
    /// Since when the client has its own account, if it has.
    pub since: Option<Timestamp>,
    /// The latest invitation, if there was one.
    pub invitation: Option<Invitation>,
    /// The address that the registry knows; empty for none.
    pub known_email: String,
    /// Whether the enrolment is in force.
    pub in_force: bool,
}

/// A mandate or services that a client took back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The enrolment.
    pub of: EnrolmentId,
    /// The client's name.
    pub client: String,
    /// When.
    pub at: Timestamp,
    /// What was taken back: the whole mandate when none is named.
    pub services: Vec<crate::catalogue::ServiceCode>,
}

/// The firm's invitations, and what clients took back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    /// The invitations that are wanted, latest first; [`SHOWN`] at most.
    pub rows: Vec<Invitation>,
    /// How many there are of each state, in the order of [`State::ALL`].
    pub counts: [u64; 5],
    /// What clients took back within the last 90 days, latest first.
    pub withdrawals: Vec<Withdrawal>,
}

/// How long a withdrawal stands in the list, in seconds.
pub const WITHDRAWALS: i64 = 90 * DAY;

/// What the page of a link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The client's name.
    pub client: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The firm that invites; none where somebody asked by themselves.
    pub firm: Option<String>,
    /// What the person will sign in with.
    pub email: Email,
    /// Until when the link is good.
    pub until: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a link that is too old still opens, an answered one is « expirée » a month later, or one outlives its enrolment.
    #[test]
    fn how_each_stands() {
        let sent = Timestamp(1_000);
        let last = sent.plus(LIFE - 1);
        let over = sent.plus(LIFE);
        let state = |outcome, in_force, now| State::of(outcome, sent, in_force, now);
        assert_eq!(state(Outcome::Open, true, last), State::Waiting);
        assert_eq!(state(Outcome::Open, true, over), State::Expired);
        assert_eq!(state(Outcome::Open, false, last), State::Cancelled);
        for (outcome, stays) in [
            (Outcome::Accepted, State::Accepted),
            (Outcome::Refused, State::Refused),
            (Outcome::Cancelled, State::Cancelled),
        ] {
            assert_eq!(state(outcome, true, over), stays);
            assert_eq!(state(outcome, false, last), stays);
            assert!(!stays.is_open());
        }
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
        }
    }
}
