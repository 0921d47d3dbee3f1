//! The lists that a member saves (« vues »).

use super::{Form, own};
use crate::{
    ids::ViewId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
    search::{Search, decode},
};
use serde::{Deserialize, Serialize};

/// Characters of the longest name of a list.
pub const LONGEST_VIEW: usize = 60;
/// Bytes of the longest query string that is saved.
const LONGEST_QUERY: usize = 4000;

/// What each of the page's buttons sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewForm {
    /// The list; empty for a new one.
    pub of: String,
    /// What is done: [`view_act`].
    pub act: String,
    /// The name, where one is given.
    pub name: String,
    /// The list to be saved, as the query string of its address.
    pub query: String,
}

/// Something to be done. An id is none when the form names no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ViewDraft {
    /// Saves a list under a name. One of the same name, accents and case ignored, is refused.
    Save {
        /// Its name.
        name: String,
        /// Its query string: settled, from its first page.
        query: String,
    },
    /// Gives this one another name.
    Rename(Option<ViewId>, String),
    /// Saves another list under the same name.
    Replace(Option<ViewId>, String),
    /// Deletes this one.
    Delete(Option<ViewId>),
    /// Opens with this one from now on.
    Default(Option<ViewId>),
    /// Opens with everybody again, when it was this one that was opened with.
    NoDefault(Option<ViewId>),
}

/// The words by which a form says what is done.
pub mod view_act {
    /// [`super::ViewDraft::Save`].
    pub const SAVE: &str = "enregistrer";
    /// [`super::ViewDraft::Rename`].
    pub const RENAME: &str = "renommer";
    /// [`super::ViewDraft::Replace`].
    pub const REPLACE: &str = "remplacer";
    /// [`super::ViewDraft::Delete`].
    pub const DELETE: &str = "supprimer";
    /// [`super::ViewDraft::Default`].
    pub const DEFAULT: &str = "par-defaut";
    /// [`super::ViewDraft::NoDefault`].
    pub const NO_DEFAULT: &str = "sans-defaut";
}

/// The fields of [`ViewForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ViewField {
    /// « Nom de la vue ».
    Name,
    /// The button.
    Act,
}

impl Field for ViewField {
    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Act => "act",
        }
    }
    fn ask(self) -> &'static str {
        match self {
            Self::Name => t("Saisissez le nom de la vue."),
            Self::Act => t("Choisissez ce qu’il faut faire."),
        }
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ViewForm {
    type Field = ViewField;
    type Draft = ViewDraft;

    fn check(&self) -> Result<ViewDraft, Problems<ViewField>> {
        let mut judge = Judge::new();
        let of = self.of.parse().ok();
        let draft = match &*self.act {
            view_act::SAVE => judge
                .take(ViewField::Name, name(&self.name))
                .zip(judge.take(ViewField::Act, query(&self.query)))
                .map(|(name, query)| ViewDraft::Save { name, query }),
            view_act::RENAME => judge
                .take(ViewField::Name, name(&self.name))
                .map(|name| ViewDraft::Rename(of, name)),
            view_act::REPLACE => judge
                .take(ViewField::Act, query(&self.query))
                .map(|query| ViewDraft::Replace(of, query)),
            view_act::DELETE => Some(ViewDraft::Delete(of)),
            view_act::DEFAULT => Some(ViewDraft::Default(of)),
            view_act::NO_DEFAULT => Some(ViewDraft::NoDefault(of)),
            "" => judge.take(ViewField::Act, Err(Problem::Missing)),
            _ => judge.take(ViewField::Act, Err(Problem::NotOffered)),
        };
        judge.close(draft)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

fn name(typed: &str) -> Result<String, Problem> {
    let name = own::at_most(own::one_line(typed), LONGEST_VIEW)?;
    if name.is_empty() {
        return Err(Problem::Missing);
    }
    Ok(name)
}

/// Only a list that can be read is saved, and nothing of it that belongs to one moment.
fn query(typed: &str) -> Result<String, Problem> {
    let parts = decode(typed.trim_start_matches('?'));
    let parts = parts
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let query = Search::read(parts).0.settled().first_page().query();
    match query.len() {
        got if got > LONGEST_QUERY => Err(Problem::TooLong {
            got,
            want: LONGEST_QUERY,
        }),
        _ => Ok(query),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(act: &str, name: &str, query: &str) -> ViewForm {
        ViewForm {
            of: String::new(),
            act: act.into(),
            name: name.into(),
            query: query.into(),
        }
    }

    /// Fear: what is saved is no list, or opens at a page, a row or a notice of one moment.
    #[test]
    fn only_a_list_is_saved() {
        let id = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
        let typed = format!("?q=a%20b&etat=3&page=7&apres={id}&voir={id}&utm=1&tri=drop");
        let saved = form("enregistrer", " Mes  radiés ", &typed).check();
        assert_eq!(
            saved.unwrap(),
            ViewDraft::Save {
                name: "Mes radiés".into(),
                query: "q=a%20b&etat=3".into()
            }
        );
    }

    /// Fear: a button does what another one says.
    #[test]
    fn each_button_its_own() {
        for (act, draft) in [
            ("supprimer", ViewDraft::Delete(None)),
            ("par-defaut", ViewDraft::Default(None)),
            ("sans-defaut", ViewDraft::NoDefault(None)),
            ("renommer", ViewDraft::Rename(None, "x".into())),
            ("remplacer", ViewDraft::Replace(None, String::new())),
        ] {
            assert_eq!(form(act, "x", "").check().unwrap(), draft);
        }
        for (act, name) in [
            ("enregistrer", " "),
            ("renommer", ""),
            ("", "x"),
            ("autre", "x"),
        ] {
            assert!(form(act, name, "").check().is_err(), "{act}");
        }
        let long = "x".repeat(61);
        assert!(form("enregistrer", &long, "").check().is_err());
    }
}
