//! What is shown of an import: never a secret, and a client's name only once the mandate is proved.

use super::{Column, Fault};
use crate::{
    holder::HolderScheme,
    ids::{EnrolmentId, ImportId},
    language::t,
    search::{decode, encode},
    sheet::Format,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// The columns are to be confirmed.
    Uploaded,
    /// The dry run is under way.
    Checking,
    /// The dry run is over.
    Checked,
    /// The good lines are being added.
    Adding,
    /// It is over.
    Done,
    /// Somebody ended it, or nobody went on with it.
    Cancelled,
    /// It may not go on: [`Halt`] says why.
    Stopped,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Uploaded,
        Self::Checking,
        Self::Checked,
        Self::Adding,
        Self::Done,
        Self::Cancelled,
        Self::Stopped,
    ];

    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Uploaded => "uploaded",
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Adding => "adding",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Stopped => "stopped",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Uploaded => t("Colonnes à confirmer"),
            Self::Checking => t("Contrôle en cours"),
            Self::Checked => t("Contrôlé, à ajouter"),
            Self::Adding => t("Ajout en cours"),
            Self::Done => t("Terminé"),
            Self::Cancelled => t("Annulé"),
            Self::Stopped => t("Arrêté"),
        }
    }

    /// Whether the portal is at work on it.
    pub const fn at_work(self) -> bool {
        matches!(self, Self::Checking | Self::Adding)
    }

    /// Whether what was proved may be added.
    pub fn may_add(self) -> bool {
        matches!(self, Self::Checked | Self::Stopped)
    }

    /// Whether nothing more comes of it.
    pub fn over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// Why an import may not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Halt {
    /// Too many proofs of the firm's files failed within a day: see [`crate::attempts::file_allowance`].
    Proofs,
    /// Whoever asked for it may no longer change the portfolio.
    Access,
}

impl Halt {
    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proofs => "proofs",
            Self::Access => "access",
        }
    }

    /// The reason of a code; the empty text is none.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Proofs, Self::Access]
            .into_iter()
            .find(|halt| halt.code() == code)
    }
}

/// How many lines came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Proved, and waiting to be added.
    pub ready: u32,
    /// Added.
    pub added: u32,
    /// In the portfolio before.
    pub already: u32,
    /// Refused.
    pub refused: u32,
}

/// How far the portal is with what it is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// How far the import is.
    pub state: State,
    /// Lines done.
    pub done: u32,
    /// Lines of the file.
    pub total: u32,
    /// What they came to so far.
    pub counts: Counts,
}

impl Progress {
    /// As it is told while it grows: a word and numbers.
    pub fn told(&self) -> String {
        let Counts {
            ready,
            added,
            already,
            refused,
        } = self.counts;
        let numbers = [self.done, self.total, ready, added, already, refused];
        let numbers = numbers.map(|number| number.to_string());
        format!("{} {}", self.state.code(), numbers.join(" "))
    }

    /// What was told.
    pub fn read(told: &str) -> Option<Self> {
        let mut words = told.split(' ');
        let state = State::from_code(words.next()?)?;
        let mut number = || words.next()?.parse().ok();
        Some(Self {
            state,
            done: number()?,
            total: number()?,
            counts: Counts {
                ready: number()?,
                added: number()?,
                already: number()?,
                refused: number()?,
            },
        })
    }

    /// Whole hundredths done; a file that is not done is never at 100.
    pub fn percent(&self) -> u32 {
        let total = u64::from(self.total.max(1));
        u32::try_from(u64::from(self.done) * 100 / total).unwrap_or(100)
    }
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// Proved, to be added.
    Ready,
    /// Added.
    Added,
    /// In the portfolio before: nothing was done.
    Already,
    /// Refused.
    Refused,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Added, Self::Already, Self::Refused];

    /// As tables and addresses hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ready => "valide",
            Self::Added => "ajoute",
            Self::Already => "present",
            Self::Refused => "refuse",
        }
    }

    /// The verdict of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// As people read it of a line. What was to be added is not any more once the import is over.
    pub fn label(self, state: State) -> &'static str {
        match self {
            Self::Ready if state.over() => t("Non ajouté"),
            Self::Ready => t("À ajouter"),
            Self::Added => t("Ajouté"),
            Self::Already => t("Déjà là"),
            Self::Refused => t("Refusé"),
        }
    }
}

/// Why a line was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A cell is wrong.
    Fault(Fault),
    /// The same client stands on a line before.
    Twice {
        /// That line.
        line: u32,
    },
    /// The mandate is not proved; nothing more is told of the registry. `rounded` tells of the file: the account number ends as those
    /// do that a spreadsheet rounded.
    Proof {
        /// Whether the account number ends in three noughts.
        rounded: bool,
    },
    /// Too many failures for this client: nothing was tried.
    Paused,
    /// A service that this kind of account may not have.
    NotOffered,
    /// A label that the firm does not have.
    UnknownLabel,
    /// The import was stopped before: nothing was tried.
    Unchecked,
}

/// One line of the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRow {
    /// Its number in the file.
    pub line: u32,
    /// Whose accounts are meant, where that could be read.
    pub held: Option<HolderScheme>,
    /// The client's name, once the mandate is proved.
    pub name: Option<String>,
    /// What became of it.
    pub verdict: Verdict,
    /// Why it was refused.
    pub reason: Option<Reason>,
    /// The enrolment that was made, or was there.
    pub enrolment: Option<EnrolmentId>,
}

/// One column of the file, for whoever says what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileColumn {
    /// Its head.
    pub head: String,
    /// What it seems to be.
    pub column: Option<Column>,
    /// What its first cells look like, secrets made out.
    pub samples: Vec<String>,
}

/// One import, in the list of the firm's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub name: String,
    /// Who sent it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How far it is.
    pub progress: Progress,
    /// Whether refused lines can still be fetched.
    pub to_mend: bool,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// As the list shows it.
    pub row: ImportRow,
    /// How the file is written.
    pub format: Format,
    /// Whether whoever looks has sent it.
    pub own: bool,
    /// Why it was stopped.
    pub halt: Option<Halt>,
    /// The columns of the file, while they are to be confirmed.
    pub columns: Vec<FileColumn>,
    /// The lines that are shown.
    pub lines: Vec<LineRow>,
    /// Which page of which lines.
    pub shown: Shown,
    /// How many lines there are of those.
    pub found: u32,
    /// Whether the proofs are too old to be added without another look.
    pub stale: bool,
}

/// Lines of one page.
pub const PAGE: u32 = 50;

/// Which lines of the result are shown: in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Only these.
    pub verdict: Option<Verdict>,
    /// The page, from 1.
    pub page: u32,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            verdict: None,
            page: 1,
        }
    }
}

impl Shown {
    /// Reads a query string; what it does not know it leaves alone.
    pub fn of(query: &str) -> Self {
        let mut shown = Self::default();
        for (name, value) in decode(query.trim_start_matches('?')) {
            match name.as_str() {
                "lignes" => shown.verdict = Verdict::from_code(&value),
                "page" => shown.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        shown
    }

    /// The query string; empty for the first page of all.
    pub fn query(self) -> String {
        let mut parts = Vec::new();
        if let Some(verdict) = self.verdict {
            parts.push(format!("lignes={}", encode(verdict.code())));
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        parts.join("&")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an address shows other lines than those it was made for.
    #[test]
    fn addresses_read_back() {
        for verdict in Verdict::ALL.map(Some).into_iter().chain([None]) {
            let shown = Shown { verdict, page: 3 };
            assert_eq!(Shown::of(&shown.query()), shown);
        }
        assert_eq!(Shown::default().query(), "");
        assert_eq!(Shown::of("?page=0&lignes=x"), Shown::default());
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }

    /// Fear: a page shows other figures than those that it was told, or stumbles over what a proxy says.
    #[test]
    fn told_and_read() {
        let progress = Progress {
            state: State::Adding,
            done: 500,
            total: 50_000,
            counts: Counts {
                ready: 1,
                added: 2,
                already: 3,
                refused: 4,
            },
        };
        assert_eq!(progress.told(), "adding 500 50000 1 2 3 4");
        assert_eq!(Progress::read(&progress.told()), Some(progress));
        for wrong in [
            "",
            "adding",
            "adding 1 2 3 4 5",
            "working 1 2 3 4 5 6",
            "adding 1 2 3 4 5 -6",
        ] {
            assert_eq!(Progress::read(wrong), None, "{wrong}");
        }
    }

    /// Fear: « 100 % » while lines are left, or a division by nought.
    #[test]
    fn hundredths() {
        let at = |done, total| {
            let (state, counts) = (State::Checking, Counts::default());
            Progress {
                state,
                done,
                total,
                counts,
            }
            .percent()
        };
        assert_eq!(at(0, 0), 0);
        assert_eq!(at(49_999, 50_000), 99);
        assert_eq!(at(50_000, 50_000), 100);
    }
}
