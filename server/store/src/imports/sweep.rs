//! What is kept no longer is forgotten: files that nobody goes on with, refused lines of a week ago, and that there was an import.

use super::forget_boxes;
use crate::{
    Store,
    entity::import_line,
    outage::{Answer, OrOutage},
    scoped::{self, ImportColumn},
    store::commit,
};
use portfolio::{
    ids::FirmId,
    import::{KEPT, REMEMBERED, State},
    ports::Outage,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

impl Store {
    /// See [`portfolio::ports::ImportWork::sweep_imports`].
    pub(super) async fn forget_imports(&self, now: Timestamp) -> Result<(), Outage> {
        let tx = self.write().await?;
        let week_ago = now.plus(-KEPT);
        for row in scoped::old_imports(false, week_ago)
            .all(&tx)
            .await
            .or_outage("imports")?
        {
            forget_boxes(&tx, row.id).await?;
            scoped::change_imports(FirmId(row.firm_id))
                .col_expr(ImportColumn::State, Expr::value(State::Cancelled.code()))
                .col_expr(ImportColumn::EndedAt, Expr::value(now.0))
                .filter(ImportColumn::Id.eq(row.id))
                .exec(&tx)
                .await
                .or_outage("giving an import up")?;
        }
        for row in scoped::old_imports(true, week_ago)
            .all(&tx)
            .await
            .or_outage("imports")?
        {
            forget_boxes(&tx, row.id).await?;
            forget_lines(&tx, row.id).await?;
        }
        scoped::forgotten_imports(now.plus(-REMEMBERED))
            .exec(&tx)
            .await
            .or_outage("forgetting imports")?;
        commit(tx).await
    }
}

async fn forget_lines(db: &impl ConnectionTrait, import: Uuid) -> Answer<()> {
    import_line::Entity::delete_many()
        .filter(import_line::Column::ImportId.eq(import))
        .exec(db)
        .await
        .or_outage("forgetting lines")?;
    Ok(())
}
