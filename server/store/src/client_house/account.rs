//! « Mon compte »: what a client may see, who manages it since when with which services, and what was done.

use crate::{
    Store, client, client_house,
    entity::{email_change, enrolment_event, firm, member},
    outage::{Answer, OrOutage, refused},
    scoped::{self, Enrolment, EnrolmentColumn},
    store::commit,
    stored,
};
use portfolio::{
    holding::{Deed, Mandate, OwnAccount},
    ids::EnrolmentId,
    permission::Client,
    ports::Outage,
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

/// How many mandates, those that ended included, a page shows.
const SHOWN: u64 = 50;
/// How many events of each.
const EVENTS: u64 = 100;

#[derive(FromQueryResult)]
struct Read {
    at: i64,
    what: String,
    added: String,
    removed: String,
    house: uuid::Uuid,
}

impl Store {
    /// A client's own account, whole: see [`portfolio::ports::ClientAccounts::account`].
    ///
    /// # Errors
    /// An outage.
    pub async fn own_account(&self, client: &Client, now: Timestamp) -> Result<OwnAccount, Outage> {
        let holdings = self.holdings_of(client.house().0).await?;
        let tx = self.read().await?;
        let keys = client_house::keys(&tx, client).await?;
        let rows = scoped::enrolments_of_client(&keys)
            .order_by_asc(EnrolmentColumn::EndedAt.is_not_null())
            .order_by_desc(EnrolmentColumn::ChangedAt)
            .order_by_asc(EnrolmentColumn::Id)
            .limit(SHOWN)
            .all(&tx)
            .await
            .or_outage("enrolments")?;
        let mut mandates = Vec::with_capacity(rows.len());
        for row in &rows {
            mandates.push(mandate(&tx, client, row).await?);
        }
        let me = member::Entity::find_by_id(client.member().0)
            .one(&tx)
            .await
            .or_outage("members")?
            .ok_or_else(|| refused("member", client.member()))?;
        let awaited = email_change::Entity::find_by_id(client.member().0)
            .filter(email_change::Column::AskedAt.gt(now.plus(-DAY).0))
            .one(&tx)
            .await
            .or_outage("new addresses")?;
        commit(tx).await?;
        Ok(OwnAccount {
            holdings,
            mandates,
            identifier: me.identifier,
            email: me.email,
            awaited_email: awaited.map(|change| change.email),
        })
    }
}

/// One mandate, with its history: nothing of what the firm keeps for itself.
async fn mandate(db: &impl ConnectionTrait, client: &Client, row: &Enrolment) -> Answer<Mandate> {
    let firm = firm::Entity::find_by_id(row.firm_id)
        .one(db)
        .await
        .or_outage("firms")?
        .ok_or_else(|| refused("firm of enrolment", row.id))?;
    let events: Vec<Read> = enrolment_event::Entity::find()
        .filter(enrolment_event::Column::EnrolmentId.eq(row.id))
        .order_by_desc(enrolment_event::Column::Version)
        .limit(EVENTS)
        .select_only()
        .columns([
            enrolment_event::Column::At,
            enrolment_event::Column::What,
            enrolment_event::Column::Added,
            enrolment_event::Column::Removed,
        ])
        .column_as(member::Column::FirmId, "house")
        .join(JoinType::InnerJoin, enrolment_event::Relation::By.def())
        .into_model()
        .all(db)
        .await
        .or_outage("history")?;
    let history = events
        .into_iter()
        .map(|event| {
            Ok(Deed {
                at: Timestamp(event.at),
                mine: event.house == client.house().0,
                what: stored::happening(&event.what, &event.added, &event.removed, row.id)?,
            })
        })
        .collect::<Answer<_>>()?;
    let services = if row.ended_at.is_none() {
        client::services(db, row.id).await?.into_iter().collect()
    } else {
        Vec::new()
    };
    Ok(Mandate {
        id: EnrolmentId(row.id),
        firm: firm.name,
        held: stored::held(&row.holder_key, "enrolment", row.id)?,
        since: Timestamp(row.created_at),
        ended: row.ended_at.map(Timestamp),
        services,
        history,
    })
}
