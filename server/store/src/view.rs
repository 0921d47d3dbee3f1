//! The lists that members save.

use crate::{find::sql::Sql, outage::Answer, stored};
use portfolio::{
    finding::{MOST_VIEWS, View},
    form::ViewDraft,
    french::searchable,
    ids::{Scope, ViewId},
    ports::ViewKept,
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Read {
    id: Uuid,
    name: String,
    query: String,
    is_default: bool,
}

/// See [`portfolio::ports::Finding::views`].
pub(crate) async fn views(db: &impl ConnectionTrait, scope: &Scope) -> Answer<Vec<View>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT id, name, query, is_default FROM saved_view WHERE member_id = ")
        .value(scope.member.0)
        .push(" ORDER BY key, id");
    let views = sql.read::<Read>(db, "saved lists").await?;
    Ok(views
        .into_iter()
        .map(|view| View {
            id: ViewId(view.id),
            name: view.name,
            query: view.query,
            is_default: view.is_default,
        })
        .collect())
}

/// See [`portfolio::ports::Finding::act_on_view`].
pub(crate) async fn act(
    db: &impl ConnectionTrait,
    scope: &Scope,
    draft: &ViewDraft,
    now: Timestamp,
) -> Answer<Option<ViewKept>> {
    match draft {
        ViewDraft::Save { name, query } => save(db, scope, name, query, now).await.map(Some),
        ViewDraft::Rename(Some(id), name) => rename(db, scope, *id, name).await,
        ViewDraft::Replace(Some(id), query) => {
            let mut sql = Sql::new(db);
            sql.push("UPDATE saved_view SET query = ")
                .value(query.as_str());
            on(db, scope, *id, sql).await
        }
        ViewDraft::Delete(Some(id)) => {
            let mut sql = Sql::new(db);
            sql.push("DELETE FROM saved_view");
            on(db, scope, *id, sql).await
        }
        ViewDraft::Default(Some(id)) => {
            let mut sql = Sql::new(db);
            sql.push("UPDATE saved_view SET is_default = ").value(true);
            let kept = on(db, scope, *id, sql).await?;
            if kept.is_some() {
                let mut sql = Sql::new(db);
                sql.push("UPDATE saved_view SET is_default = ")
                    .value(false)
                    .push(" WHERE member_id = ")
                    .value(scope.member.0)
                    .push(" AND id <> ")
                    .value(id.0);
                sql.run(db, "choosing a list").await?;
            }
            Ok(kept)
        }
        ViewDraft::NoDefault(Some(id)) => {
            let mut sql = Sql::new(db);
            sql.push("UPDATE saved_view SET is_default = ").value(false);
            on(db, scope, *id, sql).await
        }
        ViewDraft::Rename(None, _)
        | ViewDraft::Replace(None, _)
        | ViewDraft::Delete(None)
        | ViewDraft::Default(None)
        | ViewDraft::NoDefault(None) => Ok(None),
    }
}

/// Carries out a change to one list of the member.
async fn on(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ViewId,
    mut sql: Sql,
) -> Answer<Option<ViewKept>> {
    sql.push(" WHERE member_id = ")
        .value(scope.member.0)
        .push(" AND id = ")
        .value(id.0);
    let done = sql.run(db, "changing a saved list").await?;
    Ok((done == 1).then_some(ViewKept::Done(id)))
}

async fn save(
    db: &impl ConnectionTrait,
    scope: &Scope,
    name: &str,
    query: &str,
    now: Timestamp,
) -> Answer<ViewKept> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM saved_view WHERE member_id = ")
        .value(scope.member.0);
    if sql.number(db, "saved lists").await? >= u64::from(MOST_VIEWS) {
        return Ok(ViewKept::TooMany);
    }
    let id = stored::new_id(now);
    let mut sql = Sql::new(db);
    sql.push(
        "INSERT INTO saved_view (id, member_id, name, key, query, is_default, created_at) VALUES (",
    )
    .value(id)
    .push(", ")
    .value(scope.member.0)
    .push(", ")
    .value(name)
    .push(", ")
    .value(key(name))
    .push(", ")
    .value(query)
    .push(", ")
    .value(false)
    .push(", ")
    .value(now.0)
    .push(") ON CONFLICT (member_id, key) DO NOTHING");
    Ok(match sql.run(db, "saving a list").await? {
        1 => ViewKept::Done(ViewId(id)),
        _ => ViewKept::NameTaken,
    })
}

async fn rename(
    db: &impl ConnectionTrait,
    scope: &Scope,
    id: ViewId,
    name: &str,
) -> Answer<Option<ViewKept>> {
    let mut sql = Sql::new(db);
    sql.push("SELECT COUNT(*) FROM saved_view WHERE member_id = ")
        .value(scope.member.0)
        .push(" AND key = ")
        .value(key(name))
        .push(" AND id <> ")
        .value(id.0);
    let taken = sql.number(db, "saved lists").await? > 0;
    let mut sql = Sql::new(db);
    sql.push("UPDATE saved_view SET name = ");
    // One of another member must not be told apart from one that is not there.
    if taken {
        sql.push("name");
    } else {
        sql.value(name).push(", key = ").value(key(name));
    }
    let kept = on(db, scope, id, sql).await?;
    Ok(kept.map(|kept| if taken { ViewKept::NameTaken } else { kept }))
}

/// A name of signs alone sorts and is compared as it is.
fn key(name: &str) -> String {
    let key = searchable(name);
    if key.is_empty() {
        return name.to_owned();
    }
    key
}
