//! The address of one's own calendar feed: made, made anew, revoked.

use super::Form;
use crate::{
    calendar::Whose,
    language::t,
    problem::{Field, Judge, Problem, Problems, Subject},
};
use serde::{Deserialize, Serialize};

/// The words of the buttons.
pub mod feed_act {
    /// A new address; the one before is good no longer.
    pub const MAKE: &str = "creer";
    /// None any more.
    pub const REVOKE: &str = "revoquer";
}

/// What the page sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedForm {
    /// What is to be done: one of [`feed_act`].
    pub act: String,
    /// Whose clients it is to tell of: [`Whose::code`].
    pub whose: String,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedDraft {
    /// A new address.
    Make(Whose),
    /// None any more.
    Revoke,
}

/// The fields of [`FeedForm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FeedField {
    /// Whose clients.
    Whose,
}

impl Field for FeedField {
    fn name(self) -> &'static str {
        "whose"
    }
    fn ask(self) -> &'static str {
        t("Choisissez de quels clients l’agenda doit parler.")
    }
    fn subject(self) -> Subject {
        Subject::Other
    }
}

impl Form for FeedForm {
    type Field = FeedField;
    type Draft = FeedDraft;

    fn check(&self) -> Result<FeedDraft, Problems<FeedField>> {
        let mut judge = Judge::new();
        let read = match &*self.act {
            feed_act::MAKE => Whose::read(&self.whose)
                .map(FeedDraft::Make)
                .ok_or(Problem::NotOffered),
            feed_act::REVOKE => Ok(FeedDraft::Revoke),
            _ => Err(Problem::NotOffered),
        };
        let read = judge.take(FeedField::Whose, read);
        judge.close(read)
    }

    fn kept(&self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fear: an empty form makes an address, or a wrong word takes one away.
    #[test]
    fn buttons_alone() {
        let form = |act: &str, whose: &str| FeedForm {
            act: act.into(),
            whose: whose.into(),
        };
        let made = form(feed_act::MAKE, "moi").check();
        assert_eq!(made, Ok(FeedDraft::Make(Whose::Mine)));
        assert_eq!(form(feed_act::REVOKE, "x").check(), Ok(FeedDraft::Revoke));
        for (act, whose) in [("", ""), ("autre", "moi"), (feed_act::MAKE, "x")] {
            assert!(form(act, whose).check().is_err(), "{act} {whose}");
        }
    }
}
