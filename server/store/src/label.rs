//! The labels of a firm.

use crate::{
    find::sql::Sql,
    index,
    outage::{Answer, OrOutage},
    stored,
};
use portfolio::{
    finding::MOST_LABELS,
    form::LabelDraft,
    french::searchable,
    ids::{FirmId, LabelId, Scope},
    journal::{Entry, What},
    ports::LabelKept,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use std::collections::HashMap;
use uuid::Uuid;

/// See [`portfolio::ports::OwnFields::act_on_label`]; and what the journal is to say of it.
pub(crate) async fn act(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft: &LabelDraft,
    now: Timestamp,
) -> Answer<(Option<LabelKept>, Option<Entry>)> {
    match draft {
        LabelDraft::Make(name) => {
            let (kept, what) = match make(db, scope.firm, name, now).await? {
                Made::New(id) => (LabelKept::Done(id), Some(What::LabelMade(name.to_owned()))),
                Made::Known(_) => (LabelKept::NameTaken, None),
                Made::TooMany => (LabelKept::TooMany, None),
            };
            Ok((Some(kept), what.map(|what| Entry::by(scope, what))))
        }
        LabelDraft::Rename(Some(id), name) => rename(db, scope, *id, name).await,
        LabelDraft::Delete(Some(id)) => delete(db, scope, *id).await,
        LabelDraft::Rename(None, _) | LabelDraft::Delete(None) => Ok((None, None)),
    }
}

/// What became of a label that was asked for.
pub(crate) enum Made {
    /// It was made.
    New(LabelId),
    /// There is one of this name.
    Known(LabelId),
    /// There are as many as there may be.
    TooMany,
}

/// The label of a name, made where it is missing.
pub(crate) async fn make(
    db: &impl ConnectionTrait,
    firm: FirmId,
    name: &str,
    now: Timestamp,
) -> Answer<Made> {
    let key = searchable(name);
    if let Some(id) = of_key(db, firm, &key).await? {
        return Ok(Made::Known(id));
    }
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM label WHERE firm_id = ")
        .value(firm.0);
    if sql.number(db, "labels").await? >= u64::from(MOST_LABELS) {
        return Ok(Made::TooMany);
    }
    let id = stored::new_id(now);
    let mut sql = Sql::new(db);
    sql.push("INSERT INTO label (id, firm_id, name, key, created_at) VALUES (")
        .value(id)
        .push(", ")
        .value(firm.0)
        .push(", ")
        .value(name)
        .push(", ")
        .value(key.as_str())
        .push(", ")
        .value(now.0)
        .push(") ON CONFLICT (firm_id, key) DO NOTHING");
    if sql.run(db, "making a label").await? == 1 {
        return Ok(Made::New(LabelId(id)));
    }
    // Somebody made it at the same moment.
    let known = of_key(db, firm, &key).await?;
    Ok(known.map_or(Made::TooMany, Made::Known))
}

#[derive(FromQueryResult)]
struct Keyed {
    id: Uuid,
    key: String,
}

/// The labels of a firm, by their names as they are sought; held until the transaction ends, so that none goes meanwhile.
pub(crate) async fn known(
    db: &impl ConnectionTrait,
    firm: FirmId,
) -> Answer<HashMap<String, LabelId>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, key FROM label WHERE firm_id = ")
        .value(firm.0)
        .push(" ORDER BY id");
    sql.lock("KEY SHARE");
    let found = sql.read::<Keyed>(db, "labels").await?;
    let keyed = found
        .into_iter()
        .map(|label| (label.key, LabelId(label.id)));
    Ok(keyed.collect())
}

async fn of_key(db: &impl ConnectionTrait, firm: FirmId, key: &str) -> Answer<Option<LabelId>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM label WHERE firm_id = ")
        .value(firm.0)
        .push(" AND key = ")
        .value(key);
    let row = sql.all(db, "labels").await?;
    let id: Option<Uuid> = row
        .first()
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("labels")?;
    Ok(id.map(LabelId))
}

async fn rename(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: LabelId,
    name: &str,
) -> Answer<(Option<LabelKept>, Option<Entry>)> {
    let Some(before) = locked(db, scope.firm, id).await? else {
        return Ok((None, None));
    };
    let done = Some(LabelKept::Done(id));
    if before == name {
        return Ok((done, None));
    }
    let key = searchable(name);
    if of_key(db, scope.firm, &key)
        .await?
        .is_some_and(|known| known != id)
    {
        return Ok((Some(LabelKept::NameTaken), None));
    }
    let clients = clients(db, id).await?;
    let mut sql = Sql::new(db);
    sql.push("UPDATE label SET name = ")
        .value(name)
        .push(", key = ")
        .value(key.as_str())
        .push(" WHERE firm_id = ")
        .value(scope.firm.0)
        .push(" AND id = ")
        .value(id.0);
    sql.run(db, "renaming a label").await?;
    if searchable(&before) != key {
        index::write_own(db, scope.firm, &clients).await?;
        index::draw(db, scope.firm, &clients).await?;
    }
    let what = What::LabelRenamed {
        before,
        after: name.to_owned(),
    };
    Ok((done, Some(Entry::by(scope, what))))
}

async fn delete(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: LabelId,
) -> Answer<(Option<LabelKept>, Option<Entry>)> {
    let Some(name) = locked(db, scope.firm, id).await? else {
        return Ok((None, None));
    };
    let clients = clients(db, id).await?;
    for table in ["enrolment_label WHERE label_id = ", "label WHERE id = "] {
        let mut sql = Sql::new(db);
        sql.push("DELETE FROM ").push(table).value(id.0);
        sql.run(db, "deleting a label").await?;
    }
    index::write_own(db, scope.firm, &clients).await?;
    index::draw(db, scope.firm, &clients).await?;
    let what = What::LabelDeleted {
        name,
        clients: clients.len() as u64,
    };
    Ok((Some(LabelKept::Done(id)), Some(Entry::by(scope, what))))
}

/// The name of a label of the firm, which is locked.
async fn locked(db: &impl ConnectionTrait, firm: FirmId, id: LabelId) -> Answer<Option<String>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT name FROM label WHERE firm_id = ")
        .value(firm.0)
        .push(" AND id = ")
        .value(id.0);
    sql.lock("UPDATE");
    let rows = sql.all(db, "labels").await?;
    rows.first()
        .map(|row| row.try_get_by_index(0))
        .transpose()
        .or_outage("labels")
}

/// The enrolments that have a label, ended ones too, locked in the order in which everybody locks them.
async fn clients(db: &impl ConnectionTrait, id: LabelId) -> Answer<Vec<Uuid>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id FROM enrolment WHERE id IN (SELECT enrolment_id FROM enrolment_label WHERE label_id = ")
        .value(id.0)
        .push(") ORDER BY id");
    sql.lock("UPDATE");
    sql.column(db, "clients of a label").await
}
