//! The journal as a firm's administrators read it: their own firm's entries alone.

use crate::{
    Store, client,
    entity::{journal, journal_head, member},
    journal::{about, commit_with},
    outage::{Answer, OrOutage, refused},
    scoped::{self, EnrolmentColumn},
    store::commit,
};
use portfolio::{
    ids::{EnrolmentId, FirmId, MemberId},
    journal::{Entry, Line, PAGE, Page, Subject, Wanted, What},
    permission::{Administrator, Fresh},
    ports::{Journal, Outage},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Entries of one piece of an export.
const PIECE: u64 = 500;

#[async_trait::async_trait]
impl Journal for Store {
    async fn journal(
        &self,
        administrator: &Administrator,
        wanted: &Wanted,
    ) -> Result<Page, Outage> {
        let tx = self.read().await?;
        let firm = administrator.firm;
        // One more than is shown tells whether older ones go on.
        let mut rows = entries(firm, wanted)
            .limit(PAGE + 1)
            .all(&tx)
            .await
            .or_outage("journal")?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let members = names(&tx, firm).await?;
        let lines = lines(&tx, firm, rows, &members).await?;
        commit(tx).await?;
        let mut members: Vec<_> = members
            .into_iter()
            .map(|(id, name)| (MemberId(id), name))
            .collect();
        members.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(Page {
            lines,
            more,
            members,
        })
    }

    async fn begin_export(
        &self,
        administrator: &Fresh<Administrator>,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<Wanted, Outage> {
        let tx = self.read().await?;
        let head = journal_head::Entity::find_by_id(1)
            .one(&tx)
            .await
            .or_outage("journal")?;
        // Entries follow each other in the order in which they count: below this one nothing is added any more.
        let end = head.map_or(0, |head| head.seq) + 1;
        let wanted = Wanted {
            before: Some(wanted.before.map_or(end, |before| before.min(end))),
            ..wanted.clone()
        };
        let count = entries(administrator.firm, &wanted)
            .count(&tx)
            .await
            .or_outage("journal")?;
        commit(tx).await?;
        // Nobody waits to write while a long journal is counted.
        let tx = self.write().await?;
        let exported = What::JournalExported { entries: count };
        commit_with(tx, self.key(), &[Entry::by(administrator, exported)], now).await?;
        Ok(wanted)
    }

    async fn exported(
        &self,
        administrator: &Fresh<Administrator>,
        wanted: &Wanted,
    ) -> Result<Vec<Line>, Outage> {
        // A transaction for each piece: one for the whole would hold a connection for as long as somebody takes to read the file.
        let tx = self.read().await?;
        let firm = administrator.firm;
        let rows = entries(firm, wanted)
            .limit(PIECE)
            .all(&tx)
            .await
            .or_outage("journal")?;
        let members = names(&tx, firm).await?;
        let lines = lines(&tx, firm, rows, &members).await?;
        commit(tx).await?;
        Ok(lines)
    }
}

/// The entries of a firm that are wanted, latest first.
fn entries(firm: FirmId, wanted: &Wanted) -> Select<journal::Entity> {
    let mut query = journal::Entity::find()
        .filter(journal::Column::FirmId.eq(firm.0))
        .order_by_desc(journal::Column::Seq);
    if let Some(topic) = wanted.topic {
        query = query.filter(journal::Column::Topic.eq(topic.code()));
    }
    if let Some(member) = wanted.by {
        query = query.filter(journal::Column::ById.eq(member.0));
    }
    if let Some(since) = wanted.since {
        query = query.filter(journal::Column::At.gte(since.0));
    }
    if let Some(until) = wanted.until {
        query = query.filter(journal::Column::At.lt(until.0));
    }
    if let Some(before) = wanted.before {
        query = query.filter(journal::Column::Seq.lt(before));
    }
    query
}

/// The names of a firm's members, removed ones too: what they did stays theirs.
async fn names(db: &impl ConnectionTrait, firm: FirmId) -> Answer<HashMap<Uuid, String>> {
    let members = member::Entity::find()
        .filter(member::Column::FirmId.eq(firm.0))
        .all(db)
        .await
        .or_outage("members")?;
    Ok(members
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}

/// Rows as they are read.
async fn lines(
    db: &impl ConnectionTrait,
    firm: FirmId,
    rows: Vec<journal::Model>,
    members: &HashMap<Uuid, String>,
) -> Answer<Vec<Line>> {
    let ids: Vec<_> = rows
        .iter()
        .filter(|row| row.about_kind == about::CLIENT)
        .filter_map(|row| row.about_id)
        .collect();
    let clients: HashMap<Uuid, String> = if ids.is_empty() {
        HashMap::new()
    } else {
        scoped::enrolments(firm)
            .filter(EnrolmentColumn::Id.is_in(ids))
            .find_also_related(crate::entity::holder::Entity)
            .all(db)
            .await
            .or_outage("clients of the journal")?
            .into_iter()
            .filter_map(|(enrolment, holder)| {
                Some((enrolment.id, client::name(&enrolment, holder?)))
            })
            .collect()
    };
    rows.into_iter()
        .map(|row| {
            let what =
                serde_json::from_str(&row.detail).map_err(|_| refused("journal entry", row.seq))?;
            let about = row.about_id.and_then(|id| match row.about_kind.as_str() {
                about::CLIENT => clients
                    .get(&id)
                    .map(|name| Subject::Client(EnrolmentId(id), name.clone())),
                _ => members.get(&id).cloned().map(Subject::Member),
            });
            Ok(Line {
                seq: row.seq,
                at: Timestamp(row.at),
                by: row.by_id.and_then(|id| members.get(&id).cloned()),
                from: row.origin,
                about,
                what,
            })
        })
        .collect()
}
