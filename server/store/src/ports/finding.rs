//! The ports of finding and of the firm's own fields.

use crate::{
    Store, find,
    journal::commit_with,
    label, mine, own, review,
    store::{commit, soon},
    view,
};
use portfolio::{
    finding::{Choices, Facets, Jump, View},
    form::{LabelDraft, OwnDraft, ViewDraft},
    ids::{EnrolmentId, Scope},
    permission::Editor,
    ports::{Finding, LabelKept, Marked, Outage, OwnFields, OwnKept, Reviewed, ViewKept},
    search::Search,
    time::Timestamp,
};

#[async_trait::async_trait]
impl Finding for Store {
    async fn count(&self, scope: &Scope, search: &Search, now: Timestamp) -> Result<u64, Outage> {
        let tx = self.read().await?;
        let answer = find::count(&tx, scope, search, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn facets(
        &self,
        scope: &Scope,
        search: &Search,
        now: Timestamp,
    ) -> Result<Facets, Outage> {
        let tx = self.read().await?;
        let answer = find::facets::facets(&tx, scope, search, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn jump(&self, scope: &Scope, text: &str) -> Result<Vec<Jump>, Outage> {
        let tx = self.read().await?;
        let answer = find::jump::jump(&tx, scope, text).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn recent(&self, scope: &Scope) -> Result<Vec<Jump>, Outage> {
        mine::recent(self.reader(), scope).await
    }

    async fn opened(&self, scope: &Scope, id: EnrolmentId, now: Timestamp) -> Result<(), Outage> {
        // Most often it is the same client again: a page that was saved, or reloaded.
        if mine::is_latest(self.reader(), scope, id).await? {
            return Ok(());
        }
        let (store, scope) = (self.clone(), scope.clone());
        let write = async move {
            let tx = store.write().await?;
            mine::opened(&tx, &scope, id, now).await?;
            commit(tx).await
        };
        soon("an opened client was not noted", write).await;
        Ok(())
    }

    async fn favourite(
        &self,
        scope: &Scope,
        id: EnrolmentId,
        on: bool,
    ) -> Result<Option<Marked>, Outage> {
        let tx = self.write().await?;
        let answer = mine::favourite(&tx, scope, id, on).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn views(&self, scope: &Scope) -> Result<Vec<View>, Outage> {
        view::views(self.reader(), scope).await
    }

    async fn act_on_view(
        &self,
        scope: &Scope,
        draft: &ViewDraft,
        now: Timestamp,
    ) -> Result<Option<ViewKept>, Outage> {
        let tx = self.write().await?;
        let answer = view::act(&tx, scope, draft, now).await?;
        commit(tx).await?;
        Ok(answer)
    }
}

#[async_trait::async_trait]
impl OwnFields for Store {
    async fn choices(&self, scope: &Scope) -> Result<Choices, Outage> {
        let tx = self.read().await?;
        let answer = own::choices(&tx, scope).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn keep_own(
        &self,
        editor: &Editor,
        draft: &OwnDraft,
        now: Timestamp,
    ) -> Result<Option<OwnKept>, Outage> {
        let tx = self.write().await?;
        let (answer, entries) = own::keep(&tx, editor, draft, now).await?;
        // A refusal takes back the labels that were made for it.
        if answer == Some(OwnKept::Done) {
            commit_with(tx, self.key(), &entries, now).await?;
        }
        Ok(answer)
    }

    async fn act_on_label(
        &self,
        editor: &Editor,
        draft: &LabelDraft,
        now: Timestamp,
    ) -> Result<Option<LabelKept>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = label::act(&tx, editor, draft, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn review(
        &self,
        editor: &Editor,
        id: EnrolmentId,
        version: i32,
        now: Timestamp,
    ) -> Result<Option<Reviewed>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = review::review(&tx, editor, id, version, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }
}
