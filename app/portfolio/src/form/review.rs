//! « Le mandat est toujours valable » of the yearly review.

use super::Form;
use crate::{
    ids::EnrolmentId,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
    review::Walk,
};
use serde::{Deserialize, Serialize};

/// What the button sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    /// The enrolment looked through.
    pub of: String,
    /// Its version that the page shows: what somebody changed meanwhile is not confirmed unseen.
    pub version: String,
    /// The walk that it is a step of, as a query string.
    pub walk: String,
    /// Where it is said: [`ON_CLIENT`], or else the walk.
    pub on: String,
    /// Where the client's own page leads back to, as a query string.
    pub back: String,
}

/// What the form of a client's own page says of where it stands.
pub const ON_CLIENT: &str = "client";

/// Where a mandate is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewedOn {
    /// In a step of this walk.
    Walk(Walk),
    /// On the client's own page, which leads back to this.
    Client(String),
}

/// A mandate to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewDraft {
    /// The enrolment.
    pub of: EnrolmentId,
    /// The version that was looked at.
    pub version: i32,
    /// Where it is said.
    pub on: ReviewedOn,
}

/// The fields of [`ReviewForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ReviewField {
    /// The enrolment.
    Of,
}

impl Field for ReviewField {
    fn name(self) -> &'static str {
        "of"
    }
    fn ask(self) -> &'static str {
        t("Choisissez le client dont le mandat est revu.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for ReviewForm {
    type Field = ReviewField;
    type Draft = ReviewDraft;

    fn check(&self) -> Result<ReviewDraft, Problems<ReviewField>> {
        let mut judge = Judge::new();
        let read = self.of.parse().ok().zip(self.version.parse().ok());
        let read = judge.take(ReviewField::Of, read.ok_or(Problem::NotOffered));
        judge.close(read.map(|(of, version)| ReviewDraft {
            of,
            version,
            on: if self.on == ON_CLIENT {
                ReviewedOn::Client(self.back.clone())
            } else {
                ReviewedOn::Walk(Walk::read(&self.walk).0)
            },
        }))
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: a mandate is confirmed without a word about what was looked at.
    #[test]
    fn names_what_was_seen() {
        let form = ReviewForm {
            of: "01a20cbe-3610-7d9c-af6a-74462ae16a39".into(),
            version: "3".into(),
            walk: "charge=moi&vus=4".into(),
            ..ReviewForm::default()
        };
        let draft = form.check().unwrap();
        let walk = Walk {
            mine: true,
            done: 4,
            ..Walk::default()
        };
        assert_eq!((draft.version, draft.on), (3, ReviewedOn::Walk(walk)));
        let on_page = ReviewForm {
            on: ON_CLIENT.into(),
            back: "q=a".into(),
            ..form.clone()
        };
        let on = on_page.check().unwrap().on;
        assert_eq!(on, ReviewedOn::Client("q=a".into()));
        for broken in [
            ReviewForm {
                version: String::new(),
                ..form.clone()
            },
            ReviewForm {
                of: "x".into(),
                ..form
            },
        ] {
            assert!(broken.check().is_err(), "{broken:?}");
        }
    }
}
