//! « Le mandat est toujours valable » of the yearly review.

use super::Form;
use crate::{
    ids::EnrolmentId,
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
}

/// A mandate to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewDraft {
    /// The enrolment.
    pub of: EnrolmentId,
    /// The version that was looked at.
    pub version: i32,
    /// The walk that it is a step of.
    pub walk: Walk,
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
        "Choisissez le client dont le mandat est revu."
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
            walk: Walk::read(&self.walk).0,
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
        };
        let draft = form.check().unwrap();
        assert_eq!(
            (draft.version, draft.walk.mine, draft.walk.done),
            (3, true, 4)
        );
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
