//! Attestations de vigilance: issued from the registry as it is today, and kept as they were issued.
//!
//! Which accounts somebody may ask about is decided at one place, [`accounts::of`]: everything else knows a holder alone. What a paper
//! says and its code are sealed, since pay is nobody else's business; the code is found again by a keyed digest.

mod accounts;
mod check;
mod ends;
mod issue;
mod kept;
mod many;

pub(crate) use kept::{is_known, known_anew};

use crate::{Store, client_house, journal::commit_with, store::commit};
use portfolio::{
    attestation::{Overview, SecurityCode},
    ids::{AttestationId, Scope},
    origin::Origin,
    permission::{Client, Fresh},
    ports::{Asker, Attestations, Attested, Checked, Gathered, Issued, Outage},
    time::Timestamp,
};

#[async_trait::async_trait]
impl Attestations for Store {
    async fn attestations(
        &self,
        asker: &Asker,
        now: Timestamp,
    ) -> Result<Option<Overview>, Outage> {
        let tx = self.read().await?;
        let answer = match accounts::of(&tx, asker).await? {
            Some(of) => Some(kept::overview(self, &tx, asker, of, now).await?),
            None => None,
        };
        commit(tx).await?;
        Ok(answer)
    }

    async fn issue(&self, asker: &Asker, now: Timestamp) -> Result<Option<Issued>, Outage> {
        let tx = self.write().await?;
        let Some(of) = accounts::of(&tx, asker).await? else {
            return Ok(None);
        };
        if !of.open {
            return Ok(Some(Issued::NoService));
        }
        let by = issue::By::of(asker);
        match issue::issue(self, &tx, &by, &of, now).await? {
            Err(refused) => Ok(Some(Issued::Refused(refused))),
            Ok((attested, entry)) => {
                commit_with(tx, self.key(), entry.as_slice(), now).await?;
                Ok(Some(Issued::Done(attested.id)))
            }
        }
    }

    async fn attested(&self, asker: &Asker, id: AttestationId) -> Result<Option<Attested>, Outage> {
        let tx = self.read().await?;
        let answer = match accounts::of(&tx, asker).await? {
            Some(of) if of.open => kept::attested(self, &tx, &of.key, id).await?,
            _ => None,
        };
        commit(tx).await?;
        Ok(answer)
    }

    async fn own_attested(
        &self,
        client: &Client,
        id: AttestationId,
    ) -> Result<Option<Attested>, Outage> {
        let tx = self.read().await?;
        let answer = match kept::holder_of(&tx, id).await? {
            Some(key) if client_house::may_see(&tx, client, &key).await? => {
                kept::attested(self, &tx, &key, id).await?
            }
            _ => None,
        };
        commit(tx).await?;
        Ok(answer)
    }

    async fn issue_selected(
        &self,
        scope: &Fresh<Scope>,
        now: Timestamp,
    ) -> Result<Gathered, Outage> {
        many::gather(self, scope, now).await
    }

    async fn check(
        &self,
        code: &SecurityCode,
        from: Origin,
        now: Timestamp,
    ) -> Result<Checked, Outage> {
        check::check(self, code, from, now).await
    }
}
