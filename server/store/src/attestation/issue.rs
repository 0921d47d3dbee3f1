//! An attestation that is issued.

use super::{
    accounts::{self, Of},
    kept::{self, Sealed, TABLE},
};
use crate::{
    Store,
    outage::{Answer, refused},
    raw, stored,
    vault::purpose::ATTESTATION,
};
use portfolio::{
    attestation::{Refused, SecurityCode, judge, last_day},
    ids::{AttestationId, EnrolmentId, Scope},
    journal::{About, Entry, What},
    mobility::day::Day,
    permission::Client,
    ports::{Asker, Attested, Outage},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// Who fetches it.
pub(super) enum By {
    /// A member of a firm, for this client.
    Firm(Scope, EnrolmentId),
    /// Whom the accounts belong to.
    Holder(Client),
}

impl By {
    pub(super) fn of(asker: &Asker) -> Self {
        match asker {
            Asker::Firm(scope, id) => Self::Firm(scope.clone(), *id),
            Asker::Holder(client, _) => Self::Holder(client.clone()),
        }
    }

    /// What the columns say of it: firm and member.
    fn columns(&self) -> (Option<Uuid>, Option<Uuid>) {
        match self {
            Self::Firm(scope, _) => (Some(scope.firm.0), Some(scope.member.0)),
            Self::Holder(_) => (None, None),
        }
    }

    /// What the journal is to say of it.
    fn entry(&self, what: What) -> Entry {
        match self {
            Self::Firm(scope, id) => Entry::by(scope, what).about(About::Client(*id)),
            Self::Holder(client) => Entry::by_oneself(&client.oneself(), what),
        }
    }
}

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
}

/// Issues one, or takes the one of today again that says the same; and what the journal is to say of a new one. Two who ask at the
/// same moment get the same paper: the table's key decides.
pub(super) async fn issue(
    store: &Store,
    db: &impl ConnectionTrait,
    by: &By,
    of: &Of,
    now: Timestamp,
) -> Answer<Result<(Attested, Option<Entry>), Refused>> {
    let Some(registered) = accounts::registered(db, &of.key, now).await? else {
        return Ok(Err(Refused::Closed));
    };
    let content = match judge(&registered) {
        Ok(content) => content,
        Err(refused) => return Ok(Err(refused)),
    };
    let today = Day::of(now);
    let until = last_day(today);
    let said = serde_json::to_vec(&content).map_err(|_| refused(TABLE, &of.key))?;
    let said = store.key().said(&said).to_vec();
    let code = SecurityCode::from_random(random()?);
    let id = stored::new_id(now);
    let (firm, member) = by.columns();
    let made = raw::run(
        db,
        "INSERT INTO attestation (id, holder_key, code, said, issued_on, good_until, firm_id, member_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (holder_key, issued_on, said) DO NOTHING",
        vec![
            id.into(),
            of.key.as_str().into(),
            store.key().paper(&code).to_vec().into(),
            said.clone().into(),
            today.iso().into(),
            until.iso().into(),
            firm.into(),
            member.into(),
        ],
        "issuing an attestation",
    )
    .await?;
    if made == 0 {
        let found: Option<Found> = raw::one(
            db,
            "SELECT id FROM attestation WHERE holder_key = $1 AND issued_on = $2 AND said = $3",
            vec![of.key.as_str().into(), today.iso().into(), said.into()],
            "attestations",
        )
        .await?;
        let id = found.ok_or_else(|| refused(TABLE, &of.key))?.id;
        let again = kept::attested(store, db, &of.key, AttestationId(id)).await?;
        let again = again.ok_or_else(|| refused(TABLE, id))?;
        return Ok(Ok((again, None)));
    }
    let sealed = Sealed { code, content };
    let text = serde_json::to_vec(&sealed).map_err(|_| refused(TABLE, id))?;
    store.seal(db, ATTESTATION, id, &text).await?;
    let Sealed { code, content } = sealed;
    let attested = Attested {
        id: AttestationId(id),
        code,
        issued: today,
        content,
    };
    let entry = by.entry(What::AttestationIssued { until });
    Ok(Ok((attested, Some(entry))))
}

fn random<const N: usize>() -> Answer<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Outage("the system gave no random bytes".to_owned()))?;
    Ok(bytes)
}
