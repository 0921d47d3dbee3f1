//! The port, method by method: each opens its transaction, does its work in a module of its own, and commits.

mod dashboard;
mod finding;

use crate::{
    Store, begin, change, client, enrol, journal::commit_with, list, prove, store::commit,
};
use portfolio::{
    catalogue::ServiceCode,
    client::{Client, DraftView, Listing},
    form::Proof,
    identifier::Identifier,
    ids::{DraftId, EnrolmentId, Scope},
    permission::{Editor, Fresh},
    ports::{Begun, Changed, Enrolled, Outage, Portfolio, Proved, Terminated},
    search::Search,
    time::Timestamp,
};
use std::collections::BTreeSet;

#[async_trait::async_trait]
impl Portfolio for Store {
    async fn list(
        &self,
        scope: &Scope,
        search: &Search,
        now: Timestamp,
    ) -> Result<Listing, Outage> {
        let tx = self.read().await?;
        let answer = list::list(&tx, scope, search, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn client(&self, scope: &Scope, id: EnrolmentId) -> Result<Option<Client>, Outage> {
        let tx = self.read().await?;
        let answer = client::client(&tx, scope, id).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn begin(
        &self,
        editor: &Editor,
        identifier: &Identifier,
        other_scheme: bool,
        now: Timestamp,
    ) -> Result<Begun, Outage> {
        let tx = self.write().await?;
        let answer = begin::begin(&tx, editor, identifier, other_scheme, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn draft(
        &self,
        scope: &Scope,
        id: DraftId,
        now: Timestamp,
    ) -> Result<Option<DraftView>, Outage> {
        let tx = self.read().await?;
        let answer = begin::view(&tx, scope, id, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn prove(
        &self,
        editor: &Editor,
        id: DraftId,
        proof: &Proof,
        now: Timestamp,
    ) -> Result<Option<Proved>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = prove::prove(&tx, self.key(), editor, id, proof, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn enrol(
        &self,
        editor: &Editor,
        id: DraftId,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Enrolled>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = enrol::enrol(&tx, editor, id, services, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn change(
        &self,
        editor: &Editor,
        id: EnrolmentId,
        version: i32,
        services: &BTreeSet<ServiceCode>,
        now: Timestamp,
    ) -> Result<Option<Changed>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = change::change(&tx, editor, id, version, services, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn terminate(
        &self,
        editor: &Fresh<Editor>,
        id: EnrolmentId,
        now: Timestamp,
    ) -> Result<Option<Terminated>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = change::terminate(&tx, editor, id, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }
}
