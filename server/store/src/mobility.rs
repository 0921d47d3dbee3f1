//! Requests to work abroad, on the firm's side and on the body's.
//!
//! Locks are taken in one order: the request, the people's rows, the journal. Everything about a firm's requests starts at
//! [`row::of_firm`]; the body's own reading starts at [`row::of_body`], which leaves drafts out; a client is told by [`of_mandate`].

mod bench;
mod case;
mod draft;
mod list;
mod notice;
mod postings;
mod row;
mod sent;
mod told;
mod worker;

pub(crate) use told::of_mandate;
pub(crate) use worker::counted_anew;

use crate::{
    Store,
    guard::{self, Subject},
    journal::commit_with,
    key::hex,
    store::commit,
};
use portfolio::{
    attempts::Limit,
    ids::{EnrolmentId, MobilityId, Scope, WorkerId},
    mobility::{
        code::VerificationCode,
        form::{Journey, JourneyDraft, Of},
        request::{Colleagues, Filled, Listing, Person, Request, RequestRow},
        search::MobilitySearch,
    },
    nir::Nir,
    origin::Origin,
    permission::{Editor, Fresh, Officer},
    ports::{
        Bench, Case, CertificateFacts, Change, CodeTried, Mobility, Outage, Queue, QueueWanted,
        Ruling, Started, Stepped, Submitted, Verification,
    },
    time::Timestamp,
};

#[async_trait::async_trait]
impl Mobility for Store {
    async fn requests(
        &self,
        scope: &Scope,
        search: &MobilitySearch,
        now: Timestamp,
    ) -> Result<Listing, Outage> {
        let tx = self.read().await?;
        let answer = list::listing(&tx, scope, search, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn export_requests(
        &self,
        scope: &Scope,
        search: &MobilitySearch,
        now: Timestamp,
    ) -> Result<Vec<RequestRow>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = list::export(&tx, scope, search, now).await?;
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(answer)
    }

    async fn workers(
        &self,
        scope: &Scope,
        client: EnrolmentId,
    ) -> Result<Option<Colleagues>, Outage> {
        let tx = self.read().await?;
        let answer = worker::of_client(&tx, scope, client).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn request(
        &self,
        scope: &Scope,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Request>, Outage> {
        let tx = self.read().await?;
        let answer = case::request(&tx, scope, id, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn begin_request(
        &self,
        editor: &Editor,
        draft: &JourneyDraft,
        now: Timestamp,
    ) -> Result<Option<Started>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = draft::begin(&tx, editor, draft, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn keep_step(
        &self,
        editor: &Editor,
        step: &Filled,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let answer = draft::keep(self, &tx, editor, step, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn drop_dependant(
        &self,
        editor: &Editor,
        of: Of,
        place: usize,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let answer = draft::drop_dependant(&tx, editor, of, place, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn turn(
        &self,
        editor: &Editor,
        of: Of,
        journey: Journey,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let answer = draft::turn(&tx, editor, of, journey, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn discard(
        &self,
        editor: &Editor,
        of: Of,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = draft::discard(self, &tx, editor, of).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn submit(
        &self,
        editor: &Editor,
        of: Of,
        now: Timestamp,
    ) -> Result<Option<Submitted>, Outage> {
        let tx = self.write().await?;
        let (answer, entries) = sent::submit(&tx, editor, of, now).await?;
        for entry in &entries {
            notice::write(self, &tx, entry, Some(editor.member), now).await?;
        }
        commit_with(tx, self.key(), &entries, now).await?;
        self.mail_was_written();
        Ok(answer)
    }

    async fn act_on_request(
        &self,
        editor: &Editor,
        of: Of,
        act: &Change,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = sent::act(&tx, editor, of, act, now).await?;
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        Ok(answer)
    }

    async fn person(
        &self,
        scope: &Scope,
        id: WorkerId,
        now: Timestamp,
    ) -> Result<Option<Person>, Outage> {
        let tx = self.read().await?;
        let answer = worker::person(self, &tx, scope, id, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn reveal(
        &self,
        editor: &Fresh<Editor>,
        id: WorkerId,
        now: Timestamp,
    ) -> Result<Option<Nir>, Outage> {
        let tx = self.write().await?;
        let Some((nir, entry)) = worker::reveal(self, &tx, editor, id, now).await? else {
            return Ok(None);
        };
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Some(nir))
    }

    async fn certificate(
        &self,
        scope: &Scope,
        id: MobilityId,
    ) -> Result<Option<CertificateFacts>, Outage> {
        let tx = self.read().await?;
        let answer = case::certificate(&tx, scope, id).await?;
        commit(tx).await?;
        Ok(answer)
    }
}

#[async_trait::async_trait]
impl Bench for Store {
    async fn queue(&self, _officer: &Officer, wanted: &QueueWanted) -> Result<Queue, Outage> {
        let tx = self.read().await?;
        let answer = bench::queue(&tx, wanted).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn case(
        &self,
        officer: &Officer,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Case>, Outage> {
        let tx = self.read().await?;
        let answer = bench::case(self, &tx, officer, id, now).await?;
        commit(tx).await?;
        Ok(answer)
    }

    async fn decide(
        &self,
        officer: &Officer,
        of: Of,
        ruling: &Ruling,
        now: Timestamp,
    ) -> Result<Option<Stepped>, Outage> {
        let tx = self.write().await?;
        let (answer, entry) = bench::decide(&tx, officer, of, ruling, now).await?;
        if let Some(entry) = &entry {
            notice::write(self, &tx, entry, None, now).await?;
        }
        commit_with(tx, self.key(), entry.as_slice(), now).await?;
        self.mail_was_written();
        Ok(answer)
    }

    async fn reveal_to_officer(
        &self,
        officer: &Fresh<Officer>,
        id: MobilityId,
        now: Timestamp,
    ) -> Result<Option<Nir>, Outage> {
        let tx = self.write().await?;
        let Some((nir, entry)) = bench::reveal(self, &tx, officer, id, now).await? else {
            return Ok(None);
        };
        commit_with(tx, self.key(), &[entry], now).await?;
        Ok(Some(nir))
    }
}

#[async_trait::async_trait]
impl Verification for Store {
    async fn verify(
        &self,
        code: &VerificationCode,
        from: Origin,
        now: Timestamp,
    ) -> Result<CodeTried, Outage> {
        let network = hex(&self.key().counted(&from.network()));
        let subject = Subject::new(Limit::Verification, &network);
        let tx = self.write().await?;
        let mut failures = guard::locked(&tx, &subject, now).await?;
        if let Some(until) = failures.paused_until(now) {
            return Ok(CodeTried::Paused { until });
        }
        let answer = case::verify(&tx, code).await?;
        if answer.is_none() {
            failures.fail(now);
        }
        // Written in either case: the answer takes as long.
        guard::remember(&tx, &subject, &failures, now).await?;
        commit(tx).await?;
        Ok(answer.map_or(CodeTried::Unknown, |found| {
            CodeTried::Known(Box::new(found))
        }))
    }
}
