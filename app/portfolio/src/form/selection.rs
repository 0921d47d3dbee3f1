//! What is ticked on a page of the list, and the buttons of the bar that goes with it.

use super::Form;
use crate::{
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
    search::{Search, decode},
    selection::{MOST_TICKS, Pick},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What each of the bar's buttons sends, together with the ticks of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SelectionForm {
    /// The ids of the page's clients, between commas: those of them that are not ticked leave the selection.
    pub shown: String,
    /// The ids that are ticked.
    pub ticks: Vec<String>,
    /// The list, as the query string of its address.
    pub query: String,
    /// What is done: [`selection_act`].
    pub act: String,
}

/// The words by which a form says what is done.
pub mod selection_act {
    /// The ticks are taken over.
    pub const TICK: &str = "cocher";
    /// All clients that the list's text and filters leave are added.
    pub const ALL: &str = "tous";
    /// Nothing is selected any more.
    pub const CLEAR: &str = "vider";
    /// The ticks are taken over, then the page of changes is opened.
    pub const CHANGE: &str = "modifier";
    /// The ticks are taken over, then the page of exports is opened.
    pub const EXPORT: &str = "exporter";
}

/// Where one goes on to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onwards {
    /// Back to the list.
    List,
    /// To the page of changes.
    Change,
    /// To the page of exports.
    Export,
}

/// A change of the selection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionDraft {
    /// What is done to it, in this order.
    pub picks: Vec<Pick>,
    /// Where one goes on to.
    pub onwards: Onwards,
    /// The list that the person is at.
    pub list: Search,
}

/// The fields of [`SelectionForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SelectionField {
    /// The ticks.
    Ticks,
    /// The button.
    Act,
}

impl Field for SelectionField {
    fn name(self) -> &'static str {
        match self {
            Self::Ticks => "ticks",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Ticks => t("Cochez des clients."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for SelectionForm {
    type Field = SelectionField;
    type Draft = SelectionDraft;

    fn check(&self) -> Result<SelectionDraft, Problems<SelectionField>> {
        let mut judge = Judge::new();
        let shown = self.shown.split(',').filter(|id| !id.is_empty());
        let shown = judge.take(SelectionField::Ticks, ids(shown));
        let on = judge.take(
            SelectionField::Ticks,
            ids(self.ticks.iter().map(String::as_str)),
        );
        let list = list(&self.query);
        let ticks = shown.zip(on).map(|(shown, on)| Pick::Ticks {
            off: shown.difference(&on).copied().collect(),
            on,
        });
        let whole = || Pick::All(Box::new(list.first_page()));
        let done = match &*self.act {
            selection_act::TICK => Ok((None, Onwards::List)),
            selection_act::ALL => Ok((Some(whole()), Onwards::List)),
            selection_act::CLEAR => Ok((Some(Pick::Clear), Onwards::List)),
            selection_act::CHANGE => Ok((None, Onwards::Change)),
            selection_act::EXPORT => Ok((None, Onwards::Export)),
            "" => Err(Problem::Missing),
            _ => Err(Problem::NotOffered),
        };
        let done = judge.take(SelectionField::Act, done);
        judge.close(ticks.zip(done).map(|(ticks, (pick, onwards))| {
            let picks = std::iter::once(ticks).chain(pick).collect();
            SelectionDraft {
                picks,
                onwards,
                list,
            }
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

fn ids<'a>(typed: impl Iterator<Item = &'a str>) -> Result<BTreeSet<EnrolmentId>, Problem> {
    let ids: Option<BTreeSet<_>> = typed
        .take(MOST_TICKS + 1)
        .map(|id| id.parse().ok())
        .collect();
    ids.filter(|ids| ids.len() <= MOST_TICKS)
        .ok_or(Problem::NotOffered)
}

/// The list of a query string, without what belongs to one moment; what cannot be read of it is left out.
fn list(query: &str) -> Search {
    let parts = decode(query.trim_start_matches('?'));
    let parts = parts
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    Search::read(parts).0.settled()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> EnrolmentId {
        EnrolmentId(Uuid::from_u128(n))
    }

    /// Fear: a client of another page loses its tick because it is not on this one, or one of this page keeps it.
    #[test]
    fn a_page_speaks_for_itself() {
        let form = SelectionForm {
            shown: format!("{},{}", id(1), id(2)),
            ticks: vec![id(2).to_string()],
            query: "q=boul&page=3&voir=x".into(),
            act: selection_act::CHANGE.into(),
        };
        let draft = form.check().unwrap();
        let ticks = Pick::Ticks {
            on: [id(2)].into(),
            off: [id(1)].into(),
        };
        assert_eq!(draft.picks, [ticks]);
        assert_eq!(draft.onwards, Onwards::Change);
        assert_eq!((draft.list.page, draft.list.show), (3, None));
        let all = SelectionForm {
            act: selection_act::ALL.into(),
            ..form
        };
        let Pick::All(search) = &all.check().unwrap().picks[1] else {
            panic!("all of the list are asked for");
        };
        assert_eq!((&*search.text, search.page), ("boul", 1));
    }

    /// Fear: a form ticks more than a page shows, or what is no client.
    #[test]
    fn forged_ticks() {
        let form = |ticks: Vec<String>, act: &str| SelectionForm {
            ticks,
            act: act.into(),
            ..SelectionForm::default()
        };
        let many = (0..101).map(|n| id(n).to_string()).collect();
        let wrong = form(many, "cocher").check().unwrap_err();
        assert_eq!(wrong.of(SelectionField::Ticks), Some(&Problem::NotOffered));
        let wrong = form(vec!["x".into()], "").check().unwrap_err();
        assert_eq!(wrong.of(SelectionField::Act), Some(&Problem::Missing));
        assert!(wrong.of(SelectionField::Ticks).is_some());
    }
}
