//! The refused lines of an import, box by box: however many there are, a few hundred of them are in memory.

use super::{Job, add, view};
use crate::{
    Store,
    entity::import_chunk,
    journal::commit_with,
    outage::{OrOutage, refused},
};
use portfolio::{
    ids::ImportId,
    import::{Reason, State},
    journal::{Entry, What},
    permission::{Editor, Fresh},
    ports::{Outage, Refused, RefusedPages, ToMend},
    sheet::Format,
    time::Timestamp,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

impl Store {
    /// See [`portfolio::ports::Imports::to_mend`].
    pub(super) async fn refused_lines(
        &self,
        editor: &Fresh<Editor>,
        id: ImportId,
        now: Timestamp,
    ) -> Result<Option<ToMend>, Outage> {
        let tx = self.read().await?;
        let own = view::found(&tx, editor, id)
            .await?
            .filter(|row| row.member_id == editor.member.0);
        let Some(job) = own.map(Job::of).transpose()? else {
            return Ok(None);
        };
        let ended = matches!(job.state, State::Checked | State::Stopped | State::Done);
        let Some(heads) = self.heads(&tx, id.0).await?.filter(|_| ended) else {
            return Ok(None);
        };
        let format = Format::from_code(&job.row.format).ok_or_else(|| refused("import", id))?;
        let fetched = What::RefusedLinesExported {
            lines: u64::try_from(view::left_to_mend(&job)).unwrap_or_default(),
        };
        let writing = self.write().await?;
        let entry = Entry::by(editor, fetched);
        commit_with(writing, self.key(), &[entry], now).await?;
        let pages = Box::new(Pages {
            store: self.clone(),
            tx,
            import: id.0,
            after: 0,
        });
        Ok(Some(ToMend {
            format,
            heads,
            pages,
        }))
    }
}

/// Boxes being read, as they are at one moment.
struct Pages {
    store: Store,
    tx: DatabaseTransaction,
    import: Uuid,
    /// The number of the last box that was read; the first one holds the heads.
    after: i32,
}

#[async_trait::async_trait]
impl RefusedPages for Pages {
    async fn next(&mut self) -> Result<Vec<Refused>, Outage> {
        loop {
            let next = import_chunk::Entity::find()
                .filter(import_chunk::Column::ImportId.eq(self.import))
                .filter(import_chunk::Column::N.gt(self.after))
                .order_by_asc(import_chunk::Column::N)
                .one(&self.tx)
                .await
                .or_outage("boxes of an import")?;
            let Some(chunk) = next else {
                return Ok(Vec::new());
            };
            self.after = chunk.n;
            let mut verdicts = add::verdicts(&self.tx, self.import, &chunk).await?;
            let waiting = self.store.waiting(&self.tx, &chunk).await?;
            let lines: Vec<Refused> = waiting
                .into_iter()
                .filter_map(|(line, cells)| match verdicts.remove(&line) {
                    Some(reason) => Some((reason?, cells)),
                    None => Some((Reason::Unchecked, cells)),
                })
                .collect();
            if !lines.is_empty() {
                return Ok(lines);
            }
        }
    }
}
