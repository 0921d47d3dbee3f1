//! Attestations of all selected clients: some at a time, each time a transaction of its own.

use super::{accounts, issue};
use crate::{Store, journal::commit_with, outage::Answer, raw, selection};
use portfolio::{
    attestation::MOST_AT_ONCE,
    ids::{EnrolmentId, Scope},
    journal::{Entry, What},
    permission::Fresh,
    ports::{Asker, AttestationPieces, Dealt, Gathered, Left, Outage},
    time::Timestamp,
};
use sea_orm::FromQueryResult;
use std::vec::IntoIter;
use uuid::Uuid;

/// Clients of one transaction.
const AT_ONCE: usize = 20;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
}

/// See [`portfolio::ports::Attestations::issue_selected`].
pub(super) async fn gather(
    store: &Store,
    scope: &Fresh<Scope>,
    now: Timestamp,
) -> Answer<Gathered> {
    let tx = store.write().await?;
    let clients = selection::count(&tx, scope).await?;
    if clients == 0 {
        return Ok(Gathered::Nobody);
    }
    if clients > MOST_AT_ONCE {
        return Ok(Gathered::TooMany);
    }
    let rows: Vec<Row> = raw::all(
        &tx,
        "SELECT c.enrolment_id AS id FROM selected s JOIN client c ON c.enrolment_id = s.enrolment_id \
         WHERE s.member_id = $1 AND c.firm_id = $2 ORDER BY c.name_key, c.enrolment_id",
        vec![scope.member.0.into(), scope.firm.0.into()],
        "selected clients",
    )
    .await?;
    let entry = Entry::by(scope, What::AttestationsFetched { clients });
    commit_with(tx, store.key(), &[entry], now).await?;
    let clients: Vec<_> = rows.into_iter().map(|row| EnrolmentId(row.id)).collect();
    Ok(Gathered::Pieces(Box::new(Pieces {
        store: store.clone(),
        scope: Scope::clone(scope),
        clients: clients.into_iter(),
        now,
    })))
}

/// Clients that are still to be seen to. Dropped, the rest of them get none.
struct Pieces {
    store: Store,
    scope: Scope,
    clients: IntoIter<EnrolmentId>,
    now: Timestamp,
}

#[async_trait::async_trait]
impl AttestationPieces for Pieces {
    async fn next(&mut self) -> Result<Vec<Dealt>, Outage> {
        let clients: Vec<_> = self.clients.by_ref().take(AT_ONCE).collect();
        if clients.is_empty() {
            return Ok(Vec::new());
        }
        let tx = self.store.write().await?;
        let (mut dealt, mut entries) = (Vec::new(), Vec::new());
        for client in clients {
            let asker = Asker::Firm(self.scope.clone(), client);
            // Whoever ended meanwhile is left out, like whoever fell out of the selection.
            let Some(of) = accounts::of(&tx, &asker).await? else {
                continue;
            };
            let outcome = if of.open {
                let by = issue::By::of(&asker);
                match issue::issue(&self.store, &tx, &by, &of, self.now).await? {
                    Ok((attested, entry)) => {
                        entries.extend(entry);
                        Ok(Box::new(attested))
                    }
                    Err(refused) => Err(Left::Refused(refused)),
                }
            } else {
                Err(Left::NoService)
            };
            dealt.push(Dealt {
                name: of.name,
                held: of.held,
                outcome,
            });
        }
        commit_with(tx, self.store.key(), &entries, self.now).await?;
        if dealt.is_empty() {
            return self.next().await;
        }
        Ok(dealt)
    }
}
