//! Rows of clients as they are shown: with the names of labels and members, which are looked up for the rows of one page alone.

use super::sql::Sql;
use crate::{accounts, outage::Answer, stored};
use portfolio::{
    client::{Colleague, Label, Own, Row},
    finding::Jump,
    ids::{EnrolmentId, LabelId, MemberId, Scope},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A row of the table.
#[derive(FromQueryResult)]
pub(crate) struct Read {
    enrolment_id: Uuid,
    holder_key: String,
    name: String,
    kind: String,
    state: i32,
    services: i32,
    changed_at: i64,
    created_at: i64,
    in_charge: Option<Uuid>,
    reference: String,
}

impl Read {
    /// Its columns.
    pub const COLUMNS: &str = "client.enrolment_id, client.holder_key, client.name, client.kind, client.state, client.services, \
        client.changed_at, client.created_at, client.in_charge, client.reference";

    /// Whether it is this client's.
    pub fn is(&self, id: EnrolmentId) -> bool {
        self.enrolment_id == id.0
    }

    /// As the jump box shows it.
    pub fn jump(self) -> Answer<Jump> {
        Ok(Jump {
            id: EnrolmentId(self.enrolment_id),
            held: stored::held(&self.holder_key, "client", self.enrolment_id)?,
            state: stored::state(self.state, "client", self.enrolment_id)?,
            name: self.name,
            reference: self.reference,
        })
    }
}

/// The rows of a page as the list shows them.
pub(crate) async fn shown(
    db: &impl ConnectionTrait,
    scope: &Scope,
    rows: Vec<Read>,
) -> Answer<Vec<Row>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.enrolment_id).collect();
    let mut labels = labels(db, &ids).await?;
    let favourites = favourites(db, scope, &ids).await?;
    let in_charge: BTreeSet<Uuid> = rows.iter().filter_map(|row| row.in_charge).collect();
    let names = names(db, in_charge).await?;
    rows.into_iter()
        .map(|row| {
            let id = row.enrolment_id;
            let colleague = |member: Uuid| Colleague {
                id: MemberId(member),
                name: names.get(&member).cloned().unwrap_or_default(),
            };
            Ok(Row {
                id: EnrolmentId(id),
                held: stored::held(&row.holder_key, "client", id)?,
                kind: stored::kind(&row.kind, "client", id)?,
                state: stored::state(row.state, "client", id)?,
                services: u32::try_from(row.services).unwrap_or_default(),
                changed_at: Timestamp(row.changed_at),
                added_at: Timestamp(row.created_at),
                own: Own {
                    labels: labels.remove(&id).unwrap_or_default(),
                    in_charge: row.in_charge.map(colleague),
                    reference: row.reference,
                },
                favourite: favourites.contains(&id),
                found_by: None,
                name: row.name,
            })
        })
        .collect()
}

/// Names the account that a client was found by, where its row shows nothing of what was sought.
pub(crate) async fn explain(
    db: &impl ConnectionTrait,
    typed: &str,
    rows: &mut [Row],
) -> Answer<()> {
    let unseen: Vec<(usize, Vec<String>)> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| (place, row.unseen(typed)))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    let keys: BTreeSet<String> = unseen
        .iter()
        .map(|(place, _)| rows[*place].held.key())
        .collect();
    let words: BTreeSet<&str> = unseen
        .iter()
        .flat_map(|(_, words)| words)
        .map(|word| &**word)
        .collect();
    if keys.is_empty() {
        return Ok(());
    }
    let found = accounts::numbered(db, keys, &words).await?;
    for (place, words) in &unseen {
        let row = &mut rows[*place];
        let accounts = found.get(&row.held.key());
        row.found_by = accounts
            .into_iter()
            .flatten()
            .find(|account| words.iter().any(|word| account.holds(word)))
            .cloned();
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Labelled {
    enrolment_id: Uuid,
    id: Uuid,
    name: String,
}

/// The labels of these enrolments, in French order.
pub(crate) async fn labels(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Answer<BTreeMap<Uuid, Vec<Label>>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT el.enrolment_id, l.id, l.name FROM enrolment_label el JOIN label l ON l.id = el.label_id WHERE el.enrolment_id IN ")
        .ids(ids.iter().copied())
        .push(" ORDER BY l.key, l.id");
    let mut labels: BTreeMap<Uuid, Vec<Label>> = BTreeMap::new();
    for label in sql.read::<Labelled>(db, "labels").await? {
        labels.entry(label.enrolment_id).or_default().push(Label {
            id: LabelId(label.id),
            name: label.name,
        });
    }
    Ok(labels)
}

/// Those of these enrolments that are favourites of whoever asks.
pub(crate) async fn favourites(
    db: &impl ConnectionTrait,
    scope: &Scope,
    ids: &[Uuid],
) -> Answer<BTreeSet<Uuid>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT enrolment_id FROM favourite WHERE member_id = ")
        .value(scope.member.0)
        .push(" AND enrolment_id IN ")
        .ids(ids.iter().copied());
    Ok(sql.column(db, "favourites").await?.into_iter().collect())
}

#[derive(FromQueryResult)]
struct Named {
    id: Uuid,
    name: String,
}

/// The names of members.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    ids: BTreeSet<Uuid>,
) -> Answer<BTreeMap<Uuid, String>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name FROM member WHERE id IN ")
        .ids(ids);
    let named = sql.read::<Named>(db, "members").await?;
    Ok(named
        .into_iter()
        .map(|member| (member.id, member.name))
        .collect())
}
