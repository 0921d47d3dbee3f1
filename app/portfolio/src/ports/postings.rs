//! Files of postings: one of a member waits, sealed, between its dry run and its drafts.

use super::Outage;
use crate::{
    ids::{EnrolmentId, PostingsId, Scope},
    mobility::{
        batch::{FileView, Sent},
        request::ClientOf,
    },
    permission::Editor,
    time::Timestamp,
};
use async_trait::async_trait;

/// The file of postings of a member.
#[async_trait]
pub trait Postings: Send + Sync {
    /// The client whose page a file is to be sent from, and whether it has the service; `None` when it is not one of the firm's.
    async fn sender(
        &self,
        scope: &Scope,
        client: EnrolmentId,
    ) -> Result<Option<(ClientOf, bool)>, Outage>;

    /// Keeps a file for [`crate::mobility::batch::KEPT`], in place of the one that the member sent before.
    async fn keep_postings(
        &self,
        editor: &Editor,
        sent: Sent,
        now: Timestamp,
    ) -> Result<PostingsId, Outage>;

    /// The member's file and what each of its lines comes to now; `None` when there is none, or its time is over.
    async fn postings(&self, editor: &Editor, now: Timestamp) -> Result<Option<FileView>, Outage>;

    /// Begins a request for each line that is ready, all or none, and tells how many; `None` when the member's file is no longer the
    /// one named. The file stays, so that its page tells what became of each line.
    async fn create_drafts(
        &self,
        editor: &Editor,
        file: PostingsId,
        now: Timestamp,
    ) -> Result<Option<u64>, Outage>;

    /// Forgets the member's file, if it is the one named.
    async fn forget_postings(
        &self,
        editor: &Editor,
        file: PostingsId,
        now: Timestamp,
    ) -> Result<(), Outage>;
}
