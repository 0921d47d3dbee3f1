//! A client made a favourite of a member, or no longer.

use super::Form;
use crate::{
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// What the star of a row sends: one button, so that a list needs one form for all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FavouriteForm {
    /// The client that becomes a favourite; empty for none.
    pub add: String,
    /// The client that is one no longer; empty for none.
    pub remove: String,
    /// The list that the person is on, as a query string.
    pub back: String,
}

/// A star that was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FavouriteDraft {
    /// The client; none when the form names none.
    pub of: Option<EnrolmentId>,
    /// Whether it becomes a favourite.
    pub on: bool,
    /// The list that the person is on, as a query string.
    pub back: String,
}

/// The fields of [`FavouriteForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FavouriteField {
    /// The star.
    Add,
}

impl Field for FavouriteField {
    fn name(self) -> &'static str {
        "add"
    }
    fn ask(self) -> &'static str {
        t("Choisissez un client.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for FavouriteForm {
    type Field = FavouriteField;
    type Draft = FavouriteDraft;

    fn check(&self) -> Result<FavouriteDraft, Problems<FavouriteField>> {
        let mut judge = Judge::new();
        let (of, on) = match (&*self.add, &*self.remove) {
            ("", "") => (Err(Problem::Missing), false),
            ("", remove) => (Ok(remove.parse().ok()), false),
            (add, _) => (Ok(add.parse().ok()), true),
        };
        let of = judge.take(FavouriteField::Add, of);
        judge.close(of.map(|of| FavouriteDraft {
            of,
            on,
            back: self.back.clone(),
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a star that is taken away is added, or a form that names nobody is carried out.
    #[test]
    fn each_button_its_own() {
        let id = "01a20cbe-3610-7d9c-af6a-74462ae16a39";
        let form = |add: &str, remove: &str| FavouriteForm {
            add: add.into(),
            remove: remove.into(),
            back: "q=a".into(),
        };
        let added = form(id, "").check().unwrap();
        assert!(added.on && added.of.is_some() && added.back == "q=a");
        let removed = form("", id).check().unwrap();
        assert!(!removed.on && removed.of.is_some());
        assert_eq!(form("nobody", "").check().unwrap().of, None);
        assert!(form("", "").check().is_err());
    }
}
