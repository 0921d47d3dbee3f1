//! Files of clients: their lines wait sealed, some hundred in a box, until the worker has tried them and until the good ones are
//! added. Each step of the worker is one transaction, so that a killed server has done a step or has not.

mod add;
mod check;
mod keys;
mod mend;
mod sweep;
mod upload;
mod view;
mod work;

pub(crate) use view::to_mend;

#[cfg(test)]
mod tests;

use crate::{
    Store,
    entity::{holder, import_chunk, sealed},
    outage::{Answer, OrOutage, refused},
    scoped::Import,
    stored,
    vault::purpose::IMPORT,
};
use portfolio::{
    holder::Kind,
    ids::{FirmId, ImportId, MemberId, Scope},
    import::{Halt, ImportRow, ImportView, Mapping, Progress, Shown, State},
    origin::Origin,
    permission::{Editor, Fresh},
    ports::{
        ImportAct, ImportClaim, ImportWork, Imports, Outage, ToMend, Upload, Uploaded, Waiting,
    },
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use uuid::Uuid;

/// Boxes of one step of the worker.
const STEP: u64 = 2;
/// What stands for the services of a line that names none.
const DEFAULT: &str = "*";

/// An import as its row tells it, read through the rules.
struct Job {
    row: Import,
    state: State,
    scope: Scope,
}

impl Job {
    fn of(row: Import) -> Answer<Self> {
        let state = State::from_code(&row.state).ok_or_else(|| refused("import", row.id))?;
        let scope = Scope {
            firm: FirmId(row.firm_id),
            member: MemberId(row.actor_id),
            from: Origin(row.actor_origin.parse().ok()),
        };
        Ok(Self { row, state, scope })
    }

    fn mapping(&self) -> Answer<Mapping> {
        Mapping::chosen(self.row.mapping.split(',')).map_err(|_| refused("import", self.row.id))
    }

    fn halt(&self) -> Option<Halt> {
        Halt::from_code(&self.row.halt)
    }
}

/// A number of lines as a table holds it.
fn lines(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// The boxes of an import that the work goes on with.
async fn next_chunks(db: &impl ConnectionTrait, job: &Job) -> Answer<Vec<import_chunk::Model>> {
    import_chunk::Entity::find()
        .filter(import_chunk::Column::ImportId.eq(job.row.id))
        .filter(import_chunk::Column::N.gte(job.row.next_chunk))
        .order_by_asc(import_chunk::Column::N)
        .limit(STEP)
        .all(db)
        .await
        .or_outage("boxes of an import")
}

/// The kinds of holders. Asked for alike whether a proof is good or not, and looked at only when it is.
async fn kinds(
    db: &impl ConnectionTrait,
    keys: impl IntoIterator<Item = String>,
) -> Answer<HashMap<String, Kind>> {
    let found: Vec<(String, String)> = holder::Entity::find()
        .filter(holder::Column::Key.is_in(keys))
        .select_only()
        .columns([holder::Column::Key, holder::Column::Kind])
        .into_tuple()
        .all(db)
        .await
        .or_outage("holders")?;
    found
        .into_iter()
        .map(|(key, kind)| Ok((key.clone(), stored::kind(&kind, "holder", key)?)))
        .collect()
}

impl Store {
    /// What a box holds.
    async fn unpacked<T: DeserializeOwned>(
        &self,
        db: &impl ConnectionTrait,
        box_id: Uuid,
    ) -> Answer<T> {
        let text = self.unseal(db, IMPORT, box_id).await?;
        let text = text.ok_or_else(|| refused("box of an import", box_id))?;
        serde_json::from_slice(&text).map_err(|_| refused("box of an import", box_id))
    }

    /// The lines of a box.
    async fn waiting(
        &self,
        db: &impl ConnectionTrait,
        chunk: &import_chunk::Model,
    ) -> Answer<Vec<Waiting>> {
        self.unpacked(db, chunk.box_id).await
    }

    /// The heads of a file; none when they are kept no longer.
    async fn heads(&self, db: &impl ConnectionTrait, import: Uuid) -> Answer<Option<Vec<String>>> {
        let found = import_chunk::Entity::find_by_id((import, 0))
            .one(db)
            .await
            .or_outage("boxes of an import")?;
        match found {
            Some(chunk) => self.unpacked(db, chunk.box_id).await.map(Some),
            None => Ok(None),
        }
    }
}

/// Forgets the boxes of an import, and what is in them.
async fn forget_boxes(db: &impl ConnectionTrait, import: Uuid) -> Answer<()> {
    let boxes = import_chunk::Entity::find()
        .filter(import_chunk::Column::ImportId.eq(import))
        .select_only()
        .column(import_chunk::Column::BoxId)
        .into_query();
    sealed::Entity::delete_many()
        .filter(sealed::Column::Purpose.eq(IMPORT))
        .filter(sealed::Column::Owner.in_subquery(boxes))
        .exec(db)
        .await
        .or_outage("forgetting the boxes of an import")?;
    import_chunk::Entity::delete_many()
        .filter(import_chunk::Column::ImportId.eq(import))
        .exec(db)
        .await
        .or_outage("forgetting the boxes of an import")?;
    Ok(())
}

#[async_trait::async_trait]
impl Imports for Store {
    async fn upload(
        &self,
        editor: &Editor,
        upload: Upload,
        now: Timestamp,
    ) -> Result<Uploaded, Outage> {
        self.keep_upload(editor, upload, now).await
    }

    async fn imports(&self, editor: &Editor, now: Timestamp) -> Result<Vec<ImportRow>, Outage> {
        self.list_imports(editor, now).await
    }

    async fn import(
        &self,
        editor: &Editor,
        id: ImportId,
        shown: Shown,
        now: Timestamp,
    ) -> Result<Option<ImportView>, Outage> {
        self.show_import(editor, id, shown, now).await
    }

    async fn progress(&self, editor: &Editor, id: ImportId) -> Result<Option<Progress>, Outage> {
        self.progress_of(editor, id).await
    }

    async fn act_on_import(
        &self,
        editor: &Editor,
        id: ImportId,
        act: &ImportAct,
        now: Timestamp,
    ) -> Result<Option<bool>, Outage> {
        self.act(editor, id, act, now).await
    }

    async fn to_mend(
        &self,
        editor: &Fresh<Editor>,
        id: ImportId,
        now: Timestamp,
    ) -> Result<Option<ToMend>, Outage> {
        self.refused_lines(editor, id, now).await
    }
}

#[async_trait::async_trait]
impl ImportWork for Store {
    async fn claim_import(&self, now: Timestamp) -> Result<Option<ImportClaim>, Outage> {
        self.take_up(now).await
    }

    async fn step(
        &self,
        claim: ImportClaim,
        now: Timestamp,
    ) -> Result<Option<ImportClaim>, Outage> {
        self.do_step(claim, now).await
    }

    async fn sweep_imports(&self, now: Timestamp) -> Result<(), Outage> {
        self.forget_imports(now).await
    }

    async fn asked(&self) {
        self.work().notified().await;
    }
}
