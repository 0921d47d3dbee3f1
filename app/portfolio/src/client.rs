//! What is shown of a firm's clients: plain values, no secret among them.

use crate::{
    account_number::AccountNumber,
    catalogue::ServiceCode,
    french,
    holder::{AccountState, HolderScheme, Kind},
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, LabelId, MemberId},
    permission::{Role, Seat},
    say, search,
    siret::Siret,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// One row of « Gérer les établissements ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts.
    pub kind: Kind,
    /// The state of its accounts together.
    pub state: AccountState,
    /// How many services are on.
    pub services: u32,
    /// When the enrolment was made or last changed.
    pub changed_at: Timestamp,
    /// When the enrolment was made.
    pub added_at: Timestamp,
    /// The firm's own fields.
    pub own: Own,
    /// Whether it is a favourite of whoever asks.
    pub favourite: bool,
    /// The account that it was found by, where nothing else of the row shows why.
    pub found_by: Option<Numbered>,
}

impl Row {
    /// The words of a search that nothing of this row shows: what an account of the client was found by.
    pub fn unseen(&self, typed: &str) -> Vec<String> {
        let number = self.held.holder.to_string();
        let labels = self.own.labels.iter().map(|label| &*label.name);
        let texts: Vec<&str> = [&*self.name, &*self.own.reference]
            .into_iter()
            .chain(labels)
            .collect();
        search::unseen(typed, &texts, &number)
    }
}

/// The numbers of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// The establishment's, where there is one.
    pub siret: Option<Siret>,
    /// The account's own.
    pub number: AccountNumber,
}

impl Numbered {
    /// Whether one of the numbers holds a word of a search, or is it, written in short.
    pub fn holds(&self, word: &str) -> bool {
        if AccountNumber::parse(word).is_ok_and(|number| number == self.number) {
            return true;
        }
        let siret = self.siret.as_ref().map(Siret::as_str);
        [Some(self.number.as_str()), siret]
            .into_iter()
            .flatten()
            .any(|number| number.to_lowercase().contains(word))
    }
}

/// A firm's own fields of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The firm's reference of the client; empty where it has none.
    pub reference: String,
    /// Its labels, in French order.
    pub labels: Vec<Label>,
    /// The member in charge.
    pub in_charge: Option<Colleague>,
}

/// A label of the firm (« étiquette »).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Which.
    pub id: LabelId,
    /// What people read.
    pub name: String,
}

/// A member of the firm, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who.
    pub id: MemberId,
    /// The name.
    pub name: String,
}

/// A firm's own fields as they were told at one time, names and not ids: what stays readable when a label or a member is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnTold {
    /// The reference; empty for none.
    pub reference: String,
    /// The labels' names.
    pub labels: Vec<String>,
    /// Who was in charge.
    pub in_charge: Option<String>,
}

impl Own {
    /// As it is told.
    pub fn told(&self) -> OwnTold {
        OwnTold {
            reference: self.reference.clone(),
            labels: self.labels.iter().map(|label| label.name.clone()).collect(),
            in_charge: self.in_charge.as_ref().map(|member| member.name.clone()),
        }
    }
}

/// One account of a client: an establishment of an employer, or the account of a self-employed person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its number.
    pub number: AccountNumber,
    /// Its establishment, where it has one.
    pub siret: Option<Siret>,
    /// The company or person.
    pub name: String,
    /// The three-digit code of the body that manages it.
    pub organism: String,
    /// Its state.
    pub state: AccountState,
}

/// The accounts of one client, capped: a chain of shops has thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// The first of them, by Siret.
    pub shown: Vec<Account>,
    /// How many there are in all.
    pub total: u64,
}

/// One page of the portfolio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The rows of the page.
    pub rows: Vec<Row>,
    /// How many clients match.
    pub total: Total,
    /// How many clients the firm manages in all.
    pub managed: u64,
    /// The page shown, from 1: the one asked for, or the one that holds the client to be seen; none where its number is not known, far
    /// from the beginning.
    pub page: Option<u64>,
    /// Whether clients come before the first row.
    pub before: bool,
    /// Whether clients come after the last row.
    pub after: bool,
    /// The accounts of the row that is open.
    pub opened: Option<(EnrolmentId, Accounts)>,
    /// What was just saved, for the dialog.
    pub saved: Option<Saved>,
    /// Who was just removed, for the notice.
    pub ended: Option<Saved>,
}

/// How many clients match a search, as far as it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    /// So many.
    Exactly(u64),
    /// More than so many: [`MOST_COUNTED`]. [`crate::ports::Finding::count`] counts them all.
    MoreThan(u64),
}

/// How far a list counts the clients that its search leaves.
pub const MOST_COUNTED: u64 = 1000;

impl Total {
    /// The number, when it is known.
    pub const fn exact(self) -> Option<u64> {
        match self {
            Self::Exactly(count) => Some(count),
            Self::MoreThan(_) => None,
        }
    }

    /// The number that is certain: there are not fewer.
    pub const fn at_least(self) -> u64 {
        match self {
            Self::Exactly(count) => count,
            Self::MoreThan(count) => count + 1,
        }
    }

    /// « 312 clients », « plus de 1 000 clients ».
    pub fn told(self) -> String {
        match self {
            Self::Exactly(count) => french::count(count, "client", "clients"),
            Self::MoreThan(count) => {
                say!(
                    "plus de {count}",
                    count = french::count(count, "client", "clients")
                )
            }
        }
    }
}

/// What an « Enregistrer » or a « Résilier » did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The last thing that happened to it.
    pub last: Event,
}

/// One client, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts.
    pub kind: Kind,
    /// The state of its accounts together.
    pub state: AccountState,
    /// Its accounts.
    pub accounts: Accounts,
    /// The services that are on, in the catalogue's order.
    pub services: Vec<ServiceCode>,
    /// Grows with every change: an edit names the version it was made on.
    pub version: i32,
    /// The firm's own fields.
    pub own: Own,
    /// Grows with every change of them, apart from `version`: whoever changes services is not in the way of whoever labels.
    pub own_version: i32,
    /// When its services were last looked through.
    pub reviewed_at: Option<Timestamp>,
    /// Whether it is a favourite of whoever asks.
    pub favourite: bool,
    /// What happened to it, latest first.
    pub history: Vec<Event>,
    /// When and by whom it ended, if it has.
    pub ended: Option<(Timestamp, String)>,
}

/// One entry of a client's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// The member's name.
    pub by: String,
    /// What.
    pub what: Happening,
}

/// What can happen to an enrolment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    /// It was made, with these services.
    Enrolled(Vec<ServiceCode>),
    /// Its services were changed.
    Changed {
        /// Those now on.
        added: Vec<ServiceCode>,
        /// Those now off.
        removed: Vec<ServiceCode>,
    },
    /// It was ended.
    Ended,
    /// The mandate was looked through, and still holds.
    Reviewed,
    /// The firm's own fields were changed.
    Own {
        /// What they were.
        before: OwnTold,
        /// What they are.
        after: OwnTold,
    },
}

/// An enrolment in the making, as its pages show it. No name before proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// The draft.
    pub id: DraftId,
    /// What was typed at the first step.
    pub identifier: Identifier,
    /// Who it is, once the mandate is proved.
    pub proven: Option<Proven>,
    /// The enrolment that it became, once saved.
    pub enrolled: Option<EnrolmentId>,
}

/// A holder whose mandate is proved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proven {
    /// The client's name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// The kind of its accounts: which services may be ticked.
    pub kind: Kind,
}

/// Who is signed in, for the frame of every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The person's name.
    pub member: String,
    /// The name of the firm, of the body, or of the client.
    pub firm: String,
    /// What for.
    pub seat: Seat,
}

impl SignedIn {
    /// Whether pages offer to change the firm's portfolio.
    pub fn edits(&self) -> bool {
        self.seat.role().is_some_and(Role::edits)
    }

    /// Whether pages offer to manage the firm.
    pub fn administers(&self) -> bool {
        self.seat.role().is_some_and(Role::administers)
    }

    /// Whether it is somebody of the body.
    pub fn decides(&self) -> bool {
        self.seat == Seat::Body
    }

    /// Whether it is somebody of a firm.
    pub fn manages(&self) -> bool {
        self.seat.role().is_some()
    }
}
