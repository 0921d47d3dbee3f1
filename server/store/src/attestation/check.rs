//! The code of a paper, checked by whoever holds it.

use super::kept::{self, Sealed};
use crate::{
    Store,
    guard::{self, Subject},
    key::hex,
    outage::Answer,
    raw,
    store::commit,
};
use portfolio::{
    attempts::Limit,
    attestation::SecurityCode,
    origin::Origin,
    ports::{Checked, Vouched},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// See [`portfolio::ports::Attestations::check`]. Failures count together with those of certificates: there is one page for both.
pub(super) async fn check(
    store: &Store,
    code: &SecurityCode,
    from: Origin,
    now: Timestamp,
) -> Answer<Checked> {
    let network = hex(&store.key().counted(&from.network()));
    let subject = Subject::new(Limit::Verification, &network);
    let tx = store.write().await?;
    let mut failures = guard::locked(&tx, &subject, now).await?;
    if let Some(until) = failures.paused_until(now) {
        return Ok(Checked::Paused { until });
    }
    let found = found(store, &tx, code).await?;
    if found.is_none() {
        failures.fail(now);
    }
    // Written in either case: the answer takes as long.
    guard::remember(&tx, &subject, &failures, now).await?;
    commit(tx).await?;
    Ok(found.map_or(Checked::Unknown, |found| Checked::Known(Box::new(found))))
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    issued_on: String,
}

/// The paper of a code, by its digest under the key in force or one of before.
async fn found(
    store: &Store,
    db: &impl ConnectionTrait,
    code: &SecurityCode,
) -> Answer<Option<Vouched>> {
    let digests = store.key().each().map(|key| key.paper(code).to_vec());
    let digests: Vec<sea_orm::Value> = digests.map(Into::into).collect();
    let sql = format!(
        "SELECT id, issued_on FROM attestation WHERE code IN ({})",
        raw::places(1, digests.len())
    );
    let row: Option<Row> = raw::one(db, &sql, digests, "codes of attestations").await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let Sealed { content, .. } = kept::unsealed(store, db, row.id).await?;
    Ok(Some(Vouched {
        issued: kept::day(row.issued_on, row.id)?,
        content,
    }))
}
