//! « Mon compte »: what a client may see, who manages it since when with which services, and what was done.

use crate::{
    Store, client, client_house,
    entity::{email_change, enrolment_event, firm, journal, member},
    journal::about,
    mobility,
    outage::{Answer, OrOutage, refused},
    scoped::{self, Enrolment, EnrolmentColumn},
    store::commit,
    stored,
};
use portfolio::{
    holding::{By, Deed, Done, Mandate, OwnAccount},
    ids::{EnrolmentId, FirmId},
    journal::Topic,
    permission::Client,
    ports::Outage,
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};

/// How many mandates, those that ended included, a page shows.
const SHOWN: u64 = 50;
/// How many events of each.
const EVENTS: u64 = 100;
/// How an entry of the journal begins that says of an attestation.
const ATTESTATION: &str = "{\"AttestationIssued\":";
/// How one begins that says something of a client's own account.
const OF_CLIENT: &str = "{\"OfClient\":";

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
        let history = mine(&tx, client).await?;
        commit(tx).await?;
        Ok(OwnAccount {
            holdings,
            mandates,
            identifier: me.identifier,
            email: me.email,
            awaited_email: awaited.map(|change| change.email),
            history,
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
    let changes = events.into_iter().map(|event| {
        Ok(Deed {
            at: Timestamp(event.at),
            by: if event.house == client.house().0 {
                By::Client
            } else {
                By::Firm
            },
            what: Done::Mandate(stored::happening(
                &event.what,
                &event.added,
                &event.removed,
                row.id,
            )?),
        })
    });
    let id = EnrolmentId(row.id);
    let mut history = mobility::of_mandate(db, id, EVENTS).await?;
    history.extend(attested(db, FirmId(row.firm_id), id).await?);
    history.extend(changes.collect::<Answer<Vec<_>>>()?);
    // What was done in one second stays in this order: nothing comes before the mandate.
    history.sort_by_key(|deed| std::cmp::Reverse(deed.at));
    history.truncate(usize::try_from(EVENTS).unwrap_or(usize::MAX));
    let services = if row.ended_at.is_none() {
        client::services(db, row.id).await?.into_iter().collect()
    } else {
        Vec::new()
    };
    Ok(Mandate {
        id,
        firm: firm.name,
        held: stored::held(&row.holder_key, "enrolment", row.id)?,
        since: Timestamp(row.created_at),
        ended: row.ended_at.map(Timestamp),
        services,
        history,
    })
}

/// The attestations that a firm fetched under a mandate. The table of papers knows the holder alone; the firm's journal knows the mandate.
async fn attested(
    db: &impl ConnectionTrait,
    firm: FirmId,
    mandate: EnrolmentId,
) -> Answer<Vec<Deed>> {
    let entries = journal::Entity::find()
        .filter(journal::Column::AboutId.eq(mandate.0))
        .filter(journal::Column::AboutKind.eq(about::CLIENT))
        .filter(journal::Column::FirmId.eq(firm.0))
        .filter(journal::Column::Detail.starts_with(ATTESTATION))
        .order_by_desc(journal::Column::Seq)
        .limit(EVENTS);
    told(db, entries, By::Firm).await
}

/// What the person did about the account itself. Who came in and how is on « Sécurité ».
async fn mine(db: &impl ConnectionTrait, client: &Client) -> Answer<Vec<Deed>> {
    let entries = journal::Entity::find()
        .filter(journal::Column::FirmId.eq(client.house().0))
        .filter(
            Condition::any()
                .add(journal::Column::ById.eq(client.member().0))
                .add(journal::Column::AboutId.eq(client.member().0)),
        )
        .filter(journal::Column::Topic.is_in([Topic::Clients, Topic::Security].map(Topic::code)))
        .filter(
            Condition::any()
                .add(journal::Column::Detail.starts_with(ATTESTATION))
                .add(journal::Column::Detail.starts_with(OF_CLIENT)),
        )
        .order_by_desc(journal::Column::Seq)
        .limit(EVENTS);
    told(db, entries, By::Client).await
}

async fn told(
    db: &impl ConnectionTrait,
    entries: Select<journal::Entity>,
    by: By,
) -> Answer<Vec<Deed>> {
    let entries = entries.all(db).await.or_outage("journal")?;
    let mut told = Vec::with_capacity(entries.len());
    for entry in entries {
        let what =
            serde_json::from_str(&entry.detail).map_err(|_| refused("journal entry", entry.seq))?;
        told.extend(Done::of_journal(what).map(|what| Deed {
            at: Timestamp(entry.at),
            by,
            what,
        }));
    }
    Ok(told)
}
