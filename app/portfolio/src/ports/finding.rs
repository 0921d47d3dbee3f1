//! Finding clients, and the firm's own fields on them.

use super::Outage;
use crate::{
    finding::{Choices, Facets, Jump, View},
    form::{LabelDraft, OwnDraft, ViewDraft},
    ids::{EnrolmentId, LabelId, Scope, ViewId},
    permission::Editor,
    search::Search,
    time::Timestamp,
};
use async_trait::async_trait;

/// Finding a client of the firm, by what is the firm's and by what is the member's own.
#[async_trait]
pub trait Finding: Send + Sync {
    /// How many clients a search leaves, all of them counted.
    async fn count(&self, scope: &Scope, search: &Search, now: Timestamp) -> Result<u64, Outage>;

    /// How many each value of each filter would leave.
    async fn facets(
        &self,
        scope: &Scope,
        search: &Search,
        now: Timestamp,
    ) -> Result<Facets, Outage>;

    /// The clients that a text most likely means, the likeliest first: an exact number, then the beginning of the name, of a word, then
    /// anywhere. At most [`crate::finding::JUMPS`]; none for a blank text.
    async fn jump(&self, scope: &Scope, text: &str) -> Result<Vec<Jump>, Outage>;

    /// The clients that the member opened last, latest first; those that have ended are left out.
    async fn recent(&self, scope: &Scope) -> Result<Vec<Jump>, Outage>;

    /// Remembers that the member opened a client; no matter when there is none.
    async fn opened(&self, scope: &Scope, id: EnrolmentId, now: Timestamp) -> Result<(), Outage>;

    /// Makes a client a favourite of the member, or no longer.
    async fn favourite(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        on: bool,
    ) -> Result<Option<Marked>, Outage>;

    /// The member's saved lists, in French order.
    async fn views(&self, scope: &Scope) -> Result<Vec<View>, Outage>;

    /// Saves, renames, deletes a list, or makes it the one to open with.
    async fn act_on_view(
        &self,
        scope: &Scope,
        draft: &ViewDraft,
        now: Timestamp,
    ) -> Result<Option<ViewKept>, Outage>;
}

/// What [`Finding::favourite`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// Done.
    Done,
    /// There are as many as there may be: [`crate::finding::MOST_FAVOURITES`].
    TooMany,
}

/// What [`Finding::act_on_view`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKept {
    /// Done.
    Done(ViewId),
    /// Another list of the member has this name.
    NameTaken,
    /// There are as many as there may be: [`crate::finding::MOST_VIEWS`].
    TooMany,
}

/// The firm's own fields: reference, labels, who is in charge.
#[async_trait]
pub trait OwnFields: Send + Sync {
    /// What can be chosen.
    async fn choices(&self, scope: &Scope) -> Result<Choices, Outage>;

    /// Changes the own fields of a client that are still at the version named; labels that are named and not there are made.
    async fn keep_own(
        &self,
        editor: &Editor,
        draft: &OwnDraft,
        now: Timestamp,
    ) -> Result<Option<OwnKept>, Outage>;

    /// Makes, renames or deletes a label; deleting takes it off every client.
    async fn act_on_label(
        &self,
        editor: &Editor,
        draft: &LabelDraft,
        now: Timestamp,
    ) -> Result<Option<LabelKept>, Outage>;

    /// Says that the mandate and the services of a client, as they stand at this version, were looked through and are right. `None`
    /// also where it has ended.
    async fn review(
        &self,
        editor: &Editor,
        id: EnrolmentId,
        version: i32,
        now: Timestamp,
    ) -> Result<Option<Reviewed>, Outage>;
}

/// What [`OwnFields::review`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// Done.
    Done,
    /// Somebody changed it meanwhile: what was looked at is not what there is.
    Stale,
}

/// What [`OwnFields::keep_own`] answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnKept {
    /// Done.
    Done,
    /// Somebody changed them meanwhile.
    Stale {
        /// The version in force.
        version: i32,
    },
    /// The enrolment has ended.
    Ended {
        /// Who ended it.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// A label that was chosen is no longer there.
    LabelGone,
    /// The member who was chosen is no longer there.
    MemberGone,
    /// More labels than a firm may have: [`crate::finding::MOST_LABELS`].
    TooManyLabels,
}

/// What [`OwnFields::act_on_label`] answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKept {
    /// Done.
    Done(LabelId),
    /// Another label has this name, accents and case ignored.
    NameTaken,
    /// There are as many as there may be: [`crate::finding::MOST_LABELS`].
    TooMany,
}
