//! A change of many clients as its page shows it.

use super::{Change, Tally, Why};
use crate::{
    catalogue::ServiceCode,
    client::OwnTold,
    french,
    holder::HolderScheme,
    ids::{BulkId, EnrolmentId},
    language::t,
    say,
    time::Timestamp,
    wording,
};
use serde::{Deserialize, Serialize};

/// How far a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Prepared: its clients are fixed, and nothing is done before it is confirmed.
    Ready,
    /// Confirmed, and not at its end.
    Running,
    /// At its end.
    Done,
    /// Ended before: somebody stopped it, or whoever asked for it may no longer change anything.
    Stopped,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Running, Self::Done, Self::Stopped];

    /// As tables hold it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Done => "done",
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
            Self::Ready => t("À confirmer"),
            Self::Running => t("En cours"),
            Self::Done => t("Terminée"),
            Self::Stopped => t("Arrêtée"),
        }
    }
}

/// Which lines of a change are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// All of them.
    #[default]
    All,
    /// Those that are changed.
    Changed,
    /// Those that are so already.
    Same,
    /// Those that are left alone.
    Left,
}

impl Part {
    /// Every part, as the page lists them.
    pub const ALL: [Self; 4] = [Self::All, Self::Changed, Self::Same, Self::Left];

    /// As an address says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "toutes",
            Self::Changed => "modifies",
            Self::Same => "inchanges",
            Self::Left => "ecartes",
        }
    }

    /// The part of a code; all of it for any other.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|part| part.code() == code)
            .unwrap_or_default()
    }
}

/// Which lines of a change are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Of this part.
    pub part: Part,
    /// That come after this number.
    pub after: u64,
    /// So many at most.
    pub most: u64,
}

impl Shown {
    /// The lines of one page.
    pub const fn page(part: Part, after: u64) -> Self {
        let most = super::PAGE;
        Self { part, after, most }
    }
}

/// The names that a change goes by: of the label or the member that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The label.
    pub label: Option<String>,
    /// The member.
    pub member: Option<String>,
}

/// One change, in the list of the firm's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    /// Which.
    pub id: BulkId,
    /// What it does.
    pub told: String,
    /// How far it is.
    pub state: State,
    /// Clients that it is about.
    pub total: u64,
    /// When it was confirmed, or prepared.
    pub at: Timestamp,
    /// Who made it.
    pub by: String,
}

/// One change, whole, with one page of its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Which.
    pub id: BulkId,
    /// What it does.
    pub change: Change,
    /// What it does, in words.
    pub told: String,
    /// How far it is.
    pub state: State,
    /// Who made it.
    pub by: String,
    /// Whether that is whoever asks: nobody else confirms or drops it. Whoever may change clients stops it, or takes it back.
    pub own: bool,
    /// Clients that it is about.
    pub total: u64,
    /// Clients that were looked at so far.
    pub done: u64,
    /// What becomes of them: foreseen while it waits, what became of them from then on.
    pub tally: Tally,
    /// When it was prepared.
    pub made_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Until when it can be taken back.
    pub undo_until: Option<Timestamp>,
    /// The change that it takes back.
    pub undo_of: Option<BulkId>,
    /// The change that takes it back.
    pub undone_by: Option<BulkId>,
    /// Some of its clients.
    pub lines: Vec<Told>,
    /// The lines after these, by the number of the last one.
    pub after: Option<u64>,
}

/// One client of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its place, from 1.
    pub number: u64,
    /// The enrolment.
    pub id: EnrolmentId,
    /// Its name.
    pub name: String,
    /// Whose accounts, under which scheme.
    pub held: HolderScheme,
    /// What becomes of it.
    pub became: Became,
    /// Services that its accounts may not have.
    pub left_out: Vec<ServiceCode>,
}

/// What becomes of a client, or became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Became {
    /// Its services change.
    Services {
        /// Those that are switched on.
        added: Vec<ServiceCode>,
        /// Those that are switched off.
        removed: Vec<ServiceCode>,
    },
    /// The firm's own fields change.
    Own {
        /// What they were.
        before: OwnTold,
        /// What they are.
        after: OwnTold,
    },
    /// Its enrolment ends.
    Ends,
    /// It was changed; how stands in its history.
    Changed,
    /// It is so already.
    Same,
    /// It is left alone.
    Left(Why),
}

impl Became {
    /// One line about it.
    pub fn told(&self) -> String {
        match self {
            Self::Services { added, removed } => wording::changes(added, removed)
                .map_or_else(String::new, |what| wording::capital(&what)),
            Self::Own { before, after } => wording::own_changes(before, after),
            Self::Ends => t("Résiliation").to_owned(),
            Self::Changed => t("Modifié").to_owned(),
            Self::Same => t("Déjà ainsi").to_owned(),
            Self::Left(why) => why.label().to_owned(),
        }
    }
}

impl Change {
    /// What it does, in words: « Ouvrir 3 services », « Résilier ».
    pub fn told(&self, named: &Named) -> String {
        let gone = t("(supprimée)");
        let label = || named.label.as_deref().unwrap_or(gone).to_owned();
        let services = |count: usize| french::count(count as u64, "service", "services");
        match self {
            Self::Add(codes) => say!("Ouvrir {codes}", codes = services(codes.len())),
            Self::Remove(codes) => say!("Fermer {codes}", codes = services(codes.len())),
            Self::Set(codes) if codes.is_empty() => t("Fermer tous les services").to_owned(),
            Self::Set(codes) => say!(
                "Remplacer les services par {codes}",
                codes = services(codes.len())
            ),
            Self::Label(_) => say!("Ajouter l’étiquette «\u{a0}{label}\u{a0}»", label = label()),
            Self::Unlabel(_) => say!("Retirer l’étiquette «\u{a0}{label}\u{a0}»", label = label()),
            Self::InCharge(None) => t("Ne confier à personne").to_owned(),
            Self::InCharge(Some(_)) => say!(
                "Confier à {member}",
                member = named.member.as_deref().unwrap_or(t("une personne retirée"))
            ),
            Self::End => t("Résilier").to_owned(),
            Self::Undo => t("Annuler une modification en nombre").to_owned(),
        }
    }

    /// The services that it names, in the catalogue's order.
    pub fn services(&self) -> Vec<ServiceCode> {
        match self {
            Self::Add(codes) | Self::Remove(codes) | Self::Set(codes) => {
                codes.iter().copied().collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a state or a part that is stored or linked cannot be read back.
    #[test]
    fn codes() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        for part in Part::ALL {
            assert_eq!(Part::from_code(part.code()), part);
        }
        assert_eq!(Part::from_code("rien"), Part::All);
    }

    /// Fear: a change says nothing, or « 1 services ».
    #[test]
    fn in_words() {
        let dpae = ServiceCode::find("DPAE").unwrap();
        let named = Named {
            label: Some("Urgent".into()),
            member: Some("Claire".into()),
        };
        let told = |change: Change| change.told(&named);
        assert_eq!(told(Change::Add([dpae].into())), "Ouvrir 1\u{a0}service");
        assert_eq!(told(Change::Set([].into())), "Fermer tous les services");
        assert_eq!(told(Change::End), "Résilier");
        let label = crate::ids::LabelId(uuid::Uuid::nil());
        assert_eq!(
            told(Change::Label(label)),
            "Ajouter l’étiquette «\u{a0}Urgent\u{a0}»"
        );
    }
}
