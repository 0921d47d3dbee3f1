//! Attestations that were issued, read again.

use super::accounts::{self, Of};
use crate::{
    Store,
    key::Key,
    outage::{Answer, refused},
    raw,
    vault::purpose::ATTESTATION,
};
use portfolio::{
    attestation::{By, Content, Overview, Past, SecurityCode, judge},
    ids::AttestationId,
    mobility::day::Day,
    ports::{Asker, Attested, Outage},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) const TABLE: &str = "attestation";
/// How many of a client's attestations a page shows.
const SHOWN: i64 = 30;

/// What is sealed of an attestation.
#[derive(Serialize, Deserialize)]
pub(super) struct Sealed {
    /// What anybody checks it by.
    pub(super) code: SecurityCode,
    /// What it says.
    pub(super) content: Content,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    issued_on: String,
    firm_id: Option<Uuid>,
    member: Option<String>,
}

/// A day as the table holds it.
pub(super) fn day(text: String, id: Uuid) -> Answer<Day> {
    Day::try_from(text).map_err(|_| refused(TABLE, id))
}

/// See [`portfolio::ports::Attestations::attestations`]. Whose mandate has ended, or who lacks the service, is told nothing of what
/// the registry says today, and of no paper.
pub(super) async fn overview(
    store: &Store,
    db: &impl ConnectionTrait,
    asker: &Asker,
    of: Of,
    now: Timestamp,
) -> Answer<Overview> {
    let (mut refused, mut past) = (None, Vec::new());
    if of.open {
        refused = match accounts::registered(db, &of.key, now).await? {
            Some(registered) => judge(&registered).err(),
            None => Some(portfolio::attestation::Refused::Closed),
        };
        past = issued(store, db, asker, &of.key).await?;
    }
    Ok(Overview {
        name: of.name,
        held: of.held,
        open: of.open,
        refused,
        past,
        today: Day::of(now),
    })
}

/// The latest papers of a holder, whoever fetched them.
async fn issued(
    store: &Store,
    db: &impl ConnectionTrait,
    asker: &Asker,
    key: &str,
) -> Answer<Vec<Past>> {
    let rows: Vec<Row> = raw::all(
        db,
        "SELECT a.id, a.issued_on, a.firm_id, m.name AS member FROM attestation a LEFT JOIN member m ON m.id = a.member_id \
         WHERE a.holder_key = $1 ORDER BY a.issued_on DESC, a.id DESC LIMIT $2",
        vec![key.into(), SHOWN.into()],
        "attestations",
    )
    .await?;
    let own = match asker {
        Asker::Firm(scope, _) => Some(scope.firm.0),
        // Whose firms' people fetched one is told by no name.
        Asker::Holder(..) => None,
    };
    let mut past = Vec::with_capacity(rows.len());
    for row in rows {
        past.push(Past {
            id: AttestationId(row.id),
            code: unsealed(store, db, row.id).await?.code,
            issued: day(row.issued_on, row.id)?,
            by: match (row.firm_id, row.member) {
                (None, _) => By::Holder,
                (firm, Some(name)) if firm == own => By::Member(name),
                _ => By::Firm,
            },
        });
    }
    Ok(past)
}

#[derive(FromQueryResult)]
struct Whose {
    holder_key: String,
}

/// Whose accounts a paper is about.
pub(super) async fn holder_of(
    db: &impl ConnectionTrait,
    id: AttestationId,
) -> Answer<Option<String>> {
    let row: Option<Whose> = raw::one(
        db,
        "SELECT holder_key FROM attestation WHERE id = $1",
        vec![id.0.into()],
        "attestations",
    )
    .await?;
    Ok(row.map(|row| row.holder_key))
}

#[derive(FromQueryResult)]
struct Issued {
    issued_on: String,
}

/// One paper of a holder, as it was issued.
pub(super) async fn attested(
    store: &Store,
    db: &impl ConnectionTrait,
    key: &str,
    id: AttestationId,
) -> Answer<Option<Attested>> {
    let row: Option<Issued> = raw::one(
        db,
        "SELECT issued_on FROM attestation WHERE id = $1 AND holder_key = $2",
        vec![id.0.into(), key.into()],
        "attestations",
    )
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let Sealed { code, content } = unsealed(store, db, id.0).await?;
    Ok(Some(Attested {
        id,
        code,
        issued: day(row.issued_on, id.0)?,
        content,
    }))
}

/// What is sealed of a paper that there is.
pub(super) async fn unsealed(store: &Store, db: &impl ConnectionTrait, id: Uuid) -> Answer<Sealed> {
    let text = store.unseal(db, ATTESTATION, id).await?;
    let text = text.ok_or_else(|| refused(TABLE, id))?;
    serde_json::from_slice(&text).map_err(|_| refused(TABLE, id))
}

/// The digest of a paper's code is made anew with the key in force, when what is sealed is sealed anew.
pub(crate) async fn known_anew(
    db: &impl ConnectionTrait,
    key: &Key,
    id: Uuid,
    text: &[u8],
) -> Result<(), Outage> {
    let sealed: Sealed = serde_json::from_slice(text).map_err(|_| refused(TABLE, id))?;
    let digest = key.paper(&sealed.code).to_vec();
    raw::run(
        db,
        "UPDATE attestation SET code = $1 WHERE id = $2",
        vec![digest.into(), id.into()],
        "codes of attestations",
    )
    .await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Known {
    code: Vec<u8>,
}

/// Whether a paper is found by the code that it bears. The digest may be of a key that has given way, until the vault has a new one.
pub(crate) async fn is_known(
    db: &impl ConnectionTrait,
    key: &Key,
    id: Uuid,
    text: &[u8],
) -> Answer<bool> {
    let Ok(sealed) = serde_json::from_slice::<Sealed>(text) else {
        return Ok(false);
    };
    let row: Option<Known> = raw::one(
        db,
        "SELECT code FROM attestation WHERE id = $1",
        vec![id.into()],
        "attestations",
    )
    .await?;
    // A paper that is not there is told apart.
    Ok(row.is_none_or(|row| {
        key.each()
            .any(|key| row.code == key.paper(&sealed.code).as_slice())
    }))
}
