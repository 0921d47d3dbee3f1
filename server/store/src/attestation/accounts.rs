//! Whose accounts somebody may ask about, and what the registry says of them.

use crate::{
    client, client_house,
    entity::{account, holder, registry_import},
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn},
    stored,
};
use portfolio::{
    attestation::{AccountFacts, Declared, Registered, serves},
    holder::HolderScheme,
    mobility::day::Day,
    ports::Asker,
    siret::Siret,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

const TABLE: &str = "account of holder";

/// The accounts that are asked about.
pub(super) struct Of {
    /// The stored key of the holder under its scheme.
    pub(super) key: String,
    /// The same, read.
    pub(super) held: HolderScheme,
    /// The name that the asker may see.
    pub(super) name: String,
    /// Whether the asker may have attestations of them.
    pub(super) open: bool,
}

/// The accounts that an asker may see; those of a client are the firm's while its enrolment is in force, and with the service alone.
pub(super) async fn of(db: &impl ConnectionTrait, asker: &Asker) -> Answer<Option<Of>> {
    match asker {
        Asker::Firm(scope, id) => {
            let enrolment = scoped::enrolments(scope.firm)
                .filter(EnrolmentColumn::Id.eq(id.0))
                .one(db)
                .await
                .or_outage("enrolments")?;
            let Some(enrolment) = enrolment else {
                return Ok(None);
            };
            let holder = client::holder(db, &enrolment).await?;
            let services = client::services(db, id.0).await?;
            Ok(Some(Of {
                key: enrolment.holder_key.clone(),
                held: stored::held(&enrolment.holder_key, "enrolment", id)?,
                open: enrolment.ended_at.is_none() && serves(&services),
                name: client::name(&enrolment, holder),
            }))
        }
        Asker::Holder(client, held) => {
            let key = held.key();
            if !client_house::may_see(db, client, &key).await? {
                return Ok(None);
            }
            let holder = holder::Entity::find_by_id(&key)
                .one(db)
                .await
                .or_outage("holders")?;
            Ok(holder.map(|holder| Of {
                key,
                held: held.clone(),
                name: holder.name,
                open: true,
            }))
        }
    }
}

/// What the registry says of a holder under a scheme; `None` when it knows nobody by this key.
pub(super) async fn registered(
    db: &impl ConnectionTrait,
    key: &str,
    now: Timestamp,
) -> Answer<Option<Registered>> {
    let holder = holder::Entity::find_by_id(key)
        .one(db)
        .await
        .or_outage("holders")?;
    let Some(holder) = holder else {
        return Ok(None);
    };
    let rows = account::Entity::find()
        .filter(account::Column::HolderKey.eq(key))
        .order_by_asc(account::Column::AccountNumber)
        .all(db)
        .await
        .or_outage("accounts")?;
    let latest: Option<Option<i64>> = registry_import::Entity::find()
        .select_only()
        .expr(registry_import::Column::At.max())
        .into_tuple()
        .one(db)
        .await
        .or_outage("imports of the registry")?;
    let as_of = latest.flatten().map_or(now, |at| Timestamp(at).min(now));
    Ok(Some(Registered {
        held: stored::held(key, "holder", key)?,
        kind: stored::kind(&holder.kind, "holder", key)?,
        name: holder.name,
        accounts: rows.into_iter().map(facts).collect::<Answer<_>>()?,
        as_of: Day::of(as_of),
    }))
}

/// An account number is half of a proof: a broken row is named by its holder.
fn facts(row: account::Model) -> Answer<AccountFacts> {
    let siret = row.siret.as_deref().map(Siret::stored).transpose();
    Ok(AccountFacts {
        siret: siret.map_err(|_| refused(TABLE, &row.holder_key))?,
        state: stored::state(row.state, TABLE, &row.holder_key)?,
        organism: row.organism,
        up_to_date: row.up_to_date,
        last_period: Declared::of(&row.last_period),
        headcount: row.headcount,
        payroll: row.payroll,
    })
}
