//! Models of services.

use crate::{
    Store,
    entity::service_model::{ActiveModel, Column, Entity, Model as Row},
    journal::commit_with,
    outage::{Answer, OrOutage},
    store::commit,
    stored,
};
use portfolio::{
    catalogue::ServiceCode,
    form::ModelDraft,
    french::searchable,
    ids::{FirmId, ModelId, Scope},
    journal::{Entry, What},
    model::{MOST_MODELS, Model},
    permission::Editor,
    ports::{ModelKept, Models, Outage},
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, Set, sea_query::OnConflict,
};
use std::collections::BTreeSet;

const TABLE: &str = "service_model";

#[async_trait::async_trait]
impl Models for Store {
    async fn models(&self, scope: &Scope) -> Result<Vec<Model>, Outage> {
        let rows = of_firm(scope.firm)
            .order_by_asc(Column::Key)
            .all(self.reader())
            .await
            .or_outage("models")?;
        rows.into_iter().map(model).collect()
    }

    async fn act_on_model(
        &self,
        editor: &Editor,
        draft: &ModelDraft,
        now: Timestamp,
    ) -> Result<Option<ModelKept>, Outage> {
        let tx = self.write().await?;
        let (kept, what) = match draft {
            ModelDraft::Delete(None) => return Ok(None),
            ModelDraft::Delete(Some(id)) => {
                let Some(row) = find(&tx, editor.firm, *id).await? else {
                    return Ok(None);
                };
                Entity::delete_by_id(row.id)
                    .exec(&tx)
                    .await
                    .or_outage("deleting a model")?;
                (ModelKept::Done(*id), Some(What::ModelDeleted(row.name)))
            }
            ModelDraft::Save {
                of: None,
                name,
                services,
                ..
            } => make(&tx, editor.firm, name, services, now).await?,
            ModelDraft::Save {
                of: Some(id),
                version,
                name,
                services,
            } => {
                let Some(row) = find(&tx, editor.firm, *id).await? else {
                    return Ok(None);
                };
                if row.version != *version {
                    let version = row.version;
                    return Ok(Some(ModelKept::Stale { version }));
                }
                change(&tx, row, name, services).await?
            }
        };
        let entries: Vec<_> = what
            .map(|what| Entry::by(editor, what))
            .into_iter()
            .collect();
        if entries.is_empty() {
            commit(tx).await?;
        } else {
            commit_with(tx, self.key(), &entries, now).await?;
        }
        Ok(Some(kept))
    }
}

fn of_firm(firm: FirmId) -> Select<Entity> {
    Entity::find().filter(Column::FirmId.eq(firm.0))
}

fn model(row: Row) -> Answer<Model> {
    Ok(Model {
        id: ModelId(row.id),
        services: stored::split(&row.services, TABLE, row.id)?,
        name: row.name,
        version: row.version,
    })
}

async fn find(db: &impl ConnectionTrait, firm: FirmId, id: ModelId) -> Answer<Option<Row>> {
    of_firm(firm)
        .filter(Column::Id.eq(id.0))
        .lock_exclusive()
        .one(db)
        .await
        .or_outage("models")
}

async fn make(
    db: &impl ConnectionTrait,
    firm: FirmId,
    name: &str,
    services: &BTreeSet<ServiceCode>,
    now: Timestamp,
) -> Answer<(ModelKept, Option<What>)> {
    let count = of_firm(firm).count(db).await.or_outage("models")?;
    if count >= u64::from(MOST_MODELS) {
        return Ok((ModelKept::TooMany, None));
    }
    let id = stored::new_id(now);
    let row = ActiveModel {
        id: Set(id),
        firm_id: Set(firm.0),
        name: Set(name.to_owned()),
        key: Set(searchable(name)),
        services: Set(stored::joined(services)),
        version: Set(1),
        created_at: Set(now.0),
    };
    let made = Entity::insert(row)
        .on_conflict(
            OnConflict::columns([Column::FirmId, Column::Key])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await
        .or_outage("making a model")?;
    if made == 0 {
        return Ok((ModelKept::NameTaken, None));
    }
    let what = What::ModelMade {
        name: name.to_owned(),
        services: services.iter().copied().collect(),
    };
    Ok((ModelKept::Done(ModelId(id)), Some(what)))
}

async fn change(
    db: &impl ConnectionTrait,
    row: Row,
    name: &str,
    services: &BTreeSet<ServiceCode>,
) -> Answer<(ModelKept, Option<What>)> {
    let key = searchable(name);
    let other = of_firm(FirmId(row.firm_id))
        .filter(Column::Key.eq(&key))
        .filter(Column::Id.ne(row.id))
        .one(db)
        .await
        .or_outage("models")?;
    if other.is_some() {
        return Ok((ModelKept::NameTaken, None));
    }
    let before = stored::split(&row.services, TABLE, row.id)?;
    let (id, version) = (row.id, row.version);
    let mut changed = row.into_active_model();
    changed.name = Set(name.to_owned());
    changed.key = Set(key);
    changed.services = Set(stored::joined(services));
    changed.version = Set(version + 1);
    changed.update(db).await.or_outage("changing a model")?;
    let what = What::ModelChanged {
        name: name.to_owned(),
        before: before.into_iter().collect(),
        after: services.iter().copied().collect(),
    };
    Ok((ModelKept::Done(ModelId(id)), Some(what)))
}
